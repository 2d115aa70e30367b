import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Asked } from '@/shared/api/hooks';
import type { Answer } from '@/shared/api/types';

/** Rows of the `segments` commands as things; answers are localised. */

export interface Problem {
  text: string;
  hint: string;
  replacement: string;
  /** Characters [begin, end) of the rule, a wide one counting as one. */
  begin: number;
  end: number;
  /** Of a rule given as JSON: where in it, as `/all/0/values/1`. */
  path: string;
  code: string;
}

export interface Checked {
  problems: Problem[];
  /** The rule in its one form, in the reader's language; empty while there are problems. */
  rule: string;
  sentence: string;
  json: string;
}

export function checkedOf(answer: Answer): Checked {
  const checked: Checked = { problems: [], rule: '', sentence: '', json: '' };
  answer.rows.forEach((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const part = text('part');
    if (part === 'problem') {
      checked.problems.push({
        text: text('text'), hint: text('hint'), replacement: text('replacement'),
        begin: asNumber(cellAt(answer, row, 'begin')) ?? 0, end: asNumber(cellAt(answer, row, 'end')) ?? 0,
        path: text('path'), code: text('code'),
      });
    } else if (part === 'rule' || part === 'sentence' || part === 'json') {
      checked[part] = text('text');
    }
  });
  return checked;
}

/** What to do about a problem; where the program's hint is a command to type, what the page offers instead. */
export function hintOf(problem: Problem, t: (key: string) => string): string {
  if (!problem.hint.includes('`huitou ')) return problem.hint;
  if (problem.code === 'unknown_segment') return t('segmenting.see_saved');
  return problem.code === 'unknown_word' ? t('segmenting.see_facts') : t('segmenting.see_json');
}

/** An answer without notes of these codes: what they say stands elsewhere on the page. */
export function withoutNotes(asked: Asked, codes: string[]): Asked {
  const { answer } = asked;
  return answer === null ? asked : { ...asked, answer: { ...answer, notes: answer.notes.filter((note) => !codes.includes(note.code)) } };
}

/** An answer that is a list: a row without a single figure is still there. */
export function asList(asked: Asked): Asked {
  const { answer } = asked;
  return answer === null ? asked : { ...asked, answer: { ...answer, columns: answer.columns.map((column) => ({ ...column, role: 'detail' as const })) } };
}

/** The rule before, at and after a problem; where the text ends too early, a mark stands for what lacks. */
export function aroundProblem(rule: string, problem: Problem): [string, string, string] {
  const letters = Array.from(rule);
  const at = letters.slice(problem.begin, problem.end).join('');
  return [letters.slice(0, problem.begin).join(''), at === '' ? '…' : at, letters.slice(problem.end).join('')];
}

export function replaced(rule: string, problem: Problem): string {
  const letters = Array.from(rule);
  return letters.slice(0, problem.begin).join('') + problem.replacement + letters.slice(problem.end).join('');
}

export interface Totals {
  customers: number | null;
  share: number | null;
  net: number | null;
  everyone: number | null;
}

export function totalsOf(answer: Answer): Totals {
  const of = (part: string, name: string) => {
    const row = answer.rows.findIndex((_, index) => asText(cellAt(answer, index, 'part')) === part);
    return row < 0 ? null : asNumber(cellAt(answer, row, name));
  };
  return {
    customers: of('segment', 'customers'), share: of('segment', 'share'), net: of('segment', 'net_minor'),
    everyone: of('everyone', 'customers'),
  };
}

const shown = ['customer_id', 'customer_key', 'name', 'region', 'orders', 'net_minor', 'last_order_on'];

/** The examples of a preview as a table of their own. */
export function examplesOf(answer: Answer): Answer {
  const kept = answer.columns.flatMap((column, index) => (shown.includes(column.name) ? [index] : []));
  const rows = answer.rows.filter((_, row) => asText(cellAt(answer, row, 'part')) === 'example');
  return {
    ...answer,
    columns: kept.map((index) => answer.columns[index] as Answer['columns'][number]),
    rows: rows.map((row) => kept.map((index) => row[index] ?? null)),
  };
}

