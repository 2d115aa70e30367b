import { describe, expect, it } from 'vitest';
import { apart } from '@/features/analyses/lists';
import type { Answer } from '@/shared/api/types';

const columns = ([['from', 'dimension'], ['to', 'series'], ['customers', 'value'], ['rule', 'detail']] as const)
  .map(([name, role]) => ({ name, role, unit: 'none' as const, label: { en: name, zh: name } }));

describe('lists behind an answer', () => {
  it('stand apart from what is read; without a rule or a customer there is none', () => {
    const answer: Answer = { columns, notes: [], view: 'table', currency: '', rows: [['a', 'b', 3, 'orders'], ['a', 'c', 0, 'x'], ['c', 'c', 4, null]] };
    const { answer: read, lists } = apart(answer, 'en');
    expect(lists).toEqual([{ name: 'a → b', customers: 3, rule: 'orders' }]);
    expect(read.columns.map((column) => column.name)).toEqual(['from', 'to', 'customers']);
    expect(read.rows[0]).toEqual(['a', 'b', 3]);
    expect(apart(read, 'zh')).toEqual({ answer: read, lists: [] });
  });

  it('of a grid of scores say which score is which, in the language of the reader', () => {
    const label = (letter: string) => ({ en: `${letter} score`, zh: `${letter} 分值` });
    const grid: Answer = {
      columns: [
        { name: 'r_score', role: 'dimension', unit: 'count', label: label('R') }, { name: 'f_score', role: 'series', unit: 'count', label: label('F') },
        { name: 'customers', role: 'base', unit: 'count', label: { en: 'Customers', zh: '客户数' } }, { name: 'rule', role: 'detail', unit: 'none', label: { en: '', zh: '' } },
      ],
      notes: [], view: 'heatmap', currency: '', rows: [[5, 4, 12, 'orders >= 3'], [5, 3, 0, 'orders >= 2']],
    };
    expect(apart(grid, 'zh').lists).toEqual([{ name: 'R 分值 5 · F 分值 4', customers: 12, rule: 'orders >= 3' }]);
    expect(apart(grid, 'en').lists[0]?.name).toBe('R score 5 · F score 4');
  });
});
