import type { Answer } from './types';
import type { Language } from '@/shared/figure/format';

/**
 * Texts that come in both languages stand in columns of their own: `name_en` and `name_zh` (then a
 * plain `name` is the code behind them), or `name` for English and `name_zh`. Keeps the reader's one
 * under the plain name.
 */
export function localise(answer: Answer, language: Language): Answer {
  const names = new Set(answer.columns.map((column) => column.name));
  const plainNames = answer.columns
    .filter((column) => column.name.endsWith('_zh'))
    .map((column) => column.name.slice(0, -3))
    .filter((name) => names.has(`${name}_en`) || names.has(name));
  if (plainNames.length === 0) return answer;
  const chosen = new Map(plainNames.map((name) => {
    const english = names.has(`${name}_en`) ? `${name}_en` : name;
    return [language === 'zh' ? `${name}_zh` : english, name];
  }));
  const drop = new Set(plainNames.flatMap((name) => [name, `${name}_en`, `${name}_zh`]).filter((name) => !chosen.has(name)));
  const kept = answer.columns.flatMap((column, index) => (drop.has(column.name) ? [] : [index]));
  const columns = kept.map((index) => {
    const column = answer.columns[index] as Answer['columns'][number];
    const plain = chosen.get(column.name);
    if (plain === undefined) return column;
    const code = answer.columns.find((each) => each.name === plain);
    return { ...column, name: plain, role: code?.role ?? column.role };
  });
  return { ...answer, columns, rows: answer.rows.map((row) => kept.map((index) => row[index] ?? null)) };
}
