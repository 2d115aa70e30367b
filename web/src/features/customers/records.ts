import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';

/** Rows of the `customer` commands as things; texts are those of the reader's language already. */

export type HappeningKind = 'order' | 'aside' | 'event' | 'ticket' | 'complaint' | 'survey';
const kinds: readonly HappeningKind[] = ['order', 'aside', 'event', 'ticket', 'complaint', 'survey'];

export interface Happening {
  kind: HappeningKind;
  at: string;
  key: string;
  title: string;
  detail: string;
  place: string;
  lines: number | null;
  amount: number | null;
  refund: number | null;
  score: number | null;
  minutes: number | null;
  findings: string;
}

export function happeningsOf(answer: Answer): Happening[] {
  return answer.rows.map((_, row): Happening => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const number = (name: string) => asNumber(cellAt(answer, row, name));
    return {
      kind: kinds.find((kind) => kind === text('kind')) ?? 'event', at: text('at'), key: text('key'), title: text('title'), detail: text('detail'),
      place: [text('channel'), text('store') || text('store_key')].filter((part) => part !== '').join(' · '),
      lines: number('lines'), amount: number('amount_minor'), refund: number('refund_minor'), score: number('score'), minutes: number('minutes'), findings: text('findings'),
    };
  });
}

/** Events that come one after the other stand together; everything else stands alone. */
export type Block = { kind: 'one'; one: Happening } | { kind: 'events'; events: Happening[] };

export function blocksOf(happenings: readonly Happening[]): Block[] {
  const blocks: Block[] = [];
  for (const one of happenings) {
    const last = blocks.at(-1);
    if (one.kind !== 'event') blocks.push({ kind: 'one', one });
    else if (last?.kind === 'events' && last.events[0]?.at.slice(0, 10) === one.at.slice(0, 10)) last.events.push(one);
    else blocks.push({ kind: 'events', events: [one] });
  }
  return blocks;
}

/** Whether earlier happenings are left: the answer says so in a note for the command line. */
export function hasMore(answer: Answer): boolean {
  return answer.notes.some((note) => note.code === 'more');
}

export interface Favourite {
  kind: string;
  key: string;
  name: string;
  orders: number | null;
  share: number | null;
}

export const favouriteKinds = ['product', 'category', 'store', 'channel'] as const;

export function favouritesOf(answer: Answer): Favourite[] {
  return answer.rows.map((_, row) => ({
    kind: asText(cellAt(answer, row, 'kind')), key: asText(cellAt(answer, row, 'key')), name: asText(cellAt(answer, row, 'name')),
    orders: asNumber(cellAt(answer, row, 'orders')), share: asNumber(cellAt(answer, row, 'share')),
  }));
}

/** The address of a person: our number, so that no key of hers is in it. */
export function customerPath(id: string | number): string {
  return `/customers/${id}`;
}

/** A saved segment and the person. `missing`: the one condition that keeps her out; empty where she is in. */
export interface Belonging {
  name: string;
  said: string;
  about: string;
  missing: string;
  isBroken: boolean;
}

/** Rows of `segments of`: `rows` in the reader's language, `answer` as it came. */
export function segmentsOf(rows: Answer, answer: Answer): Belonging[] {
  return rows.rows.map((_, row) => {
    const text = (name: string) => asText(cellAt(rows, row, name));
    const isBroken = asText(cellAt(answer, row, 'state')) === 'broken';
    return { name: text('name'), said: text('state'), about: text(isBroken ? 'problem' : 'description'), missing: text('missing'), isBroken };
  });
}

export interface Stay {
  came: string;
  /** Empty where she is in it still. */
  left: string;
}

/** Her stays in a segment, the newest first. */
export function staysOf(answer: Answer, segment: string): Stay[] {
  const stays = answer.rows.flatMap((_, row) =>
    asText(cellAt(answer, row, 'segment')) === segment ? [{ came: asText(cellAt(answer, row, 'came_on')), left: asText(cellAt(answer, row, 'left_on')) }] : []);
  return stays.reverse();
}

/** Where the customers of a saved segment are counted and listed. */
export function memberPath(name: string, search: string): { pathname: string; search: string } {
  const next = new URLSearchParams(search);
  next.set('rule', `in_segment('${name.replaceAll("'", "''")}')`);
  return { pathname: '/segments', search: next.toString() };
}
