export const surveysZh = {
  title: '问卷', subtitle: '用手机上打开的链接向顾客提问，并知道谁回答了。答卷几秒后计入 NPS 分析。',
  list: '问卷列表', list_hint: '最新在前；链接任何人都可作答', none: '还没有问卷', none_hint: '在下方创建：填写标题即可。',
  answers: '答卷', sent: '专属链接', opened: '已打开', rate: '回复率', closed: '已关闭', close: '关闭', close_one: '关闭 {{title}}', sure: '关闭“{{title}}”？其链接不再接受作答。', keep: '保持开放',
  copy: '复制', copied: '已复制', copy_of: '复制 {{title}} 的链接', link_of: '{{title}} 的链接', kind: { nps: 'NPS（0–10 分）', csat: '满意度（1–5 分）' },
  results: '结果：{{title}}', in_analysis: '在 NPS 分析中看全部答卷', no_answers: '还没有答卷', no_answers_hint: '请发送链接，或在命令行用 huitou surveys links 为分群导出专属链接。',
  make: '新建问卷', make_hint: '只填一种语言时两种语言共用；问题留空则用常用问题。', make_act: '创建问卷',
  field: {
    title: '标题（英文）', title_zh: '标题（中文）', kind: '类型', question: '问题（英文）', question_zh: '问题（中文）', comment: '另问一段文字（英文）', comment_zh: '另问一段文字（中文）',
    days: '链接有效天数', address: '顾客访问的地址', by: '创建人',
  },
  example: {
    title: '如：到店体验的英文名', title_zh: '您的到店体验', question: '留空则用常用问题', question_zh: '您有多大可能把我们推荐给朋友？', comment: '留空则不问', comment_zh: '主要原因是什么？',
    days: '留空表示长期有效', address: '如 https://ask.example.cn', by: '李',
  },
};
