import { describe, expect, it } from 'vitest';
import { runRecords, sourceRecords } from '@/features/sources/records';
import type { Answer } from '@/shared/api/types';

function answer(rows: Record<string, string | number | null>[]): Answer {
  const names = Object.keys(rows[0] ?? {});
  return {
    columns: names.map((name) => ({ name, unit: 'none', role: 'detail', label: { en: name, zh: name } })),
    rows: rows.map((row) => names.map((name) => row[name] ?? null)), notes: [], view: 'table', currency: null,
  } as unknown as Answer;
}

describe('sources', () => {
  it('a source that never ran has no times, not zeros', () => {
    const [source] = sourceRecords(answer([{
      source: 'erp', kind: 'mysql', schedule: 'every 15m', enabled: 'false', state: 'never',
      last_success_at: null, next_due_at: null, rows_read: null, alerts_en: null, alerts_zh: null,
    }]));
    expect(source).toMatchObject({ success: null, due: null, rows: null, schedule: '', alerts: { en: '', zh: '' } });
  });

  it('a run tells its error and its alerts in both languages', () => {
    const [run] = runRecords(answer([{
      source: 'erp', state: 'failed', started_at: '2025-01-01T00:00:00Z', ended_at: null, rows_read: 3, rows_loaded: 0, rows_rejected: 0, rows_removed: 2,
      error_en: 'No column.', error_zh: '没有列。', alerts_en: 'New column.', alerts_zh: '新增列。',
    }]));
    expect(run).toMatchObject({ read: 3, loaded: 0, removed: 2, ended: null, said: { en: 'No column. New column.', zh: '没有列。 新增列。' } });
  });
});
