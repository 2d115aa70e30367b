import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';

/** An order as it counts now, and what of it can be corrected. */

export const statuses = ['created', 'paid', 'delivered', 'cancelled', 'refunded'] as const;
export type Status = (typeof statuses)[number];
const amounts = ['gross', 'discount', 'refund'] as const;
type Amount = (typeof amounts)[number];
const fields = ['ordered_at', 'status', 'customer', ...amounts] as const;
export type FixField = (typeof fields)[number];
/** The field to correct first where an order breaks a rule. */
export type Mend = FixField | '';

export function mendOf(word: string): Mend {
  return fields.find((field) => field === word) ?? '';
}

/** All fields, the one that is most likely wrong first. */
export function fieldsOf(mend: Mend): FixField[] {
  return [...fields].sort((a, b) => Number(b === mend) - Number(a === mend));
}

export interface Order {
  day: string;
  status: Status | null;
  customer: number;
  amounts: Record<Amount, number | null>;
}

export function orderOf(answer: Answer): Order | null {
  if (answer.rows.length === 0) return null;
  const amount = (name: Amount) => asNumber(cellAt(answer, 0, `${name}_minor`));
  return {
    day: asText(cellAt(answer, 0, 'ordered_on')),
    status: statuses.find((status) => status === cellAt(answer, 0, 'status')) ?? null,
    customer: asNumber(cellAt(answer, 0, 'customer_id')) ?? 0,
    amounts: { gross: amount('gross'), discount: amount('discount'), refund: amount('refund') },
  };
}
