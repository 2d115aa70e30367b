import { describe, expect, it } from 'vitest';
import firstScreen from '../../src/commands/first_screen.json';
import { cockpitRequests } from '@/features/overview/questions';
import { defaultState, resolveGranularity, resolvePeriod } from '@/shared/state/view_state';

describe('the first screen', () => {
  it('asks what the server has asked ahead', () => {
    const period = resolvePeriod(defaultState, { first: '2022-03-04', end: '2025-07-20' });
    expect(period).toEqual({ from: '2024-07-01', to: '2025-07-01' });
    const scope = { state: defaultState, period, granularity: resolveGranularity(defaultState.by, period), last: '2025-07-19' };
    const said = (request: { command: string; args: unknown }) => JSON.stringify(request, (name, value: unknown) => {
      if (Array.isArray(value) && value.length === 0) return undefined;
      if (name === 'lane') return undefined;
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isObject ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b))) : value;
    });
    const asked = Object.values(cockpitRequests(scope)).map(said).sort();
    const ahead = firstScreen.map((each) => said(each).replaceAll('{from}', period.from).replaceAll('{to}', period.to)).sort();
    expect(asked).toEqual(ahead);
  });
});
