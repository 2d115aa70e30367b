export const surveysZh = {
  title: '问卷', subtitle: '用手机上打开的链接向顾客提问，并知道谁回答了。答卷几秒后计入 NPS 分析。',
  list: '问卷列表', list_hint: '最新在前；链接任何人都可作答', none: '还没有问卷', none_hint: '在下方创建：填写标题即可。',
  answers: '答卷', sent: '专属链接', opened: '已打开', rate: '回复率', closed: '已关闭', close: '关闭', close_one: '关闭 {{title}}', sure: '关闭“{{title}}”？其链接不再接受作答。', keep: '保持开放',
  copy: '复制', copied: '已复制', copy_of: '复制 {{title}} 的链接', link_of: '{{title}} 的链接', kind: { nps: 'NPS（0–10 分）', csat: '满意度（1–5 分）' },
  results: '结果：{{title}}', in_analysis: '在 NPS 分析中看全部答卷', no_answers: '还没有答卷', no_answers_hint: '请发送链接、张贴二维码，或为分群生成专属链接。',
  no_address: '该问卷创建时没有填写顾客访问的地址：链接以 {{origin}} 开头，外部的手机可能打不开。请填写由网站服务器转发的地址，另建一份问卷。',
  channel: { sms: '短信', email: '邮件', wecom: '企业微信' },
  poster: {
    act: '二维码', one: '{{title}} 的二维码', title: '二维码：{{title}}', store: '答卷记入的门店', store_none: '不指定：共用一个码', channel: '答卷记入的渠道', channel_example: '如 海报、小票', shown: '海报上的门店名称', shown_example: '如：南京路店',
    make: '生成该位置的二维码', old: '这个位置有自己的二维码，请先生成。', scan: '请用手机扫码作答', alt: '海报：{{title}}。{{question}} 二维码指向 {{link}}',
    paper: '纸张', paper_A4: 'A4（墙面、门口）', paper_A6: 'A6（桌面、收银台）', width: '二维码宽 {{width}} 毫米，手机约在 {{reach}} 厘米内可扫。', print: '打印', save: '存为图片',
  },
  ask: {
    no_address: '该问卷创建时没有填写顾客访问的地址：名单里的链接只有 /q/… 部分，发送前请在前面补上网站的地址。',
    act: '邀请分群', one: '用 {{title}} 邀请分群', title: '专属链接：{{title}}', what: '每位客户各有一个链接，因此能知道是谁的回答，也能算出回复率。名单交给短信、邮件或企业微信工具发送。',
    segment: '分群', pick: '选择分群', everyone: '全部客户', other_segment: '想邀请其他人？', no_segment: '还没有保存的分群。', to_segments: '去创建分群', channel: '渠道', first: '选择分群后即可看到可邀请的人数。',
    count: { fitting: '分群人数', without_consent: '未同意该渠道', without_address: '没有联系方式或会员号', customers: '可邀请' },
    nobody_fits: '该分群目前没有客户', nobody_fits_hint: '请选择其他分群。', nobody: '其中没有可用{{channel}}邀请的客户', nobody_hint: '只邀请同意该渠道且有联系方式的客户。请换一个渠道，或先导入授权。',
    by: '导出人', make_one: '生成 {{count, number}} 个链接的名单', make_other: '生成 {{count, number}} 个链接的名单', done_one: '{{count, number}} 位客户的名单已生成。', done_other: '{{count, number}} 位客户的名单已生成。', done_hint: '已登记为第 {{entry}} 号导出；文件保留一天。', download: '下载名单',
  },
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
