import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer, Sentence } from '@/shared/api/types';

/** A source as `sources list` tells of it. */
export interface SourceRecord {
  name: string;
  kind: string;
  schedule: string;
  state: string;
  success: string | null;
  due: string | null;
  rows: number | null;
  alerts: Sentence;
}

export function sourceRecords(answer: Answer): SourceRecord[] {
  const text = (row: number, name: string) => asText(cellAt(answer, row, name));
  return answer.rows.map((_, row) => ({
    name: text(row, 'source'),
    kind: text(row, 'kind'),
    schedule: text(row, 'enabled') === 'true' ? text(row, 'schedule') : '',
    state: text(row, 'state'),
    success: text(row, 'last_success_at') || null,
    due: text(row, 'next_due_at') || null,
    rows: asNumber(cellAt(answer, row, 'rows_read')),
    alerts: { en: text(row, 'alerts_en'), zh: text(row, 'alerts_zh') },
  }));
}

/** A run as `sources runs` tells of it. */
export interface RunRecord {
  source: string;
  state: string;
  began: string | null;
  ended: string | null;
  read: number | null;
  loaded: number | null;
  rejected: number | null;
  removed: number | null;
  said: Sentence;
}

const both = (first: string, second: string) => [first, second].filter((part) => part !== '').join(' ');

export function runRecords(answer: Answer): RunRecord[] {
  const text = (row: number, name: string) => asText(cellAt(answer, row, name));
  const count = (row: number, name: string) => asNumber(cellAt(answer, row, name));
  return answer.rows.map((_, row) => ({
    source: text(row, 'source'),
    state: text(row, 'state'),
    began: text(row, 'started_at') || null,
    ended: text(row, 'ended_at') || null,
    read: count(row, 'rows_read'),
    loaded: count(row, 'rows_loaded'),
    rejected: count(row, 'rows_rejected'),
    removed: count(row, 'rows_removed'),
    said: { en: both(text(row, 'error_en'), text(row, 'alerts_en')), zh: both(text(row, 'error_zh'), text(row, 'alerts_zh')) },
  }));
}
