// Plausible answers: the same question always gives the same figures.
import { metrics, say } from './catalogue.mjs';

function random(text) {
  let state = 2166136261;
  for (const sign of text) state = Math.imul(state ^ sign.charCodeAt(0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822507) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  };
}

const levels = {
  repurchase_rate: 0.312, repurchase_rate_by_day: 0.287, repeat_order_share: 0.415, returning_customer_rate: 0.468,
  next_period_repurchase_rate: 0.221, repeat_amount_share: 0.534, churn_rate: 0.382, one_time_customer_share: 0.546, refund_rate: 0.031,
  buyers: 48230, new_customers: 27110, returning_customers: 21120, amount_per_customer: 41250, average_order_value: 18930,
  net_amount: 1.989e9, order_gap_days_median: 34, units_per_order: 2.37,
};

const column = (name, unit, role, label) => ({ name, unit, role, label });
const answer = (columns, rows, more = {}) => ({ columns, rows, notes: [], view: 'table', currency: 'CNY', ...more });

function buckets(from, to, by) {
  const found = [];
  const date = new Date(`${from}T00:00:00Z`);
  if (by === 'month' || by === 'quarter' || by === 'year') date.setUTCDate(1);
  while (date.toISOString().slice(0, 10) < to && found.length < 400) {
    found.push(date.toISOString().slice(0, 10));
    if (by === 'day') date.setUTCDate(date.getUTCDate() + 1);
    else if (by === 'week') date.setUTCDate(date.getUTCDate() + 7);
    else date.setUTCMonth(date.getUTCMonth() + ({ month: 1, quarter: 3, year: 12 })[by]);
  }
  return found;
}

const values = { channel: ['天猫', '京东', '小程序', '门店'], store_key: ['南京西路店', '三里屯店', '天府店', '天河店'], region: ['华东', '华北', '西南', '华南'] };

function metricColumns(name, compared) {
  const { unit, title } = metrics.find((each) => each.name === name);
  const list = [column(name, unit, 'value', title)];
  if (unit === 'ratio') {
    list.push(column(`${name}_low`, unit, 'low', say('下限', 'Low')), column(`${name}_high`, unit, 'high', say('上限', 'High')),
      column(`${name}_numerator`, 'count', 'detail', say('分子', 'Numerator')));
  }
  list.push(column(`${name}_base`, 'count', 'base', say('人数', 'Base')));
  if (compared) {
    list.push(column(`${name}_before`, unit, 'detail', say('对比期', 'Before')),
      column(`${name}_change`, unit === 'ratio' ? 'points' : 'ratio', 'detail', say('变化', 'Change')));
  }
  return list;
}

function metricCells(name, key, scale, compared) {
  const { unit } = metrics.find((each) => each.name === name);
  const next = random(name + key);
  const level = levels[name];
  const additive = ['buyers', 'new_customers', 'returning_customers', 'net_amount'].includes(name);
  const value = level * (additive ? scale : 1) * (0.88 + next() * 0.26);
  const before = value * (0.93 + next() * 0.09);
  const base = Math.round(48230 * scale * (0.9 + next() * 0.2));
  const whole = unit === 'count' || unit === 'minor';
  const round = (number) => (whole ? Math.round(number) : number);
  const cells = [round(value)];
  if (unit === 'ratio') {
    const width = 1.96 * Math.sqrt((value * (1 - value)) / base);
    cells.push(value - width, value + width, Math.round(value * base));
  }
  cells.push(base);
  if (compared) cells.push(round(before), unit === 'ratio' ? value - before : (value - before) / before);
  return cells;
}

export function metric(args) {
  const names = [args.metric].flat();
  const compared = args.compare !== undefined;
  const columns = names.flatMap((name) => metricColumns(name, compared));
  const key = JSON.stringify([args.from, args.to, args.status, args.filter, args.days]);
  if (args.group_by) {
    const rows = values[args.group_by].map((each) => [each, ...names.flatMap((name) => metricCells(name, key + each, 0.25, compared))]);
    return answer([column(args.group_by, 'none', 'dimension', say('维度', 'Dimension')), ...columns], rows, { view: 'bars' });
  }
  if (!args.by) return answer(columns, [names.flatMap((name) => metricCells(name, key, 1, compared))], { view: 'cards' });
  const all = buckets(args.from, args.to, args.by);
  const rows = all.map((each, index) => {
    const cells = names.flatMap((name) => metricCells(name, key + each, 1 / all.length, compared));
    const late = index === all.length - 1 && names.length === 1 && names[0] === 'next_period_repurchase_rate';
    return [each, ...(late ? cells.map(() => null) : cells)];
  });
  return answer([column('month', 'date', 'dimension', say('时间', 'Period')), ...columns], rows, { view: 'curve' });
}

export function definitions() {
  const rows = [];
  const why = say('看的窗口或去重方式不同。', 'It looks at another window or merges differently.');
  for (const name of ['repurchase_rate', 'repurchase_rate_by_day', 'repeat_order_share', 'returning_customer_rate', 'next_period_repurchase_rate']) {
    for (const status of ['net', 'paid', 'all']) {
      const value = levels[name] * (status === 'net' ? 1 : status === 'paid' ? 1.03 : 1.06);
      rows.push([name, metrics.find((each) => each.name === name).title.zh, status, 'false', value, Math.round(value * 48230), 48230, why.zh]);
    }
  }
  return answer([
    column('metric', 'none', 'dimension', say('指标', 'Metric')), column('definition', 'none', 'detail', say('定义', 'Definition')),
    column('status', 'none', 'detail', say('口径', 'Status')), column('merge_days', 'none', 'detail', say('合并', 'Merged')),
    column('value', 'ratio', 'value', say('数值', 'Value')), column('numerator', 'count', 'detail', say('分子', 'Numerator')),
    column('base', 'count', 'base', say('分母', 'Base')), column('differs', 'none', 'detail', say('为什么不同', 'Why'))], rows);
}

