import { describe, expect, it } from 'vitest';
import { notesOn, type Series } from '@/shared/api/answer';
import type { Answer, Role } from '@/shared/api/types';
import { heatGrid, withoutStart } from '@/shared/charts/heat';
import { barsOption, curveOption, dayStep, shortX } from '@/shared/charts/options';

function series(part: Partial<Series>): Series {
  return {
    name: 'Rate', comparison: false, x: ['2025-01-01', '2025-02-01', '2025-03-01'], y: [0.2, null, 0.4],
    column: { name: 'rate', unit: 'ratio', role: 'value', label: { en: 'Rate', zh: '率' } },
    low: [null, null, null], high: [null, null, null], base: [null, null, null], ...part,
  };
}
const draw = { language: 'en', xUnit: 'date' } as const;

describe('charts', () => {
  it('leave a gap where nothing is known', () => {
    const option = curveOption([series({})], draw) as { series: { data: unknown[]; connectNulls: boolean }[] };
    expect(option.series[0]).toMatchObject({ data: [0.2, null, 0.4], connectNulls: false });
  });

  it('draw the comparison dashed and the interval as an area', () => {
    const now = series({ low: [0.1, null, 0.3], high: [0.3, null, 0.5] });
    const option = curveOption([now, series({ comparison: true })], draw) as { series: { lineStyle: { type?: string }; data: unknown[] }[] };
    expect(option.series[1]?.lineStyle.type).toBe('dashed');
    expect(option.series).toHaveLength(4);
    expect(option.series[3]?.data[1]).toBeNull();
  });

  it('draw the interval of each series where it is, not on top of another', () => {
    const bounds = { low: [0.1, 0.2, 0.3], high: [0.3, 0.4, 0.5] };
    const option = curveOption([series(bounds), series({ ...bounds, name: 'Other' })], draw) as { series: { stack?: string }[] };
    const stacks = option.series.flatMap((each) => each.stack ?? []);
    expect(stacks).toHaveLength(4);
    expect(new Set(stacks).size).toBe(2);
  });

  it('can be read aloud', () => {
    for (const option of [curveOption([series({})], draw), barsOption([series({}), series({})], draw)]) {
      expect((option as { aria: { enabled: boolean } }).aria.enabled).toBe(true);
    }
  });

  it('shorten days only where nothing is lost', () => {
    expect(shortX('2025-03-01', ['2025-02-01', '2025-03-01'])).toBe('2025-03');
    expect(shortX('2025-03-14', ['2025-03-13', '2025-03-14'])).toBe('03-14');
    expect(shortX('2025-12-31', ['2025-12-31', '2026-01-02'])).toBe('2025-12-31');
  });

  it('write shares along the axis as percentages', () => {
    const option = curveOption([series({ x: ['0', '0.01', '0.2'] })], { language: 'en', xUnit: 'ratio' }) as { xAxis: { data: string[] } };
    expect(option.xAxis.data).toEqual(['0%', '1%', '20%']);
  });

  it('end the axis of shares at 100 %, if they come near it', () => {
    const end = (y: number[]) => (barsOption([series({ y })], draw) as { yAxis: { max?: number } }).yAxis.max;
    expect([end([0.2, 0.99]), end([0.2, 0.4]), end([0.2, 1.2])]).toEqual([1, undefined, undefined]);
  });

  it('mark a long axis of days at round numbers', () => {
    const year = Array.from({ length: 366 }, (_, day) => String(day));
    expect(dayStep(year, { language: 'en', xUnit: 'days' })).toBe(30);
    expect(dayStep(year.slice(0, 15), { language: 'en', xUnit: 'days' })).toBe(1);
    expect(dayStep(year, draw)).toBe(1);
  });
});

describe('the heat table', () => {
  const column = (name: string, role: Role) => ({ name, role, unit: name === 'share' ? 'ratio' as const : 'count' as const, label: { en: name, zh: name } });
  const answer: Answer = {
    columns: [column('cohort', 'dimension'), column('later', 'series'), column('share', 'value'), column('size', 'base')],
    rows: [['2025-01', 0, 1, 10], ['2025-01', 1, 0.3, 10], ['2025-02', 0, 1, 20], ['2025-02', 1, null, 20], ['2025-01', 10, 0.1, 10], ['2025-01', 2, 0.2, 10]],
    notes: [], view: 'heatmap', currency: '',
  };

  it('tells a cell that is not over yet from one that does not exist', () => {
    const grid = heatGrid(answer);
    expect(grid?.columns).toEqual(['0', '1', '2', '10']);
    expect(grid?.rows[1]).toMatchObject({ name: '2025-02', base: 20, cells: [1, null, undefined, undefined] });
    expect([grid?.lowest, grid?.highest]).toEqual([0.1, 0.3]);
  });

  it('keeps names in the order in which they come', () => {
    const stages: Answer = { ...answer, rows: [['a', 'Sleeping', 0.2, 1], ['a', 'Active', 0.3, 1], ['a', 'Lost', 0.5, 1]] };
    expect(heatGrid(stages)?.columns).toEqual(['Sleeping', 'Active', 'Lost']);
  });

  it('leaves out the start, where everybody is', () => {
    const grid = heatGrid(answer);
    expect(grid && withoutStart(grid).rows[0]?.cells).toEqual([0.3, 0.2, 0.1]);
  });
});

describe('notes', () => {
  it('stay with the metric they are about', () => {
    const column = (name: string, en: string) => ({ name, unit: 'ratio' as const, role: 'value' as const, label: { en, zh: en } });
    const answer: Answer = {
      columns: [column('churn_rate', 'Churn rate'), column('rate', 'Rate')], rows: [], view: 'curve', currency: '',
      notes: [{ code: 'immature_window', en: 'Churn rate: not over.', zh: '' }, { code: 'unknown_customers', en: '3 % have none.', zh: '' }],
    };
    expect(notesOn(answer, ['rate']).map((note) => note.code)).toEqual(['unknown_customers']);
    expect(notesOn(answer, ['churn_rate'])).toHaveLength(2);
  });
});
