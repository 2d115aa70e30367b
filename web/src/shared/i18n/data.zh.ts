import type { DataTexts } from './data.en';

export const dataZh: DataTexts = {
  title: '数据', subtitle: '把店铺导出的文件放进来。载入之前，先让你看清每一列被理解成什么。',
  steps: { label: '步骤', file: '选文件', check: '核对列', load: '载入', done: '完成' },
  drop: {
    title: '把文件拖到这里，或选择文件', hint: 'CSV、TSV、TXT（UTF-8 或 GBK）、Excel .xlsx、JSON Lines、Parquet，也可为 .gz。淘宝、天猫、京东、有赞、Shopify 的订单导出可以直接用。',
    first: '放进你的第一个文件', first_hint: '一份订单导出就够：谁、什么时候、花了多少。手边没有文件？', choose: '选择文件', demo: '载入示例店铺',
    demo_hint: '两万名虚构客户、三年订单。', kind: '无法读取“{{name}}”。', kind_hint: '请在表格软件里另存为 .xlsx 或 CSV（UTF-8），再放进来。',
  },
  upload: { title: '正在上传 {{name}}', amount: '{{sent}} / {{total}}', looking: '正在读取 {{name}}', paused: '上传停在 {{sent}} / {{total}}', kept: '已上传的部分保留着，继续时只传剩下的。', resume: '继续上传' },
  check: {
    title: '我们的理解', lead: '{{name}}：{{summary}}。', facts: '约 {{rows}} 行 · {{size}} · {{encoding}}', load: '载入 {{rows}} 行', again: '换一个文件', source: '来源', source_hint: '文件来自哪个系统或店铺。',
  },
  kind: { orders: '订单', lines: '订单与商品行', order_lines: '订单的商品行', customers: '客户', products: '商品', stores: '门店', events: '行为事件', tickets: '服务工单', surveys: '调查答卷', other: '其他' },
  job: {
    load: '正在载入 {{name}}', some: '有一个文件正在载入', demo: '正在生成并载入示例店铺', waiting: '排队中，等前一项完成', amount: '{{done}} / {{total}} {{unit}}', rate: '{{rate}} {{unit}}/秒', left: '还需约 {{seconds}} 秒',
    cancel: '取消', cancelling: '正在取消', safe: '可以离开这个页面，载入会继续。一个文件要么全部载入，要么一行不动。',
  },
  fail: { title: '没有载入，数据和之前一样', cancelled: '已取消，数据和之前一样', file: '文件 {{name}} 还留着。', again: '再试一次', back: '回去看列' },
  result: {
    title: '载入完成', demo: '示例店铺准备好了', unchanged: '不需要载入', unchanged_text: '{{name}} 之前载入过，内容相同。所有数字没有变化。', nothing: '没有一行可以载入',
    nothing_text: '{{rows}} 行全部被剔除，原因见下方“发现的问题”。请改列的含义或重新导出后再载入。', sentence_orders: '{{orders}} 个订单，{{customers}} 位客户（新增 {{fresh}} 位），{{first}} 至 {{last}}。',
    sentence_rows: '已载入 {{rows}} 行。', read: '读取行', loaded: '载入行', left: '剔除行', adds_up: '读取 {{read}} = 载入 {{loaded}} + 剔除 {{left}}', rules: '注意到的情况', no_rules: '没有违反规则的行。',
    overview: '看概览', findings: '看发现的问题', another: '再载入一个文件',
    short: '这些订单只跨 {{days}} 天', short_text: '客户会不会回头，要两三个月才看得出。再载入更早的导出，数字才可靠。',
  },
  history: {
    title: '已载入的数据', subtitle: '新的在前', empty: '还没有载入过文件。请在上面放进第一个文件。', when: '时间', file: '文件', table: '内容', read: '读取行', loaded: '载入行', left: '剔除行', span: '日期范围', look: '{{name}} 的问题', to: '{{first}} 至 {{last}}',
  },
  findings: {
    title: '发现的问题', subtitle: '没有一行会悄悄消失：每条规则都写明碰到多少行、做了什么。', none: '没有违反规则的行。', none_hint: '读到的每一行都在里面。', empty: '还没有载入过文件，也就没有问题可看。',
    file: '文件', newest: '各文件最近一次载入', severity: '程度', all: '全部', rule: '规则', rows: '行数', done: '处理', examples: '例子', show: '看例子：{{rule}}', hide: '收起例子：{{rule}}', filtered: '没有符合筛选的规则。', clear: '清除筛选',
    line: '行号', field: '字段', value: '文件里的值', nothing: '空', shown: '显示 {{shown}} / {{rows}} 行', in_file: '{{file}}',
  },
  severity: { error: '错误', warning: '警告', info: '提示' },
  action: { kept: '保留', left_out: '剔除', replaced: '替换', cancelled: '按取消处理', removed: '移除' },
};
