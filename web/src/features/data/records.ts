import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer, Sentence } from '@/shared/api/types';
import { shownName } from './files';

/** Rows of `quality` and of a load as things. */

export interface LoadRecord {
  id: string;
  at: string;
  file: string;
  table: string;
  read: number | null;
  loaded: number | null;
  left: number | null;
  first: string | null;
  last: string | null;
}

export function loadRecords(answer: Answer): LoadRecord[] {
  return answer.rows.map((_, row) => ({
    id: asText(cellAt(answer, row, 'load_id')),
    at: asText(cellAt(answer, row, 'loaded_at')),
    file: shownName(asText(cellAt(answer, row, 'file'))),
    table: asText(cellAt(answer, row, 'table')),
    read: asNumber(cellAt(answer, row, 'rows_read')),
    loaded: asNumber(cellAt(answer, row, 'rows_loaded')),
    left: asNumber(cellAt(answer, row, 'rows_left_out')),
    first: asText(cellAt(answer, row, 'first_day')) || null,
    last: asText(cellAt(answer, row, 'last_day')) || null,
  }));
}

export interface LoadedFile extends LoadRecord {
  unchanged: boolean;
  orders: number;
  customers: number;
  fresh: number;
}

/** What `load` and `demo` answer: a row for each file. */
export function loadedFiles(answer: Answer): LoadedFile[] {
  return loadRecords(answer).map((record, row) => ({
    ...record,
    unchanged: cellAt(answer, row, 'state') === 'unchanged',
    orders: asNumber(cellAt(answer, row, 'orders')) ?? 0,
    customers: asNumber(cellAt(answer, row, 'customers')) ?? 0,
    fresh: asNumber(cellAt(answer, row, 'new_customers')) ?? 0,
  }));
}

export interface Total {
  read: number;
  loaded: number;
  left: number;
  orders: number;
  customers: number;
  fresh: number;
  first: string | null;
  last: string | null;
}

/** The whole of a load. Lines of orders from another file make no orders, so nothing counts twice. */
export function totalOf(files: LoadedFile[]): Total {
  const sum = (pick: (file: LoadedFile) => number | null) => files.reduce((all, file) => all + (pick(file) ?? 0), 0);
  const days = (pick: (file: LoadedFile) => string | null) => files.map(pick).filter((day): day is string => day !== null).sort();
  return {
    read: sum((file) => file.read), loaded: sum((file) => file.loaded), left: sum((file) => file.left),
    orders: Math.max(0, ...files.map((file) => file.orders)), customers: Math.max(0, ...files.map((file) => file.customers)), fresh: sum((file) => file.fresh),
    first: days((file) => file.first)[0] ?? null, last: days((file) => file.last).at(-1) ?? null,
  };
}

export type Severity = 'error' | 'warning' | 'info';
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

export interface RuleRecord {
  rule: string;
  severity: Severity;
  action: string;
  rows: number;
  meaning: Sentence;
  files: string[];
}

/** Counts of `quality`, one for each rule and what was done; worst first, then the most rows. */
export function ruleRecords(answer: Answer): RuleRecord[] {
  const rules = new Map<string, RuleRecord>();
  answer.rows.forEach((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const key = `${text('rule')} ${text('action')}`;
    const severity = severities.find((each) => each === text('severity')) ?? 'info';
    const record = rules.get(key)
      ?? { rule: text('rule'), severity, action: text('action'), rows: 0, meaning: { en: text('message_en'), zh: text('message_zh') }, files: [] };
    record.rows += asNumber(cellAt(answer, row, 'rows')) ?? 0;
    record.files.push(shownName(text('file')));
    rules.set(key, record);
  });
  return [...rules.values()].sort((a, b) =>
    severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.rows - a.rows);
}

export interface Example {
  file: string;
  line: string;
  field: string;
  value: string;
}

export function examplesOf(answer: Answer): Example[] {
  return answer.rows.map((_, row) => ({
    file: shownName(asText(cellAt(answer, row, 'file'))),
    line: asText(cellAt(answer, row, 'line')),
    field: asText(cellAt(answer, row, 'field')),
    value: asText(cellAt(answer, row, 'value')),
  }));
}

const known = ['orders', 'lines', 'order_lines', 'customers', 'products', 'stores', 'events', 'tickets', 'surveys'] as const;

/** The text that names what a file held. */
export function tableKey(table: string): `data.kind.${(typeof known)[number] | 'other'}` {
  return `data.kind.${known.find((each) => each === table) ?? 'other'}`;
}
