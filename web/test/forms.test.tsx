import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Editor } from '@/features/forms/Editor';
import { blankSheet, entriesOf, fieldsOf, historyOf, issuesOf, valuesOf } from '@/features/forms/records';
import type { Answer, Cell, Unit } from '@/shared/api/types';

function answer(columns: (string | [string, Unit])[], rows: Cell[][]): Answer {
  return {
    columns: columns.map((column) => {
      const [name, unit] = typeof column === 'string' ? [column, 'none'] : column;
      return { name, unit, role: 'detail', label: { en: name, zh: name } };
    }),
    rows, notes: [], view: 'table', currency: 'CNY',
  } as unknown as Answer;
}

const fields = fieldsOf(answer(
  ['field', 'type', 'label_en', 'label_zh', 'hint_en', 'hint_zh', 'required', 'choices', 'choices_en', 'choices_zh'],
  [
    ['campaign', 'text', 'Campaign', '活动', '', '', 'yes', '', '', ''],
    ['kind', 'choice', 'Kind', '类别', '', '', 'yes', 'gifts|other', 'Gifts|Other', '赠品|其他'],
    ['done', 'truth', 'Done', '完成', '', '', 'no', '', '', ''],
    ['cost', 'money', 'Cost', '成本', '', '', 'yes', '', '', ''],
  ],
));

describe('records of forms', () => {
  it('tell the fields, with the choices in both languages', () => {
    expect(fields.map((field) => field.required)).toEqual([true, true, false, true]);
    expect(fields[1]?.choices[0]).toEqual({ name: 'gifts', label: { en: 'Gifts', zh: '赠品' } });
    expect(fields[2]?.choices.map((choice) => choice.name)).toEqual(['yes', 'no']);
  });

  it('give entries as one would type them, and back as the commands take them', () => {
    const list = entriesOf(answer(
      ['entry', 'campaign', 'kind', 'done', ['cost', 'minor'], 'changed_at', 'changed_by'],
      [[7, 'spring', 'gifts', null, 1250, '2026-01-02T00:00:00Z', 'Li']],
    ));
    expect(list[0]).toMatchObject({ id: 7, changedBy: 'Li', draft: { campaign: 'spring', kind: 'gifts', done: '', cost: '12.50' } });
    expect(valuesOf(fields, list[0]?.draft ?? {})).toEqual(['campaign=spring', 'kind=gifts', 'done=', 'cost=12.50']);
  });

  it('count an import as one line of history, undone when all of it is', () => {
    const columns = ['change', 'action', 'what_en', 'what_zh', 'changed_at', 'changed_by', 'import', 'file', 'undoes', 'undone_by'];
    const past = historyOf(answer(columns, [
      [7, 'remove', 'c', 'c', 'now', 'Li', null, null, 3, null],
      [6, 'remove', 'b', 'b', 'now', 'Li', null, null, 2, null],
      [4, 'change', 'Cost 1 → 2', '成本 1 → 2', '', 'Li', null, null, null, null],
      [3, 'add', 'c', 'c', '', 'web', 1, '2k-f3-costs.csv', null, 9],
      [2, 'add', 'b', 'b', '', 'web', 1, '2k-f3-costs.csv', null, 8],
      [1, 'remove', 'a', 'a', '', 'Li', null, null, 5, 8],
    ]));
    expect(past.map((each) => each.action)).toEqual(['import', 'change', 'import', 'remove']);
    expect(past[0]).toMatchObject({ file: 'costs.csv', changes: 2, undo: null, isUndo: true });
    expect(past[1]).toMatchObject({ undo: { change: 4 }, undone: false });
    expect(past[2]).toMatchObject({ file: 'costs.csv', changes: 2, undo: { import: 1 }, undone: true });
    expect(past[3]).toMatchObject({ isUndo: true, undone: true, undo: { change: 1 } });
  });

  it('tell errors from warnings', () => {
    const list = issuesOf(answer(['row', 'column', 'value', 'severity', 'message_en', 'message_zh', 'todo_en', 'todo_zh'], [
      ['3', '成本', 'x', 'error', 'e', '错', 't', '改'], ['4', null, 'S9', 'warning', 'w', '警', 't', '改'],
    ]));
    expect(list.map((issue) => issue.isError)).toEqual([true, false]);
    expect(list[0]).toMatchObject({ row: '3', column: '成本', message: { zh: '错' } });
  });

  it('make a sheet that a spreadsheet opens', () => {
    expect(blankSheet(fields, 'zh')).toBe('\uFEFF"活动","类别","完成","成本"\r\n');
  });
});

describe('the editor', () => {
  afterEach(() => vi.unstubAllGlobals());

  function program(issues: Cell[][]) {
    const found = answer(['field', 'value', 'severity', 'message_en', 'message_zh', 'todo_en', 'todo_zh'], issues);
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify([found]), { status: 200 }))));
  }
  function edit(onSave: (values: string[]) => void) {
    render(
      <QueryClientProvider client={new QueryClient()}>
        <Editor form="campaign_costs" fields={fields} entry={0} start={{ campaign: 'spring' }} busy={false} onSave={onSave} onCancel={() => undefined} />
      </QueryClientProvider>,
    );
  }

  it('shows what is wrong at the field and saves nothing', async () => {
    program([['cost', 'many', 'error', "'many' is no amount of money.", '“many”不是金额。', 'Write an amount.', '请填写金额。']]);
    const onSave = vi.fn();
    edit(onSave);
    fireEvent.change(screen.getByLabelText(/Cost|成本/), { target: { value: 'many' } });
    const wrong = await screen.findByRole('alert');
    expect(wrong.textContent).toMatch(/no amount of money|不是金额/);
    expect(screen.getByLabelText(/Cost|成本/).getAttribute('aria-invalid')).toBe('true');
    fireEvent.submit(screen.getByRole('form'));
    expect(onSave).not.toHaveBeenCalled();
  });

  it('saves what is right', async () => {
    program([]);
    const onSave = vi.fn();
    edit(onSave);
    fireEvent.change(screen.getByLabelText(/Cost|成本/), { target: { value: '12' } });
    const save = screen.getByRole('button', { name: /Save|保存|保 存/ });
    await waitFor(() => expect(save.hasAttribute('disabled')).toBe(false));
    fireEvent.submit(screen.getByRole('form'));
    expect(onSave).toHaveBeenCalledWith(['campaign=spring', 'kind=', 'done=', 'cost=12']);
  });
});
