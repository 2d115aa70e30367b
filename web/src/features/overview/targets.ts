import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer, MetricCard } from '@/shared/api/types';
import type { Scope } from '@/shared/api/requests';
import type { Period } from '@/shared/state/date';

/** The targets that belong to the question on the screen, from the entries of the form `targets`. */

function dayAfterMonths(from: string, months: number): string {
  const [year = 0, month = 1] = from.split('-').map(Number);
  const end = year * 12 + month - 1 + months;
  return `${Math.floor(end / 12)}-${String((end % 12) + 1).padStart(2, '0')}-01`;
}

/** A whole year, quarter or month as targets name it: 2025, 2025-Q1, 2025-01; null if the span is none. */
export function periodName({ from, to }: Period): string | null {
  const [year = '', month = '', day = ''] = from.split('-');
  if (day !== '01') return null;
  if (month === '01' && to === dayAfterMonths(from, 12)) return year;
  if ((Number(month) - 1) % 3 === 0 && to === dayAfterMonths(from, 3)) return `${year}-Q${(Number(month) + 2) / 3}`;
  return to === dayAfterMonths(from, 1) ? `${year}-${month}` : null;
}

/** Null where the screen asks for something that no target is set for: several channels, a region. */
function placeOf({ state }: Scope): { store: string; channel: string } | null {
  const { channel, store_key: store, region } = state.filters;
  if (channel.length > 1 || store.length > 1 || region.length > 0) return null;
  return { store: store[0] ?? '', channel: channel[0] ?? '' };
}

/** By the metric's name. */
export function targetsOf(answer: Answer, scope: Scope): Map<string, number> {
  const period = periodName(scope.period);
  const place = placeOf(scope);
  const targets = new Map<string, number>();
  if (period === null || place === null) return targets;
  answer.rows.forEach((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const target = asNumber(cellAt(answer, row, 'target'));
    const belongs = text('period') === period && text('store_key') === place.store && text('channel') === place.channel;
    if (belongs && target !== null) targets.set(text('metric'), target);
  });
  return targets;
}

export interface Target {
  /** In the metric's unit: money in minor units. */
  value: number;
  /** Null where neither more nor less is better, or nothing is known. */
  reached: boolean | null;
}

export function targetOf(card: MetricCard, target: number | undefined, now: number | null): Target | null {
  if (target === undefined) return null;
  const value = card.unit === 'minor' ? Math.round(target * 100) : target;
  if (now === null || card.favourable === 'neither') return { value, reached: null };
  return { value, reached: card.favourable === 'up' ? now >= value : now <= value };
}
