import { describe, expect, it } from 'vitest';
import { isEmptyAnswer, onlyMetrics, seriesOf } from '@/shared/api/answer';
import { localise } from '@/shared/api/localise';
import type { Answer, Cell, Role, Unit } from '@/shared/api/types';

function answer(columns: [string, Role, Unit?][], rows: Cell[][]): Answer {
  return {
    columns: columns.map(([name, role, unit = 'none']) => ({ name, unit, role, label: { en: `${name} en`, zh: `${name} zh` } })),
    rows, notes: [], view: 'table', currency: '',
  };
}
const names = (one: Answer) => one.columns.map(({ name }) => name);

describe('an answer in the reader’s language', () => {
  const states = answer([['period', 'dimension'], ['state', 'series'], ['state_zh', 'detail'], ['customers', 'value', 'count']],
    [['2025-01', 'New', '新客', 7], ['2025-01', 'Dormant', '沉默', -3]]);

  it('keeps one text of two, under the plain name and with its role', () => {
    const zh = localise(states, 'zh');
    expect(names(zh)).toEqual(['period', 'state', 'customers']);
    expect(zh.columns[1]).toMatchObject({ role: 'series', label: { zh: 'state_zh zh' } });
    expect(zh.rows).toEqual([['2025-01', '新客', 7], ['2025-01', '沉默', -3]]);
    expect(localise(states, 'en').rows[1]).toEqual(['2025-01', 'Dormant', -3]);
  });

  it('puts the text in the place of the code where there are three', () => {
    const rules = answer([['rule', 'dimension'], ['rule_en', 'detail'], ['rule_zh', 'detail']], [['r1', 'Bad date', '日期']]);
    expect(localise(rules, 'en')).toMatchObject({ columns: [{ name: 'rule', role: 'dimension' }], rows: [['Bad date']] });
    expect(localise(rules, 'zh').rows).toEqual([['日期']]);
  });

  it('leaves an answer alone that has no such columns, and a _zh column without its partner', () => {
    const plain = answer([['name_zh', 'dimension'], ['n', 'value', 'count']], [['甲', 1]]);
    expect(localise(plain, 'en')).toBe(plain);
  });

  it('draws its parts as lines of their own', () => {
    const lines = seriesOf(localise(states, 'zh'), (column) => column.label.zh);
    expect(lines.map(({ name, y }) => [name, y])).toEqual([['新客', [7]], ['沉默', [-3]]]);
  });
});

describe('the part of an answer about some metrics', () => {
  const both = answer(
    [['from', 'dimension', 'date'], ['rate', 'value', 'ratio'], ['rate_low', 'low', 'ratio'], ['rate_base', 'base', 'count'],
      ['rate_more', 'value', 'ratio'], ['churn', 'value', 'ratio'], ['churn_before', 'detail', 'ratio']],
    [['2025-01-01', 0.5, 0.4, 10, 0.9, 0.1, 0.2]],
  );

  it('holds their columns and the dimensions, not those of a longer name', () => {
    expect(names(onlyMetrics(both, ['rate']))).toEqual(['from', 'rate', 'rate_low', 'rate_base']);
    expect(onlyMetrics(both, ['churn']).rows).toEqual([['2025-01-01', 0.1, 0.2]]);
    expect(names(onlyMetrics(both, ['rate', 'churn']))).toEqual(['from', 'rate', 'rate_low', 'rate_base', 'churn', 'churn_before']);
  });

  it('is empty where only other metrics have values', () => {
    const half = { ...both, rows: [['2025-01-01', null, null, null, 0.9, null, null]] };
    expect(isEmptyAnswer(half)).toBe(false);
    expect(isEmptyAnswer(onlyMetrics(half, ['rate']))).toBe(true);
  });
});
