import { describe, expect, it } from 'vitest';
import { defaultState, parseState, resolveGranularity, resolvePeriod, writeState, type ViewState } from '@/shared/state/view_state';

const days = { first: '2023-01-10', end: '2026-11-01' };

describe('the state of a page in its address', () => {
  it('goes there and back', () => {
    const state: ViewState = {
      ...defaultState, preset: 'custom', from: '2025-01-01', to: '2025-02-01', by: 'week', compare: 'none', status: 'paid',
      definition: 'repeat_order_share', filters: { channel: ['天猫', '门店'], store_key: [], region: ['华东'] },
    };
    const search = new URLSearchParams();
    writeState(state, search);
    expect(parseState(search)).toEqual(state);
  });

  it('leaves out what is as by default and keeps other keys', () => {
    const search = new URLSearchParams('lang=zh&period=7d');
    writeState(defaultState, search);
    expect(search.toString()).toBe('lang=zh');
  });

  it('falls back for each value that is not valid, alone', () => {
    const state = parseState(new URLSearchParams('period=yesterday&status=paid&by=hour&definition=x'));
    expect(state).toEqual({ ...defaultState, status: 'paid' });
    expect(parseState(new URLSearchParams('period=custom&from=2025-02-01&to=2025-01-01')).preset).toBe('12m');
    expect(parseState(new URLSearchParams('period=custom&from=2025-02-30&to=2025-03-01')).preset).toBe('12m');
  });
});

describe('periods', () => {
  it('count back from the last day of the data', () => {
    const at = (preset: ViewState['preset']) => resolvePeriod({ ...defaultState, preset }, days);
    expect(at('12m')).toEqual({ from: '2025-11-01', to: '2026-11-01' });
    expect(at('30d')).toEqual({ from: '2026-10-02', to: '2026-11-01' });
    expect(at('last_month')).toEqual({ from: '2026-09-01', to: '2026-10-01' });
    expect(at('all')).toEqual({ from: '2023-01-10', to: '2026-11-01' });
  });

  it('take steps that a curve can show', () => {
    expect(resolveGranularity('auto', { from: '2026-10-02', to: '2026-11-01' })).toBe('day');
    expect(resolveGranularity('auto', { from: '2025-11-01', to: '2026-11-01' })).toBe('month');
    expect(resolveGranularity('week', { from: '2025-11-01', to: '2026-11-01' })).toBe('week');
  });
});
