export const formsZh = {
  title: '填报', subtitle: '没有系统记录的数据：目标、成本、纸面工单、问卷。边填边校验，记下修改人，每次更改都能撤销。',
  list: '表单', none: '还没有条目', none_hint: '可逐条新增，或导入文件；模板中已有正确的列标题。', add: '新增', template: '模板（CSV）', new: '新条目', edit: '修改', edit_one: '修改条目 {{entry}}',
  remove: '删除', remove_one: '删除条目 {{entry}}', sure: '删除该条目？之后可以撤销。', save: '保存', cancel: '取消', required: '必填', changed: '修改时间', tools: '操作',
  import: {
    title: '导入', hint: '把 Excel 或 CSV 文件拖到这里。保存之前，先显示将改什么、哪里有问题。', choose: '选择文件', reading: '正在读取 {{file}}', saving: '正在保存 {{file}}', seen: '{{file}}：尚未保存',
    save: '保存这些行', save_right: '只保存没有错误的行', other: '暂不', row: '行', column: '列', value: '值', wrong: '问题', todo: '处理办法', error: '错误', warning: '警告',
  },
  history: {
    title: '填报记录', subtitle: '最近的在前', none: '还没有填报记录', none_hint: '每次更改都会列在这里，并可撤销。', add: '新增', change: '修改', remove: '删除', import: '导入', undo_of: '撤销',
    imported_one: '{{file}}：{{count}} 个条目', imported_other: '{{file}}：{{count}} 个条目', undo: '撤销', undo_one: '撤销：{{what}}', undone: '已撤销',
  },
};
