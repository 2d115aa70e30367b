import { asNumber, asText } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';

/** A row of `analyse rfm`. */
export interface Segment {
  name: string;
  customers: number;
  /** Of all customers. */
  share: number;
  amountMinor: number | null;
  amountShare: number | null;
  daysSinceLastOrder: number | null;
  action: string;
}

export function segmentsOf(answer: Answer): Segment[] {
  const find = (test: (column: Answer['columns'][number]) => boolean) => answer.columns.findIndex(test);
  const name = find((column) => column.role === 'dimension');
  const customers = find((column) => column.name === 'customers');
  const amount = find((column) => column.unit === 'minor');
  const days = find((column) => column.unit === 'days');
  const action = find((column) => /action|advice/.test(column.name));
  const rows = answer.rows.filter((row) => (asNumber(row[customers]) ?? 0) > 0);
  const allCustomers = rows.reduce((sum, row) => sum + (asNumber(row[customers]) ?? 0), 0);
  const allAmount = rows.reduce((sum, row) => sum + (asNumber(row[amount]) ?? 0), 0);
  return rows.map((row) => {
    const count = asNumber(row[customers]) ?? 0;
    const amountMinor = asNumber(row[amount]);
    return {
      name: asText(row[name]), customers: count, share: count / allCustomers, amountMinor,
      amountShare: amountMinor === null || allAmount <= 0 ? null : amountMinor / allAmount,
      daysSinceLastOrder: asNumber(row[days]), action: asText(row[action]),
    };
  });
}
