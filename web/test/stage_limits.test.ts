import { describe, expect, it } from 'vitest';
import type { Answer } from '@/shared/api/types';
import { changedLimits, limitsOf } from '@/features/settings/limits';

const column = (name: string) => ({ name, unit: 'none', role: 'detail', label: { en: name, zh: name } });
const answer = {
  columns: ['limit', 'value', 'usual', 'doc_en', 'doc_zh'].map(column),
  rows: [['active_days', 90, 90, 'active: so many days', '活跃'], ['sleeping_days', 150, 180, 'sleeping', '沉睡']],
  notes: [], view: 'table', currency: '',
} as unknown as Answer;

describe('limits of stages', () => {
  it('are read with their texts', () => {
    expect(limitsOf(answer)).toEqual([
      { name: 'active_days', value: 90, doc: { en: 'Active: so many days', zh: '活跃' } },
      { name: 'sleeping_days', value: 150, doc: { en: 'Sleeping', zh: '沉睡' } },
    ]);
  });

  it('are saved only where they differ', () => {
    expect(changedLimits(limitsOf(answer), { active_days: 90, sleeping_days: 200 })).toEqual({ sleeping_days: 200 });
    expect(changedLimits(limitsOf(answer), {})).toEqual({});
  });
});
