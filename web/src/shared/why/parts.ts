import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer, Unit } from '@/shared/api/types';

/** A part of a rule seen for one person, with its own parts; texts are those of the reader's language. */
export interface Part {
  kind: string;
  text: string;
  state: 'holds' | 'fails' | 'unknown';
  /** What the state is called. */
  said: string;
  /** Hers, ready for a figure; null where it is not known, undefined where the part looks at none. */
  value: { shown: string | number | null; unit: Unit } | undefined;
  parts: Part[];
}

const units: Record<string, Unit> = { count: 'count', number: 'number', days: 'days', date: 'date', ratio: 'ratio', money: 'minor' };

/** As the command writes it: amounts in whole units, shares as `12.5%`. */
function valueOf(text: string, type: string): Part['value'] {
  const unit = units[type] ?? 'none';
  if (unit === 'none' || unit === 'date') return { shown: text, unit };
  const number = Number(text.replace('%', ''));
  if (unit === 'ratio') return { shown: number / 100, unit };
  return { shown: unit === 'minor' ? Math.round(number * 100) : number, unit };
}

const looking = new Set(['condition', 'top']);

/** The rows of `segments why` as a tree; null where there are none. */
export function treeOf(answer: Answer): Part | null {
  const open: Part[] = [];
  let root: Part | null = null;
  answer.rows.forEach((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const kind = text('kind');
    const code = text('code');
    const state = code === 'holds' || code === 'unknown' ? code : 'fails';
    const value = text('value') !== '' ? valueOf(text('value'), text('value_type')) : looking.has(kind) ? { shown: null, unit: 'none' as const } : undefined;
    const part: Part = { kind, text: text('text'), state, said: text('state'), value, parts: [] };
    const level = asNumber(cellAt(answer, row, 'level')) ?? 0;
    open.length = level;
    open.at(-1)?.parts.push(part);
    open.push(part);
    root ??= part;
  });
  return root;
}

/** What keeps her out, as near to a single condition as can be said; `isNegated`: it holds, and must not. */
export interface Blocker {
  part: Part;
  isNegated: boolean;
}

export function blockersOf(part: Part): Blocker[] {
  if (part.state === 'holds') return [];
  if (part.kind === 'all_of' || (part.kind === 'segment' && part.parts.length > 0)) return part.parts.flatMap(blockersOf);
  const [child] = part.parts;
  if (part.kind === 'not' && child) return [{ part: child, isNegated: true }];
  return [{ part, isNegated: false }];
}
