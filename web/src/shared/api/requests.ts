import type { Period } from '@/shared/state/date';
import type { Compare, Granularity, ViewState } from '@/shared/state/view_state';
import { filterNames } from '@/shared/state/view_state';
import type { Args, CommandRequest } from './batch';

/** What every question of a screen shares. */
export interface Scope {
  state: ViewState;
  period: Period;
  granularity: Granularity;
  /** Last day of the data. */
  last: string;
}

export interface MetricAsk {
  /** One or several; those over the same rows are one query. */
  metrics: string[];
  scope: Scope;
  by?: Granularity;
  groupBy?: string;
  compare?: Compare;
  extra?: Args;
  lane?: string;
}

/** `channel=天猫`, one for each value; values of one dimension are alternatives. */
function filters(state: ViewState): string[] {
  return filterNames.flatMap((name) => state.filters[name].map((value) => `${name}=${value}`));
}

export function metricRequest(asked: MetricAsk): CommandRequest {
  const { metrics, scope, by, groupBy, compare = 'none', extra, lane } = asked;
  return {
    command: 'metric',
    lane,
    args: {
      metric: metrics, from: scope.period.from, to: scope.period.to, by, group_by: groupBy,
      filter: filters(scope.state), status: scope.state.status,
      compare: compare === 'none' ? undefined : compare, ...extra,
    },
  };
}

/** Analyses look at the period and the filters of the screen; `own` are the analysis' own parameters. */
export function analysisRequest(name: string, scope: Scope, own: Args = {}, withPeriod = true): CommandRequest {
  return {
    command: `analyse ${name}`,
    lane: `analyse ${name}`,
    args: {
      from: withPeriod ? scope.period.from : undefined, to: withPeriod ? scope.period.to : undefined,
      status: scope.state.status, filter: filters(scope.state), ...own,
    },
  };
}
