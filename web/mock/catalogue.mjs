// A small catalogue in the program's own shapes, to develop and test the pages without the program.
const say = (zh, en) => ({ zh, en });
const param = (name, type, zh, en, more = {}) => ({
  name, type, doc: say(zh, en), default: '', choices: [], required: false, positional: false, repeated: false,
  at_least: null, at_most: null, ...more,
});
const metric = (name, unit, favourable, title, question, formula, view = 'curve', aliases = []) => ({
  name, title, question, formula, unit, favourable, view, aliases,
});

export const metrics = [
  metric('repurchase_rate', 'ratio', 'up', say('复购率', 'Repurchase rate'), say('期内买过的客户，有多少买了不止一次？', 'Of those who bought, how many bought more than once?'),
    say('期内订单 ≥ 2 的客户 ÷ 期内订单 ≥ 1 的客户', 'customers with ≥ 2 orders ÷ customers with ≥ 1 order'), 'curve', ['复购率', 'rpr']),
  metric('repurchase_rate_by_day', 'ratio', 'up', say('复购率（按天去重）', 'Repurchase rate by day'), say('有多少客户在两个不同的日子买过？', 'How many bought on two different days?'),
    say('购买日 ≥ 2 的客户 ÷ 买家', 'customers with ≥ 2 purchase days ÷ buyers')),
  metric('repeat_order_share', 'ratio', 'up', say('复购订单占比', 'Repeat order share'), say('多少订单是再次购买？', 'How many orders are repeats?'), say('（订单 − 买家）÷ 订单', '(orders − buyers) ÷ orders')),
  metric('returning_customer_rate', 'ratio', 'up', say('老客占比', 'Returning customer rate'), say('买家中有多少以前就买过？', 'How many buyers had bought before?'), say('以前买过或期内再买的买家 ÷ 买家', 'buyers with an earlier order or ≥ 2 ÷ buyers')),
  metric('next_period_repurchase_rate', 'ratio', 'up', say('回购率', 'Next-period repurchase rate'), say('这期的买家下期还来吗？', 'Do they buy again in the next period?'), say('下期又买的买家 ÷ 本期买家', 'buyers who buy in the next period ÷ buyers')),
  metric('repeat_amount_share', 'ratio', 'up', say('复购金额占比', 'Repeat amount share'), say('金额里有多少来自再次购买？', 'How much of the amount comes from repeats?'), say('第 2 单起的金额 ÷ 金额', 'amount of second and later orders ÷ amount')),
  metric('buyers', 'count', 'up', say('活跃买家', 'Buyers'), say('有多少客户买过？', 'How many customers bought?'), say('期内订单 ≥ 1 的客户数', 'customers with ≥ 1 order'), 'bars'),
  metric('new_customers', 'count', 'up', say('新客', 'New customers'), say('多少人第一次来？', 'How many bought for the first time?'), say('首单在期内的客户数', 'customers whose first order is in the period'), 'bars'),
  metric('returning_customers', 'count', 'up', say('老客', 'Returning customers'), say('多少老客又来了？', 'How many came again?'), say('首单早于本期的买家', 'buyers whose first order was earlier'), 'bars'),
  metric('churn_rate', 'ratio', 'down', say('流失率', 'Churn rate'), say('活跃的客户有多少不再来？', 'How many active customers stopped?'), say('之后 90 天没有购买的客户 ÷ 期初活跃客户', 'active customers without a purchase in the next 90 days ÷ active customers')),
  metric('one_time_customer_share', 'ratio', 'down', say('一次客占比', 'One-time customers'), say('多少人只买过一次？', 'How many bought only once?'), say('只买过一次且观察满 90 天的客户 ÷ 全部这样的客户', 'customers with one order ÷ customers observed ≥ 90 days')),
  metric('amount_per_customer', 'minor', 'up', say('客单价', 'Amount per customer'), say('平均每位客户买多少？', 'How much does a customer buy?'), say('金额 ÷ 买家', 'amount ÷ buyers')),
  metric('average_order_value', 'minor', 'up', say('笔单价', 'Average order value'), say('平均每单多少？', 'How large is an order?'), say('金额 ÷ 订单', 'amount ÷ orders')),
  metric('net_amount', 'minor', 'up', say('净销售额', 'Net amount'), say('卖了多少？', 'How much was sold?'), say('实付 − 退款', 'paid − refunds'), 'bars'),
  metric('refund_rate', 'ratio', 'down', say('退款率', 'Refund rate'), say('退了多少？', 'How much was refunded?'), say('退款 ÷ 实付', 'refunds ÷ paid')),
  metric('order_gap_days_median', 'days', 'down', say('复购周期（中位）', 'Median order gap'), say('多久会再来？', 'How long until they return?'), say('相邻购买日的间隔，中位数', 'median gap between successive purchase days')),
  metric('units_per_order', 'number', 'up', say('连带率', 'Units per order'), say('一单买几件？', 'How many units in an order?'), say('件数 ÷ 订单', 'units ÷ orders')),
];

