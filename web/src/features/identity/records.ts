import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';

/** Rows of the `identity` commands as things. */

export type KeyState = 'own' | 'joined' | 'joins' | 'agrees' | 'shared' | 'stopped' | 'alone';
const states: readonly KeyState[] = ['own', 'joined', 'joins', 'agrees', 'shared', 'stopped', 'alone'];

export interface Key {
  kind: string;
  key: string;
  source: string;
  state: KeyState;
}

export interface Account {
  id: number;
  member: Key | null;
  keys: Key[];
  orders: number | null;
  /** How it came to this person; null is the account whose number the person has. */
  joined: { withMember: string; kind: string; key: string; at: string } | null;
}

export interface Person {
  customer: number;
  accounts: Account[];
}

/** The accounts of `identity show`, that of the person first; null if there are no rows. */
export function personOf(answer: Answer): Person | null {
  const accounts = new Map<number, Account>();
  const withs = new Map<number, number>();
  answer.rows.forEach((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const id = asNumber(cellAt(answer, row, 'account_id')) ?? 0;
    const account = accounts.get(id) ?? { id, member: null, keys: [], orders: null, joined: null };
    accounts.set(id, account);
    const key: Key = { kind: text('kind'), key: text('key'), source: text('source'), state: states.find((each) => each === text('state')) ?? 'own' };
    if (key.kind !== 'member') {
      account.keys.push(key);
      return;
    }
    account.member = key;
    account.orders = asNumber(cellAt(answer, row, 'orders'));
    const joinedWith = asNumber(cellAt(answer, row, 'with_account'));
    if (joinedWith !== null) {
      withs.set(id, joinedWith);
      account.joined = { withMember: '', kind: text('by_kind'), key: text('by_key'), at: text('linked_at') };
    }
  });
  for (const [id, other] of withs) {
    const joined = accounts.get(id)?.joined;
    if (joined) joined.withMember = accounts.get(other)?.member?.key ?? String(other);
  }
  const customer = asNumber(cellAt(answer, 0, 'customer_id'));
  if (customer === null) return null;
  return { customer, accounts: [...accounts.values()].sort((a, b) => Number(b.id === customer) - Number(a.id === customer) || a.id - b.id) };
}

/** Can this key be put on the stop-list to take the person apart? */
export function splits(person: Person, key: Key): boolean {
  if (key.kind === 'member') return person.accounts.length > 1 && key.state !== 'alone';
  return key.state === 'joins' || key.state === 'agrees';
}

export interface Stop {
  kind: string;
  key: string;
  reason: string;
  at: string;
}

/** The shop's own stops, and how many every shop has. */
export function stopsOf(answer: Answer): { own: Stop[]; common: number } {
  const all = answer.rows.map((_, row): Stop => ({
    kind: asText(cellAt(answer, row, 'kind')), key: asText(cellAt(answer, row, 'key')),
    reason: asText(cellAt(answer, row, 'reason')), at: asText(cellAt(answer, row, 'added_at')),
  }));
  const own = all.filter((stop) => stop.at !== '');
  return { own, common: all.length - own.length };
}
