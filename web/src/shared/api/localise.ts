import type { Answer } from './types';
import type { Language } from '@/shared/figure/format';

/**
 * Texts that come in both languages stand in a pair of columns `name_en`, `name_zh`. Keeps the
 * reader's one under the plain name; where the plain name exists too, that is the code behind it and
 * gives way.
 */
export function localise(answer: Answer, language: Language): Answer {
  const names = new Set(answer.columns.map((column) => column.name));
  const pairs = answer.columns
    .filter((column) => column.name.endsWith('_en') && names.has(`${column.name.slice(0, -3)}_zh`))
    .map((column) => column.name.slice(0, -3));
  if (pairs.length === 0) return answer;
  const other = language === 'zh' ? '_en' : '_zh';
  const mine = language === 'zh' ? '_zh' : '_en';
  const drop = new Set(pairs.flatMap((name) => [name + other, name]));
  const kept = answer.columns.flatMap((column, index) => (drop.has(column.name) ? [] : [index]));
  const columns = kept.map((index) => {
    const column = answer.columns[index] as Answer['columns'][number];
    const plain = pairs.find((name) => column.name === name + mine);
    if (plain === undefined) return column;
    const code = answer.columns.find((each) => each.name === plain);
    return { ...column, name: plain, role: code?.role ?? column.role };
  });
  return { ...answer, columns, rows: answer.rows.map((row) => kept.map((index) => row[index] ?? null)) };
}
