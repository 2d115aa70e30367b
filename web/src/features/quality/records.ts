import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer, Sentence, Unit } from '@/shared/api/types';
import { mendOf, statuses, type Mend, type Status } from './order';

/** Rows of the `quality` commands as things. */

export type Severity = 'error' | 'warning' | 'info';
export type Advice = 'keep' | 'fix' | 'quarantine';
const severities: readonly Severity[] = ['error', 'warning', 'info'];
const advices: readonly Advice[] = ['keep', 'fix', 'quarantine'];

export interface Rule {
  name: string;
  title: Sentence;
  method: Sentence;
  severity: Severity;
  advice: Advice;
  mend: Mend;
  ofOrders: boolean;
  rows: number;
  share: number | null;
  lost: number;
}

function sentence(answer: Answer, row: number, name: string): Sentence {
  return { en: asText(cellAt(answer, row, `${name}_en`)), zh: asText(cellAt(answer, row, `${name}_zh`)) };
}

/** Rules of the last check; those that cost the most points first, then the most rows. */
export function rulesOf(answer: Answer): Rule[] {
  return answer.rows.map((_, row): Rule => ({
    name: asText(cellAt(answer, row, 'rule')),
    title: sentence(answer, row, 'title'),
    method: sentence(answer, row, 'method'),
    severity: severities.find((each) => each === cellAt(answer, row, 'severity')) ?? 'info',
    advice: advices.find((each) => each === cellAt(answer, row, 'advice')) ?? 'keep',
    mend: mendOf(asText(cellAt(answer, row, 'mend'))),
    ofOrders: cellAt(answer, row, 'grain') === 'order',
    rows: asNumber(cellAt(answer, row, 'rows')) ?? 0,
    share: asNumber(cellAt(answer, row, 'share')),
    lost: asNumber(cellAt(answer, row, 'lost')) ?? 0,
  })).sort((a, b) => b.lost - a.lost || b.rows - a.rows);
}

export interface Effect {
  metric: string;
  title: Sentence;
  unit: Unit;
  value: number | null;
  without: number | null;
  change: number | null;
  changeUnit: Unit;
}

/** Effects by the name of their rule. */
export function effectsOf(answer: Answer | null): Map<string, Effect[]> {
  const effects = new Map<string, Effect[]>();
  answer?.rows.forEach((_, row) => {
    const rule = asText(cellAt(answer, row, 'rule'));
    const list = effects.get(rule) ?? [];
    list.push({
      metric: asText(cellAt(answer, row, 'metric')),
      title: sentence(answer, row, 'metric'),
      unit: asText(cellAt(answer, row, 'unit')) as Unit,
      value: asNumber(cellAt(answer, row, 'value')),
      without: asNumber(cellAt(answer, row, 'without')),
      change: asNumber(cellAt(answer, row, 'change')),
      changeUnit: asText(cellAt(answer, row, 'change_unit')) as Unit,
    });
    effects.set(rule, list);
  });
  return effects;
}

export interface Check {
  at: string;
  score: number | null;
  orders: number;
}

export function checksOf(answer: Answer): Check[] {
  return answer.rows.map((_, row) => ({
    at: asText(cellAt(answer, row, 'checked_at')),
    score: asNumber(cellAt(answer, row, 'score')),
    orders: asNumber(cellAt(answer, row, 'orders')) ?? 0,
  }));
}

export interface AsideOrder {
  key: string;
  day: string;
  net: number | null;
  decision: 'quarantine' | 'fix';
  rule: string;
  by: string;
  /** What was corrected. */
  right: { day: string; status: Status | null; account: number | null; gross: number | null; discount: number | null; refund: number | null };
}

export function asideOf(answer: Answer): AsideOrder[] {
  return answer.rows.map((_, row) => ({
    key: asText(cellAt(answer, row, 'order_key')),
    day: asText(cellAt(answer, row, 'ordered_on')),
    net: asNumber(cellAt(answer, row, 'net_minor')),
    decision: cellAt(answer, row, 'decision') === 'fix' ? 'fix' : 'quarantine',
    rule: asText(cellAt(answer, row, 'rule')),
    by: asText(cellAt(answer, row, 'decided_by')),
    right: {
      day: asText(cellAt(answer, row, 'fix_on')),
      status: statuses.find((status) => status === cellAt(answer, row, 'fix_status')) ?? null,
      account: asNumber(cellAt(answer, row, 'fix_account')),
      gross: asNumber(cellAt(answer, row, 'fix_gross_minor')),
      discount: asNumber(cellAt(answer, row, 'fix_discount_minor')),
      refund: asNumber(cellAt(answer, row, 'fix_refund_minor')),
    },
  }));
}
