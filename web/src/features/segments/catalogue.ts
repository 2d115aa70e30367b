import { asText, cellAt } from '@/shared/api/answer';
import type { Answer, Sentence } from '@/shared/api/types';
import type { Comparison, Condition, Term } from './tree';
import { newId } from './tree';

/** What a rule can ask, of the answer to `segments words`. */

export type ValueType = 'count' | 'number' | 'money' | 'ratio' | 'days' | 'date' | 'text';

export interface Field {
  name: string;
  label: Sentence;
  type: ValueType;
}

export interface Fact {
  name: string;
  title: Sentence;
  type: ValueType;
  source: string;
  group: FactGroup;
  /** What stands in the brackets; null where nothing does. */
  subject: Sentence | null;
  needsSubject: boolean;
  fields: Field[];
  /** Windows it takes: hours, days; empty is none. */
  spans: string[];
  nothing: Sentence;
  /** All words of both languages, in small letters. */
  words: string;
}

export const factGroups = ['orders', 'products', 'behaviour', 'service', 'surveys', 'person', 'other'] as const;
export type FactGroup = (typeof factGroups)[number];
const groupOfSource: Record<string, FactGroup> = {
  orders: 'orders', lines: 'products', events: 'behaviour', tickets: 'service', surveys: 'surveys', customers: 'person', keys: 'person', marks: 'person',
};

/** `channel 渠道 text, amount 金额 money` */
function fieldsOf(list: string): Field[] {
  return list.split(', ').filter(Boolean).map((each) => {
    const [name = '', zh = '', type = 'text'] = each.split(' ');
    return { name, label: { en: name.replaceAll('_', ' '), zh }, type: type as ValueType };
  });
}

function begun(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function factsOf(answer: Answer): Fact[] {
  return answer.rows.map((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const subject = { en: text('subject_en'), zh: text('subject_zh') };
    const needsSubject = subject.en.startsWith('required: ');
    const title = { en: begun(text('title_en')), zh: text('title_zh') };
    const name = text('fact');
    return {
      name, title, type: text('type') as ValueType, source: text('source'), group: groupOfSource[text('source')] ?? 'other',
      subject: subject.en === '' ? null : { en: begun(subject.en.replace('required: ', '')), zh: subject.zh.replace('必填：', '') },
      needsSubject, fields: fieldsOf(text('fields')), spans: text('window').split(', ').filter(Boolean),
      nothing: { en: text('nothing_en'), zh: text('nothing_zh') },
      words: [name, name.replaceAll('_', ' '), title.en, title.zh, text('words_en'), text('words_zh')].join(' ').toLowerCase(),
    };
  });
}

/** Every word that was typed is found in the fact, in either language. */
export function isFound(fact: Fact, typed: string): boolean {
  return typed.toLowerCase().split(/\s+/).filter(Boolean).every((word) => fact.words.includes(word));
}

const comparing = ['>=', '>', '=', '!=', '<', '<=', 'between', 'in', 'known', 'unknown'];

/** The comparisons that fit a type, the likeliest first; empty is "at least one". */
export function opsOf(type: ValueType): string[] {
  switch (type) {
    case 'text': return ['=', '!=', 'in', 'contains', 'known', 'unknown'];
    case 'count': return ['', ...comparing];
    default: return comparing;
  }
}

/** How many values a comparison has; `in` any number from one. */
export function valuesOf(op: string): number {
  if (op === '' || op === 'known' || op === 'unknown') return 0;
  return op === 'between' ? 2 : 1;
}

/** The same values under another comparison, as far as they fit. */
export function withOp(is: Comparison, op: string): Comparison {
  const count = valuesOf(op);
  if (op === 'in') return { op, values: is.values.filter((value) => value !== null && value !== '') };
  return { op, values: Array.from({ length: count }, (_, index) => is.values[index] ?? null) };
}

export function firstComparison(type: ValueType): Comparison {
  return withOp({ op: '', values: [] }, type === 'text' ? '=' : '>=');
}

export function emptyTerm(): Term {
  return { fact: '', subject: null, where: [], span: null };
}

export function emptyCondition(): Condition {
  return { id: newId(), not: false, kind: 'condition', term: emptyTerm(), is: { op: '', values: [] } };
}

/** The term with another fact: what the new one does not take falls away. */
export function withFact(term: Term, fact: Fact): Term {
  return {
    fact: fact.name,
    subject: fact.subject === null ? null : fact.needsSubject ? (term.subject ?? '') : term.subject,
    where: term.where.filter(({ field }) => fact.fields.some((known) => known.name === field)),
    span: term.span && fact.spans.length > 0 && (term.span.unit !== 'hours' || fact.spans.includes('hours')) ? term.span : null,
  };
}

/** A condition about another fact; the comparison stays where both are of one type. */
export function conditionWith(node: Condition, fact: Fact, before: Fact | undefined): Condition {
  const kept = before?.type === fact.type && node.is.values.length > 0;
  return { ...node, term: withFact(node.term, fact), is: kept ? node.is : firstComparison(fact.type) };
}
