import { describe, expect, it } from 'vitest';
import { looksReadable, shownName, withFileName } from '@/features/data/files';
import { totalOf, type LoadedFile } from '@/features/data/records';

describe('names of files', () => {
  it('shows an upload under the name that the person knows', () => {
    expect(shownName('/shop/uploads/5gz-13-my-orders.csv')).toBe('my-orders.csv');
    expect(shownName('/data/a-b-orders.csv')).toBe('a-b-orders.csv');
    expect(withFileName('5gz-13-o.csv is empty', { path: '/u/5gz-13-o.csv', id: '5gz-13-o.csv' }, { name: 'o.csv' })).toBe('o.csv is empty');
  });

  it('refuses old workbooks and pictures before the upload', () => {
    expect(['a.xlsx', 'a.xls', 'b.PNG', 'c.csv', 'd.csv.gz', 'f.jsonl', 'g.parquet', 'e'].map(looksReadable)).toEqual([true, false, false, true, true, true, true, true]);
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
