import { describe, expect, it } from 'vitest';
import type { Answer } from '@/shared/api/types';
import { difference } from '@/features/segments/difference';
import { phaseOf } from '@/shared/view/state';
import { aroundProblem, asList, checkedOf, daysOf, examplesOf, hintOf, movedOf, moversOf, overlapOf, relationOf, replaced, ruleToOpen, savedOf, totalsOf, versionsOf } from '@/features/segments/records';

function answerOf(names: string[], rows: (string | number | null)[][]): Answer {
  const columns = names.map((name) => ({ name, unit: 'none' as const, role: 'value' as const, label: { en: name, zh: name } }));
  return { columns, rows, notes: [], view: 'table', currency: 'CNY' };
}

describe('a checked rule', () => {
  const answer = answerOf(['part', 'text', 'hint', 'replacement', 'begin', 'end'], [
    ['problem', '没有事实“订单量”', '您是否想写“订单数”？', '订单数', 2, 5],
    ['problem', 'ends', 'write', null, 9, 9],
  ]);

  it('shows each problem at its characters and mends it there', () => {
    const [first, last] = checkedOf(answer).problems;
    if (!first || !last) throw new Error('two problems');
    expect(aroundProblem('𠮷且订单量 >= ', first)).toEqual(['𠮷且', '订单量', ' >= ']);
    expect(replaced('𠮷且订单量 >= ', first)).toBe('𠮷且订单数 >= ');
    expect(aroundProblem('𠮷且订单量 >= ', last)).toEqual(['𠮷且订单量 >= ', '…', '']);
  });

  it('is said and written once it is right', () => {
    const right = answerOf(['part', 'text'], [['rule', 'orders >= 3'], ['sentence', 'orders is at least 3'], ['json', '{}']]);
    expect(checkedOf(right)).toEqual({ problems: [], rule: 'orders >= 3', sentence: 'orders is at least 3', json: '{}' });
  });
});

describe('a hint', () => {
  const problem = { text: '', hint: 'Did you mean x?', replacement: '', begin: 0, end: 0, path: '', code: 'unknown_word' };

  it('is what the page offers where the program names a command', () => {
    const say = (key: string) => key;
    expect(hintOf(problem, say)).toBe('Did you mean x?');
    expect(hintOf({ ...problem, hint: '`huitou segments words` lists all facts.' }, say)).toBe('segmenting.see_facts');
    expect(hintOf({ ...problem, code: 'unknown_segment', hint: '`huitou segments list` shows those there are.' }, say)).toBe('segmenting.see_saved');
  });
});

describe('a preview', () => {
  const names = ['part', 'customers', 'share', 'customer_id', 'orders', 'net_minor'];
  const answer = answerOf(names, [['segment', 2, 0.5, null, 7, 900], ['everyone', 4, 1, null, null, 1000], ['example', null, null, 12, 4, 500]]);

  it('has totals apart from examples', () => {
    expect(totalsOf(answer)).toEqual({ customers: 2, share: 0.5, net: 900, everyone: 4 });
    expect(examplesOf(answer).rows).toEqual([[12, 4, 500]]);
    expect(totalsOf(answerOf(names, []))).toEqual({ customers: null, share: null, net: null, everyone: null });
  });
});

describe('versions', () => {
  const said = (before: string, after: string) => difference(before, after).map(({ text, kind }) => ({ same: text, gone: `-${text}-`, new: `+${text}+` })[kind]).join('');

  it('differ by words, numbers whole and Chinese by characters', () => {
    expect(said('orders is at least 30', 'orders is at least 3')).toBe('orders is at least -30-+3+');
    expect(said('订单数不少于 3', '订单数不少于 3，且金额大于 1.5')).toBe('订单数不少于 3+，且金额大于 1.5+');
    expect(said('a', 'a')).toBe('a');
    expect(said('', 'a')).toBe('+a+');
    expect(said('x '.repeat(1000), 'y')).toBe(`-${'x '.repeat(1000)}-+y+`);
  });

  it('are read newest first', () => {
    const answer = answerOf(['version', 'rule', 'sentence', 'description', 'owner', 'saved_at'], [[2, 'orders', 's', null, 'Li', 't'], [1, 'x', null, 'd', null, 't']]);
    expect(versionsOf(answer).map((each) => [each.version, each.sentence, each.owner, each.description])).toEqual([[2, 's', 'Li', ''], [1, '', '', 'd']]);
  });
});

