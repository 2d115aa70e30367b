import type { Group } from './tree';

/** What is being written: words, or a tree; with what was before, and what was undone. */
export type Written = { kind: 'text'; text: string } | { kind: 'tree'; root: Group };

export interface Draft {
  past: Written[];
  now: Written;
  future: Written[];
  /** What the last change was, so that letters typed one after another are one step. */
  last: string;
  at: number;
}

const most = 200;
const oneStepMs = 1200;

export function draftOf(now: Written): Draft {
  return { past: [], now, future: [], last: '', at: 0 };
}

/** `what` names the place of a change: changes of one place in quick succession are one step back. */
export function changed(draft: Draft, now: Written, what: string, at: number): Draft {
  const goesOn = what !== '' && what === draft.last && at - draft.at < oneStepMs;
  return { past: goesOn ? draft.past : [...draft.past, draft.now].slice(-most), now, future: [], last: what, at };
}

/** The same rule in the other form is no step. */
export function turned(draft: Draft, now: Written): Draft {
  return { ...draft, now, last: '' };
}

export function undone(draft: Draft): Draft {
  const now = draft.past.at(-1);
  return now ? { past: draft.past.slice(0, -1), now, future: [draft.now, ...draft.future], last: '', at: 0 } : draft;
}

export function redone(draft: Draft): Draft {
  const [now, ...future] = draft.future;
  return now ? { past: [...draft.past, draft.now], now, future, last: '', at: 0 } : draft;
}
