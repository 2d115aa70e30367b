import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { countOf, draftOf, isChanged, levelOf, mayLoad, noWishes, seenOf, wishesOf, withColumn, withHead, type ColumnSeen, type Problem, type Seen } from '@/shared/mapping/mapping';
import { MappingEditor } from '@/shared/mapping/MappingEditor';
import type { Answer } from '@/shared/api/types';

const nothing = { en: '', zh: '' };

function answer(rows: Record<string, string | number | null>[], notes: Answer['notes'] = []): Answer {
  const names = Object.keys(rows[0] ?? {});
  return {
    columns: names.map((name) => ({ name, unit: 'none', role: 'detail', label: { en: name, zh: name } })),
    rows: rows.map((row) => names.map((name) => row[name] ?? null)), notes, view: 'table', currency: '',
  };
}

function column(name: string, field: string, part: Partial<ColumnSeen> = {}): ColumnSeen {
  return {
    column: name, type: '', field, samples: [], reasons: nothing, guess: field, confidence: 0.9, guessReasons: nothing, date: '', decimal: '', wholeUnits: false, values: 4, unreadable: 0, unreadableSamples: [], ...part,
  };
}

function problem(part: Partial<Problem>): Problem {
  return { code: 'x', severity: 'error', blocks: false, column: '', field: '', rows: null, value: '', text: { en: 'wrong', zh: '错' }, ...part };
}

const seen: Seen = {
  columns: [column('no', 'order_key'), column('at', 'ordered_at', { date: 'year_first', unreadable: 1, unreadableSamples: ['昨天'] }), column('sum', 'paid', { decimal: '.' }), column('rest', 'ignore')],
  table: 'orders', format: 'text', sheet: '', sheets: [], encoding: 'UTF-8', delimiter: ',', hasHeader: true, bytes: 1, rows: 4, tried: 4, leftOut: 1, guessed: true,
  mapping: '# note\ntable: orders  # why\nsheet: "a \\"b\\""\ncolumns:\n  "no": order_key\n', summary: nothing, notes: [], problems: [], first: answer([]),
};
const at = (name: string) => seen.columns.find((each) => each.column === name) as ColumnSeen;

describe('a draft of a mapping', () => {
  it('says only what the person said', () => {
    expect(draftOf(noWishes)).toBeNull();
    const wishes = withHead(withColumn(noWishes, noWishes, at('rest'), { field: 'paid', decimal: ',' }), 'table', 'lines');
    expect(draftOf(wishes)).toBe('table: "lines"\ncolumns:\n  "rest": {field: paid, decimal: ","}\n');
    expect(countOf(wishes, noWishes)).toBe(2);
  });

  it('quotes names, so that no column can break out of its line', () => {
    const odd = column('a "b"\n: c', 'ignore');
    expect(draftOf(withColumn(noWishes, noWishes, odd, { field: 'paid' }))).toBe('columns:\n  "a \\"b\\"\\n: c": paid\n');
  });

  it('forgets what is said as the guess has it', () => {
    const there = withColumn(noWishes, noWishes, at('rest'), { field: 'paid' });
    expect(isChanged(there, noWishes, 'rest')).toBe(true);
    expect(countOf(withColumn(there, noWishes, at('rest'), { field: 'ignore' }), noWishes)).toBe(0);
  });

  it('drops the columns when the file is read otherwise, and keeps them when not', () => {
    const wishes = withColumn(noWishes, noWishes, at('rest'), { field: 'paid' });
    expect(withHead(wishes, 'delimiter', ';').columns).toEqual({});
    expect(withHead(wishes, 'time_zone', 'UTC').columns).toEqual(wishes.columns);
  });

  it('begins with all of a mapping that was written before, with its formats', () => {
    const start = wishesOf({ ...seen, guessed: false });
    expect(start.head).toEqual({ table: 'orders', sheet: 'a "b"' });
    expect(start.columns.at).toEqual({ field: 'ordered_at', date: 'year_first' });
    expect(countOf(start, start)).toBe(0);
    const changed = withColumn(start, start, at('rest'), { field: 'region' });
    expect(countOf(changed, start)).toBe(1);
    expect(countOf(withColumn(changed, start, at('rest'), { field: 'ignore' }), start)).toBe(0);
    expect(wishesOf(seen)).toEqual(noWishes);
  });
});

