export const identityZh = {
  title: '一位客户', subtitle: '共有手机号、邮箱或其他标识的账户算作同一个人。在这里看依据，也可以拆开误合并的账户。',
  look: '查找', placeholder: '会员号、手机号、邮箱或其他标识', start: '要找哪位客户？', start_hint: '给出客户的任一标识，即列出其全部账户，以及每个账户依据哪个标识合并。', working: '正在归置账户与订单',
  person: {
    page: '查看此人的全部信息', title: '该客户的账户', subtitle: '各账户的标识，以及带来的订单', none: '没有客户拥有该标识', none_hint: '请尝试会员号、手机号或邮箱。', only: '唯一的账户', first: '最早的账户：客户编号即其编号',
    joined: '与 {{member}} 是同一个人，依据{{kind}} {{key}}，自', orders: '订单', split: '拆分', split_one: '按 {{key}} 拆分', no: '暂不', sure_key: '不再用 {{key}} 合并账户？订单将退回各自账户。', sure_account: '让 {{key}} 单独成为一位客户？其订单随之移动。',
  },
  kind: { member: '会员号', unionid: '微信 unionid', openid: '微信 openid', phone: '手机号', email: '邮箱', device: '设备', cookie: '浏览器' },
  state: { own: '独有', joined: '已并入', joins: '用于合并', agrees: '各账户共有', shared: '他人也有，不用于合并', stopped: '在停用名单中', alone: '保持独立' },
  stops: {
    title: '停用名单', subtitle: '不用于合并的标识', none: '本店没有停用标识', common_one: '另有 {{count}} 个常被随手填写的号码或邮箱在所有店铺停用。', common_other: '另有 {{count}} 个常被随手填写的号码和邮箱在所有店铺停用。', kind: '类别', key: '标识', reason: '原因', at: '自', remove: '移除',
    remove_one: '恢复用 {{key}} 合并', split: '拆分客户',
  },
};
