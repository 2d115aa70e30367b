import { render, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Answer, Cell } from '@/shared/api/types';
import { setLanguage } from '@/shared/i18n';
import { blockersOf, treeOf, type Part } from '@/shared/why/parts';
import { WhyAnswer } from '@/shared/why/WhyAnswer';

const names = ['level', 'kind', 'text_en', 'text_zh', 'value', 'value_type', 'state', 'state_en', 'state_zh'];

/** As `segments why` answers: a part a row, deeper ones below that which they are part of. */
function answerOf(rows: [number, string, string, string | null, string | null, string][]): Answer {
  const said: Record<string, [string, string]> = { holds: ['holds', '满足'], fails: ['does not hold', '不满足'], unknown: ['unknown', '未知'] };
  return {
    columns: names.map((name) => ({ name, unit: 'none', role: name === 'text_en' ? 'value' : 'detail', label: { en: name, zh: name } })),
    rows: rows.map(([level, kind, text, value, type, state]): Cell[] => [level, kind, text, `中${text}`, value, type, state, ...(said[state] ?? ['', ''])]),
    notes: [], view: 'table', currency: 'CNY',
  } as Answer;
}

const answer = answerOf([
  [0, 'all_of', 'all of these', null, null, 'fails'],
  [1, 'segment', "in segment 'sleeping'", null, null, 'fails'],
  [2, 'all_of', 'all of these', null, null, 'fails'],
  [3, 'condition', 'days between 60 and 120', '21', 'days', 'fails'],
  [3, 'condition', 'orders at least 3', '8', 'count', 'holds'],
  [1, 'any_of', 'at least one of these', null, null, 'fails'],
  [2, 'condition', 'bought', '0', 'count', 'fails'],
  [2, 'top', 'the highest', '2300.4', 'money', 'fails'],
  [1, 'not', 'not this', null, null, 'fails'],
  [2, 'condition', 'discount above 20%', '42.5%', 'ratio', 'holds'],
  [1, 'condition', 'satisfaction at least 4', null, null, 'unknown'],
]);

function rootOf(given: Answer): Part {
  const code = given.columns.length;
  const root = treeOf({
    ...given,
    columns: [...given.columns.map((column) => ({ ...column, name: column.name.replace('_en', '') })), { name: 'code', unit: 'none', role: 'detail', label: { en: '', zh: '' } }] as Answer['columns'],
    rows: given.rows.map((row) => [...row.slice(0, code), row[6] ?? null]),
  });
  if (root === null) throw new Error('a tree');
  return root;
}

describe('why a person is in a segment or not', () => {
  it('is the tree of the rule with her values in their units', () => {
    const root = rootOf(answer);
    expect(root.parts.map((part) => part.parts.length)).toEqual([1, 2, 1, 0]);
    const values = [root.parts[0]?.parts[0]?.parts[0], root.parts[1]?.parts[1], root.parts[2]?.parts[0]].map((part) => part?.value);
    expect(values).toEqual([{ shown: 21, unit: 'days' }, { shown: 230040, unit: 'minor' }, { shown: 0.425, unit: 'ratio' }]);
    expect(root.parts[3]?.value).toEqual({ shown: null, unit: 'none' });
    expect(root.value).toBeUndefined();
  });

  it('names what keeps her out, down to single conditions', () => {
    const found = blockersOf(rootOf(answer)).map(({ part, isNegated }) => [part.text, isNegated]);
    expect(found).toEqual([['days between 60 and 120', false], ['at least one of these', false], ['discount above 20%', true], ['satisfaction at least 4', false]]);
  });

  it('has nothing that keeps her out where she is in', () => {
    const inside = answerOf([[0, 'any_of', 'any', null, null, 'holds'], [1, 'condition', 'a', '1', 'count', 'fails'], [1, 'condition', 'b', '2', 'count', 'holds']]);
    expect(blockersOf(rootOf(inside))).toEqual([]);
  });

  it('is said in the language of the reader, the verdict first', () => {
    setLanguage('zh');
    render(<WhyAnswer answer={answer} />);
    const verdict = screen.getByRole('status');
    expect(verdict.textContent).toContain('不属于该分群');
    expect(verdict.textContent).toContain('差 4 项');
    expect(within(verdict).getByText('21 天')).toBeTruthy();
    expect(verdict.textContent).toContain('中satisfaction at least 4 此人： 未知');
    expect(document.querySelectorAll('.why-tree li').length).toBe(11);
    // Below a negation, what holds is not what is right.
    expect(document.querySelectorAll('.why-turned').length).toBe(1);
  });
});
