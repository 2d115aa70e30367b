import { describe, expect, it } from 'vitest';
import type { Answer, Cell, Role, Unit } from '@/shared/api/types';
import { intervalOf } from '@/features/overview/interval';
import { nextSteps } from '@/features/overview/next_steps';
import { segmentsOf, type Segment } from '@/features/overview/segments';

function answer(columns: [string, Unit, Role][], rows: Cell[][]): Answer {
  return {
    columns: columns.map(([name, unit, role]) => ({ name, unit, role, label: { en: name, zh: name } })),
    rows, notes: [], view: 'table', currency: 'CNY',
  };
}

function segment(part: Partial<Segment> & { name: string }): Segment {
  return { customers: 100, share: 0.5, amountMinor: 1000, amountShare: 0.5, daysSinceLastOrder: 10, action: '', ...part };
}

const known = { median: 30, rate: 0.3, rateBefore: 0.3 };

describe('what to do next', () => {
  it('calls back the group worth most per customer among those past their time', () => {
    const steps = nextSteps({
      ...known,
      segments: [
        segment({ name: 'many', customers: 1000, amountMinor: 5000, daysSinceLastOrder: 90 }),
        segment({ name: 'dear', customers: 10, amountMinor: 4000, daysSinceLastOrder: 80 }),
        segment({ name: 'here', customers: 10, amountMinor: 9000, daysSinceLastOrder: 12 }),
      ],
    });
    expect(steps[0]).toMatchObject({ kind: 'win_back', segment: { name: 'dear' }, late: 50 });
  });

  it('calls nobody late where the median gap is not known', () => {
    const steps = nextSteps({ ...known, median: null, segments: [segment({ name: 'away', daysSinceLastOrder: 900 })] });
    expect(steps.map((step) => step.kind)).not.toContain('win_back');
  });

  it('puts a falling rate first, but not a stable one', () => {
    const segments = [segment({ name: 'a' })];
    expect(nextSteps({ ...known, rate: 0.25, segments })[0]?.kind).toBe('look_at_rate');
    expect(nextSteps({ ...known, rate: 0.298, segments }).map((step) => step.kind)).not.toContain('look_at_rate');
  });

  it('names a group once and says nothing of an empty shop', () => {
    const steps = nextSteps({ ...known, segments: [segment({ name: 'a', daysSinceLastOrder: 90, amountShare: 0.9 })] });
    expect(steps).toHaveLength(1);
    expect(nextSteps({ ...known, segments: [] })).toEqual([]);
  });
});

describe('segments', () => {
  it('share customers and amount among those that have any', () => {
    const found = segmentsOf(answer(
      [['segment', 'none', 'dimension'], ['customers', 'count', 'value'], ['amount_minor', 'minor', 'detail'], ['mean_days_since_last_order', 'days', 'detail'], ['next_action', 'none', 'detail']],
      [['A', 30, 900, 5.5, 'greet'], ['B', 0, 0, null, ''], ['C', 10, 100, 60, 'call']],
    ));
    expect(found.map((each) => each.name)).toEqual(['A', 'C']);
    expect(found[0]).toMatchObject({ share: 0.75, amountShare: 0.9, daysSinceLastOrder: 5.5, action: 'greet' });
  });
});

describe('the interval', () => {
  const curve = (rows: Cell[][]) => answer([['days', 'days', 'dimension'], ['returned', 'ratio', 'value']], rows);

  it('has its median where half have returned', () => {
    expect(intervalOf(curve([[0, 0], [10, 0.4], [20, 0.5], [30, 0.7]])).median).toBe(20);
  });

  it('has none where fewer than half ever do', () => {
    expect(intervalOf(curve([[0, 0], [10, 0.4], [20, 0.49]])).median).toBeNull();
  });
});
