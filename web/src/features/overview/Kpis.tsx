import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { metricCells, notesOn, type MetricCells } from '@/shared/api/answer';
import type { Asked } from '@/shared/api/hooks';
import type { Answer, Catalogue, MetricCard } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import { useViewState } from '@/shared/state/use_view_state';
import { definitions } from '@/shared/state/view_state';
import { phaseOf } from '@/shared/view/state';
import { ErrorState, LoadingState, NotEnoughState, StaleBanner } from '@/shared/view/States';
import { KpiCard } from './KpiCard';
import { kpiNames } from './kpi_names';
import { targetOf } from './targets';

function DefinitionChooser({ cards }: { cards: MetricCard[] }) {
  const { t } = useTranslation();
  const words = useWords();
  const [state, change] = useViewState();
  const options = definitions
    .filter((name) => cards.some((card) => card.name === name))
    .map((name) => ({
      value: name as string,
      label: t(`definition.${name}`),
      hint: words(cards.find((card) => card.name === name)?.formula),
    }));
  return (
    <Select
      className="definition" variant="borderless" popupMatchSelectWidth={340} aria-label={t('filter.definition')}
      value={state.definition} options={options} onChange={(definition) => change({ definition })}
      optionRender={(option) => (
        <span className="definition-option"><b>{option.label}</b><small>{option.data.hint}</small></span>
      )}
    />
  );
}

interface KpisProps {
  catalogue: Catalogue;
  totals: Asked;
  series: Asked;
  /** Of this period, by the metric's name. */
  targets: Map<string, number>;
}

function course(answer: Answer | null, name: string): (number | null)[] {
  return answer === null ? [] : answer.rows.map((_, row) => metricCells(answer, row, name).value);
}

export function Kpis({ catalogue, totals, series, targets }: KpisProps) {
  const { t } = useTranslation();
  const words = useWords();
  const [state] = useViewState();
  const phase = phaseOf(totals);
  if (phase === 'loading') {
    return <div className="kpis">{kpiNames.map((name) => <div className="kpi" key={name}><LoadingState height={118} /></div>)}</div>;
  }
  if (phase === 'not_enough' && totals.error) return <div className="panel"><NotEnoughState error={totals.error} /></div>;
  if (phase === 'error' && totals.error) return <div className="panel"><ErrorState error={totals.error} onRetry={totals.retry} /></div>;
  const answer = totals.answer;
  if (answer === null) return null;
  const cardOf = (name: string) => catalogue.metrics.find((card) => card.name === name);
  const cellsOf = (name: string): MetricCells => metricCells(answer, 0, name);
  const perOrder = cellsOf('average_order_value').value;
  const names = [state.definition, ...kpiNames.filter((name) => name !== state.definition)];
  return (
    <section aria-label={t('kpi.title')}>
      {totals.error && <StaleBanner error={totals.error} at={totals.answeredAt} onRetry={totals.retry} />}
      <div className={totals.loading ? 'kpis panel-refreshing' : 'kpis'}>
        {names.map((name, index) => {
          const card = cardOf(name);
          if (!card) return null;
          return (
            <KpiCard
              key={name} card={card} cells={cellsOf(name)} series={course(series.answer, name)} main={index === 0}
              currency={answer.currency} compare={state.compare} notes={notesOn(answer, [name]).map(words)}
              target={targetOf(card, targets.get(name), cellsOf(name).value)}
              title={index === 0 ? <DefinitionChooser cards={catalogue.metrics} /> : undefined}
              extra={name === 'amount_per_customer' && (
                <>{t('kpi.per_order')} <Figure value={perOrder} unit="minor" currency={answer.currency} /></>
              )}
            />
          );
        })}
      </div>
    </section>
  );
}
