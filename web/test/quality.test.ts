import { describe, expect, it } from 'vitest';
import { fieldsOf, mendOf, orderOf } from '@/features/quality/order';
import { asideOf, effectsOf, rulesOf } from '@/features/quality/records';
import type { Answer, Cell } from '@/shared/api/types';

function answer(columns: string[], rows: Cell[][]): Answer {
  return {
    columns: columns.map((name) => ({ name, unit: 'none', role: 'detail', label: { en: name, zh: name } })),
    rows, notes: [], view: 'table', currency: 'CNY',
  } as unknown as Answer;
}

describe('records of quality', () => {
  it('put the costliest rule first, then the most rows', () => {
    const columns = ['rule', 'title_en', 'title_zh', 'severity', 'advice', 'rows', 'share', 'lost', 'grain', 'method_en', 'method_zh'];
    const rules = rulesOf(answer(columns, [
      ['a', 'A', '甲', 'info', 'keep', 0, 0, 0, 'order', '', ''],
      ['b', 'B', '乙', 'warning', 'fix', 7, null, 0, 'product', '', ''],
      ['c', 'C', '丙', 'error', 'quarantine', 1, 0.1, 5, 'order', '', ''],
    ]));
    expect(rules.map((rule) => rule.name)).toEqual(['c', 'b', 'a']);
    expect(rules[1]).toMatchObject({ share: null, ofOrders: false, title: { en: 'B', zh: '乙' } });
    expect(rules[0]).toMatchObject({ severity: 'error', advice: 'quarantine', ofOrders: true, lost: 5 });
  });

  it('keep nothing apart from zero in an effect', () => {
    const columns = ['rule', 'metric', 'metric_en', 'metric_zh', 'unit', 'value', 'without', 'change', 'change_unit'];
    const effects = effectsOf(answer(columns, [
      ['a', 'repurchase_rate', 'R', '率', 'ratio', 0.5, 0, -0.5, 'points'],
      ['a', 'buyers', 'B', '数', 'count', 2, null, null, 'ratio'],
      ['b', 'buyers', 'B', '数', 'count', 2, 1, -0.5, 'ratio'],
    ]));
    expect(effects.get('a')?.map((effect) => effect.without)).toEqual([0, null]);
    expect(effects.get('b')).toHaveLength(1);
    expect(effectsOf(null).size).toBe(0);
  });

  it('know a correction from a quarantine', () => {
    const columns = ['order_key', 'ordered_on', 'net_minor', 'decision', 'rule', 'decided_by'];
    const orders = asideOf(answer(columns, [['o1', '2025-01-01', 100, 'fix', '', 'Li'], ['o2', '2025-01-02', null, 'quarantine', 'test_accounts', '']]));
    expect(orders.map((order) => order.decision)).toEqual(['fix', 'quarantine']);
    expect(orders[1]?.net).toBeNull();
  });

  it('tell what was corrected, nobody apart from nothing', () => {
    const columns = ['order_key', 'ordered_on', 'net_minor', 'decision', 'fix_on', 'fix_status', 'fix_account', 'fix_gross_minor'];
    const [first, second] = asideOf(answer(columns, [['o1', '2099-01-01', 100, 'fix', '2025-01-01', 'paid', 0, null], ['o2', '2025-01-02', 5, 'fix', null, null, null, 700]]));
    expect(first?.right).toMatchObject({ day: '2025-01-01', status: 'paid', account: 0, gross: null });
    expect(second?.right).toMatchObject({ day: '', status: null, account: null, gross: 700 });
  });

  it('offer first what is most likely wrong', () => {
    expect(fieldsOf(mendOf('customer'))).toEqual(['customer', 'ordered_at', 'status', 'gross', 'discount', 'refund']);
    expect(fieldsOf(mendOf('something'))[0]).toBe('ordered_at');
  });

  it('know an order that does not count now', () => {
    const columns = ['order_key', 'ordered_on', 'status', 'customer_id', 'gross_minor', 'discount_minor', 'refund_minor'];
    expect(orderOf(answer(columns, []))).toBeNull();
    expect(orderOf(answer(columns, [['o1', '2025-01-01', 'refunded', 0, 100, 0, null]]))).toEqual({ day: '2025-01-01', status: 'refunded', customer: 0, amounts: { gross: 100, discount: 0, refund: null } });
  });
});
