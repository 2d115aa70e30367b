import { describe, expect, it } from 'vitest';
import { conditionWith, emptyCondition, factsOf, isFound, opsOf, withOp, type Fact } from '@/features/segments/catalogue';
import { changed, draftOf, redone, turned, undone, type Draft, type Written } from '@/features/segments/draft';
import { gapsOf } from '@/features/segments/gaps';
import { fromJson, groupOf, type Condition, type Group } from '@/features/segments/tree';
import type { Answer } from '@/shared/api/types';

const names = ['fact', 'words_zh', 'words_en', 'title_en', 'title_zh', 'type', 'source', 'subject_en', 'subject_zh', 'fields', 'window', 'nothing_en', 'nothing_zh'];
const facts = factsOf({
  columns: names.map((name) => ({ name, unit: 'none', role: 'detail', label: { en: name, zh: name } })), notes: [], view: 'table', currency: '',
  rows: [
    ['orders', '订单数, 下单次数', 'order_count', 'orders', '订单数', 'count', 'orders', '', '', 'channel 渠道 text, amount 金额 money', 'hours, days', '0 without such an order', '没有此类订单时为 0'],
    ['survey_score', '问卷评分', '', 'score', '评分', 'number', 'surveys', 'required: a kind of survey', '必填：问卷类型', 'kind 类型 text', 'days', 'unknown', '未知'],
    ['customer_name', '姓名', '', 'name', '姓名', 'text', 'customers', '', '', '', '', 'unknown', '未知'],
    ['mystery', '谜', '', 'mystery', '谜', 'count', 'moon', 'a phase', '月相', '', 'days', '0', '0'],
  ],
} as unknown as Answer);
const [orders, score, name, mystery] = facts as [Fact, Fact, Fact, Fact];

describe('the catalogue', () => {
  it('tells kind, brackets, fields and windows of a fact', () => {
    expect(facts.map((fact) => fact.group)).toEqual(['orders', 'surveys', 'person', 'other']);
    expect(orders.fields).toEqual([{ name: 'channel', label: { en: 'channel', zh: '渠道' }, type: 'text' }, { name: 'amount', label: { en: 'amount', zh: '金额' }, type: 'money' }]);
    expect(score).toMatchObject({ needsSubject: true, subject: { en: 'A kind of survey', zh: '问卷类型' } });
    expect(mystery).toMatchObject({ needsSubject: false, subject: { zh: '月相' } });
    expect([orders.spans, name.spans]).toEqual([['hours', 'days'], []]);
  });

  it('finds a fact by any words of both languages', () => {
    expect(isFound(orders, '下单')).toBe(true);
    expect(isFound(orders, 'Order count')).toBe(true);
    expect(isFound(orders, 'order 评分')).toBe(false);
  });

  it('offers comparisons that fit, and keeps the values that fit them', () => {
    expect(opsOf('text')).not.toContain('>=');
    expect(opsOf('count')).toContain('');
    expect(opsOf('days')).not.toContain('');
    expect(withOp({ op: '>=', values: [3] }, 'between')).toEqual({ op: 'between', values: [3, null] });
    expect(withOp({ op: 'between', values: [3, 5] }, '<')).toEqual({ op: '<', values: [3] });
    expect(withOp({ op: '=', values: [null] }, 'in')).toEqual({ op: 'in', values: [] });
    expect(withOp({ op: '=', values: ['a'] }, 'known')).toEqual({ op: 'known', values: [] });
  });

  it('lets fall what another fact does not take', () => {
    const node: Condition = {
      ...emptyCondition(), is: { op: '>=', values: [3] },
      term: { fact: 'orders', subject: null, where: [{ field: 'channel', property: '', op: '=', values: ['x'] }], span: { last: 3, unit: 'hours' } },
    };
    expect(conditionWith(node, score, orders)).toMatchObject({ term: { fact: 'survey_score', subject: '', where: [], span: null }, is: { op: '>=', values: [null] } });
    expect(conditionWith(node, mystery, orders)).toMatchObject({ term: { subject: null, span: null }, is: { op: '>=', values: [3] } });
    expect(conditionWith(node, name, orders).is).toEqual({ op: '=', values: [null] });
  });
});

describe('what lacks', () => {
  const lacksOf = (json: unknown) => gapsOf(fromJson(json) as Group, facts).map((gap) => gap.lack);

  it('is named where it lacks, and nothing lacks in a rule', () => {
    expect(gapsOf(groupOf(), facts)).toEqual([]);
    expect(gapsOf(groupOf([emptyCondition()]), facts).map((gap) => gap.lack)).toEqual(['fact']);
    expect(lacksOf({ all: [{ any: [] }, { segment: '' }, { fact: 'survey_score', op: '>=', values: [3] }] })).toEqual(['conditions', 'segment', 'subject']);
    expect(lacksOf({ all: [{ fact: 'orders', op: 'between', values: [3, null] }, { fact: 'orders', op: 'in', values: [] }] })).toEqual(['value', 'value']);
    expect(lacksOf({ all: [{ fact: 'orders', window: { last: null, unit: 'days' } }, { fact: 'orders', window: {} }] })).toEqual(['days', 'days']);
    expect(lacksOf({ fact: 'orders', where: [{ field: '' }] })).toEqual(['field']);
    expect(lacksOf({ all: [{ top: 3, by: { fact: 'orders' } }, { sample: '10%', seed: 1 }, { fact: 'orders' }, { fact: 'customer_name', op: '=', values: [''] }] })).toEqual([]);
    expect(lacksOf({ top: 0, by: { fact: 'orders' } })).toEqual(['amount']);
  });
});

describe('steps back and forth', () => {
  const text = (now: string): Written => ({ kind: 'text', text: now });
  const typed = (draft: Draft, now: string, what: string, at: number) => changed(draft, text(now), what, at);

  it('take letters typed in one go as one step', () => {
    let draft = draftOf(text(''));
    draft = typed(draft, 'a', 'text', 1000);
    draft = typed(draft, 'ab', 'text', 1400);
    draft = typed(draft, 'abc', 'text', 9000);
    expect(undone(draft).now).toEqual(text('ab'));
    expect(undone(undone(draft)).now).toEqual(text(''));
    expect(undone(undone(undone(draft))).now).toEqual(text(''));
    expect(redone(undone(draft)).now).toEqual(text('abc'));
    expect(redone(draft).now).toEqual(text('abc'));
  });

  it('are not lost by looking at the other form, and a new change ends what was undone', () => {
    const draft = undone(typed(typed(draftOf(text('')), 'a', '', 1), 'b', '', 2));
    const tree: Written = { kind: 'tree', root: groupOf() };
    expect(redone(turned(draft, tree)).now).toEqual(text('b'));
    expect(redone(typed(draft, 'c', '', 3)).now).toEqual(text('c'));
  });
});
