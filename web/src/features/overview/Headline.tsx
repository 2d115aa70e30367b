import { useTranslation } from 'react-i18next';
import type { MetricCells } from '@/shared/api/answer';
import type { Scope } from '@/shared/api/requests';
import type { MetricCard } from '@/shared/api/types';
import { change } from '@/shared/figure/delta';
import { formatValue } from '@/shared/figure/format';
import { useLanguage } from '@/shared/i18n/language';

interface HeadlineProps {
  /** Nothing is known yet, which is not the same as no orders. */
  waiting: boolean;
  cells: MetricCells | null;
  card: MetricCard | undefined;
  scope: Scope;
  currency: string;
}

const arrows = { up: '↑', down: '↓', same: '→' } as const;

/** The one sentence to remember: how many of a hundred came back, and whether that is better than before. */
export function Headline({ waiting, cells, card, scope, currency }: HeadlineProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { definition, compare, preset } = scope.state;
  const period = t(`period.${preset}`);
  if (waiting) return <h1 className="headline" aria-busy="true">{t('headline.waiting', { period })}</h1>;
  if (!cells || !card || cells.value === null) return <h1 className="headline">{t('headline.nothing', { period })}</h1>;
  const found = compare === 'none' ? null : change(cells.value, cells.before, card.unit, card.favourable, { language, currency });
  const hundred = Math.round(cells.value * 100);
  const key = definition === 'repurchase_rate' ? 'headline.hundred' : 'headline.rate';
  return (
    <header className="headline-box">
      <h1 className="headline">
        {t(key, { period, hundred, title: t(`definition.${definition}`), value: formatValue(cells.value, card.unit, { language }) })}
        {found && (
          <span className={`headline-delta delta-${found.verdict}`}>
            {`${arrows[found.direction]} ${t(`headline.${found.direction}`, { text: found.text.replace(/^[+−]/, '') })}`}
            {found.verdict !== 'neutral' && t(`headline.${found.verdict}`)}
          </span>
        )}
      </h1>
      <p>{t(`headline_note.${scope.state.status}`, { value: formatValue(cells.value, card.unit, { language }), base: formatValue(cells.base, 'count', { language }) })}</p>
    </header>
  );
}
