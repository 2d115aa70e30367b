import { describe, expect, it } from 'vitest';
import { personOf, splits, stopsOf } from '@/features/identity/records';
import type { Answer, Cell } from '@/shared/api/types';

function answer(columns: string[], rows: Cell[][]): Answer {
  return {
    columns: columns.map((name) => ({ name, unit: 'none', role: 'detail', label: { en: name, zh: name } })),
    rows, notes: [], view: 'table', currency: 'CNY',
  } as unknown as Answer;
}

const columns = ['customer_id', 'account_id', 'kind', 'key', 'source', 'state', 'with_account', 'by_kind', 'by_key', 'linked_at', 'orders'];

describe('records of identity', () => {
  it('explain each account by its neighbour, the oldest first', () => {
    const person = personOf(answer(columns, [
      [7, 9, 'member', 'M9', 'crm', 'joined', 7, 'phone', '139', '2026-01-02T00:00:00Z', 2],
      [7, 9, 'phone', '139', 'crm', 'joins', null, null, null, null, null],
      [7, 7, 'member', 'M7', 'shop', 'own', null, null, null, null, 0],
      [7, 7, 'device', 'tablet', 'shop', 'shared', null, null, null, null, null],
    ]));
    expect(person?.accounts.map((account) => account.id)).toEqual([7, 9]);
    expect(person?.accounts[0]).toMatchObject({ joined: null, orders: 0 });
    expect(person?.accounts[1]).toMatchObject({ orders: 2, joined: { withMember: 'M7', kind: 'phone', key: '139' } });
    const keys = person?.accounts.flatMap((account) => [account.member, ...account.keys]) ?? [];
    expect(keys.filter((key) => person && key && splits(person, key)).map((key) => key?.key)).toEqual(['M7', 'M9', '139']);
  });

  it('say that nobody is there, and that one account cannot be split', () => {
    expect(personOf(answer(columns, []))).toBeNull();
    const alone = personOf(answer(columns, [[7, 7, 'member', 'M7', 'shop', 'own', null, null, null, null, 3]]));
    expect(alone?.accounts[0]?.member && splits(alone, alone.accounts[0].member)).toBe(false);
  });

  it('tell the stops of the shop from those of every shop', () => {
    const list = stopsOf(answer(['kind', 'key', 'reason', 'added_at'], [['phone', '139', 'split', '2026-01-02T00:00:00Z'], ['phone', '13800138000', null, null]]));
    expect(list.own.map((stop) => stop.key)).toEqual(['139']);
    expect(list.common).toBe(1);
  });
});
