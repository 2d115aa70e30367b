import { dataZh } from './data.zh';
import { lineageZh } from './lineage.zh';
import { mappingZh } from './mapping.zh';
import { sourcesZh } from './sources.zh';
import { customersZh } from './customers.zh';
import { surveysZh } from './surveys.zh';
import { formsZh } from './forms.zh';
import { segmentsZh } from './segments.zh';
import { identityZh } from './identity.zh';
import { qualityZh } from './quality.zh';
import { reasonsZh } from './reasons.zh';
import type { Texts } from './en';

export const zh: Texts = {
  brand: { name: '回头', line: '复购分析', promise: '每个数字都能说清口径。' },
  nav: {
    label: '主导航', overview: '概览', metrics: '指标', definitions: '口径对照', analyses: '分析', customers: '客户', segments: '客户分群', data: '数据', quality: '数据质量', lineage: '数据血缘', identity: '客户识别', sources: '数据源', forms: '填报', surveys: '问卷', settings: '设置',
    open: '打开菜单', skip: '跳到正文', crumbs: '所在位置',
  },
  language: { label: '语言' },
  fresh: { until: '数据截至 {{last}} · {{orders}} 单', none: '还没有数据', title: '自 {{first}} 起，数据版本 {{version}}' },
  locked: { title: '请从带令牌的地址进入', text: '程序启动时（huitou serve）会打印一个完整地址，其中带有令牌。请复制那个地址打开；之后这台浏览器会记住它。' },
  period: {
    '12m': '近 12 个整月', '90d': '近 90 天', '30d': '近 30 天', '7d': '近 7 天', this_month: '本月', last_month: '上月', this_year: '今年',
    all: '全部时间', custom: '自定义', from: '从', to: '到', apply: '使用这段时间', hint: '从数据的最后一天 {{last}} 往回数。',
  },
  granularity: { auto: '自动', day: '按天', week: '按周', month: '按月', quarter: '按季', year: '按年' },
  granularity_by: { day: '每天一个点', week: '每周一个点（周一起）', month: '每月一个点', quarter: '每季一个点', year: '每年一个点' },
  compare: { none: '不对比', previous_period: '对比上期', same_period_last_year: '对比去年同期' },
  status: { net: '净额口径', paid: '已付款口径', delivered: '已完成口径', all: '全部订单' },
  status_hint: {
    net: '不含已取消与全额退款的订单，金额扣除退款。', paid: '付过款的订单，含后来全额退款的，金额为实付。',
    delivered: '只算交易完成的订单，金额为实付。', all: '所有订单，含未付款与已取消。',
  },
  filter: { title: '怎么看这些数字', open: '筛选与口径', done: '看结果', granularity: '时间粒度', compare: '对比', status: '订单口径', definition: '首页的复购率用哪个定义',
    channel: '渠道', store_key: '门店', region: '地区', all: '全部', nothing: '这段时间没有可选的值', remove: '去掉 {{value}}',
  },
  definition: {
    repurchase_rate: '复购率', repurchase_rate_by_day: '复购率（按天去重）', repeat_order_share: '复购订单占比',
    returning_customer_rate: '老客占比', next_period_repurchase_rate: '回购率（下一期）', repeat_amount_share: '复购金额占比',
  },
  definition_hint: {
    repurchase_rate: '期内买过 2 次及以上的客户 ÷ 期内买过的客户', repurchase_rate_by_day: '期内在 2 个及以上不同日子买过的客户 ÷ 期内买过的客户',
    repeat_order_share: '（订单数 − 客户数）÷ 订单数', returning_customer_rate: '以前买过或期内再买的客户 ÷ 期内买过的客户',
    next_period_repurchase_rate: '下一期又买的客户 ÷ 本期买过的客户', repeat_amount_share: '第 2 单起的金额 ÷ 总金额',
  },
  figure: { none: '没有数据', interval: '95% 置信区间' },
  delta: {
    against: { previous_period: '较上期', same_period_last_year: '较去年同期', none: '' },
    nothing: { previous_period: '上期没有可比数据', same_period_last_year: '去年同期没有可比数据', none: '' },
    better: '变好', worse: '变差', same: '持平',
  },
  headline: {
    waiting: '{{period}}：正在计算……',
    hundred: '{{period}}，每 100 位买家有 {{hundred}} 位回来再买。', rate: '{{period}}，{{title}}为 {{value}}。', nothing: '{{period}}没有可以计算的订单。',
    up: '比对比期高 {{text}}', down: '比对比期低 {{text}}', same: '与对比期持平', better: '，在变好。', worse: '，需要留意。',
  },
  headline_note: {
    net: '精确值 {{value}}，基于 {{base}} 位买家；净额口径：不含已取消与全额退款的订单。', paid: '精确值 {{value}}，基于 {{base}} 位买家；已付款口径。',
    delivered: '精确值 {{value}}，基于 {{base}} 位买家；只算已完成的订单。', all: '精确值 {{value}}，基于 {{base}} 位买家；全部订单。',
  },
  step: {
    title: '接下来做什么',
    win_back: { verb: '先召回', why: '「{{name}}」平均 {{days}}没来，已比中位复购间隔（{{median}}）晚 {{late}}；他们贡献了 {{amount}} 的金额。' },
    second_order: { verb: '促成下一单', why: '「{{name}}」占客户的 {{share}}，只占金额的 {{amount}}，平均 {{days}}前来过：还在回头的窗口内。' },
    keep: { verb: '留住', why: '「{{name}}」只占客户的 {{share}}，却贡献了 {{amount}} 的金额。' },
    look_at_rate: { verb: '先看复购率', why: '对比期为 {{before}}。打开看是哪个渠道、门店在下降。' },
  },
  kpi: { title: '关键指标', meaning: '{{title}}：含义与公式', open: '打开 {{title}}', course: '{{title}}的走势', per_order: '笔单价', target: '目标', reached: '已达成', missed: '未达成' },
  trend: { window: '每个点只看那一段时间之内', title: '{{title}}走势', before: '对比期' },
  buyers: { title: '新客与老客', subtitle: '首次购买的客户，与以前买过、这一期又来的客户', new: '新客', returning: '老客' },
  cohort: { title: '首购后的留存', subtitle: '某月首次购买的客户，之后第几个月又来买；灰色的点是时间还没到' },
  heat: { base: '人数', all: '加权平均', immature: '时间还没到，先不下结论', nobody: '没有这样的客户，不下结论' },
  interval: {
    title: '多久会再来', subtitle: '买过之后若干天内再次购买的客户比例，已考虑还在等待中的客户', returned: '已再次购买', median: '一半的人在 {{days}}内回来',
    no_median: '观察期内回来的不到一半，所以没有中位间隔。',
  },
  segments: { title: '客户分群与建议', subtitle: '按最近一次购买、次数与金额分群（RFM）；绿色是人数占比，橙色是金额占比', customers: '人', amount: '金额' },
  panel: { chart: '看图', table: '看表', explain: '口径与查询', open: '打开', more: '再显示一些（还有 {{left}} 行）' },
  state: {
    loading: '正在计算', empty: '这里还没有数据', empty_hint: '这段时间与筛选下没有符合的订单。可以放宽时间或去掉筛选。', not_enough: '数据还不够',
    retry: '再试一次', stale: '显示的是 {{time}} 的结果，刚才的更新没有成功：',
  },
  empty: { no_orders: '还没有订单。放进一份订单导出文件，几秒钟后就能看到复购率。', load: '载入订单文件' },
  explain: { title: '{{title}}是怎么算的' },
  metrics: {
    title: '指标', subtitle: '{{count}} 个指标，一个词一个公式，点开看走势、拆分与口径。', search: '搜索：复购率、客单价、AOV…', nothing: '没有叫「{{text}}」的指标。',
    group: { repurchase: '复购', rhythm: '间隔与一次客', customers: '客户', value: '金额与订单', other: '其他' },
  },
  metric: {
    back: '回到指标', unknown: '没有叫「{{name}}」的指标。', definitions: '口径对照', total: '这段时间', course: '走势', breakdown: '拆分', breakdown_note: '每一项都只看它自己的订单',
    by: '拆分维度', before: '对比期', switches: '口径开关',
  },
  definitions: {
    title: '口径对照', subtitle: '同一段时间、同一批订单，「复购率」的每一种算法各是多少，为什么不同。', panel: '复购率的全部定义', note: '分子 / 分母都列出来，开会时不用再争。',
    definition: '定义', switches: '口径', value: '数值', fraction: '分子 / 分母', merged: '同日合并', every_status: '显示全部订单口径', one_status: '只看当前口径',
  },
  analyses: { title: '分析', subtitle: '每个分析回答一个问题。' },
  analysis: { unknown: '没有叫「{{name}}」的分析。', back: '回到分析', params: '参数', as_segments: '把名单变成分群', as_segments_hint: '打开与该数字人数一致的规则，可查看、修改和保存。' },
  choice: {
    active: '期内全部活跃客户', events: '行为', refunds: '退款', product: '商品',
    A: 'A 类', B: 'B 类', C: 'C 类',
    answers: '每份答卷', latest: '每位客户的最近一份', tickets: '工单', complaints: '投诉', surveys: '问卷作答', promoters: 'NPS 答 9、10 分', detractors: 'NPS 答 0 至 6 分', reason: '原因', store: '门店',
    classic: '五分位（经典界限）', rfm_0_3: '五分位（rfm 0.3 界限）', eight: '八分群（2×2×2）', rules: '自定义规则', mean: '均值', median: '中位数',
    score_mean: '分值的均值', score_median: '分值的中位数', segment: '分群', cell: 'R × F 格子', cuts: '切分点', week: '周', month: '月', quarter: '季',
    customers: '客户数', orders: '订单数', amount: '金额', in: '只看当期', on_or_after: '当期及以后', curve: '曲线', summary: '分位数对照', gaps: '间隔分布',
    every: '每次购买', first: '只看首购', day: '日', top: '几个常用占比', abc: 'A、B、C 三类', units: '件数', category: '品类', channel: '渠道',
    monday: '周一', sunday: '周日',
    products: '商品', margin: '毛利', quantity: '件数', classes: 'A、B、C 三类', list: '逐个列出', all: '全部',
    quadrants: '四象限', groups: '高复购、低复购、流失边缘', recency: '距上次下单天数', own: '自定', states: '各期状态', better: '历史上更好者', individual: '个体模型', accounts: '平衡的增长账',
    shop: '按全店水平', none: '不列出', dependent: '折扣依赖', mixed: '混合', full_price: '全价客户', too_few: '订单太少',
    clusters: '聚类结果', choice: '各聚类数的优劣', business: '按工作时间', wall: '按自然时间', k_means: 'K 均值', mixture: '高斯混合模型', matrix: '矩阵', moves: '迁移一览', each: '各时点自己的切分点', start: '都用期初的切分点',
  },
  fact: {
    engine: '分析引擎', replicas: '在线副本', time_zone: '时区', currency: '币种', week_start: '一周的第一天', data_version: '数据版本', first_order_on: '第一单', last_order_on: '最后一单',
    customers_rows: '客户', identities_rows: '客户标识', orders_rows: '订单', order_lines_rows: '订单明细', products_rows: '商品', stores_rows: '门店', findings_rows: '发现的问题', events_rows: '行为事件', tickets_rows: '服务工单', surveys_rows: '问卷回答',
  },
  data: dataZh,
  sources: sourcesZh,
  customers: customersZh,
  forms: formsZh,
  surveys: surveysZh,
  segmenting: segmentsZh,
  reasons: reasonsZh,
  identity: identityZh,
  quality: qualityZh,
  lineage: lineageZh, mapping: mappingZh,
  settings: { title: '设置', subtitle: '这个店铺的运行状态，以及怎样读这些数字。', state: '运行状态', read: '怎样读这些数字', version: '回头 {{version}}',
    stages: {
      title: '客户阶段', subtitle: '分析、规则与客户页使用同一设置。', save: '保存', saving: '正在保存…', suggest: '按购买间隔给出建议',
      suggest_subtitle: '一年内会回购的客户，75% 在活跃期内回购，95% 在流失之前回购。', use: '采用这些天数',
      limit: '阶段', now: '当前', back: '届时已回购', suggested: '建议', share: '目标占比', active_days: '活跃', sleeping_days: '沉睡',
    },
    hours: {
      title: '工作时间', subtitle: '工单的首次响应与解决时长按工作时间统计，以店铺时区为准。', closed: '休息',
      mon: '星期一', tue: '星期二', wed: '星期三', thu: '星期四', fri: '星期五', sat: '星期六', sun: '星期日',
      holidays: '节假日，每行一条', holidays_example: '2026-10-01..2026-10-07', workdays: '调休上班日与半天，每行一条',
      workdays_example: '2026-10-10 9:00-18:00', clear: '改按自然时间统计',
      none: '还没有工作时间', example: '在每个星期几旁写 9:00-12:00,13:30-18:00；留空表示休息。', begin: '设置工作时间',
    },
  },
  reading: {
    truth: { term: '口径', text: '每个数字旁的 i 写着公式、开关和查询语句。' }, nothing: { term: '— 与 0', text: '没有数据显示为 —，只有真的是零才显示 0。' },
    period: { term: '时间', text: '预设时间从数据的最后一天往回数；时间还没到的窗口不下结论。' }, status: { term: '订单口径', text: '默认净额：不含已取消和全额退款的订单。' },
    interval: { term: '区间', text: '比例旁的范围是 95% 置信区间；两个区间重叠很多时，别急着下结论。' },
  },
};
