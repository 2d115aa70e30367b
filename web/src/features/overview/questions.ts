import { analysisRequest, metricRequest, type Scope } from '@/shared/api/requests';
import type { CommandRequest } from '@/shared/api/batch';
import { kpiNames } from './kpi_names';

/**
 * Every question of the screen. The cards travel first and alone, so that they wait for nothing. As they are by default the server asks them
 * ahead (src/commands/first_screen.json; a test holds both to each other).
 */
export function cockpitRequests(scope: Scope): Record<'totals' | 'series' | 'cohorts' | 'interval' | 'rfm', CommandRequest> {
  const { definition, compare } = scope.state;
  return {
    totals: metricRequest({
      metrics: [...new Set([definition, ...kpiNames, 'average_order_value'])], scope, compare, lane: 'cards',
    }),
    series: metricRequest({
      metrics: [...new Set([definition, ...kpiNames, 'new_customers', 'returning_customers'])],
      scope, by: scope.granularity, compare, lane: 'course',
    }),
    cohorts: analysisRequest('cohort_retention', scope),
    interval: analysisRequest('repurchase_interval', scope),
    rfm: analysisRequest('rfm', scope),
  };
}
