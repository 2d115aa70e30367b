import { ask, type Args } from '@/shared/api/batch';
import { asNumber, asText, columnIndex } from '@/shared/api/answer';
import type { Answer, Note, Sentence } from '@/shared/api/types';

export const tables = ['orders', 'lines', 'order_lines', 'customers', 'products', 'stores', 'events', 'tickets', 'surveys'] as const;

/** A column of a file or source: what is in it, what it is taken for, and what the guess was. */
export interface ColumnSeen {
  column: string;
  /** In the source's own words; empty for files. */
  type: string;
  field: string;
  samples: string[];
  reasons: Sentence;
  guess: string;
  confidence: number;
  guessReasons: Sentence;
  /** How dates are written, and the sign of decimals; empty where there are none. */
  date: string;
  decimal: string;
  wholeUnits: boolean;
  values: number;
  unreadable: number;
  unreadableSamples: string[];
}

export interface Problem {
  code: string;
  severity: string;
  blocks: boolean;
  column: string;
  field: string;
  rows: number | null;
  value: string;
  text: Sentence;
}

/** What the program understood. */
export interface Seen {
  columns: ColumnSeen[];
  table: string;
  format: string;
  sheet: string;
  sheets: string[];
  encoding: string;
  delimiter: string;
  hasHeader: boolean;
  bytes: number;
  rows: number;
  /** Of the first rows, and how many of those would be left out. */
  tried: number;
  leftOut: number;
  guessed: boolean;
  /** The whole mapping, as the program writes it. */
  mapping: string;
  summary: Sentence;
  notes: Note[];
  problems: Problem[];
  first: Answer;
}

const heads = ['table', 'source', 'time_zone', 'currency', 'sheet', 'delimiter', 'encoding', 'has_header'] as const;
export type Head = (typeof heads)[number];
/** They decide which columns there are. */
const ofReading: readonly Head[] = ['sheet', 'delimiter', 'encoding', 'has_header'];

export interface Told {
  field: string;
  date?: string;
  decimal?: string;
  wholeUnits?: boolean;
}

/** What a person says of a mapping; all else is the guess's. */
export interface Wishes {
  head: Partial<Record<Head, string>>;
  columns: Record<string, Told>;
}

export const noWishes: Wishes = { head: {}, columns: {} };

type Part = 'columns' | 'guess' | 'file' | 'problems' | 'rows';

function reader(answer: Answer) {
  const cell = (row: number, name: string) => answer.rows[row]?.[columnIndex(answer, name)];
  return { text: (row: number, name: string) => asText(cell(row, name)), number: (row: number, name: string) => asNumber(cell(row, name)) };
}

const list = (text: string) => text.split(' | ').filter((each) => each !== '');

function columnsOf(columns: Answer, guess: Answer): ColumnSeen[] {
  const said = reader(columns);
  const guessed = reader(guess);
  const typed = columns.columns.some((column) => column.name === 'type');
  return columns.rows.map((_, row) => ({
    column: said.text(row, 'column'), type: typed ? said.text(row, 'type') : '', field: said.text(row, 'field'),
    samples: list(said.text(row, 'samples')), reasons: { en: said.text(row, 'reasons_en'), zh: said.text(row, 'reasons_zh') },
    guess: guessed.text(row, 'guess'), confidence: guessed.number(row, 'confidence') ?? 0,
    guessReasons: { en: guessed.text(row, 'reasons_en'), zh: guessed.text(row, 'reasons_zh') },
    date: guessed.text(row, 'date'), decimal: guessed.text(row, 'decimal'), wholeUnits: guessed.text(row, 'whole_units') === 'true',
    values: said.number(row, 'values') ?? 0, unreadable: said.number(row, 'unreadable') ?? 0, unreadableSamples: list(said.text(row, 'unreadable_samples')),
  }));
}

function problemsOf(answer: Answer): Problem[] {
  const { text, number } = reader(answer);
  return answer.rows.map((_, row) => ({
    code: text(row, 'code'), severity: text(row, 'severity'), blocks: text(row, 'blocks') === 'true', column: text(row, 'column'), field: text(row, 'field'),
    rows: number(row, 'rows'), value: text(row, 'value'), text: { en: text(row, 'message_en'), zh: text(row, 'message_zh') },
  }));
}

/** Of the parts of `preview` or `sources look`; null where there is nothing to look at yet. */
export function seenOf(parts: Record<Part, Answer>): Seen | null {
  const { columns, guess, file, problems, rows } = parts;
  if (columns.columns.length === 0) return null;
  const facts = new Map(file.rows.map((row) => [asText(row[0]), asText(row[1])]));
  const fact = (name: string) => facts.get(name) ?? '';
  const summary = file.notes.find((note) => note.code === 'understood');
  return {
    columns: columnsOf(columns, guess), table: fact('table'), format: fact('format'), sheet: fact('sheet'),
    sheets: fact('sheets').split(' / ').filter((sheet) => sheet !== ''), encoding: fact('encoding'), delimiter: fact('delimiter'),
    hasHeader: fact('has_header') === 'true', bytes: Number(fact('file_bytes')), rows: Number(fact('estimated_rows')),
    tried: Number(fact('rows_tried')), leftOut: Number(fact('rows_left_out')), guessed: fact('guessed') === 'true', mapping: fact('mapping'),
    summary: { en: summary?.en ?? '', zh: summary?.zh ?? '' },
    notes: file.notes.filter((note) => note.code !== 'understood' && note.code !== 'incomplete'),
    problems: problemsOf(problems), first: rows,
  };
}

