import type { MetricCard } from '@/shared/api/types';

/** How the list of metrics is divided; what no group names stands in the last one. */
const groups: { key: string; test: RegExp }[] = [
  { key: 'repurchase', test: /repurchase|repeat_order_share|repeat_amount_share|returning_customer_rate/ },
  { key: 'rhythm', test: /order_gap|one_time/ },
  { key: 'customers', test: /buyers|customers$|active|churn/ },
  { key: 'value', test: /amount|value|historical|units|refund|order/ },
];

export interface MetricGroup {
  key: string;
  metrics: MetricCard[];
}

export function groupMetrics(metrics: readonly MetricCard[]): MetricGroup[] {
  const sorted = new Map<string, MetricCard[]>([...groups.map(({ key }) => [key, []] as [string, MetricCard[]]), ['other', []]]);
  for (const metric of metrics) {
    const key = groups.find(({ test }) => test.test(metric.name))?.key ?? 'other';
    sorted.get(key)?.push(metric);
  }
  return [...sorted].filter(([, members]) => members.length > 0).map(([key, members]) => ({ key, metrics: members }));
}

/** By name, title or alias, in either language. */
export function matches(metric: MetricCard, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  const words = [metric.name, metric.title.en, metric.title.zh, metric.question.en, metric.question.zh, ...metric.aliases];
  return words.some((word) => word.toLowerCase().includes(wanted));
}
