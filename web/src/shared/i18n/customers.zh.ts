export const customersZh: typeof import('./customers.en').customersEn = {
  title: '客户', subtitle: '按姓名或任一标识找到一个人，看到关于他的一切。', placeholder: '姓名、会员号，或完整的手机号、邮箱', look: '查找',
  start: '要找哪位客户？', start_hint: '输入姓名或会员号开头；手机号与邮箱须完整给出。', none: '没有找到客户', none_hint: '姓名可以只写一部分；会员号以外的标识须完整。',
  found: '查找结果', found_hint: '标识优先，其次会员号，再次姓名', back: '客户', unnamed: '客户 {{id}}', missing: '没有这位客户', missing_hint: '该链接可能来自其他店铺。请按姓名或标识查找。',
  by_key: '标识', orders: '订单', amount: '金额', last: '最近下单', name: '姓名', member: '会员号', region: '地区', since: '注册于',
  stage: '阶段', activity: '活跃度', segment: 'RFM 分群', segment_wait: '正在打分', scores: 'R {{r}} · F {{f}} · M {{m}}', accounts_one: '{{count}} 个账户', accounts_other: '{{count}} 个账户，同一个人', same: '为何是同一个人',
  no_orders: '还没有订单', no_orders_hint: '已知此人，但没有计入的订单。其他往来见时间线。',
  figure: { orders: '订单', amount: '金额', mean: '笔单价', last: '最近下单', silent: '距今', refunds: '退款', discount: '有优惠的订单', nps: '最近 NPS', csat: '最近 CSAT', tickets: '工单', complaints: '次投诉', surveys: '问卷', events: '行为', of_all: '全部 {{count}} 单' },
  rhythm: {
    title: '自身节奏', subtitle: '两次购买相隔的天数，以及仅据此推断的下次购买', none: '只购买过一次', none_hint: '有了第二次购买，才谈得上节奏。', next: '下次购买可能在', overdue: '已超期：本应在', between: '{{from}} 至 {{to}}', median: '间隔中位数', silence: '已沉默', outlasted: '的自身间隔短于当前沉默期', gap: '间隔天数',
  },
  timeline: { title: '时间线', subtitle: '订单、行为、工单与问卷，新者在前', none: '还没有任何往来', none_hint: '此人的订单、行为、工单与问卷将显示在这里。', more: '显示更早', refund: '已退款', lines_one: '{{count}} 行商品', lines_other: '{{count}} 行商品', score: '评分', minutes: '{{minutes}} 分钟后首次响应', events_one: '{{count}} 次行为', events_other: '{{count}} 次行为', order: '订单', aside: '已隔离或更正的订单', event: '行为', ticket: '工单', complaint: '投诉', survey: '问卷', bought: '购买的商品', no_lines: '该订单没有商品明细。' },
  favourites: { title: '偏好', subtitle: '在计入的订单中出现最多', none: '还没有偏好', none_hint: '有了订单便会显示。', product: '商品', category: '品类', store: '门店', channel: '渠道' },
  segments: { title: '所属分群', subtitle: '此人现在所属的已保存分群，以及只差一项的分群', none: '不属于任何已保存的分群', none_hint: '分群由规则决定。', open: '客户分群',
    why: '为何属于，或不属于', why_short: '为何？', why_in: '为何属于 {{name}}？', why_out: '为何不属于 {{name}}？', near: '只差一项', lacks: '只差：{{what}}', open_one: '看全部客户', stays: '在该分群的时间', until: '至', until_now: '至今' },
  tags: { title: '标签', subtitle: '手工、导入或按规则', none: '没有标签', none_hint: '手工、导入或按规则打上的标签会显示在这里。' },
  consent: { title: '可否触达', subtitle: '此人对各渠道的表态', none: '尚未表态', none_hint: '未表态视为不同意：导出触达名单时会排除此人。', email: '邮件', sms: '短信', wecom: '企业微信', said_yes: '同意', said_no: '拒绝' },
  keys: { title: '标识', subtitle: '手机号与邮箱已掩码', reveal: '完整显示', mask: '恢复掩码', none: '没有标识', none_hint: '此人只随订单而来。' },
};
