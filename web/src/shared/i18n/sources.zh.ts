import type { sourcesEn } from './sources.en';

export const sourcesZh: typeof sourcesEn = {
  title: '数据源', subtitle: '数据自动从哪里来，是否新鲜。',
  sync: '同步', sync_all: '全部同步', sync_one: '同步 {{name}}', working: '正在同步', edit: '修改', remove: '移除', remove_one: '移除 {{name}}', keep: '保留', sure: '移除 {{name}} 及其历史？已载入的数据保留。',
  state: { never: '尚未同步', running: '同步中', interrupted: '已中断', done: '完成', failed: '失败', cancelled: '已取消' },
  list: {
    title: '数据源', subtitle: '程序提供服务期间按计划同步。', empty: '还没有数据源。请在上面添加，或用文件描述全部数据源后运行：huitou sources apply company.yaml --sync',
    source: '数据源', schedule: '计划', off: '停用', manual: '手动', every_one: '每 {{count}} {{unit}}', every_other: '每 {{count}} {{unit}}', daily: '每天 {{time}}', state: '上次同步', success: '上次成功', due: '下次同步', rows: '读取行', alerts: '提醒', act: '操作',
  },
  runs: {
    title: '同步历史', subtitle: '最近几次同步带来了什么。', empty: '还没有同步过。',
    source: '数据源', state: '状态', began: '开始', ended: '结束', read: '读取', loaded: '载入', rejected: '剔除', removed: '移除', said: '错误与提醒',
  },
  form: {
    add: '添加数据源', change: '修改 {{name}}', subtitle: '说明数据在哪里，测试，核对各列含义，保存。第一次同步之前不载入任何数据。',
    kind: '类型', name: '名称', name_hint: '字母、数字、- 和 _，之后不能修改。', required: '必填', repeated: '可填多个：每个之后按回车。', secret: '保存在仅本人可读的文件里，不再显示。', kept: '已保存；留空则不变',
    more_one: '其他 {{count}} 项设置', more_other: '其他 {{count}} 项设置', schedule: '何时同步', when: { manual: '手动', every: '每隔', daily: '每天' }, count: '多少', unit: '单位', units: { m: '分钟', h: '小时', d: '天' }, time: '几点（店铺时区）',
    system: '来源系统', system_hint: '数据标注来自哪个系统；留空则用数据源名称。', enabled: '按计划同步，并参与全部同步', columns: '各列的含义',
    test: '测试', testing: '正在读取前几行', saving: '正在保存', save: '保存', back: '返回', missing: '还需要：{{names}}', blocked: '映射还不完整，见下方。', again: '如果改了读取的位置或方式，将从头开始读取。',
    reached_one: '可以连接，共 {{count}} 列。', reached_other: '可以连接，共 {{count}} 列。', nothing: '可以连接，还没有文件。可以先保存。',
  },
};
