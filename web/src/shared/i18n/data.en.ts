export const dataEn = {
  title: 'Data', subtitle: 'Drop in what your shop exports. You see how each column was understood before anything is loaded.',
  steps: { label: 'Steps', file: 'File', check: 'Check columns', load: 'Load', done: 'Done' },
  drop: {
    title: 'Drop a file here, or choose one', hint: 'CSV, TSV, TXT (UTF-8 or GBK), Excel .xlsx, JSON Lines, Parquet; also .gz. Exports of Taobao, Tmall, JD, Youzan and Shopify work as they are.',
    first: 'Drop your first file', first_hint: 'An export of orders is enough: who bought, when, how much. No file at hand?', choose: 'Choose a file', demo: 'Load the demo shop',
    demo_hint: 'It has 20,000 invented customers over three years.', kind: '“{{name}}” cannot be read.', kind_hint: 'Save it as .xlsx or CSV (UTF-8) in your spreadsheet program, then drop that file.',
  },
  upload: { title: 'Uploading {{name}}', amount: '{{sent}} of {{total}}', looking: 'Reading {{name}}', paused: 'The upload stopped at {{sent}} of {{total}}', kept: 'What is already there is kept: going on sends the rest only.', resume: 'Go on' },
  check: {
    title: 'What we understood', lead: '{{name}}: {{summary}}.', facts: '{{rows}} rows or so · {{size}} · {{encoding}}', load: 'Load {{rows}} rows', again: 'Another file', source: 'Source', source_hint: 'Which system or shop the file comes from.',
  },
  kind: { orders: 'Orders', lines: 'Orders with products', order_lines: 'Products of orders', customers: 'Customers', products: 'Products', stores: 'Stores', events: 'Events', tickets: 'Service tickets', surveys: 'Survey answers', other: 'Other' },
  job: {
    load: 'Loading {{name}}', some: 'A file is being loaded', demo: 'Making and loading the demo shop', waiting: 'Waiting for another job', amount: '{{done}} of {{total}} {{unit}}', rate: '{{rate}} {{unit}}/s', left: 'about {{seconds}} s left',
    cancel: 'Cancel', cancelling: 'Cancelling', safe: 'You may leave this page: loading goes on. A file is loaded as a whole or not at all.',
  },
  fail: { title: 'Not loaded; the data is as before', cancelled: 'Cancelled; the data is as before', file: 'Your file {{name}} is kept.', again: 'Try again', back: 'Back to the columns' },
  result: {
    title: 'Loaded', demo: 'The demo shop is there', unchanged: 'Nothing to do', unchanged_text: '{{name}} was loaded before with the same content. No figure has changed.', nothing: 'No row could be loaded',
    nothing_text: 'All {{rows}} rows were left out. The findings below say why; correct the columns or the export and load it again.', sentence_orders: '{{orders}} orders of {{customers}} customers, {{fresh}} of them new, from {{first}} to {{last}}.',
    sentence_rows: '{{rows}} rows are in.', read: 'Rows read', loaded: 'Loaded', left: 'Left out', adds_up: '{{read}} read = {{loaded}} loaded + {{left}} left out', rules: 'What was noticed', no_rules: 'No row broke a rule.',
    overview: 'See the overview', findings: 'See the findings', another: 'Load another file',
    short: 'These orders span {{days}} days only', short_text: 'Whether customers come back shows after two or three months. Load earlier exports too, for a figure that can be trusted.',
  },
  history: {
    title: 'What is loaded', subtitle: 'Newest first', empty: 'Nothing was loaded yet. Drop your first file above.', when: 'When', file: 'File', table: 'What', read: 'Rows read', loaded: 'Loaded', left: 'Left out', span: 'Days', look: 'Findings of {{name}}', to: '{{first}} to {{last}}',
  },
  findings: {
    title: 'Findings', subtitle: 'No row disappears silently: each rule says how many rows it met and what was done.', none: 'No row broke a rule.', none_hint: 'Everything that was read is in.', empty: 'Nothing was loaded yet, so there is nothing to find.',
    file: 'File', newest: 'Newest load of each file', severity: 'Severity', all: 'All', rule: 'Rule', rows: 'Rows', done: 'What was done', examples: 'Examples', show: 'Show examples of: {{rule}}', hide: 'Hide examples of: {{rule}}', filtered: 'No rule fits these filters.', clear: 'Clear filters',
    line: 'Line', field: 'Field', value: 'Value in the file', nothing: 'empty', shown: '{{shown}} of {{rows}} rows are shown', in_file: 'in {{file}}',
  },
  severity: { error: 'Error', warning: 'Warning', info: 'Note' },
  action: { kept: 'Kept', left_out: 'Left out', replaced: 'Replaced', cancelled: 'Taken as cancelled', removed: 'Taken away' },
};

export type DataTexts = typeof dataEn;
