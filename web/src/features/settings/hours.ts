import { asText, cellAt } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Business hours as a person writes them: one text a weekday, one line a date. */
export interface HoursForm {
  week: Record<Weekday, string>;
  holidays: string;
  workdays: string;
}

const daySeconds = 24 * 3600;

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 1000 / daySeconds;
}

/** Days that follow each other as one line. */
export function dayLines(dates: string[]): string[] {
  const spans: { from: string; to: string }[] = [];
  for (const date of [...dates].sort()) {
    const last = spans.at(-1);
    if (last && dayNumber(date) === dayNumber(last.to) + 1) last.to = date;
    else spans.push({ from: date, to: date });
  }
  return spans.map(({ from, to }) => (from === to ? from : `${from}..${to}`));
}

/** What is set, as the answer of the program says; `closed` is what a day without hours reads. */
export function formOf(answer: Answer, closed: string): HoursForm {
  const rows = answer.rows.map((_, row) => ({
    day: asText(cellAt(answer, row, 'day')),
    hours: asText(cellAt(answer, row, 'hours')) ?? '',
    kind: asText(cellAt(answer, row, 'kind')),
  }));
  const written = (hours: string) => (hours === 'closed' ? closed : hours);
  const days = rows.filter(({ kind }) => kind === 'weekday');
  return {
    week: Object.fromEntries(weekdays.map((day, at) => [day, written(days[at]?.hours ?? '')])) as Record<Weekday, string>,
    holidays: dayLines(rows.filter(({ kind }) => kind === 'holiday').map(({ day }) => day)).join('\n'),
    workdays: rows.filter(({ kind }) => kind === 'workday').map(({ day, hours }) => `${day} ${hours}`).join('\n'),
  };
}

function lines(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** What `hours set` is given: the form replaces what was set; a day left empty is closed. `name` is what the person calls a day. */
export function argsOf(form: HoursForm, name: (day: Weekday) => string): Record<string, string[] | boolean> {
  return {
    week: weekdays.map((day) => `${name(day)} ${form.week[day].trim() || 'closed'}`),
    holiday: lines(form.holidays),
    workday: lines(form.workdays),
    clear_dates: true,
  };
}

export function isSet(form: HoursForm): boolean {
  return weekdays.some((day) => form.week[day] !== '');
}
