import { act, renderHook } from '@testing-library/react';
import { BrowserRouter, useNavigate } from 'react-router-dom';
import { beforeEach, describe, expect, it } from 'vitest';
import { useAddress } from '@/shared/state/use_address';

function useTwoWriters() {
  const [, first] = useAddress();
  const [, second] = useAddress();
  return { first, second, navigate: useNavigate() };
}

describe('the address', () => {
  beforeEach(() => window.history.replaceState(null, '', '/segments?lang=zh'));

  it('keeps what two write at once', () => {
    const { first, second } = renderHook(useTwoWriters, { wrapper: BrowserRouter }).result.current;
    act(() => {
      first((next) => next.set('rule', 'orders >= 3'), { replace: true });
      second((next) => next.set('who', 'C1'), { replace: true });
    });
    expect(window.location.search).toBe('?lang=zh&rule=orders+%3E%3D+3&who=C1');
  });

  it('does not call back who is on the way to another page', () => {
    const { first, navigate } = renderHook(useTwoWriters, { wrapper: BrowserRouter }).result.current;
    act(() => {
      void navigate('/customers/17');
      first((next) => next.set('rule', 'orders >= 3'), { replace: true });
    });
    expect(window.location.pathname + window.location.search).toBe('/customers/17');
  });
});
