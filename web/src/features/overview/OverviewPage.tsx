import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { metricCells, onlyMetrics } from '@/shared/api/answer';
import { useAsk, useCatalogue, type Asked } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import type { Scope } from '@/shared/api/requests';
import { HeatTable } from '@/shared/charts/HeatTable';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import { EmptyState, LoadingState } from '@/shared/view/States';
import { Headline } from './Headline';
import { IntervalCurve, NewAndReturning, Segments, Trend } from './Charts';
import { intervalOf } from './interval';
import { Kpis } from './Kpis';
import { nextSteps } from './next_steps';
import { NextSteps } from './NextSteps';
import { cockpitRequests } from './questions';
import { segmentsOf } from './segments';
import { targetsOf } from './targets';

/** What the figures should be; without targets, or without the answer, nothing is shown. */
function useTargets(scope: Scope, dataVersion: number): Map<string, number> {
  const entries = useAsk({ command: 'forms entries', args: { form: 'targets' }, lane: 'targets' }, dataVersion);
  return entries.answer ? targetsOf(entries.answer, scope) : new Map<string, number>();
}

function useCockpit(scope: Scope, dataVersion: number) {
  const requests = cockpitRequests(scope);
  const totals = useAsk(requests.totals, dataVersion);
  const series = useAsk(requests.series, dataVersion);
  const cohorts = useAsk(requests.cohorts, dataVersion);
  const interval = useAsk(requests.interval, dataVersion);
  const rfm = useAsk(requests.rfm, dataVersion);
  return { totals, series, cohorts, interval, rfm };
}

const newAndReturning = ['new_customers', 'returning_customers'];

/** What a panel draws out of an answer of several metrics, so that its table and notes are of the same. */
function usePart(asked: Asked, names: readonly string[]): Asked {
  const key = names.join();
  const answer = useMemo(() => asked.answer && onlyMetrics(asked.answer, key.split(',')), [asked.answer, key]);
  return { ...asked, answer };
}

function Cockpit({ scope, dataVersion }: { scope: Scope; dataVersion: number }) {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const { search } = useLocation();
  const catalogue = useCatalogue();
  const asked = useCockpit(scope, dataVersion);
  const targets = useTargets(scope, dataVersion);
  const { definition } = scope.state;
  const course = usePart(asked.series, [definition]);
  const buyers = usePart(asked.series, newAndReturning);
  const rfm = useMemo(() => asked.rfm.answer && localise(asked.rfm.answer, language), [asked.rfm.answer, language]);
  if (!catalogue.data) return <LoadingState height={320} />;
  const rate = asked.totals.answer && metricCells(asked.totals.answer, 0, definition);
  const steps = nextSteps({
    segments: rfm ? segmentsOf(rfm) : [],
    median: asked.interval.answer ? intervalOf(asked.interval.answer).median : null,
    rate: rate?.value ?? null, rateBefore: rate?.before ?? null,
  });
  const card = catalogue.data.metrics.find((each) => each.name === definition);
  const title = t(`definition.${definition}`);
  const more = (path: string) => <Link className="tool" to={{ pathname: path, search }}>{t('panel.open')}</Link>;
  return (
    <>
      <Headline waiting={asked.totals.loading && !asked.totals.answer} cells={rate} card={card} scope={scope} currency={asked.totals.answer?.currency ?? ''} />
      <NextSteps steps={steps} definition={definition} currency={asked.rfm.answer?.currency ?? ''} />
      <Kpis catalogue={catalogue.data} totals={asked.totals} series={asked.series} targets={targets} />
      <div className="grid">
        <Panel className="span-7" title={t('trend.title', { title })} subtitle={`${words(card?.formula)} · ${t('trend.window')}`} asked={course} actions={more(`/metrics/${definition}`)}>
          {(answer) => <Trend answer={answer} metric={definition} title={title} />}
        </Panel>
        <Panel className="span-5" title={t('buyers.title')} subtitle={t('buyers.subtitle')} asked={buyers} actions={more('/metrics/new_customers')}>
          {(answer) => <NewAndReturning answer={answer} />}
        </Panel>
        <Panel className="span-7" title={t('cohort.title')} subtitle={t('cohort.subtitle')} asked={asked.cohorts} withoutTable actions={more('/analyses/cohort_retention')}>
          {(answer) => <HeatTable answer={answer} most={12} brief />}
        </Panel>
        <Panel className="span-5" title={t('interval.title')} subtitle={t('interval.subtitle')} asked={asked.interval} actions={more('/analyses/repurchase_interval')}>
          {(answer) => <IntervalCurve answer={answer} />}
        </Panel>
        <Panel className="span-12" title={t('segments.title')} subtitle={t('segments.subtitle')} asked={asked.rfm} actions={more('/analyses/rfm')}>
          {(answer) => <Segments answer={localise(answer, language)} />}
        </Panel>
      </div>
    </>
  );
}

export default function OverviewPage() {
  const { t } = useTranslation();
  const { scope, freshness } = useGround();
  return (
    <div className="page">
      {scope === null
        ? <EmptyState text={t('empty.no_orders')} action={<Link className="button" to="/data">{t('empty.load')}</Link>} />
        : <Cockpit scope={scope} dataVersion={freshness.dataVersion} />}
    </div>
  );
}
