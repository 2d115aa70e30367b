export const sourcesEn = {
  title: 'Sources', subtitle: 'Where data come from by themselves, and whether they are fresh.',
  sync: 'Sync', sync_all: 'Sync all', sync_one: 'Sync {{name}}', working: 'A sync is running', edit: 'Change', remove: 'Remove', remove_one: 'Remove {{name}}', keep: 'Keep', sure: 'Forget {{name}} and its history? The rows that it brought stay.',
  state: { never: 'Never run', running: 'Running', interrupted: 'Interrupted', done: 'Done', failed: 'Failed', cancelled: 'Cancelled' },
  list: {
    title: 'Sources', subtitle: 'They run by their schedule while the program serves.', empty: 'No source yet. Add one above, or describe all of them in a file and run: huitou sources apply company.yaml --sync',
    source: 'Source', schedule: 'Schedule', off: 'off', manual: 'by hand', every_one: 'every {{count}} {{unit}}', every_other: 'every {{count}} {{unit}}', daily: 'daily at {{time}}', state: 'Last run', success: 'Last success', due: 'Next due', rows: 'Rows read', alerts: 'Alerts', act: 'Act',
  },
  runs: {
    title: 'History', subtitle: 'What the last runs brought.', empty: 'Nothing was synced yet.',
    source: 'Source', state: 'State', began: 'Began', ended: 'Ended', read: 'Read', loaded: 'Loaded', rejected: 'Left out', removed: 'Taken away', said: 'Errors and alerts',
  },
  form: {
    add: 'Add a source', change: 'Change {{name}}', subtitle: 'Say where the rows are, test it, look at what each column means, save. Nothing is loaded before the first sync.',
    kind: 'Kind', name: 'Name', name_hint: 'Letters, digits, - and _. It cannot be changed later.', required: 'required', repeated: 'Several: press Enter after each.', secret: 'It is kept in a file that only you may read, and never shown again.', kept: 'kept; leave empty to keep it',
    more_one: '{{count}} more setting', more_other: '{{count}} more settings', schedule: 'It runs', when: { manual: 'by hand', every: 'every', daily: 'daily at' }, count: 'How many', unit: 'Of what', units: { m: 'minutes', h: 'hours', d: 'days' }, time: 'Time of day, in the time zone of the shop',
    system: 'System', system_hint: 'What its rows are said to come from; the name of the source if empty.', enabled: 'Runs by its schedule and with all others', columns: 'What its columns mean',
    test: 'Test', testing: 'Reading the first rows', saving: 'Saving', save: 'Save', back: 'Back', missing: 'Still needed: {{names}}', blocked: 'The mapping is not complete yet, see below.', again: 'If you change where or how it is read, it starts from the beginning.',
    reached_one: 'It can be reached and gives {{count}} column.', reached_other: 'It can be reached and gives {{count}} columns.', nothing: 'It can be reached and has no files yet. You may save it.',
  },
};
