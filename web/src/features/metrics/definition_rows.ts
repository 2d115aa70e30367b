import { asNumber, asText, columnIndex } from '@/shared/api/answer';
import type { Answer, Cell, Unit } from '@/shared/api/types';

/** A value of 口径对照: one definition under one choice of switches. */
export interface DefinitionRow {
  metric: string;
  title: string;
  status: string;
  mergeDays: boolean;
  value: number | null;
  numerator: number | null;
  base: number | null;
  differs: string;
}

const yes = new Set(['true', 'yes', '1', '是']);

export function rowsOf(answer: Answer): DefinitionRow[] {
  const at = (row: Cell[], name: string): Cell => row[columnIndex(answer, name)] ?? null;
  return answer.rows.map((row) => ({
    metric: asText(at(row, 'metric')), title: asText(at(row, 'definition')), status: asText(at(row, 'status')),
    mergeDays: yes.has(asText(at(row, 'merge_days')).toLowerCase()), value: asNumber(at(row, 'value')),
    numerator: asNumber(at(row, 'numerator')), base: asNumber(at(row, 'base')), differs: asText(at(row, 'differs')),
  }));
}

/** Rows of one metric under one heading; orders counted as on the screen come first. */
export function byMetric(rows: readonly DefinitionRow[], status: string, everyStatus: boolean): Map<string, DefinitionRow[]> {
  const found = new Map<string, DefinitionRow[]>();
  for (const row of rows) {
    const members = found.get(row.metric) ?? [];
    found.set(row.metric, members);
    if (everyStatus || row.status === status) members.push(row);
  }
  for (const members of found.values()) {
    members.sort((a, b) => Number(b.status === status) - Number(a.status === status));
  }
  return new Map([...found].filter(([, members]) => members.length > 0));
}

/** What numerator and denominator of a metric are counted in. */
export function partUnit(metric: string): Unit {
  return metric.includes('amount') ? 'minor' : 'count';
}
