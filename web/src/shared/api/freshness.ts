import { asText } from './answer';
import type { Answer } from './types';

/** How much data there is and how fresh it is. */
export interface Freshness {
  dataVersion: number;
  first: string | null;
  /** Last day with an order. */
  last: string | null;
  orders: number | null;
  currency: string;
  timeZone: string;
  engine: string;
}

/** Of the answer to `status`: a row for each fact. */
export function freshnessOf(answer: Answer): Freshness {
  const facts = new Map(answer.rows.map((row) => [asText(row[0]), asText(row[1])]));
  const number = (name: string) => (facts.get(name) ? Number(facts.get(name)) : null);
  return {
    dataVersion: number('data_version') ?? 0,
    first: facts.get('first_order_on') || null,
    last: facts.get('last_order_on') || null,
    orders: number('orders_rows'),
    currency: facts.get('currency') ?? '',
    timeZone: facts.get('time_zone') ?? '',
    engine: facts.get('engine') ?? '',
  };
}