/** Looks at a file or source as the program would read it. */
export async function lookAt(command: 'preview' | 'sources look', args: Args): Promise<Seen | null> {
  const part = (name: Part) => ask({ command, args: { ...args, part: name }, lane: 'preview' });
  // The first one reaches for the source; the others find its rows here and hold nobody up.
  const columns = await part('columns');
  const [guess, file, problems, rows] = await Promise.all([part('guess'), part('file'), part('problems'), part('rows')]);
  return seenOf({ columns, guess, file, problems, rows });
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\t/g, '\\t').replace(/[\r\n]/g, '\\n')}"`;
}

function toldText({ field, date, decimal, wholeUnits }: Told): string {
  const more = [date && `date: ${date}`, decimal && `decimal: ${quoted(decimal)}`, wholeUnits && 'whole_units: true'].filter(Boolean);
  return more.length === 0 ? field : `{${[`field: ${field}`, ...more].join(', ')}}`;
}

/** What the person says, as the program takes it; null if nothing. */
export function draftOf(wishes: Wishes): string | null {
  const told = Object.entries(wishes.columns);
  const lines = heads.flatMap((head) => (wishes.head[head] === undefined || wishes.head[head] === '' ? [] : [`${head}: ${quoted(wishes.head[head])}`]));
  if (told.length > 0) lines.push('columns:', ...told.map(([column, one]) => `  ${quoted(column)}: ${toldText(one)}`));
  return lines.length === 0 ? null : `${lines.join('\n')}\n`;
}

function headOf(mapping: string): Wishes['head'] {
  const head: Wishes['head'] = {};
  for (const line of mapping.split('\n')) {
    const found = /^([a-z_]+): ("(?:[^"\\]|\\.)*"|\S+)/.exec(line);
    const name = heads.find((each) => each === found?.[1]);
    const value = found?.[2] ?? '';
    if (name) head[name] = value.startsWith('"') ? (JSON.parse(value) as string) : value;
  }
  return head;
}

/** A mapping that somebody wrote before is what the person says until she changes it. */
export function wishesOf(seen: Seen): Wishes {
  if (seen.guessed) return noWishes;
  const told = (column: ColumnSeen): Told => ({
    field: column.field, ...(column.date && { date: column.date }), ...(column.decimal === ',' && { decimal: ',' }), ...(column.wholeUnits && { wholeUnits: true }),
  });
  return { head: headOf(seen.mapping), columns: Object.fromEntries(seen.columns.map((column) => [column.column, told(column)])) };
}

/** What is read otherwise has other columns: what was said of the old ones is dropped. */
export function withHead(wishes: Wishes, head: Head, value: string | undefined): Wishes {
  const next = { ...wishes.head };
  if (value === undefined) delete next[head];
  else next[head] = value;
  return { head: next, columns: ofReading.includes(head) ? {} : wishes.columns };
}

/** Says what a column means; what the program guessed, told before or not, need not be said. */
export function withColumn(wishes: Wishes, start: Wishes, seen: ColumnSeen, told: Told): Wishes {
  const columns = { ...wishes.columns };
  const back = start.columns[seen.column] === undefined && told.field === seen.guess && !told.date && !told.decimal && !told.wholeUnits;
  if (back) delete columns[seen.column];
  else columns[seen.column] = told;
  return { ...wishes, columns };
}

const same = (a: Told | undefined, b: Told | undefined) => (a === undefined || b === undefined ? a === b : toldText(a) === toldText(b));

export function isChanged(wishes: Wishes, start: Wishes, column: string): boolean {
  return !same(wishes.columns[column], start.columns[column]);
}

export function countOf(wishes: Wishes, start: Wishes): number {
  const names = new Set([...Object.keys(wishes.columns), ...Object.keys(start.columns)]);
  return heads.filter((head) => (wishes.head[head] ?? '') !== (start.head[head] ?? '')).length
    + [...names].filter((name) => isChanged(wishes, start, name)).length;
}

export function mayLoad(seen: Seen | null): boolean {
  return seen !== null && !seen.problems.some((problem) => problem.blocks);
}

export type Level = 'high' | 'middle' | 'low' | 'none' | 'yours';

/** How sure the guess is; what a person said is not guessed. */
export function levelOf(column: ColumnSeen, told: boolean): Level {
  if (told) return 'yours';
  if (column.field === 'ignore') return 'none';
  if (column.confidence >= 0.8) return 'high';
  return column.confidence >= 0.6 ? 'middle' : 'low';
}
