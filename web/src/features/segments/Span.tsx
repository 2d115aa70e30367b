import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Span } from './tree';

interface SpanProps {
  span: Span | null;
  /** hours, days: what the fact takes. */
  takes: string[];
  name: string;
  wrong: boolean;
  onChange: (span: Span | null) => void;
}

type Mode = 'ever' | 'last' | 'dates';

function modeOf(span: Span | null): Mode {
  if (span === null) return 'ever';
  return 'last' in span ? 'last' : 'dates';
}

const first: Record<Mode, Span | null> = { ever: null, last: { last: 30, unit: 'days' }, dates: {} };

/** Which rows count by their day: all, the last so many days, or those between two dates. */
export function SpanField({ span, takes, name, wrong, onChange }: SpanProps) {
  const { t } = useTranslation();
  const mode = modeOf(span);
  const units = [...(takes.includes('hours') ? ['hours'] : []), 'days', 'weeks', 'months', 'years'];
  return (
    <span className="segments-span">
      <Select<Mode>
        value={mode} aria-label={t('segmenting.span_of', { name })} popupMatchSelectWidth={false} onChange={(next) => onChange(first[next])}
        options={(['ever', 'last', 'dates'] as const).map((value) => ({ value, label: t(`segmenting.span.${value}`) }))}
      />
      {mode === 'last' && span && (
        <>
          <InputNumber
            className="segments-short" value={span.last ?? null} min={1} max={36600} precision={0} status={wrong && !span.last ? 'error' : ''} changeOnWheel={false}
            aria-label={t('segmenting.span_count', { name })} onChange={(last) => onChange({ last, unit: span.unit ?? 'days' })}
          />
          <Select
            value={span.unit ?? 'days'} aria-label={t('segmenting.span_unit', { name })} popupMatchSelectWidth={false}
            options={units.map((value) => ({ value, label: t(`segmenting.unit.${value}`) }))} onChange={(unit: string) => onChange({ last: span.last ?? null, unit })}
          />
        </>
      )}
      {mode === 'dates' && span && (['from', 'to'] as const).map((end) => (
        <label key={end} className="segments-one">
          <span>{t(`segmenting.span.${end}`)}</span>
          <input
            type="date" className="segments-date" value={span[end] ?? ''} aria-invalid={wrong}
            onChange={(event) => {
              const rest = Object.fromEntries(Object.entries(span).filter(([key]) => key !== end));
              onChange(event.target.value === '' ? rest : { ...rest, [end]: event.target.value });
            }}
          />
        </label>
      ))}
    </span>
  );
}
