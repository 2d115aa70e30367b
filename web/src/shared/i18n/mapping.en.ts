export const mappingEn = {
  table_label: 'A row is', sheet: 'Sheet', reading: 'How it is read: encoding, delimiter, time zone, currency', encoding: 'Encoding', delimiter: 'Between the columns', header: 'First row', header_yes: 'names of the columns', header_no: 'data already',
  delimiters: { comma: 'comma ,', semicolon: 'semicolon ;', bar: 'bar |', tab: 'tab', blanks: 'blanks' }, time_zone: 'Time zone of its times', currency: 'Currency', of_shop: 'that of the shop',
  hint: 'Look at the meaning of each column and change it where it is wrong. What you do not touch is guessed.',
  column: 'Column', samples: 'Samples', meaning: 'Meaning', confidence: 'Confidence', reason: 'Why', level: { high: 'Sure', middle: 'Likely', low: 'Please check', none: 'Not recognised', yours: 'Your choice' },
  meaning_of: 'Meaning of column {{column}}', format_of: 'Format of {{column}}', own: 'Of such a row', others: 'Of other rows (passed over)',
  changed: 'You changed this; the guess is “{{before}}”.', told: 'As it was written down before.', differs: 'The guess would be “{{guess}}”.', unreadable: '{{unreadable}} of {{values}} values in the sample cannot be read:',
  shape: { year_first: '2025-01-31', compact: '20250131', month_first: '1/31/2025 (month first)', day_first: '31/1/2025 (day first)', month_name: '31-Jan-2025', excel_serial: '45688 (Excel)', unix_seconds: 'Unix seconds', unix_millis: 'Unix milliseconds' },
  decimal: { point: '1,234.50', comma: '1.234,50', whole: 'minor units, thousandths' },
  day_first: 'Here: choose the way of writing under the meaning of the column.',
  undo: 'Undo my changes', changes_one: '{{count}} change', changes_other: '{{count}} changes', checking: 'Checking your changes',
  problem: {
    blocked: 'It cannot be loaded like this', some: 'Worth a look', in: '{{column}}: ', rows_one: '{{count}} row', rows_other: '{{count}} rows', left: 'Of the first {{tried}} rows, {{left}} would be left out', none: 'The first {{tried}} rows can all be loaded.',
  },
  rows: 'The first rows as they will be loaded', rows_hint: 'Times and amounts as they were read', no_rows: 'No row can be shown yet',
  row: { line: 'Line', gross: 'Amount', discount: 'Discount', refund: 'Refund', quantity: 'Pieces', order_status: { 1: 'Unpaid', 2: 'Paid', 3: 'Completed', 4: 'Cancelled', 5: 'Refunded' } },
  table: { orders: 'one order', lines: 'one product in an order', order_lines: 'one product; the orders are in another file', customers: 'one customer', products: 'one product', stores: 'one store', events: 'something a customer did', tickets: 'one service ticket', surveys: 'one answer to a survey' },
};
