import { describe, expect, it } from 'vitest';
import { periodName, targetOf, targetsOf } from '@/features/overview/targets';
import type { Scope } from '@/shared/api/requests';
import type { Answer, Cell, MetricCard } from '@/shared/api/types';

function scope(from: string, to: string, filters: Partial<Record<'channel' | 'store_key' | 'region', string[]>> = {}): Scope {
  return { period: { from, to }, state: { filters: { channel: [], store_key: [], region: [], ...filters } } } as unknown as Scope;
}

function entries(rows: Cell[][]): Answer {
  const columns = ['metric', 'period', 'store_key', 'channel', 'target'].map((name) => ({ name, unit: 'none', role: 'value', label: { en: name, zh: name } }));
  return { columns, rows, notes: [], view: 'table', currency: 'CNY' } as unknown as Answer;
}

describe('targets on the overview', () => {
  it('belong to a whole year, quarter or month', () => {
    expect(periodName({ from: '2025-01-01', to: '2026-01-01' })).toBe('2025');
    expect(periodName({ from: '2025-10-01', to: '2026-01-01' })).toBe('2025-Q4');
    expect(periodName({ from: '2025-12-01', to: '2026-01-01' })).toBe('2025-12');
    expect(periodName({ from: '2025-02-01', to: '2026-02-01' })).toBeNull();
    expect(periodName({ from: '2025-02-01', to: '2025-05-01' })).toBeNull();
    expect(periodName({ from: '2025-01-02', to: '2025-02-02' })).toBeNull();
  });

  it('are those of the shop, or of the one store or channel that is asked for', () => {
    const answer = entries([['orders', '2025-01', null, null, 1200], ['orders', '2025-01', 'S1', null, 70], ['orders', '2025', null, null, 9]]);
    const of = (filters: Parameters<typeof scope>[2]) => targetsOf(answer, scope('2025-01-01', '2025-02-01', filters)).get('orders');
    expect(of({})).toBe(1200);
    expect(of({ store_key: ['S1'] })).toBe(70);
    expect(of({ store_key: ['S2'] })).toBeUndefined();
    expect(of({ store_key: ['S1', 'S2'] })).toBeUndefined();
    expect(of({ region: ['上海'] })).toBeUndefined();
  });

  it('are reached from the side that is better', () => {
    const card = (unit: string, favourable: string) => ({ unit, favourable }) as unknown as MetricCard;
    expect(targetOf(card('ratio', 'up'), 0.35, 0.35)).toEqual({ value: 0.35, reached: true });
    expect(targetOf(card('ratio', 'down'), 0.05, 0.06)).toEqual({ value: 0.05, reached: false });
    expect(targetOf(card('minor', 'up'), 12.5, 1249)).toEqual({ value: 1250, reached: false });
    expect(targetOf(card('count', 'neither'), 5, 6)).toEqual({ value: 5, reached: null });
    expect(targetOf(card('count', 'up'), 5, null)).toEqual({ value: 5, reached: null });
    expect(targetOf(card('count', 'up'), undefined, 6)).toBeNull();
  });
});
