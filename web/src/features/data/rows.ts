import type { Answer } from '@/shared/api/types';

/** The first rows without columns that hold nothing in any of them. */
export function firstRows(answer: Answer): Answer {
  const kept = answer.columns.flatMap((_, index) =>
    (answer.rows.some((row) => row[index] !== null && row[index] !== undefined && row[index] !== '') ? [index] : []));
  return {
    ...answer,
    notes: [],
    columns: kept.flatMap((index) => answer.columns[index] ?? []),
    rows: answer.rows.slice(0, 5).map((row) => kept.map((index) => row[index] ?? null)),
  };
}
