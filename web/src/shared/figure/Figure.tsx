import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '@/shared/api/types';
import { useLanguage } from '@/shared/i18n/language';
import { Dated } from './Dated';
import { dash, formatValue } from './format';

export interface FigureProps {
  value: string | number | boolean | null | undefined;
  unit: Unit;
  currency?: string;
  low?: number | null;
  high?: number | null;
  /** How many rows stand behind the value. */
  base?: number | null;
  size?: 'text' | 'large';
  exact?: boolean;
  signed?: boolean;
  style?: CSSProperties;
}

/** Shows every number of the product: it knows unit, uncertainty and that nothing is a dash. */
export function Figure(props: FigureProps) {
  const { value, unit, currency, low, high, base, size = 'text', exact, signed } = props;
  const language = useLanguage();
  const { t } = useTranslation();
  const options = { language, currency, exact, signed };
  const shown = formatValue(value, unit, options);
  const hasInterval = typeof low === 'number' && typeof high === 'number' && shown !== dash;
  const title = typeof value === 'number' ? formatValue(value, unit, { ...options, exact: true }) : undefined;
  return (
    <span className={`figure figure-${size}`} style={props.style}>
      <span className="figure-value" title={title} aria-label={shown === dash ? t('figure.none') : undefined}>
        <Dated text={shown} />
      </span>
      {hasInterval && (
        <span className="figure-interval" title={t('figure.interval')}>
          {`${formatValue(low, unit, options)} – ${formatValue(high, unit, options)}`}
        </span>
      )}
      {typeof base === 'number' && (
        <span className="figure-base">{`n = ${formatValue(base, 'count', { language })}`}</span>
      )}
    </span>
  );
}
