import type { TFunction } from 'i18next';
import type { Answer, Cell, Column } from '@/shared/api/types';

const rowsShown = 5;
const labels = {
  row: 'line', gross_minor: 'gross', discount_minor: 'discount', refund_minor: 'refund', quantity_milli: 'quantity',
} as const;
/** The day of the order stands in its time already. */
const repeated = 'ordered_on';

function isNothing(cell: Cell | undefined, column: Column): boolean {
  return cell === null || cell === undefined || cell === '' || (column.unit === 'minor' && cell === 0);
}

function labelled(column: Column, t: TFunction): Column {
  const key = labels[column.name as keyof typeof labels] as (typeof labels)[keyof typeof labels] | undefined;
  if (key === undefined) return column;
  const label = t(`mapping.row.${key}`);
  return { ...column, label: { en: label, zh: label } };
}

function shown(cell: Cell, column: Column, t: TFunction): Cell {
  if (column.name === 'quantity_milli' && typeof cell === 'number') return cell / 1000;
  if (column.name === 'status' && cell !== null) return t(`mapping.row.order_status.${String(cell)}`, { defaultValue: String(cell) });
  return cell;
}

/** The first rows as a person reads them, without columns that hold nothing in any of them. */
export function firstRows(answer: Answer, t: TFunction): Answer {
  const kept = answer.columns.flatMap((column, index) =>
    (column.name !== repeated && answer.rows.some((row) => !isNothing(row[index], column)) ? [index] : []));
  const columns = kept.flatMap((index) => answer.columns[index] ?? []);
  return {
    ...answer,
    notes: [],
    columns: columns.map((column) => labelled(column, t)),
    rows: answer.rows.slice(0, rowsShown).map((row) => kept.map((index, place) => shown(row[index] ?? null, columns[place] as Column, t))),
  };
}