describe('what the program understood', () => {
  it('is nothing where there is nothing to look at', () => {
    const empty = answer([]);
    expect(seenOf({ columns: empty, guess: empty, file: empty, problems: empty, rows: empty })).toBeNull();
    expect(mayLoad(null)).toBe(false);
  });

  it('is put together from its parts', () => {
    const out = seenOf({
      columns: answer([{ column: 'no', field: 'order_key', samples: 'A1 | A2', reasons_en: 'why', reasons_zh: '因', values: 3, unreadable: 0, unreadable_samples: '', type: 'int' }]),
      guess: answer([{ column: 'no', guess: 'order_key', confidence: 0.7, reasons_en: '', reasons_zh: '', date: null, decimal: null, whole_units: null }]),
      file: answer([{ item: 'table', value: 'orders' }, { item: 'sheets', value: '九月 / 十月' }, { item: 'guessed', value: 'true' }], [{ code: 'understood', en: 'u', zh: '懂' }, { code: 'no_status', en: 'n', zh: '无' }]),
      problems: answer([{ code: 'two_columns', severity: 'error', blocks: 'true', column: 'no', field: 'order_key', rows: null, value: null, message_en: 'm', message_zh: '信' }]),
      rows: answer([]),
    });
    expect(out).toMatchObject({ table: 'orders', sheets: ['九月', '十月'], guessed: true, summary: { en: 'u', zh: '懂' } });
    expect(out?.columns[0]).toMatchObject({ type: 'int', samples: ['A1', 'A2'], confidence: 0.7 });
    expect(out?.notes).toHaveLength(1);
    expect(mayLoad(out)).toBe(false);
  });

  it('is sure, likely, to be checked, not known or said by the person', () => {
    expect([0.9, 0.7, 0.3].map((confidence) => levelOf(column('a', 'paid', { confidence }), false))).toEqual(['high', 'middle', 'low']);
    expect(levelOf(column('a', 'ignore'), false)).toBe('none');
    expect(levelOf(column('a', 'ignore'), true)).toBe('yours');
  });
});

/** A real component library takes its time on a busy machine. */
const patience = 60_000;

describe('the editor', () => {
  const fields = ['ignore', 'order_key', 'ordered_at', 'paid', 'birthday'].map((name) => ({ name, label: { en: `the ${name}`, zh: name }, tables: name === 'birthday' ? ['customers'] : ['orders'] }));

  it('shows what cannot be read and what keeps the file out', () => {
    const wrong = { ...seen, problems: [problem({ blocks: true, column: 'sum', text: { en: 'Two columns are one.', zh: '重复' } }), problem({ code: 'unreadable_date', column: 'at', rows: 1, value: '昨天' })] };
    render(<MappingEditor seen={wrong} wishes={noWishes} start={noWishes} fields={fields} onChange={() => {}} />);
    expect(screen.getByText('It cannot be loaded like this')).toBeTruthy();
    expect(screen.getByText('Two columns are one.')).toBeTruthy();
    expect(screen.getByText('Of the first 4 rows, 1 would be left out')).toBeTruthy();
    expect(screen.getByText('1 of 4 values in the sample cannot be read:', { exact: false })).toBeTruthy();
    expect(screen.getAllByText('昨天').length).toBe(2);
  }, patience);

  it('says what the person chooses', () => {
    const heard = vi.fn();
    render(<MappingEditor seen={seen} wishes={noWishes} start={noWishes} fields={fields} onChange={heard} />);
    fireEvent.mouseDown(screen.getByLabelText('Meaning of column rest', { selector: 'input' }));
    fireEvent.click(screen.getAllByText('the paid').at(-1) as HTMLElement);
    expect(heard).toHaveBeenCalledWith({ head: {}, columns: { rest: { field: 'paid' } } });
  }, patience);
});
