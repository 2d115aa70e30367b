import type { mappingEn } from './mapping.en';

export const mappingZh: typeof mappingEn = {
  table_label: '一行是', sheet: '工作表', reading: '怎样读取：编码、分隔符、时区、币种', encoding: '编码', delimiter: '列之间的分隔', header: '第一行', header_yes: '列名', header_no: '已经是数据',
  delimiters: { comma: '逗号 ,', semicolon: '分号 ;', bar: '竖线 |', tab: '制表符', blanks: '空格' }, time_zone: '时间所在的时区', currency: '币种', of_shop: '同店铺',
  hint: '请看一眼每列的含义，不对的地方改过来。没有改动的由程序识别。',
  column: '列', samples: '样例', meaning: '含义', confidence: '把握', reason: '理由', level: { high: '有把握', middle: '较可能', low: '请核对', none: '未识别', yours: '你的选择' },
  meaning_of: '列 {{column}} 的含义', format_of: '{{column}} 的写法', own: '这种行有的', others: '其他行的（不会载入）',
  changed: '由你修改，程序识别为“{{before}}”。', told: '沿用以前写下的映射。', differs: '程序识别为“{{guess}}”。', unreadable: '样本 {{values}} 个值中有 {{unreadable}} 个无法识别：',
  shape: { year_first: '2025-01-31', compact: '20250131', month_first: '1/31/2025（月在前）', day_first: '31/1/2025（日在前）', month_name: '31-Jan-2025', excel_serial: '45688（Excel 序号）', unix_seconds: 'Unix 秒', unix_millis: 'Unix 毫秒' },
  decimal: { point: '1,234.50', comma: '1.234,50', whole: '以分或千分之一为单位' },
  day_first: '在这里：请在该列的含义下方选择写法。',
  undo: '撤销我的修改', changes_one: '{{count}} 处修改', changes_other: '{{count}} 处修改', checking: '正在检查你的修改',
  problem: {
    blocked: '这样还不能载入', some: '请留意', in: '{{column}}：', rows_one: '{{count}} 行', rows_other: '{{count}} 行', left: '前 {{tried}} 行中有 {{left}} 行会被剔除', none: '前 {{tried}} 行都可以载入。',
  },
  rows: '前几行将这样载入', rows_hint: '时间与金额读出来的样子', no_rows: '还没有可以显示的行',
  row: { line: '行号', gross: '金额', discount: '优惠', refund: '退款', quantity: '件数', order_status: { 1: '未付款', 2: '已付款', 3: '已完成', 4: '已取消', 5: '已退款' } },
  table: { orders: '一个订单', lines: '订单里的一件商品', order_lines: '一件商品，订单在另一个文件', customers: '一位客户', products: '一种商品', stores: '一家门店', events: '客户的一次行为', tickets: '一张工单', surveys: '一份答卷' },
};
