import { asNumber, asText, indexesOf, isComparison } from '@/shared/api/answer';
import type { Answer, Column } from '@/shared/api/types';

export interface HeatGrid {
  rowColumn: Column;
  columnColumn: Column;
  valueColumn: Column;
  columns: string[];
  rows: { name: string; base: number | null; cells: (number | null | undefined)[] }[];
  lowest: number;
  highest: number;
}

/** Numbers rise; names stay in the order in which they come. */
function ordered(names: string[]): string[] {
  return names.every((name) => Number.isFinite(Number(name))) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

/**
 * Rows by the dimension, columns by the series column (else by a second dimension). A cell that the
 * answer does not have is undefined, one that it has without a value is null. Null if it is no grid.
 */
export function heatGrid(answer: Answer): HeatGrid | null {
  const dimensions = indexesOf(answer, 'dimension');
  const row = dimensions[0];
  const across = indexesOf(answer, 'series')[0] ?? dimensions[1];
  const value = indexesOf(answer, 'value').find((index) => !isComparison(answer.columns[index] as Column));
  if (row === undefined || across === undefined || value === undefined) return null;
  const base = indexesOf(answer, 'base')[0];
  const columns = ordered([...new Set(answer.rows.map((cells) => asText(cells[across])))]);
  const rows = new Map<string, { name: string; base: number | null; cells: (number | null | undefined)[] }>();
  const positions = new Map(columns.map((name, index) => [name, index]));
  let lowest = Infinity;
  let highest = -Infinity;
  for (const cells of answer.rows) {
    const name = asText(cells[row]);
    const found = rows.get(name) ?? { name, base: null, cells: columns.map(() => undefined) };
    rows.set(name, found);
    const position = positions.get(asText(cells[across])) ?? 0;
    const number = asNumber(cells[value]);
    found.cells[position] = number;
    if (base !== undefined && found.base === null) found.base = asNumber(cells[base]);
    // A share of 100 % is the cohort itself: it would wash out the colours of all the others.
    if (number !== null && !(answer.columns[value]?.unit === 'ratio' && number >= 1)) {
      lowest = Math.min(lowest, number);
      highest = Math.max(highest, number);
    }
  }
  return {
    rowColumn: answer.columns[row] as Column, columnColumn: answer.columns[across] as Column,
    valueColumn: answer.columns[value] as Column, columns, rows: [...rows.values()],
    lowest: Number.isFinite(lowest) ? lowest : 0, highest: Number.isFinite(highest) ? highest : 1,
  };
}

/** Without the column of period 0, where everybody is there by definition. */
export function withoutStart(grid: HeatGrid): HeatGrid {
  const at = grid.columns.indexOf('0');
  if (at < 0) return grid;
  const drop = <T>(list: T[]): T[] => list.filter((_, index) => index !== at);
  return { ...grid, columns: drop(grid.columns), rows: grid.rows.map((row) => ({ ...row, cells: drop(row.cells) })) };
}

export function heatShare(value: number, grid: Pick<HeatGrid, 'lowest' | 'highest'>): number {
  const span = grid.highest - grid.lowest;
  return span <= 0 ? 0.5 : Math.min(1, Math.max(0, (value - grid.lowest) / span));
}
