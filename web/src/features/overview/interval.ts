import { asNumber, indexesOf } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';

export interface Interval {
  days: number[];
  /** Share that has bought again by then. */
  returned: (number | null)[];
  /** Days until half have bought again; null if fewer than half ever do within the curve. */
  median: number | null;
}

/** Reads a curve of the share that came back, or of the share still waited for, whichever is given. */
export function intervalOf(answer: Answer): Interval {
  const x = indexesOf(answer, 'dimension')[0] ?? 0;
  const value = indexesOf(answer, 'value')[0] ?? 1;
  const days = answer.rows.map((row) => asNumber(row[x]) ?? 0);
  const raw = answer.rows.map((row) => asNumber(row[value]));
  const known = raw.filter((each): each is number => each !== null);
  const falling = known.length > 1 && (known[0] as number) > (known[known.length - 1] as number);
  const returned = falling ? raw.map((each) => (each === null ? null : 1 - each)) : raw;
  const at = returned.findIndex((each) => each !== null && each >= 0.5);
  return { days, returned, median: at < 0 ? null : (days[at] ?? null) };
}
