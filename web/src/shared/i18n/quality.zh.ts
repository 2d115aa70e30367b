import type { qualityEn } from './quality.en';

export const qualityZh: typeof qualityEn = {
  title: '数据质量', subtitle: '订单靠不靠谱、对指标有多大影响、哪些该移出指标。',
  check: '检查数据', again: '重新检查', checking: '正在检查：{{stage}} {{done}} / {{total}}', waiting: '正在等待其他任务', failed: '没有任何改动',
  score: {
    title: '得分', subtitle: '100 分减去各规则的扣分', of: '满分 100', orders: '{{orders}} 笔订单，检查于 {{at}}', best: '没有违反任何规则。', stale: '此后数据有变化，请重新检查。', lost: '扣分最多的是“{{rule}}”：{{points}} 分。',
    never: '尚未检查', never_hint: '检查会用全部规则看一遍所有订单，不改变任何数字。', course: '历次检查', before: '{{score}} 分，{{at}}',
  },
  rules: {
    title: '规则', subtitle: '哪些被违反，剔除之后复购率会是多少', severity: '程度', rule: '规则', rows: '行数', share: '占比', lost: '扣分', effect: '复购率', advice: '建议', details: '详情',
    show: '查看详情：{{rule}}', hide: '收起详情：{{rule}}', all: '全部规则', broken: '被违反的规则', none: '没有违反任何规则', none_hint: '所有订单都符合全部规则。', which: '显示哪些规则',
  },
  severity: { error: '错误', warning: '警告', info: '提示' },
  advice: { keep: '保留', fix: '更正', quarantine: '隔离' },
  detail: {
    customer: '客户 {{id}}', metric: '指标', value: '现值', without: '剔除这些订单后', change: '变化', rows: '违反的行，新的在前', key: '编号', day: '日期', amount: '值', quarantine_one: '隔离 {{count}} 笔订单', quarantine_other: '隔离 {{count}} 笔订单',
    sure: '把这些订单移出所有指标？', sure_text: '数据会另行保存，随时可以释放。', no_effect: '这条规则标记的不是订单，对指标没有单独的影响。', one: '隔离订单 {{key}}', yes: '隔离', no: '暂不',
  },
  status: { created: '已创建', paid: '已付款', delivered: '已送达', cancelled: '已取消', refunded: '已退款' },
  fix: {
    do: '更正', one: '更正订单 {{key}}', title: '更正订单 {{key}}', yes: '更正', keep: '保持不变', nobody: '无客户', ordered_at: '时间', status: '状态', customer: '客户', gross: '总额', discount: '折扣', refund: '退款', reason: '原因',
    hint: '只填有误的项。订单按更正后的内容计算，重新加载后仍然有效，随时可以释放。时间按店铺时区。', customer_hint: '任一标识；无客户填 nobody',
    none: '该订单目前不计入', none_hint: '它可能已被隔离，或在上次检查后不再存在。',
  },
  aside: {
    title: '隔离区', subtitle: '这些订单不计入任何指标，或按更正后的内容计算；此处为原始数据', none: '没有被隔离或更正的订单', none_hint: '被隔离的订单会列在这里，可随时释放。', order: '订单', day: '日期', net: '原始净额', decision: '处理',
    why: '规则', who: '处理人', release: '释放', release_one: '释放订单 {{key}}', all: '全部释放', sure: '让这些订单全部恢复原样？', quarantine: '已隔离', fix: '已更正', hand: '手工',
  },
};
