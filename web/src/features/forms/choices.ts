import { useCatalogue } from '@/shared/api/hooks';
import type { MetricCard } from '@/shared/api/types';
import type { Choice, Field } from './records';

/** Metrics are chosen by their titles. */
export function useChoices(field: Field): Choice[] {
  const catalogue = useCatalogue();
  if (field.type !== 'metric') return field.choices;
  return (catalogue.data?.metrics ?? []).map((card) => ({ name: card.name, label: card.title }));
}

/** The metric that an entry is about, if it is about one. */
export function useMetric(name: string | undefined): MetricCard | undefined {
  const catalogue = useCatalogue();
  return catalogue.data?.metrics.find((card) => card.name === name);
}
