import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { metricCells } from '@/shared/api/answer';
import { useAsk, useCatalogue, type Asked } from '@/shared/api/hooks';
import { metricRequest } from '@/shared/api/requests';
import type { MetricCard } from '@/shared/api/types';
import { Delta } from '@/shared/figure/Delta';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { EmptyState, ErrorState, LoadingState, failureText } from '@/shared/view/States';
import { useLanguage } from '@/shared/i18n/language';
import { groupMetrics, matches } from './groups';

function Value({ metric, asked }: { metric: MetricCard; asked: Asked }) {
  const { scope } = useGround();
  const language = useLanguage();
  if (asked.error) return <span className="hint">{failureText(asked.error, language).message}</span>;
  if (asked.answer === null) return <span className="value-wait" aria-hidden="true" />;
  const cells = metricCells(asked.answer, 0, metric.name);
  return (
    <>
      <Figure value={cells.value} unit={metric.unit} currency={asked.answer.currency} size="large" />
      <Delta
        now={cells.value} before={cells.before} unit={metric.unit} favourable={metric.favourable}
        currency={asked.answer.currency} compare={scope?.state.compare ?? 'none'}
      />
    </>
  );
}

function Tile({ metric }: { metric: MetricCard }) {
  const words = useWords();
  const { search } = useLocation();
  const { scope, freshness } = useGround();
  const request = scope && metricRequest({ metrics: [metric.name], scope, compare: scope.state.compare, lane: 'list' });
  const asked = useAsk(request, freshness.dataVersion);
  return (
    <li className="metric-tile">
      <Link to={{ pathname: `/metrics/${metric.name}`, search }}>
        <h3>{words(metric.title)}</h3>
        <p>{words(metric.question)}</p>
        {scope && <div className="metric-tile-value"><Value metric={metric} asked={asked} /></div>}
      </Link>
    </li>
  );
}

export default function MetricsPage() {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const [text, setText] = useState('');
  if (catalogue.isError) return <div className="page"><ErrorPage retry={() => void catalogue.refetch()} error={catalogue.error} /></div>;
  if (!catalogue.data) return <div className="page"><LoadingState height={320} /></div>;
  const found = groupMetrics(catalogue.data.metrics.filter((metric) => matches(metric, text)));
  return (
    <div className="page">
      <header className="page-head">
        <div><h1>{t('metrics.title')}</h1><p>{t('metrics.subtitle', { count: catalogue.data.metrics.length })}</p></div>
        <Input.Search className="search" allowClear placeholder={t('metrics.search')} aria-label={t('metrics.search')} onChange={(event) => setText(event.target.value)} />
      </header>
      {found.length === 0 && <EmptyState text={t('metrics.nothing', { text })} />}
      {found.map((group) => (
        <section key={group.key} aria-label={t(`metrics.group.${group.key}`)}>
          <h2 className="group-title">{t(`metrics.group.${group.key}`)}</h2>
          <ul className="metric-tiles">{group.metrics.map((metric) => <Tile key={metric.name} metric={metric} />)}</ul>
        </section>
      ))}
    </div>
  );
}

function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return 'failure' in (error as object) ? <ErrorState error={error as Parameters<typeof ErrorState>[0]['error']} onRetry={retry} /> : null;
}
