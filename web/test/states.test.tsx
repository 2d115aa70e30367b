import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/shared/api/http';
import type { Asked } from '@/shared/api/hooks';
import type { Answer } from '@/shared/api/types';
import { setLanguage } from '@/shared/i18n';
import { Panel } from '@/shared/view/Panel';

function answer(rows: Answer['rows']): Answer {
  return {
    columns: [{ name: 'buyers', unit: 'count', role: 'value', label: { en: 'Buyers', zh: '购买客户数' } }],
    rows, notes: [{ code: 'unknown_customers', en: '3 % of the orders have no customer', zh: '3 % 的订单没有客户' }],
    view: 'cards', currency: '',
  };
}

function asked(part: Partial<Asked>): Asked {
  return { answer: null, answeredAt: null, error: null, loading: false, retry: () => undefined, ...part };
}

function failure(code: 'not_enough_data' | 'engine_failed') {
  return new ApiError({ code, message: 'It has 41.', hint: 'Widen the period.', message_zh: '只有 41 位。', hint_zh: '请扩大时段。' }, 422);
}

function show(part: Partial<Asked>) {
  return render(<Panel title="Buyers" asked={asked(part)}>{() => <p>drawn</p>}</Panel>);
}

describe('the five states of a view', () => {
  it('loading', () => {
    show({ loading: true });
    expect(screen.getByRole('region', { name: 'Buyers' }).getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByText('drawn')).toBeNull();
  });

  it('empty, with the notes that say why', () => {
    show({ answer: answer([]) });
    expect(document.querySelector('.state-empty')).not.toBeNull();
    expect(screen.getByText('3 % of the orders have no customer')).toBeTruthy();
  });

  it('not enough data, in the language of the reader', () => {
    setLanguage('zh');
    show({ error: failure('not_enough_data') });
    expect(document.querySelector('.state-not_enough')?.textContent).toContain('只有 41 位。 请扩大时段。');
  });

  it('error, with a way to try again', () => {
    const retry = vi.fn();
    show({ error: failure('engine_failed'), retry });
    expect(screen.getByRole('alert').textContent).toContain('It has 41.');
    fireEvent.click(screen.getByRole('button', { name: /again|retry/i }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it('an error keeps the last good answer on the screen', () => {
    show({ answer: answer([[5]]), answeredAt: 0, error: failure('engine_failed') });
    expect(screen.getByText('drawn')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('It has 41.');
  });

  it('answer, which is a table as well', () => {
    show({ answer: answer([[5]]) });
    expect(screen.getByText('drawn')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Table' }));
    expect(screen.queryByText('drawn')).toBeNull();
    expect(screen.getByRole('table')).toBeTruthy();
  });
});
