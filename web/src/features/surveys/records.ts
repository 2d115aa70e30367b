import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';

/** Rows of the `surveys` commands as things; answers are localised. */
export interface Survey {
  id: string;
  kind: string;
  title: string;
  question: string;
  isOpen: boolean;
  answers: number | null;
  links: number | null;
  opened: number | null;
  answered: number | null;
  rate: number | null;
  link: string;
}

export function surveysOf(answer: Answer): Survey[] {
  return answer.rows.map((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    const number = (name: string) => asNumber(cellAt(answer, row, name));
    return {
      id: text('survey'), kind: text('kind'), title: text('title'), question: text('question'), isOpen: text('state') === 'open',
      answers: number('answers'), links: number('links'), opened: number('opened'), answered: number('answered'), rate: number('response_rate'),
      link: text('link'),
    };
  });
}

/** A survey without an address has links that begin at this server. */
export function wholeLink(link: string, origin: string): string {
  return link.startsWith('/') ? origin + link : link;
}

/** A survey without an address for customers: its links lead to wherever this page is open. */
export function isLocal(link: string): boolean {
  return link.startsWith('/');
}

export function textsOf(answer: Answer | null, name: string): string[] {
  return answer === null ? [] : answer.rows.map((_, row) => asText(cellAt(answer, row, name)));
}

export const channels = ['sms', 'email', 'wecom'] as const;
export type Channel = (typeof channels)[number];

/** How many of a segment can be asked through a channel, and who is left out; `customers` can. */
export interface Reach {
  fitting: number | null;
  customers: number | null;
  withoutConsent: number | null;
  withoutAddress: number | null;
}

/** Of `surveys reach`, and of what `surveys links` wrote. */
export function reachOf(answer: Answer): Reach {
  const number = (name: string) => asNumber(cellAt(answer, 0, name));
  return { fitting: number('fitting'), customers: number('customers'), withoutConsent: number('without_consent'), withoutAddress: number('without_address') };
}

export function listName(survey: string, channel: Channel): string {
  return `survey-${survey}-${channel}.xlsx`;
}

/** Without the columns that have no value in any row: an NPS survey has no share of satisfied ones. */
export function withoutBlanks(answer: Answer): Answer {
  const kept = answer.columns.flatMap((_, index) => (answer.rows.some((row) => (row[index] ?? null) !== null) ? [index] : []));
  return {
    ...answer,
    columns: kept.map((index) => answer.columns[index] as Answer['columns'][number]),
    rows: answer.rows.map((row) => kept.map((index) => row[index] ?? null)),
  };
}

export interface Draft {
  title: string;
  title_zh: string;
  kind: 'nps' | 'csat';
  question: string;
  question_zh: string;
  comment: string;
  comment_zh: string;
  days: string;
  address: string;
  by: string;
}

export const blank: Draft = { title: '', title_zh: '', kind: 'nps', question: '', question_zh: '', comment: '', comment_zh: '', days: '', address: '', by: '' };

/** What `surveys add` is given: fields that say something. */
export function argsOf(draft: Draft): Record<string, string> {
  return Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value !== ''));
}

export function isReady(draft: Draft): boolean {
  return draft.title.trim() !== '' || draft.title_zh.trim() !== '';
}