export interface Saved {
  name: string;
  rule: string;
  customers: number | null;
  share: number | null;
  net: number | null;
  problem: string;
  description: string;
  owner: string;
  version: number;
  /** Names of the segments that refer to it; empty where none does. */
  referredBy: string;
  /** Of one whose members are kept: the last day that counted, and the segment it was taken from; empty where it lives. */
  frozenOn: string;
  frozenOf: string;
}

export function savedOf(answer: Answer): Saved[] {
  return answer.rows.map((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const number = (name: string) => asNumber(cellAt(answer, row, name));
    return {
      name: text('name'), rule: text('rule'), customers: number('customers'), share: number('share'), net: number('net_minor'),
      problem: text('problem').replace(/\s*`huitou [^`]*`[^.。]*[.。]?/g, ''), description: text('description'), owner: text('owner'),
      version: number('version') ?? 1, referredBy: text('referred_by'),
      frozenOn: text('frozen_on'), frozenOf: text('frozen_of'),
    };
  });
}

export interface Version {
  version: number;
  rule: string;
  sentence: string;
  description: string;
  owner: string;
  savedAt: string;
}

/** Of `segments show`: newest first. */
export function versionsOf(answer: Answer): Version[] {
  return answer.rows.map((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    return {
      version: asNumber(cellAt(answer, row, 'version')) ?? 0, rule: text('rule'), sentence: text('sentence'), description: text('description'),
      owner: text('owner'), savedAt: text('saved_at'),
    };
  });
}

/** The rule that asks for the members of a segment. */
export function memberRule(name: string): string {
  return `in_segment('${name.replaceAll("'", "''")}')`;
}

/** What opening a saved segment puts into the editor: of a frozen one its members, whatever its rule says today. */
export function ruleToOpen(segment: Pick<Saved, 'name' | 'rule' | 'frozenOn'>): string {
  return segment.frozenOn === '' ? segment.rule : memberRule(segment.name);
}

export const movedParts = ['before', 'stayed', 'came', 'left', 'after'] as const;
export type MovedPart = (typeof movedParts)[number];

/** How many of each part of `segments moved`. */
export function movedOf(answer: Answer): Record<MovedPart, number | null> {
  const of = (part: MovedPart) => {
    const row = answer.rows.findIndex((_, index) => asText(cellAt(answer, index, 'part')) === part);
    return row < 0 ? null : asNumber(cellAt(answer, row, 'customers'));
  };
  return { before: of('before'), stayed: of('stayed'), came: of('came'), left: of('left'), after: of('after') };
}

/** The customers of a part of `segments moved`, as a table of their own. */
export function moversOf(answer: Answer, part: MovedPart): Answer {
  const kept = answer.columns.flatMap((column, index) => (shown.includes(column.name) ? [index] : []));
  const rows = answer.rows.filter((_, row) => asText(cellAt(answer, row, 'part')) === part && cellAt(answer, row, 'customer_id') !== null);
  return {
    ...answer,
    columns: kept.map((index) => answer.columns[index] as Answer['columns'][number]),
    rows: rows.map((row) => kept.map((index) => row[index] ?? null)),
  };
}

/** The first and the last day of a history of sizes; null where there is none. */
export function daysOf(answer: Answer): { first: string; last: string } | null {
  const days = answer.rows.map((_, row) => asText(cellAt(answer, row, 'day'))).filter(Boolean);
  const [first] = days;
  const last = days.at(-1);
  return first && last ? { first, last } : null;
}

export interface Overlap {
  both: number;
  first: number;
  second: number;
  shareOfFirst: number | null;
  shareOfSecond: number | null;
  lift: number | null;
  low: number | null;
  high: number | null;
}

/** Of two segments. */
export function overlapOf(answer: Answer): Overlap {
  const number = (name: string) => asNumber(cellAt(answer, 0, name));
  return {
    both: number('customers') ?? 0, first: number('first_customers') ?? 0, second: number('second_customers') ?? 0,
    shareOfFirst: number('share_of_first'), shareOfSecond: number('share_of_second'), lift: number('lift'), low: number('lift_low'), high: number('lift_high'),
  };
}

/** What the interval of a lift says: 1 is no relation. */
export function relationOf({ low, high }: Pick<Overlap, 'low' | 'high'>): 'more' | 'less' | 'none' {
  if (low === null || high === null) return 'none';
  if (low > 1) return 'more';
  return high < 1 ? 'less' : 'none';
}
