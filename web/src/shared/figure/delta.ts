import type { Favourable, Unit } from '@/shared/api/types';
import { formatValue, type FormatOptions } from './format';

export type Direction = 'up' | 'down' | 'same';
export type Verdict = 'better' | 'worse' | 'neutral';

export interface Change {
  direction: Direction;
  verdict: Verdict;
  /** "+1.2 pp" or "+8.3%": rates differ by points, everything else in percent of |before|. */
  text: string;
}

/** Null where there is nothing to compare with. */
export function change(
  now: number | null, before: number | null, unit: Unit, favourable: Favourable, options: FormatOptions,
): Change | null {
  if (now === null || before === null) return null;
  const byPoints = unit === 'ratio' || unit === 'points';
  if (!byPoints && before === 0) return null;
  const amount = byPoints ? now - before : (now - before) / Math.abs(before);
  const text = formatValue(amount, byPoints ? 'points' : 'ratio', { ...options, signed: true });
  const shownAsZero = Math.abs(amount) < 0.0005;
  const direction: Direction = shownAsZero ? 'same' : amount > 0 ? 'up' : 'down';
  const verdict: Verdict =
    direction === 'same' || favourable === 'neither' ? 'neutral' : direction === favourable ? 'better' : 'worse';
  return { direction, verdict, text };
}
