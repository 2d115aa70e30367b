import type { Answer, Cell, Column, Note, Role } from './types';

/** Reading an answer by the roles of its columns, so that a screen need not know the analysis. */

export function columnIndex(answer: Answer, name: string): number {
  return answer.columns.findIndex((column) => column.name === name);
}

export function indexesOf(answer: Answer, role: Role): number[] {
  return answer.columns.flatMap((column, index) => (column.role === role ? [index] : []));
}

export function cellAt(answer: Answer, row: number, name: string): Cell {
  return answer.rows[row]?.[columnIndex(answer, name)] ?? null;
}

export function asNumber(cell: Cell | undefined): number | null {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
}

export function asText(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell);
}

/** Columns that hold the comparison's values. */
export function isComparison(column: Column): boolean {
  return column.name.endsWith('_before');
}

/** The columns of one metric: `m`, `m_low`, `m_high`, `m_base`, `m_before`. */
export interface MetricCells {
  value: number | null;
  low: number | null;
  high: number | null;
  base: number | null;
  before: number | null;
}

export function metricCells(answer: Answer, row: number, name: string): MetricCells {
  const read = (suffix: string) => asNumber(cellAt(answer, row, name + suffix));
  return { value: read(''), low: read('_low'), high: read('_high'), base: read('_base'), before: read('_before') };
}

/** Notes on these metrics, which begin with their titles, and notes on the whole answer. */
export function notesOn(answer: Answer, names: readonly string[]): Note[] {
  const others = answer.columns.filter((column) => column.role === 'value' && !names.includes(column.name));
  return answer.notes.filter((note) => !others.some((column) => note.en.startsWith(`${column.label.en}:`)));
}

/** The part of an answer that is about these metrics: their columns, their notes and the dimensions. */
export function onlyMetrics(answer: Answer, names: readonly string[]): Answer {
  const ends = ['', '_low', '_high', '_numerator', '_base', '_before', '_change'];
  const mine = new Set(names.flatMap((name) => ends.map((end) => name + end)));
  const kept = answer.columns.flatMap((column, index) =>
    column.role === 'dimension' || column.role === 'series' || mine.has(column.name) ? [index] : []);
  return {
    ...answer,
    columns: kept.map((index) => answer.columns[index] as Column),
    rows: answer.rows.map((row) => kept.map((index) => row[index] ?? null)),
    notes: notesOn(answer, names),
  };
}

export function onlyMetric(answer: Answer, name: string): Answer {
  return onlyMetrics(answer, [name]);
}

export interface Series {
  name: string;
  column: Column;
  comparison: boolean;
  x: string[];
  y: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  base: (number | null)[];
}

/** Values to be drawn: those of the question and of its comparison, not the difference of both. */
function mainValues(answer: Answer): number[] {
  const values = indexesOf(answer, 'value');
  const before = answer.columns.flatMap((column, index) => (isComparison(column) && !values.includes(index) ? [index] : []));
  return [...values, ...before].filter((index) => !answer.columns[index]?.name.endsWith('_change'));
}

function take(answer: Answer, rows: Cell[][], role: Role): (number | null)[] {
  const index = indexesOf(answer, role).find((each) => !isComparison(answer.columns[each] as Column));
  return rows.map((row) => (index === undefined ? null : asNumber(row[index])));
}

function oneSeries(answer: Answer, rows: Cell[][], value: number, name: string, first: boolean): Series {
  const x = indexesOf(answer, 'dimension')[0];
  const column = answer.columns[value] as Column;
  const comparison = isComparison(column);
  const nothing = rows.map(() => null);
  const withInterval = first && !comparison;
  return {
    name,
    column,
    comparison,
    x: rows.map((row, index) => (x === undefined ? String(index + 1) : asText(row[x]))),
    y: rows.map((row) => asNumber(row[value])),
    low: withInterval ? take(answer, rows, 'low') : nothing,
    high: withInterval ? take(answer, rows, 'high') : nothing,
    base: withInterval ? take(answer, rows, 'base') : nothing,
  };
}

/** Lines or bars of an answer: one for each value column, or for each value of the series column. */
export function seriesOf(answer: Answer, label: (column: Column) => string): Series[] {
  const split = indexesOf(answer, 'series')[0];
  const dimensions = indexesOf(answer, 'dimension');
  const by = split ?? dimensions[1];
  const values = mainValues(answer);
  if (by === undefined) {
    return values.map((value, index) =>
      oneSeries(answer, answer.rows, value, label(answer.columns[value] as Column), index === 0));
  }
  const groups = new Map<string, Cell[][]>();
  for (const row of answer.rows) {
    const key = asText(row[by]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const value = values.find((index) => !isComparison(answer.columns[index] as Column));
  if (value === undefined) return [];
  return [...groups].map(([key, rows]) => oneSeries(answer, rows, value, key, true));
}

/** No row, or nothing but nulls among the values. */
export function isEmptyAnswer(answer: Answer): boolean {
  if (answer.rows.length === 0) return true;
  const values = mainValues(answer);
  if (values.length === 0) return false;
  return answer.rows.every((row) => values.every((index) => row[index] === null || row[index] === undefined));
}
