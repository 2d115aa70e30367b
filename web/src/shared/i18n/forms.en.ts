export const formsEn = {
  title: 'Forms', subtitle: 'What no system has: targets, costs, tickets on paper, survey answers. Checked as you type, kept with who changed it, and every change can be undone.',
  list: 'Forms', none: 'No entries yet', none_hint: 'Add one, or import a file: the template has the right column titles.', add: 'Add', template: 'Template (CSV)', new: 'New entry', edit: 'Edit', edit_one: 'Edit entry {{entry}}',
  remove: 'Remove', remove_one: 'Remove entry {{entry}}', sure: 'Remove this entry? It can be undone.', save: 'Save', cancel: 'Cancel', required: 'required', changed: 'Changed', tools: 'Actions',
  import: {
    title: 'Import', hint: 'Drop an Excel or CSV file here. What it would change, and what is wrong with it, is shown before anything is saved.', choose: 'Choose a file', reading: 'Reading {{file}}', saving: 'Saving {{file}}', seen: '{{file}}: nothing is saved yet',
    save: 'Save these rows', save_right: 'Save only the rows without errors', other: 'Not now', row: 'Row', column: 'Column', value: 'Value', wrong: 'What is wrong', todo: 'What to do', error: 'error', warning: 'warning',
  },
  history: {
    title: 'Who changed what', subtitle: 'Newest first', none: 'Nothing was entered yet', none_hint: 'Every change will stand here, with the way back.', add: 'added', change: 'changed', remove: 'removed', import: 'imported', undo_of: 'undid',
    imported_one: '{{file}}: {{count}} entry', imported_other: '{{file}}: {{count}} entries', undo: 'Undo', undo_one: 'Undo: {{what}}', undone: 'undone',
  },
};
