import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import type { MetricCells } from '@/shared/api/answer';
import type { MetricCard } from '@/shared/api/types';
import { Sparkline } from '@/shared/charts/Sparkline';
import { Delta } from '@/shared/figure/Delta';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import type { Compare } from '@/shared/state/view_state';
import type { Target } from './targets';

interface KpiCardProps {
  card: MetricCard;
  cells: MetricCells;
  series: (number | null)[];
  currency: string;
  compare: Compare;
  title?: ReactNode;
  extra?: ReactNode;
  main?: boolean;
  target: Target | null;
  /** What to know about this figure. */
  notes: string[];
}

function Goal({ card, target, currency }: { card: MetricCard; target: Target; currency: string }) {
  const { t } = useTranslation();
  return (
    <footer className="kpi-target">
      {t('kpi.target')} <Figure value={target.value} unit={card.unit} currency={currency} />
      {target.reached !== null && <span className={target.reached ? 'kpi-reached' : 'kpi-missed'}> {t(target.reached ? 'kpi.reached' : 'kpi.missed')}</span>}
    </footer>
  );
}

/** One figure of the shop: value, difference, course, meaning; a click leads to its page. */
export function KpiCard({ card, cells, series, currency, compare, title, extra, main, target, notes }: KpiCardProps) {
  const words = useWords();
  const { t } = useTranslation();
  const { search } = useLocation();
  return (
    <article className={main ? 'kpi kpi-main' : 'kpi'}>
      <header>
        {title ?? <h3>{words(card.title)}</h3>}
        {notes.length > 0 && (
          <Tooltip title={notes.join(' ')} trigger={['hover', 'focus', 'click']}>
            <button type="button" className="tool tool-round tool-note" aria-label={notes.join(' ')}>!</button>
          </Tooltip>
        )}
        <Tooltip title={<><b>{words(card.question)}</b><br />{words(card.formula)}</>} trigger={['hover', 'focus', 'click']}>
          <button type="button" className="tool tool-round" aria-label={t('kpi.meaning', { title: words(card.title) })}>i</button>
        </Tooltip>
      </header>
      <Link to={{ pathname: `/metrics/${card.name}`, search }} className="kpi-link" aria-label={t('kpi.open', { title: words(card.title) })}>
        <Figure value={cells.value} unit={card.unit} currency={currency} size="large" low={main ? cells.low : null} high={main ? cells.high : null} />
        <Delta now={cells.value} before={cells.before} unit={card.unit} favourable={card.favourable} currency={currency} compare={compare} />
        <Sparkline values={series} label={t('kpi.course', { title: words(card.title) })} />
      </Link>
      {target && <Goal card={card} target={target} currency={currency} />}
      {extra && <footer>{extra}</footer>}
    </article>
  );
}
