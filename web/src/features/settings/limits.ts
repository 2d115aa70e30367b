import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';

/** A limit of the stages as the program shows it. */
export interface Limit {
  name: string;
  value: number;
  doc: { en: string; zh: string };
}

function begun(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function limitsOf(answer: Answer): Limit[] {
  return answer.rows.map((_, row) => ({
    name: asText(cellAt(answer, row, 'limit')),
    value: asNumber(cellAt(answer, row, 'value')) ?? 0,
    doc: { en: begun(asText(cellAt(answer, row, 'doc_en'))), zh: asText(cellAt(answer, row, 'doc_zh')) },
  }));
}

/** Those that somebody set to another value. */
export function changedLimits(limits: Limit[], values: Record<string, number>): Record<string, number> {
  return Object.fromEntries(limits.flatMap(({ name, value }) => {
    const wanted = values[name];
    return wanted === undefined || wanted === value ? [] : [[name, wanted]];
  }));
}