describe('saved segments', () => {
  it('do not send to a command', () => {
    const answer = answerOf(['name', 'problem'], [['a', "There is no segment 'base'. `huitou segments list` shows those there are."], ['b', '没有分群“base”。 `huitou segments list` 列出现有分群。']]);
    expect(savedOf(answer).map((each) => each.problem)).toEqual(["There is no segment 'base'.", '没有分群“base”。']);
  });

  it('keep nothing apart from zero', () => {
    const answer = answerOf(['name', 'rule', 'customers', 'share', 'net_minor', 'problem', 'description', 'owner'],
      [['a', 'orders', 0, 0, 0, null, 'd', null], ['b', 'x', null, null, null, 'gone', null, null]]);
    const figures = ['customers', 'share', 'net_minor'];
    const columns = answer.columns.map((column) => ({ ...column, role: figures.includes(column.name) ? ('value' as const) : ('detail' as const) }));
    const broken = { ...answer, columns, rows: answer.rows.slice(1) };
    const asked = { answer: broken, answeredAt: 1, error: null, loading: false, retry: () => undefined };
    expect(phaseOf(asked)).toBe('empty');
    expect(phaseOf(asList(asked))).toBe('answer');
    expect(savedOf(answer).map((each) => [each.name, each.customers, each.problem])).toEqual([['a', 0, ''], ['b', null, 'gone']]);
  });
});

describe('a frozen segment', () => {
  it('opens as its members, a living one as its rule', () => {
    const [living, frozen] = savedOf(answerOf(['name', 'rule', 'frozen_on', 'frozen_of'], [['a', 'orders >= 3', null, null], ["it's", 'orders >= 3', '2026-06-30', 'a']]));
    if (!living || !frozen) throw new Error('two segments');
    expect(ruleToOpen(living)).toBe('orders >= 3');
    expect(ruleToOpen(frozen)).toBe("in_segment('it''s')");
    expect(frozen.frozenOf).toBe('a');
  });
});

describe('the moves of a segment', () => {
  const answer = answerOf(['part', 'customers', 'customer_id', 'name'], [
    ['before', 5, null, null], ['after', 4, null, null], ['stayed', 3, null, null], ['came', 1, null, null], ['left', 2, null, null],
    ['came', null, 11, 'Anna'], ['left', null, 12, 'Ben'], ['left', null, 13, 'Cleo'],
  ]);

  it('are counted, and each count has its list', () => {
    expect(movedOf(answer)).toEqual({ before: 5, stayed: 3, came: 1, left: 2, after: 4 });
    expect(moversOf(answer, 'left').rows).toEqual([[12, 'Ben'], [13, 'Cleo']]);
    expect(moversOf(answer, 'came').rows).toEqual([[11, 'Anna']]);
    expect(movedOf({ ...answer, rows: [] }).came).toBeNull();
  });

  it('span from the first day that was noted to the last', () => {
    expect(daysOf(answerOf(['day', 'customers'], [['2026-01-01', 3], ['2026-02-01', 4], ['2026-03-01', 5]]))).toEqual({ first: '2026-01-01', last: '2026-03-01' });
    expect(daysOf(answerOf(['day'], []))).toBeNull();
  });
});

describe('the overlap of two segments', () => {
  it('is a relation only where its interval leaves 1 out', () => {
    expect(relationOf({ low: 1.2, high: 1.9 })).toBe('more');
    expect(relationOf({ low: 0.3, high: 0.9 })).toBe('less');
    expect(relationOf({ low: 0.8, high: 1.4 })).toBe('none');
    expect(relationOf({ low: null, high: null })).toBe('none');
  });

  it('has no share where nobody is', () => {
    const found = overlapOf(answerOf(['customers', 'first_customers', 'share_of_first', 'second_customers', 'share_of_second', 'lift'], [[0, 0, null, 7, 0, null]]));
    expect(found).toMatchObject({ both: 0, first: 0, shareOfFirst: null, second: 7, shareOfSecond: 0, lift: null });
  });
});
