import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { onlyMetric, seriesOf, type Series } from '@/shared/api/answer';
import type { Answer, Column } from '@/shared/api/types';
import { Chart } from '@/shared/charts/Chart';
import { barsOption, curveOption } from '@/shared/charts/options';
import { Figure } from '@/shared/figure/Figure';
import { formatValue } from '@/shared/figure/format';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { intervalOf } from './interval';
import { segmentsOf } from './segments';

export function Trend({ answer, metric, title }: { answer: Answer; metric: string; title: string }) {
  const language = useLanguage();
  const words = useWords();
  const { t } = useTranslation();
  const option = useMemo(() => {
    const label = (column: Column) => (column.name.endsWith('_before') ? t('trend.before') : title);
    return curveOption(seriesOf(onlyMetric(answer, metric), label), { language, currency: answer.currency, xUnit: 'date' });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- texts change with the language only
  }, [answer, metric, title, language]);
  return <Chart option={option} label={`${title}: ${words(answer.columns[0]?.label)}`} height={290} />;
}

export function NewAndReturning({ answer }: { answer: Answer }) {
  const language = useLanguage();
  const { t } = useTranslation();
  const option = useMemo(() => {
    const pick = (name: string, text: string): Series[] =>
      seriesOf(onlyMetric(answer, name), () => text).filter((series) => !series.comparison);
    const series = [...pick('returning_customers', t('buyers.returning')), ...pick('new_customers', t('buyers.new'))];
    return barsOption(series, { language, xUnit: 'date', stacked: true });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- texts change with the language only
  }, [answer, language]);
  return <Chart option={option} label={t('buyers.title')} height={290} />;
}

export function IntervalCurve({ answer }: { answer: Answer }) {
  const language = useLanguage();
  const { t } = useTranslation();
  const interval = useMemo(() => intervalOf(answer), [answer]);
  const option = useMemo(() => {
    const shown = interval.days.map((day, index) => ({ day, value: interval.returned[index] ?? null })).filter(({ day }) => day <= 365);
    const nothing = shown.map(() => null);
    const series: Series = {
      name: t('interval.returned'), comparison: false, x: shown.map(({ day }) => String(day)), y: shown.map(({ value }) => value),
      column: { name: 'returned', unit: 'ratio', role: 'value', label: { en: '', zh: '' } },
      low: nothing, high: nothing, base: nothing,
    };
    const mark = interval.median === null ? undefined
      : { x: String(interval.median), text: t('interval.median', { days: formatValue(interval.median, 'days', { language }) }) };
    return curveOption([series], { language, xUnit: 'days', mark, floating: false });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- texts change with the language only
  }, [interval, language]);
  return (
    <>
      <Chart option={option} label={t('interval.title')} height={330} />
      {interval.median === null && <p className="hint">{t('interval.no_median')}</p>}
    </>
  );
}

/** Customers beside amount for each segment, and what to do with it. */
export function Segments({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const segments = segmentsOf(answer);
  const largest = Math.max(...segments.map((each) => Math.max(each.share, each.amountShare ?? 0)), 0.01);
  return (
    <ul className="segments">
      {segments.map((each) => (
        <li key={each.name}>
          <span className="segment-name">{each.name}</span>
          <span className="segment-bars" aria-hidden="true">
            <i className="bar-customers" style={{ width: `${(each.share / largest) * 100}%` }} />
            <i className="bar-amount" style={{ width: `${((each.amountShare ?? 0) / largest) * 100}%` }} />
          </span>
          <span className="segment-figures">
            <span><Figure value={each.customers} unit="count" /> <small>{t('segments.customers')}</small></span>
            <span><Figure value={each.amountShare} unit="ratio" /> <small>{t('segments.amount')}</small></span>
          </span>
          <span className="segment-action">{each.action}</span>
        </li>
      ))}
    </ul>
  );
}
