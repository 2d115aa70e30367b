import { addDays, addMonths, daysBetween, isDay, startOfMonth, startOfYear, type Period } from './date';

/** Everything a screen depends on. It lives in the address, so a finding can be sent as a link. */
export interface ViewState {
  preset: Preset;
  from: string;
  to: string;
  by: Granularity | 'auto';
  compare: Compare;
  status: StatusPolicy;
  definition: string;
  filters: Record<FilterName, string[]>;
}

export const presets = ['12m', '90d', '30d', '7d', 'this_month', 'last_month', 'this_year', 'all', 'custom'] as const;
export const granularities = ['day', 'week', 'month', 'quarter', 'year'] as const;
export const compares = ['none', 'previous_period', 'same_period_last_year'] as const;
export const statusPolicies = ['net', 'paid', 'delivered', 'all'] as const;
export const filterNames = ['channel', 'store_key', 'region'] as const;
/** Metrics that are called 复购率: one of them stands on the cockpit. */
export const definitions = [
  'repurchase_rate', 'repurchase_rate_by_day', 'repeat_order_share', 'returning_customer_rate',
  'next_period_repurchase_rate', 'repeat_amount_share',
] as const;

export type Preset = (typeof presets)[number];
export type Granularity = (typeof granularities)[number];
export type Compare = (typeof compares)[number];
export type StatusPolicy = (typeof statusPolicies)[number];
export type FilterName = (typeof filterNames)[number];

export const defaultState: ViewState = {
  preset: '12m', from: '', to: '', by: 'auto', compare: 'previous_period', status: 'net',
  definition: 'repurchase_rate', filters: { channel: [], store_key: [], region: [] },
};

function oneOf<T extends string>(value: string | null, allowed: readonly T[], fallback: T): T {
  return allowed.includes(value as T) ? (value as T) : fallback;
}

/** Reads an address; what is not valid falls back to the default, silently and alone. */
export function parseState(search: URLSearchParams): ViewState {
  const state: ViewState = {
    ...defaultState,
    preset: oneOf(search.get('period'), presets, defaultState.preset),
    by: oneOf(search.get('by'), ['auto', ...granularities], defaultState.by),
    compare: oneOf(search.get('compare'), compares, defaultState.compare),
    status: oneOf(search.get('status'), statusPolicies, defaultState.status),
    definition: oneOf<string>(search.get('definition'), definitions, defaultState.definition),
    filters: { channel: [], store_key: [], region: [] },
  };
  for (const name of filterNames) {
    state.filters[name] = [...new Set(search.getAll(name).filter((value) => value !== ''))].slice(0, 50);
  }
  if (state.preset === 'custom') {
    const from = search.get('from') ?? '';
    const to = search.get('to') ?? '';
    if (isDay(from) && isDay(to) && from < to) {
      state.from = from;
      state.to = to;
    } else {
      state.preset = defaultState.preset;
    }
  }
  return state;
}

/** Writes an address; what is as by default is left out. Other keys of `base` stay. */
export function writeState(state: ViewState, search: URLSearchParams): void {
  const put = (key: string, value: string, fallback: string) => {
    if (value === fallback) search.delete(key);
    else search.set(key, value);
  };
  put('period', state.preset, defaultState.preset);
  put('from', state.preset === 'custom' ? state.from : '', '');
  put('to', state.preset === 'custom' ? state.to : '', '');
  put('by', state.by, defaultState.by);
  put('compare', state.compare, defaultState.compare);
  put('status', state.status, defaultState.status);
  put('definition', state.definition, defaultState.definition);
  for (const name of filterNames) {
    search.delete(name);
    state.filters[name].forEach((value) => search.append(name, value));
  }
}

/** The days of the data: `[first, end)`. Presets count back from `end`, not from today's date. */
export interface DataDays {
  first: string;
  end: string;
}

export function resolvePeriod(state: ViewState, days: DataDays): Period {
  const { end } = days;
  const last = addDays(end, -1);
  switch (state.preset) {
    case 'custom': return { from: state.from, to: state.to };
    case '7d': return { from: addDays(end, -7), to: end };
    case '30d': return { from: addDays(end, -30), to: end };
    case '90d': return { from: addDays(end, -90), to: end };
    case 'this_month': return { from: startOfMonth(last), to: end };
    case 'last_month': return { from: addMonths(startOfMonth(last), -1), to: startOfMonth(last) };
    case 'this_year': return { from: startOfYear(last), to: end };
    case 'all': return { from: days.first, to: end };
    case '12m': {
      const to = startOfMonth(end);
      return { from: addMonths(to, -12), to };
    }
  }
}

/** Between some 7 and 60 points on a curve. */
export function resolveGranularity(by: ViewState['by'], period: Period): Granularity {
  if (by !== 'auto') return by;
  const days = daysBetween(period.from, period.to);
  if (days <= 45) return 'day';
  if (days <= 200) return 'week';
  return days <= 366 * 5 ? 'month' : 'quarter';
}
