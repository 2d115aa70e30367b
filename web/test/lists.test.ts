import { describe, expect, it } from 'vitest';
import { apart } from '@/features/analyses/lists';
import type { Answer } from '@/shared/api/types';

const columns = ([['from', 'dimension'], ['to', 'series'], ['customers', 'value'], ['rule', 'detail']] as const)
  .map(([name, role]) => ({ name, role, unit: 'none' as const, label: { en: name, zh: name } }));

describe('lists behind an answer', () => {
  it('stand apart from what is read; without a rule or a customer there is none', () => {
    const answer: Answer = { columns, notes: [], view: 'table', currency: '', rows: [['a', 'b', 3, 'orders'], ['a', 'c', 0, 'x'], ['c', 'c', 4, null]] };
    const { answer: read, lists } = apart(answer);
    expect(lists).toEqual([{ name: 'a → b', customers: 3, rule: 'orders' }]);
    expect(read.columns.map((column) => column.name)).toEqual(['from', 'to', 'customers']);
    expect(read.rows[0]).toEqual(['a', 'b', 3]);
    expect(apart(read)).toEqual({ answer: read, lists: [] });
  });
});
