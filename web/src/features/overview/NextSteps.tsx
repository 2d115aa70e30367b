import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { Figure } from '@/shared/figure/Figure';
import { formatValue } from '@/shared/figure/format';
import { useLanguage } from '@/shared/i18n/language';
import type { NextStep } from './next_steps';

function Step({ step, definition, currency }: { step: NextStep; definition: string; currency: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { search } = useLocation();
  const show = (value: number | null, unit: Parameters<typeof formatValue>[1]) => formatValue(value, unit, { language, currency });
  if (step.kind === 'look_at_rate') {
    return (
      <li className="step step-urgent">
        <Link to={{ pathname: `/metrics/${definition}`, search }}>
          <span className="step-verb">{t('step.look_at_rate.verb')}</span>
          <Figure value={step.now - step.before} unit="points" signed size="large" />
          <span className="step-why">{t('step.look_at_rate.why', { before: show(step.before, 'ratio') })}</span>
        </Link>
      </li>
    );
  }
  const { segment } = step;
  const numbers = {
    name: segment.name,
    customers: show(segment.customers, 'count'),
    amount: show(segment.amountShare, 'ratio'),
    share: show(segment.share, 'ratio'),
    days: show(segment.daysSinceLastOrder === null ? null : Math.round(segment.daysSinceLastOrder), 'days'),
    late: step.kind === 'win_back' ? show(Math.round(step.late), 'days') : '',
    median: step.kind !== 'keep' ? show(step.median, 'days') : '',
  };
  return (
    <li className={`step step-${step.kind}`}>
      <Link to={{ pathname: '/analyses/rfm', search }}>
        <span className="step-verb">{t(`step.${step.kind}.verb`)}</span>
        <span className="step-who"><Figure value={segment.customers} unit="count" size="large" /> <em>{segment.name}</em></span>
        <span className="step-why">{t(`step.${step.kind}.why`, numbers)}</span>
        {segment.action && <span className="step-do">{segment.action}</span>}
      </Link>
    </li>
  );
}

/** The lines that answer "and what now?", computed from the figures below them. */
export function NextSteps({ steps, definition, currency }: { steps: NextStep[]; definition: string; currency: string }) {
  const { t } = useTranslation();
  if (steps.length === 0) return null;
  return (
    <section className="next" aria-label={t('step.title')}>
      <h2>{t('step.title')}</h2>
      <ol>{steps.map((step) => <Step key={step.kind} step={step} definition={definition} currency={currency} />)}</ol>
    </section>
  );
}
