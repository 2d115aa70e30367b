export const reasonsZh = {
  hers: '此人：', unknown: '未知', in: '属于该分群', out: '不属于该分群', one_missing: '只差这一项：', more_missing: '差 {{count}} 项：',
  must_not: '不应满足：{{text}}', tree: '规则逐项', not_known: '当时还不是客户', not_known_hint: '注册或首次下单在所统计的日期之后。',
};
