import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useParams } from 'react-router-dom';
import { asNumber, asText, cellAt } from '@/shared/api/answer';
import { useAsk } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import type { Answer, Unit } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { EmptyState, ErrorState, LoadingState } from '@/shared/view/States';
import { Consent, Tags } from './Belongs';
import { Favourites, Keys, OwnRhythm } from './Beside';
import { Happenings } from './Happenings';
import { customerPath } from './records';
import { Segments } from './Segments';
import './customers.css';

function Crumbs({ name }: { name: string }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  return (
    <nav className="crumbs" aria-label={t('nav.crumbs')}>
      <Link to={{ pathname: '/customers', search }}>{t('customers.back')}</Link> <span aria-hidden="true">/</span> <span>{name}</span>
    </nav>
  );
}

/** The RFM segment compares with all customers, so it comes after the page; without one nothing is shown. */
function Segment({ id, status, dataVersion }: { id: string; status: string | undefined; dataVersion: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const asked = useAsk({ command: 'customer segment', args: { customer: `id:${id}`, status }, lane: 'customer-segment' }, dataVersion);
  if (asked.error) return null;
  if (asked.answer === null) return <li><span>{t('customers.segment')}</span> <span className="hint">{t('customers.segment_wait')}</span></li>;
  const answer = localise(asked.answer, language);
  const score = (name: string) => asNumber(cellAt(answer, 0, name)) ?? '—';
  return (
    <li title={asText(cellAt(answer, 0, 'next_action'))}>
      <span>{t('customers.segment')}</span> {asText(cellAt(answer, 0, 'segment'))} <span className="hint">{t('customers.scores', { r: score('r_score'), f: score('f_score'), m: score('m_score') })}</span>
    </li>
  );
}

function Head({ answer, id, segment }: { answer: Answer; id: string; segment: ReactNode }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const text = (name: string) => asText(cellAt(answer, 0, name));
  const name = text('name') || text('customer_key') || t('customers.unnamed', { id });
  const accounts = asNumber(cellAt(answer, 0, 'accounts')) ?? 1;
  const identity = new URLSearchParams(search);
  identity.set('customer', id);
  const facts = [text('name') && text('customer_key'), text('region'), text('channel')].filter(Boolean).join(' · ');
  return (
    <>
      <Crumbs name={name} />
      <header className="page-head">
        <div>
          <h1>{name}</h1>
          <p>
            {facts} {text('registered_on') && <span>{t('customers.since')} <Figure value={text('registered_on')} unit="date" /></span>}
            {accounts > 1 && <> · <Link to={{ pathname: '/identity', search: identity.toString() }}>{t('customers.accounts', { count: accounts })}</Link></>}
          </p>
        </div>
        <ul className="customers-marks">
          {text('stage') && <li><span>{t('customers.stage')}</span> {text('stage')}</li>}
          {text('activity') && <li><span>{t('customers.activity')}</span> {text('activity')}</li>}
          {segment}
        </ul>
      </header>
    </>
  );
}

interface Fact {
  label: string;
  name: string;
  unit: Unit;
  hint?: string;
}

/** What the person came to; nothing is a dash. */
function Figures({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const number = (name: string) => asNumber(cellAt(answer, 0, name));
  const of = (label: string, name: string, unit: Unit, hint?: string): Fact => ({ label: t(`customers.figure.${label}`), name, unit, hint });
  const complaints = number('complaints') ?? 0;
  const facts = [
    of('orders', 'orders', 'count', t('customers.figure.of_all', { count: number('all_orders') ?? 0 })), of('amount', 'amount_minor', 'minor'), of('mean', 'mean_amount_minor', 'minor'),
    of('silent', 'silent_days', 'days', asText(cellAt(answer, 0, 'last_on'))), of('refunds', 'refunded_minor', 'minor'), of('discount', 'discount_share', 'ratio'),
    of('tickets', 'tickets', 'count', complaints > 0 ? `${complaints} ${t('customers.figure.complaints')}` : undefined),
    of('nps', 'last_nps', 'number'), of('csat', 'last_csat', 'number'), of('events', 'events', 'count'),
  ];
  return (
    <div className="value-cards customers-figures">
      {facts.map((fact) => (
        <div className="value-card" key={fact.name}>
          <span className="value-card-label">{fact.label}</span>
          <Figure value={number(fact.name)} unit={fact.unit} currency={answer.currency} size="large" />
          {fact.hint && <span className="hint">{fact.hint}</span>}
        </div>
      ))}
    </div>
  );
}

function Person({ id }: { id: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { search } = useLocation();
  const { freshness, scope } = useGround();
  const status = scope?.state.status;
  const version = freshness.dataVersion;
  const asked = useAsk({ command: 'customer show', args: { customer: `id:${id}`, status }, lane: 'customer' }, version);
  if (asked.error?.failure.code === 'not_found') {
    return (
      <div className="page">
        <Crumbs name={id} />
        <EmptyState title={t('customers.missing')} text={t('customers.missing_hint')} action={<Link className="button" to="/customers">{t('customers.back')}</Link>} />
      </div>
    );
  }
  if (asked.error) return <div className="page"><Crumbs name={id} /><ErrorState error={asked.error} onRetry={asked.retry} /></div>;
  if (asked.answer === null) return <div className="page"><LoadingState height={320} /></div>;
  const answer = localise(asked.answer, language);
  const person = asText(cellAt(answer, 0, 'customer_id'));
  if (person !== id) return <Navigate to={{ pathname: customerPath(person), search }} replace />;
  const hasOrders = (asNumber(cellAt(answer, 0, 'orders')) ?? 0) > 0;
  return (
    <div className="page">
      <Head answer={answer} id={id} segment={hasOrders && <Segment id={id} status={status} dataVersion={version} />} />
      <Figures answer={answer} />
      <div className="grid">
        <div className="span-7"><Happenings id={id} dataVersion={version} /></div>
        <div className="span-5 customers-beside">
          {hasOrders ? <OwnRhythm id={id} dataVersion={version} status={status} profile={answer} /> : <EmptyState title={t('customers.no_orders')} text={t('customers.no_orders_hint')} />}
          {hasOrders && <Favourites id={id} dataVersion={version} status={status} />}
          <Segments id={id} dataVersion={version} />
          <Tags id={id} dataVersion={version} />
          <Consent id={id} dataVersion={version} />
          <Keys id={id} dataVersion={version} />
        </div>
      </div>
    </div>
  );
}

/** One person. A page of its own for each, so that nothing of the one before is ever shown. */
export default function CustomerPage() {
  const { id = '' } = useParams();
  return <Person key={id} id={id} />;
}
