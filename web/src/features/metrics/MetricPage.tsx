import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { metricCells, onlyMetric } from '@/shared/api/answer';
import type { Args } from '@/shared/api/batch';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import { metricRequest, type Scope } from '@/shared/api/requests';
import type { Answer, MetricCard, Param } from '@/shared/api/types';
import { AnswerView } from '@/shared/charts/AnswerView';
import { Delta } from '@/shared/figure/Delta';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import { ownParams, readArgs, toArgs } from '@/shared/params/args';
import { ParamForm } from '@/shared/params/ParamForm';
import { useGround } from '@/shared/state/scope';
import { definitions, filterNames } from '@/shared/state/view_state';
import { ExplainDrawer } from '@/shared/view/ExplainDrawer';
import { Panel } from '@/shared/view/Panel';
import { EmptyState, LoadingState } from '@/shared/view/States';

interface MetricProps {
  card: MetricCard;
  scope: Scope;
  dataVersion: number;
  extra: Args;
  onExplain: () => void;
}

function Total({ answer, card, scope }: { answer: Answer; card: MetricCard; scope: Scope }) {
  const { t } = useTranslation();
  const cells = metricCells(answer, 0, card.name);
  return (
    <div className="total">
      <Figure value={cells.value} unit={card.unit} currency={answer.currency} size="large" low={cells.low} high={cells.high} base={cells.base} />
      <Delta now={cells.value} before={cells.before} unit={card.unit} favourable={card.favourable} currency={answer.currency} compare={scope.state.compare} />
      {cells.before !== null && (
        <span className="total-before">{t('metric.before')} <Figure value={cells.before} unit={card.unit} currency={answer.currency} /></span>
      )}
    </div>
  );
}

function Breakdown({ card, scope, dataVersion, extra }: MetricProps) {
  const { t } = useTranslation();
  const words = useWords();
  const [dimension, setDimension] = useState<string>(filterNames[0]);
  const asked = useAsk(metricRequest({ metrics: [card.name], scope, groupBy: dimension, extra, lane: 'breakdown' }), dataVersion);
  const chooser = (
    <Segmented
      size="small" value={dimension} onChange={setDimension} aria-label={t('metric.by')}
      options={filterNames.map((name) => ({ value: name, label: t(`filter.${name}`) }))}
    />
  );
  return (
    <Panel className="span-5" title={t('metric.breakdown')} subtitle={t('metric.breakdown_note')} asked={asked} actions={chooser}>
      {(answer) => <AnswerView answer={onlyMetric(answer, card.name)} title={words(card.title)} view="bars" />}
    </Panel>
  );
}

function Metric({ card, scope, dataVersion, extra, onExplain }: MetricProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { compare } = scope.state;
  const total = useAsk(metricRequest({ metrics: [card.name], scope, compare, extra, lane: 'metric' }), dataVersion);
  const series = useAsk(metricRequest({ metrics: [card.name], scope, by: scope.granularity, compare, extra, lane: 'metric' }), dataVersion);
  return (
    <div className="grid">
      <Panel className="span-12" title={t('metric.total')} subtitle={words(card.formula)} asked={total} onExplain={onExplain}>
        {(answer) => <Total answer={answer} card={card} scope={scope} />}
      </Panel>
      <Panel className="span-7" title={t('metric.course')} subtitle={t(`granularity_by.${scope.granularity}`)} asked={series}>
        {(answer) => (
          <AnswerView answer={onlyMetric(answer, card.name)} title={words(card.title)} view={card.view === 'bars' || card.unit === 'count' ? 'bars' : 'curve'} height={320} />
        )}
      </Panel>
      <Breakdown card={card} scope={scope} dataVersion={dataVersion} extra={extra} onExplain={onExplain} />
    </div>
  );
}

export default function MetricPage() {
  const { t } = useTranslation();
  const words = useWords();
  const { name = '' } = useParams();
  const [search] = useSearchParams();
  const { scope, freshness } = useGround();
  const catalogue = useCatalogue();
  const [explained, setExplained] = useState(false);
  const params: Param[] = useMemo(
    () => ownParams('metric', catalogue.data?.commands.find((command) => command.name === 'metric')?.params ?? []), [catalogue.data]);
  const extra = useMemo(() => toArgs(readArgs(search, params), params), [search, params]);
  if (!catalogue.data) return <div className="page"><LoadingState height={320} /></div>;
  const card = catalogue.data.metrics.find((each) => each.name === name);
  const back = <Link className="button" to={{ pathname: '/metrics', search: search.toString() }}>{t('metric.back')}</Link>;
  if (!card) return <div className="page"><EmptyState text={t('metric.unknown', { name })} action={back} /></div>;
  const hasFamily = (definitions as readonly string[]).includes(name);
  return (
    <div className="page">
      <nav className="crumbs" aria-label={t('nav.crumbs')}>
        <Link to={{ pathname: '/metrics', search: search.toString() }}>{t('nav.metrics')}</Link> <span aria-hidden="true">/</span> <span>{words(card.title)}</span>
      </nav>
      <header className="page-head">
        <div><h1>{words(card.title)}</h1><p>{words(card.question)}</p></div>
        {hasFamily && <Link className="button" to={{ pathname: '/definitions', search: search.toString() }}>{t('metric.definitions')}</Link>}
      </header>
      {scope === null ? <EmptyState text={t('empty.no_orders')} /> : (
        <Metric card={card} scope={scope} dataVersion={freshness.dataVersion} extra={extra} onExplain={() => setExplained(true)} />
      )}
      {params.length > 0 && (
        <details className="switches">
          <summary>{t('metric.switches')}</summary>
          <ParamForm params={params} />
        </details>
      )}
      <ExplainDrawer
        open={explained} onClose={() => setExplained(false)} title={words(card.title)} question={card.question} method={card.formula}
        dataVersion={freshness.dataVersion}
        request={scope && metricRequest({ metrics: [card.name], scope, by: scope.granularity, extra: { ...extra, explain: true }, lane: 'explain' })}
      />
    </div>
  );
}
