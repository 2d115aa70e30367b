import { useTranslation } from 'react-i18next';
import type { Favourable, Unit } from '@/shared/api/types';
import { useLanguage } from '@/shared/i18n/language';
import type { Compare } from '@/shared/state/view_state';
import { change } from './delta';

interface DeltaProps {
  now: number | null;
  before: number | null;
  unit: Unit;
  favourable: Favourable;
  currency?: string;
  compare: Compare;
}

const arrows = { up: '↑', down: '↓', same: '→' } as const;

/** The difference from the comparison: arrow, amount and words, so colour is never alone. */
export function Delta({ now, before, unit, favourable, currency, compare }: DeltaProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (compare === 'none') return null;
  const found = change(now, before, unit, favourable, { language, currency });
  if (found === null) return <span className="delta delta-neutral">{t(`delta.nothing.${compare}`)}</span>;
  return (
    <span className={`delta delta-${found.verdict}`}>
      <span className="delta-amount">
        <span aria-hidden="true">{arrows[found.direction]}</span> {found.direction === 'same' ? t('delta.same') : found.text}
      </span>
      <span className="delta-words">
        {t(`delta.against.${compare}`)}
        {found.verdict !== 'neutral' && ` · ${t(`delta.${found.verdict}`)}`}
      </span>
    </span>
  );
}
