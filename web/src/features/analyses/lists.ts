import { asNumber, asText, cellAt, indexesOf } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';
import type { Language } from '@/shared/figure/format';

/** A list of customers behind a row, as a rule that a segment can be made of. */
export interface CustomerList {
  name: string;
  customers: number;
  rule: string;
}

/** What a row stands for: its texts, and its numbers (scores) with what they are. */
function nameOf(answer: Answer, row: Answer['rows'][number], language: Language): string {
  const named = [...indexesOf(answer, 'dimension'), ...indexesOf(answer, 'series')];
  const ofNumbers = named.some((index) => typeof row[index] === 'number');
  return named
    .map((index) => (typeof row[index] === 'number' ? `${answer.columns[index]?.label[language] ?? ''} ${row[index]}` : asText(row[index])))
    .join(ofNumbers ? ' · ' : ' → ');
}

/** The answer without its rules, and the rules apart: they are for links, not to be read. */
export function apart(answer: Answer, language: Language): { answer: Answer; lists: CustomerList[] } {
  const rule = answer.columns.findIndex((column) => column.name === 'rule');
  if (rule < 0) return { answer, lists: [] };
  const lists = answer.rows.map((row, index) => ({
    name: nameOf(answer, row, language), rule: asText(row[rule]),
    customers: asNumber(cellAt(answer, index, 'customers')) ?? asNumber(cellAt(answer, index, 'items')) ?? 0,
  })).filter((list) => list.rule !== '' && list.customers > 0);
  const kept = answer.columns.flatMap((_, index) => (index === rule ? [] : [index]));
  return {
    answer: { ...answer, columns: kept.map((index) => answer.columns[index] as Answer['columns'][number]), rows: answer.rows.map((row) => kept.map((index) => row[index] ?? null)) },
    lists,
  };
}
