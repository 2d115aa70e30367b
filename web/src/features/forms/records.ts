import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer, Cell, Column, Sentence } from '@/shared/api/types';

/** Rows of the `forms` commands as things. */

export interface FormCard {
  name: string;
  title: Sentence;
  doc: Sentence;
  entries: number;
  changedAt: string;
  changedBy: string;
}

export interface Choice {
  name: string;
  label: Sentence;
}

export interface Field {
  name: string;
  type: string;
  label: Sentence;
  hint: Sentence;
  required: boolean;
  choices: Choice[];
}

export interface Issue {
  field: string;
  isError: boolean;
  message: Sentence;
  todo: Sentence;
}

export interface RowIssue extends Issue {
  row: string;
  column: string;
  value: string;
}

/** What was typed, by field; nothing is an empty text. */
export type Draft = Record<string, string>;

export interface Entry {
  id: number;
  draft: Draft;
  cells: Record<string, Cell>;
  changedAt: string;
  changedBy: string;
}

function words(answer: Answer, row: number, name: string): Sentence {
  return { en: asText(cellAt(answer, row, `${name}_en`)), zh: asText(cellAt(answer, row, `${name}_zh`)) };
}

export function formsOf(answer: Answer): FormCard[] {
  return answer.rows.map((_, row) => ({
    name: asText(cellAt(answer, row, 'form')), title: words(answer, row, 'title'), doc: words(answer, row, 'doc'),
    entries: asNumber(cellAt(answer, row, 'entries')) ?? 0,
    changedAt: asText(cellAt(answer, row, 'changed_at')), changedBy: asText(cellAt(answer, row, 'changed_by')),
  }));
}

function choicesOf(answer: Answer, row: number): Choice[] {
  const parts = (name: string) => asText(cellAt(answer, row, name)).split('|').filter((part) => part !== '');
  const en = parts('choices_en');
  const zh = parts('choices_zh');
  return parts('choices').map((name, index) => ({ name, label: { en: en[index] ?? name, zh: zh[index] ?? name } }));
}

export function fieldsOf(answer: Answer): Field[] {
  return answer.rows.map((_, row) => {
    const type = asText(cellAt(answer, row, 'type'));
    const yes: Choice[] = [{ name: 'yes', label: { en: 'yes', zh: '是' } }, { name: 'no', label: { en: 'no', zh: '否' } }];
    return {
      name: asText(cellAt(answer, row, 'field')), type, label: words(answer, row, 'label'), hint: words(answer, row, 'hint'),
      required: asText(cellAt(answer, row, 'required')) === 'yes', choices: type === 'truth' ? yes : choicesOf(answer, row),
    };
  });
}

/** A cell as one would type it: money in major units. */
export function typed(cell: Cell, column: Column): string {
  return column.unit === 'minor' && typeof cell === 'number' ? (cell / 100).toFixed(2) : asText(cell);
}

export function entriesOf(answer: Answer): Entry[] {
  const own = new Set(['entry', 'changed_at', 'changed_by']);
  return answer.rows.map((cells, row) => {
    const fields = answer.columns.flatMap((column, index) => (own.has(column.name) ? [] : [{ column, cell: cells[index] ?? null }]));
    return {
      id: asNumber(cellAt(answer, row, 'entry')) ?? 0,
      draft: Object.fromEntries(fields.map(({ column, cell }) => [column.name, typed(cell, column)])),
      cells: Object.fromEntries(fields.map(({ column, cell }) => [column.name, cell])),
      changedAt: asText(cellAt(answer, row, 'changed_at')), changedBy: asText(cellAt(answer, row, 'changed_by')),
    };
  });
}

export function issuesOf(answer: Answer): RowIssue[] {
  return answer.rows.map((_, row) => ({
    row: asText(cellAt(answer, row, 'row')), column: asText(cellAt(answer, row, 'column')), field: asText(cellAt(answer, row, 'field')),
    value: asText(cellAt(answer, row, 'value')), isError: asText(cellAt(answer, row, 'severity')) === 'error',
    message: words(answer, row, 'message'), todo: words(answer, row, 'todo'),
  }));
}

/** `field=value` as the commands take them, empty ones too: they empty the field. */
export function valuesOf(fields: Field[], draft: Draft): string[] {
  return fields.map((field) => `${field.name}=${draft[field.name] ?? ''}`);
}

/** A line of history: one change, or all that came with one file, or all that took such a file back. */
export interface Past {
  key: string;
  action: 'add' | 'change' | 'remove' | 'import';
  /** What `forms undo` is given; null where it is done change by change. */
  undo: { change: number } | { import: number } | null;
  what: Sentence;
  file: string;
  changes: number;
  at: string;
  by: string;
  isUndo: boolean;
  undone: boolean;
}

/** The name of an uploaded file without the mark that tells uploads apart. */
function fileName(file: string): string {
  return file.replace(/^[0-9a-z]+-[0-9a-z]+-(?=.)/, '');
}

/** Which import each change came with. */
function importsOf(answer: Answer): Map<number, number> {
  return new Map(answer.rows.flatMap((_, row) => {
    const number = asNumber(cellAt(answer, row, 'import'));
    return number === null ? [] : [[asNumber(cellAt(answer, row, 'change')) ?? 0, number] as const];
  }));
}

export function historyOf(answer: Answer): Past[] {
  const groups = new Map<string, Past>();
  const imports = importsOf(answer);
  answer.rows.forEach((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const change = asNumber(cellAt(answer, row, 'change')) ?? 0;
    const undoes = asNumber(cellAt(answer, row, 'undoes'));
    const brought = asNumber(cellAt(answer, row, 'import'));
    const taken = undoes === null ? null : (imports.get(undoes) ?? null);
    const undone = text('undone_by') !== '';
    const key = brought !== null ? `import ${brought}` : taken !== null ? `undo ${taken} ${text('changed_at')}` : `change ${change}`;
    const known = groups.get(key);
    if (known) {
      known.changes += 1;
      known.undone = known.undone && undone;
      return;
    }
    const action = text('action');
    groups.set(key, {
      key,
      action: brought !== null || taken !== null ? 'import' : action === 'add' || action === 'remove' ? action : 'change',
      undo: brought !== null ? { import: brought } : taken !== null ? null : { change },
      what: words(answer, row, 'what'), file: fileName(text('file')), changes: 1,
      at: text('changed_at'), by: text('changed_by'), isUndo: undoes !== null, undone,
    });
  });
  return named([...groups.values()], imports, groups);
}

/** What took a file back has the file's name. */
function named(list: Past[], imports: Map<number, number>, groups: Map<string, Past>): Past[] {
  for (const number of new Set(imports.values())) {
    const file = groups.get(`import ${number}`)?.file ?? '';
    for (const past of list) if (past.key.startsWith(`undo ${number} `)) past.file = file;
  }
  return list;
}

/** A blank sheet with the titles of the columns, for a spreadsheet: CSV with a byte order mark. */
export function blankSheet(fields: Field[], language: 'zh' | 'en'): string {
  return `\uFEFF${fields.map((field) => `"${field.label[language].replaceAll('"', '""')}"`).join(',')}\r\n`;
}
