import type { Segment } from './segments';

/** What to do next, with the numbers it comes from. Only what the figures on the screen support. */
export type NextStep =
  | { kind: 'win_back'; segment: Segment; median: number; late: number }
  | { kind: 'second_order'; segment: Segment; median: number | null }
  | { kind: 'keep'; segment: Segment }
  | { kind: 'look_at_rate'; now: number; before: number };

const worthLeast = 0.02;

/** Groups that were worth most and have been away longer than half of all waits. */
function winBack(segments: Segment[], median: number | null): NextStep | null {
  if (median === null) return null;
  const late = segments
    .filter((each) => each.daysSinceLastOrder !== null && each.daysSinceLastOrder > median * 1.5
      && (each.amountShare ?? 0) >= worthLeast)
    .sort((a, b) => (b.amountMinor ?? 0) / b.customers - (a.amountMinor ?? 0) / a.customers);
  const segment = late[0];
  if (!segment) return null;
  return { kind: 'win_back', segment, median, late: (segment.daysSinceLastOrder ?? 0) - median };
}

/** The largest group that bought lately but is worth less than its share: new or promising. */
function secondOrder(segments: Segment[], median: number | null, taken: string): NextStep | null {
  const fresh = segments
    .filter((each) => each.name !== taken && each.daysSinceLastOrder !== null && (each.amountShare ?? 1) < each.share
      && (median === null || each.daysSinceLastOrder <= median * 1.5))
    .sort((a, b) => b.customers - a.customers);
  const segment = fresh[0];
  return segment ? { kind: 'second_order', segment, median } : null;
}

function keep(segments: Segment[], taken: string[]): NextStep | null {
  const best = segments
    .filter((each) => !taken.includes(each.name) && (each.amountShare ?? 0) > each.share)
    .sort((a, b) => (b.amountShare ?? 0) - (a.amountShare ?? 0))[0];
  return best ? { kind: 'keep', segment: best } : null;
}

export interface Known {
  segments: Segment[];
  median: number | null;
  rate: number | null;
  rateBefore: number | null;
}

/** At most three steps, the most urgent first. */
export function nextSteps({ segments, median, rate, rateBefore }: Known): NextStep[] {
  const steps: NextStep[] = [];
  const back = winBack(segments, median);
  if (back) steps.push(back);
  const taken = back?.kind === 'win_back' ? back.segment.name : '';
  const second = secondOrder(segments, median, taken);
  if (second) steps.push(second);
  const secondName = second?.kind === 'second_order' ? second.segment.name : '';
  const kept = keep(segments, [taken, secondName]);
  if (kept) steps.push(kept);
  if (rate !== null && rateBefore !== null && rate < rateBefore - 0.005) {
    steps.unshift({ kind: 'look_at_rate', now: rate, before: rateBefore });
  }
  return steps.slice(0, 3);
}