export function explain(args) {
  const rows = [['formula', '期内订单 ≥ 2 的客户 ÷ 期内订单 ≥ 1 的客户'], ['status', args.status ?? 'net'], ['relation', 'customer_orders'],
    ['query', 'SELECT toUInt64(countIf(c.orders >= 2)) AS m0_numerator, toUInt64(count()) AS m0_denominator\nFROM (\n  SELECT o.customer_id, count() AS orders\n  FROM orders AS o\n  WHERE o.ordered_on >= toDate(\'2025-01-01\')\n  GROUP BY o.customer_id\n) AS c']];
  return answer([column('item', 'none', 'dimension', say('项', 'Item')), column('text', 'none', 'detail', say('内容', 'Text'))], rows);
}

export function cohorts() {
  const rows = [];
  const months = buckets('2024-11-01', '2025-11-01', 'month');
  months.forEach((month, index) => {
    const next = random(month);
    const size = Math.round(1900 + next() * 900);
    for (let k = 0; k <= 11; k++) {
      const mature = index + k < 12;
      const share = k === 0 ? 1 : (0.21 * Math.exp(-k / 9) + 0.05) * (0.86 + next() * 0.28);
      rows.push([month, k, mature ? share : null, mature ? Math.round(share * size) : null, size]);
    }
  });
  for (let k = 0; k <= 11; k++) rows.push(['all', k, k === 0 ? 1 : 0.21 * Math.exp(-k / 9) + 0.05, null, 26200]);
  return answer([
    column('cohort', 'none', 'dimension', say('首购月份', 'First order in')), column('months_later', 'count', 'series', say('几个月后', 'Months later')),
    column('share', 'ratio', 'value', say('又来购买的比例', 'Share who bought')), column('customers', 'count', 'detail', say('人数', 'Customers')),
    column('size', 'count', 'base', say('首购人数', 'Cohort'))], rows, { view: 'heatmap' });
}

export function interval() {
  const rows = [];
  for (let day = 0; day <= 400; day++) {
    const returned = 0.78 * (1 - Math.exp(-day / 52));
    rows.push([day, returned, Math.max(0, returned - 0.008), returned + 0.008, Math.round(40000 * Math.exp(-day / 90))]);
  }
  return answer([
    column('days', 'days', 'dimension', say('天数', 'Days')), column('returned', 'ratio', 'value', say('已再次购买', 'Bought again')),
    column('low', 'ratio', 'low', say('下限', 'Low')), column('high', 'ratio', 'high', say('上限', 'High')),
    column('at_risk', 'count', 'base', say('仍在等待', 'Still waiting'))], rows,
  { view: 'curve', notes: [{ code: 'no_customer', zh: '有 3.1% 的订单没有客户信息，未计入。', en: '3.1 % of orders have no customer and are left out.' }] });
}

export function rfm() {
  const rows = [
    ['冠军客户', 'Champions', 5230, 0.085, 31100, 7.1e8, 11.2, '新品优先体验，请他们带朋友', 'Early access; ask them to bring friends'],
    ['忠诚客户', 'Loyal customers', 8410, 0.137, 30200, 5.6e8, 28.4, '会员日与积分提醒', 'Member days and points'],
    ['潜力客户', 'Potential loyalists', 9820, 0.16, 19800, 2.9e8, 24.9, '推荐搭配，促成第三单', 'Recommend what goes with it'],
    ['新客户', 'New customers', 10440, 0.17, 10440, 1.3e8, 16.3, '首购后 7 天内主动问候', 'Greet within 7 days of the first order'],
    ['需要唤醒', 'Need attention', 7110, 0.116, 13300, 1.9e8, 61.7, '限时优惠，推荐曾买的品类', 'A limited offer in what they bought'],
    ['不能失去', 'Cannot lose them', 3950, 0.064, 18200, 3.4e8, 118.2, '专人回访，给出回归理由', 'Call them; give a reason to return'],
    ['即将流失', 'About to leave', 6300, 0.103, 8900, 1.1e8, 96.4, '换季提醒与小额券', 'A reminder and a small coupon'],
    ['已流失', 'Lost', 10120, 0.165, 10600, 9.2e7, 243.5, '低成本触达，不再加大投入', 'Cheap contact only'],
  ];
  return answer([
    column('segment_zh', 'none', 'detail', say('分群', 'Segment')), column('segment_en', 'none', 'detail', say('分群', 'Segment')),
    column('customers', 'count', 'value', say('客户', 'Customers')), column('share', 'ratio', 'detail', say('占比', 'Share')),
    column('orders', 'count', 'detail', say('订单', 'Orders')), column('amount_minor', 'minor', 'detail', say('金额', 'Amount')),
    column('days_since_last_order', 'days', 'detail', say('距上次购买', 'Days since last order')),
    column('action_zh', 'none', 'detail', say('建议', 'Advice')), column('action_en', 'none', 'detail', say('建议', 'Advice'))],
  rows, { view: 'bars' });
}

export function status() {
  const facts = { engine: 'chdb 26.7', time_zone: 'Asia/Shanghai', currency: 'CNY', data_version: '7', first_order_on: '2022-11-03', last_order_on: '2025-11-19', orders_rows: '128431', customers_rows: '61380' };
  return answer([column('item', 'none', 'dimension', say('项目', 'Item')), column('value', 'none', 'value', say('值', 'Value'))], Object.entries(facts));
}
