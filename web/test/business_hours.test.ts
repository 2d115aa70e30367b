import { describe, expect, it } from 'vitest';
import type { Answer } from '@/shared/api/types';
import { argsOf, dayLines, formOf, isSet } from '@/features/settings/hours';

const column = (name: string) => ({ name, unit: 'none', role: 'detail', label: { en: name, zh: name } });
const answered = (rows: (string | null)[][]) => ({
  columns: ['day', 'hours', 'kind'].map(column), rows, notes: [], view: 'table', currency: '',
}) as unknown as Answer;
const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const office = answered([
  ...names.map((name, at) => [name, at < 5 ? '9:00-12:00,13:30-18:00' : 'closed', 'weekday']),
  ['2026-02-28', 'closed', 'holiday'], ['2026-03-01', 'closed', 'holiday'], ['2026-03-03', 'closed', 'holiday'],
  ['2026-03-07', '9:00-18:00', 'workday'],
]);

describe('business hours', () => {
  it('are read into a form and written back', () => {
    const form = formOf(office, '休息');
    expect(form.week.mon).toBe('9:00-12:00,13:30-18:00');
    expect(form.week.sun).toBe('休息');
    expect(form.holidays).toBe('2026-02-28..2026-03-01\n2026-03-03');
    expect(isSet(form)).toBe(true);
    expect(argsOf({ ...form, week: { ...form.week, sat: ' ', sun: '休息' } }, (day) => `day-${day}`)).toEqual({
      week: ['day-mon 9:00-12:00,13:30-18:00', 'day-tue 9:00-12:00,13:30-18:00', 'day-wed 9:00-12:00,13:30-18:00', 'day-thu 9:00-12:00,13:30-18:00',
        'day-fri 9:00-12:00,13:30-18:00', 'day-sat closed', 'day-sun 休息'],
      holiday: ['2026-02-28..2026-03-01', '2026-03-03'], workday: ['2026-03-07 9:00-18:00'], clear_dates: true,
    });
  });

  it('are empty where none are set', () => {
    expect(isSet(formOf(answered(names.map((name) => [name, null, 'weekday'])), 'closed'))).toBe(false);
  });

  it('join days that follow each other', () => {
    expect(dayLines(['2026-10-02', '2026-10-01', '2025-12-31', '2026-01-01'])).toEqual(['2025-12-31..2026-01-01', '2026-10-01..2026-10-02']);
    expect(dayLines([])).toEqual([]);
  });
});