export const metricParams = [
  param('metric', 'text', '指标', 'Metric', { required: true, positional: true, repeated: true }),
  param('from', 'date', '从', 'From'), param('to', 'date', '到（不含）', 'To (not included)'),
  param('by', 'choice', '粒度', 'Granularity', { choices: ['day', 'week', 'month', 'quarter', 'year'] }),
  param('status', 'choice', '订单口径', 'Status policy', { default: 'net', choices: ['net', 'paid', 'delivered', 'all'] }),
  param('days', 'integer', 'N 日指标的 N', 'N of N-day metrics', { default: '90', at_least: 1, at_most: 3650 }),
  param('merge_days', 'boolean', '同一天的订单算一次', 'Orders of one day count once', { default: 'false' }),
];

const card = (name, view, title, question, method, params) => ({
  analysis: { name, command: `analyse ${name}`, title, question, method, view },
  command: {
    name: `analyse ${name}`, route: `/api/analyse/${name}`, title, doc: method, kind: 'read', view, params, columns: [],
    examples: [`huitou analyse ${name}`],
  },
});

const analyses = [
  card('rfm', 'bars', say('RFM 分群', 'RFM segments'), say('谁最值得维护，谁正在离开？', 'Who is worth most, and who is leaving?'),
    say('按最近一次购买、次数、金额各分五档。', 'Five-bin quantile scores of days since the last order, orders and amount.'),
    [param('convention', 'choice', '分群方法', 'Convention', { default: 'quintiles', choices: ['quintiles', 'eight', 'own'] }),
      param('bins', 'integer', '档数', 'Bins', { default: '5', at_least: 2, at_most: 10 })]),
  card('cohort_retention', 'heatmap', say('同期群留存', 'Cohort retention'), say('新客之后还来吗？', 'Do new customers keep coming?'),
    say('按首次购买的月份分组；时间还没到的格子不显示数字。', 'Groups by the month of the first order; cells whose month is not over are empty.'),
    [param('by', 'choice', '分组', 'Cohorts by', { default: 'month', choices: ['week', 'month', 'quarter'] }),
      param('value', 'choice', '看什么', 'Value', { default: 'customers', choices: ['customers', 'orders', 'amount'] })]),
  card('repurchase_interval', 'curve', say('复购间隔', 'Repurchase interval'), say('买过之后多久会再来？', 'How long until they buy again?'),
    say('Kaplan–Meier 估计，仍在等待的客户按删失处理。', 'Kaplan–Meier; those still waiting are censored.'),
    [param('first_only', 'boolean', '只看第一次到第二次', 'Only first to second purchase', { default: 'false' })]),
];

const job = (name, title, params) => ({
  name, route: `/api/${name}`, title, doc: title, kind: 'job', view: 'table', params, columns: [], examples: [],
});

export const catalogue = {
  version: '0.1.0',
  commands: [
    { name: 'metric', route: '/api/metric', title: say('指标', 'Metric'), doc: say('指标', 'Metric'), kind: 'read', view: 'curve', params: metricParams, columns: [], examples: [] },
    ...analyses.map((each) => each.command),
    job('load', say('载入', 'Load'), [param('file', 'file', '文件', 'File', { repeated: true, positional: true })]),
  ],
  metrics,
  analyses: analyses.map((each) => each.analysis),
  dimensions: [{ name: 'channel', title: say('渠道', 'Channel') }, { name: 'store_key', title: say('门店', 'Store') }, { name: 'region', title: say('地区', 'Region') }],
};
export { say };
