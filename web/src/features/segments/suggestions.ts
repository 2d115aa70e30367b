import { useMemo } from 'react';
import { asText, cellAt } from '@/shared/api/answer';
import { useAsk } from '@/shared/api/hooks';
import { useGround } from '@/shared/state/scope';
import type { Fact } from './catalogue';

const most = 300;

/** Texts that a fact or one of its fields has in the data, the most frequent first. `field` empty: the fact's own. */
export function useSuggestions(fact: Fact | undefined, field: string, wanted: boolean): string[] {
  const { freshness } = useGround();
  const asks = wanted && fact !== undefined && field !== 'property' && !isPersonal(fact);
  const asked = useAsk(asks ? { command: 'segments values', args: { fact: fact.name, field, limit: most }, lane: `values ${fact.name} ${field}` } : null, freshness.dataVersion);
  const answer = asks && !asked.error && !asked.loading ? asked.answer : null;
  return useMemo(() => (answer ? answer.rows.map((_, row) => asText(cellAt(answer, row, 'value'))) : []), [answer]);
}

/** Keys and names of people are not offered. */
function isPersonal(fact: Fact): boolean {
  return fact.source === 'customers' && !['customer_region', 'acquired_by'].includes(fact.name);
}
