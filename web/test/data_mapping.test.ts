import { describe, expect, it } from 'vitest';
import { looksReadable, shownName, withFileName } from '@/features/data/files';
import { correct, correctedMapping, countOf, fieldAt, noCorrections, type Seen } from '@/features/data/mapping';
import { totalOf, type LoadedFile } from '@/features/data/records';

function guess(column: string, field: string) {
  return { column, field, confidence: 1, samples: [], reasons: { en: '', zh: '' } };
}

const seen: Seen = {
  columns: [guess('订单编号', 'order_key'), guess('when', 'ordered_at'), guess('sum "net"', 'paid'), guess('other', 'ignore')],
  table: 'orders', encoding: 'UTF-8', bytes: 1, rows: 1, summary: { en: '', zh: '' }, notes: [],
  mapping: '# note\ntable: orders  # why\ncolumns:\n  "订单编号": order_key\n  "when": {field: ordered_at, date: day_first}\n  "sum \\"net\\"": paid\n  "other": ignore\n',
};

describe('corrections of a mapping', () => {
  it('takes a meaning from the column that had it', () => {
    const corrections = correct(seen, noCorrections, 3, 'paid');
    expect(fieldAt(seen, corrections, 3)).toBe('paid');
    expect(fieldAt(seen, corrections, 2)).toBe('ignore');
    expect(countOf(corrections)).toBe(2);
  });

  it('forgets a correction that is taken back', () => {
    const there = correct(seen, noCorrections, 3, 'region');
    expect(countOf(correct(seen, there, 3, 'ignore'))).toBe(0);
  });

  it('keeps the formats of the other columns and quotes names', () => {
    const text = correctedMapping(seen, { fields: { 2: 'ignore', 3: 'paid' }, table: 'lines' });
    expect(text).toBe('# note\ntable: lines\ncolumns:\n  "订单编号": order_key\n  "when": {field: ordered_at, date: day_first}\n  "sum \\"net\\"": ignore\n  "other": paid\n');
  });
});

describe('names of files', () => {
  it('shows an upload under the name that the person knows', () => {
    expect(shownName('/shop/uploads/5gz-13-my-orders.csv')).toBe('my-orders.csv');
    expect(shownName('/data/a-b-orders.csv')).toBe('a-b-orders.csv');
    expect(withFileName('5gz-13-o.csv is empty', { path: '/u/5gz-13-o.csv', id: '5gz-13-o.csv' }, { name: 'o.csv' })).toBe('o.csv is empty');
  });

  it('refuses workbooks and pictures before the upload', () => {
    expect(['a.xlsx', 'b.PNG', 'c.csv', 'd.csv.gz', 'e'].map(looksReadable)).toEqual([false, false, true, true, true]);
  });
});

describe('the whole of a load', () => {
  it('adds rows up and does not count orders of lines twice', () => {
    const file = (part: Partial<LoadedFile>): LoadedFile => ({
      id: '1', at: '', file: '', table: 'orders', read: 0, loaded: 0, left: 0, first: null, last: null, unchanged: false, orders: 0, customers: 0, fresh: 0, ...part,
    });
    const total = totalOf([
      file({ read: 10, loaded: 9, left: 1, orders: 9, first: '2024-02-01', last: '2024-03-01' }),
      file({ read: 20, loaded: 20, orders: 9, first: '2024-01-05', last: '2024-02-01' }),
    ]);
    expect(total).toMatchObject({ read: 30, loaded: 29, left: 1, orders: 9, first: '2024-01-05', last: '2024-03-01' });
  });
});
