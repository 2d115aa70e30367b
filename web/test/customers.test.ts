import { describe, expect, it } from 'vitest';
import { blocksOf, favouritesOf, happeningsOf, hasMore, memberPath, segmentsOf, staysOf } from '@/features/customers/records';
import type { Answer, Cell } from '@/shared/api/types';

function answer(columns: string[], rows: Cell[][], notes: string[] = []): Answer {
  return {
    columns: columns.map((name) => ({ name, unit: 'none', role: 'detail', label: { en: name, zh: name } })),
    rows, notes: notes.map((code) => ({ code, en: '', zh: '' })), view: 'table', currency: 'CNY',
  } as unknown as Answer;
}

const columns = ['at', 'kind', 'key', 'title', 'channel', 'store_key', 'store', 'amount_minor', 'score'];
const line = answer(columns, [
  ['2026-03-02T10:00:00Z', 'event', 'E3', 'page', null, null, null, null, null],
  ['2026-03-02T09:00:00Z', 'event', 'E2', 'page', null, null, null, null, null],
  ['2026-03-01T09:00:00Z', 'event', 'E1', 'page', null, null, null, null, null],
  ['2026-02-01T09:00:00Z', 'order', 'O1', 'paid', 'web', 'S1', '静安店', 1200, null],
  ['2026-01-01T09:00:00Z', 'survey', 'Q1', 'nps', null, null, null, null, 0],
], ['more']);

describe('records of a customer', () => {
  it('keep nothing apart from zero, and name a store by its name', () => {
    const [, , , order, survey] = happeningsOf(line);
    expect(order).toMatchObject({ kind: 'order', place: 'web · 静安店', amount: 1200, score: null, refund: null });
    expect(survey).toMatchObject({ kind: 'survey', score: 0, amount: null });
  });

  it('put the events of a day together, and only them', () => {
    const blocks = blocksOf(happeningsOf(line));
    expect(blocks.map((block) => (block.kind === 'events' ? block.events.map((event) => event.key).join() : block.one.key))).toEqual(['E3,E2', 'E1', 'O1', 'Q1']);
  });

  it('know whether there is more', () => {
    expect(hasMore(line)).toBe(true);
    expect(hasMore(answer(columns, []))).toBe(false);
  });

  it('read favourites with and without a name', () => {
    const found = favouritesOf(answer(['kind', 'key', 'name', 'orders', 'share'], [['product', 'P1', null, 2, 0.5]]));
    expect(found).toEqual([{ kind: 'product', key: 'P1', name: '', orders: 2, share: 0.5 }]);
  });
});

describe('the segments of a person', () => {
  const came = answer(['name', 'state', 'missing', 'description', 'problem'], [['vip', 'in', null, 'the best', null], ['sleeping', 'near', 'orders is at least 3', null, null], ['old', 'broken', null, 'x', 'gone']]);

  it('are those she is in, those she just misses with what is missing, and broken ones', () => {
    expect(segmentsOf(came, came)).toEqual([
      { name: 'vip', said: 'in', about: 'the best', missing: '', isBroken: false },
      { name: 'sleeping', said: 'near', about: '', missing: 'orders is at least 3', isBroken: false },
      { name: 'old', said: 'broken', about: 'gone', missing: '', isBroken: true },
    ]);
  });

  it('have stays, the newest first', () => {
    const stays = answer(['segment', 'came_on', 'left_on'], [['vip', '2026-01-01', '2026-02-01'], ['old', '2026-01-05', null], ['vip', '2026-03-01', null]]);
    expect(staysOf(stays, 'vip')).toEqual([{ came: '2026-03-01', left: '' }, { came: '2026-01-01', left: '2026-02-01' }]);
  });

  it('lead to their customers, whatever is in the name', () => {
    expect(new URLSearchParams(memberPath("it's", '?lang=en').search).get('rule')).toBe("in_segment('it''s')");
  });
});
