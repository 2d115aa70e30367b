/** Calendar days as `yyyy-mm-dd`; no time zone takes part. Periods are half-open `[from, to)`. */
export type Day = string;

export interface Period {
  from: Day;
  to: Day;
}

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const oneDay = 24 * 3600 * 1000;

function utc(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function text(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

export function isDay(value: string): boolean {
  if (!pattern.test(value)) return false;
  const date = utc(value);
  return !Number.isNaN(date.getTime()) && text(date) === value;
}

export function addDays(day: Day, days: number): Day {
  return text(new Date(utc(day).getTime() + days * oneDay));
}

/** The same day of another month; the 31st becomes the last day of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const date = utc(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return text(date);
}

export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function startOfYear(day: Day): Day {
  return `${day.slice(0, 4)}-01-01`;
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / oneDay);
}
