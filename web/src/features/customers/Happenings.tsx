import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asNumber, asText, cellAt } from '@/shared/api/answer';
import { useAsk } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import type { Answer } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { ErrorState, LoadingState } from '@/shared/view/States';
import { blocksOf, happeningsOf, hasMore, type Happening } from './records';

const pageRows = 60;

interface PersonProps {
  id: string;
  dataVersion: number;
}

/** The products of one order, asked when it is opened. */
function Lines({ id, dataVersion, order }: PersonProps & { order: string }) {
  const { t } = useTranslation();
  const asked = useAsk({ command: 'customer lines', args: { customer: `id:${id}`, order }, lane: 'customer-lines' }, dataVersion);
  if (asked.error) return <ErrorState error={asked.error} onRetry={asked.retry} />;
  const { answer } = asked;
  if (answer === null) return <LoadingState height={40} />;
  if (answer.rows.length === 0) return <p className="hint">{t('customers.timeline.no_lines')}</p>;
  return (
    <ul className="customers-lines" aria-label={t('customers.timeline.bought')}>
      {answer.rows.map((_, row) => (
        <li key={asText(cellAt(answer, row, 'line_number'))}>
          <span>{asText(cellAt(answer, row, 'product')) || asText(cellAt(answer, row, 'product_key')) || asText(cellAt(answer, row, 'category')) || '—'}</span>
          <span>× <Figure value={asNumber(cellAt(answer, row, 'quantity'))} unit="number" exact /></span>
          <Figure value={asNumber(cellAt(answer, row, 'net_minor'))} unit="minor" currency={answer.currency} exact />
        </li>
      ))}
    </ul>
  );
}

function OrderFacts({ one, currency }: { one: Happening; currency: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Figure value={one.amount} unit="minor" currency={currency} exact />
      {one.refund !== null && one.refund > 0 && (
        <span className="customers-warn">{t('customers.timeline.refund')} <Figure value={one.refund} unit="minor" currency={currency} exact /></span>
      )}
    </>
  );
}

interface OneProps extends PersonProps {
  one: Happening;
  currency: string;
}

function One({ one, currency, id, dataVersion }: OneProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const isOrder = one.kind === 'order' || one.kind === 'aside';
  return (
    <li className={`customers-${one.kind}`}>
      <div className="customers-line">
        <Figure value={one.at} unit="time" />
        <strong>{t(`customers.timeline.${one.kind}`)}</strong>
        <span>{one.title}</span>
        {isOrder && <OrderFacts one={one} currency={currency} />}
        {one.score !== null && <span>{t('customers.timeline.score')} <Figure value={one.score} unit="number" /></span>}
        {one.minutes !== null && <span className="hint">{t('customers.timeline.minutes', { minutes: one.minutes })}</span>}
        <span className="hint">{one.place}</span>
        {one.kind === 'order' && (
          <button type="button" className="tool" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('customers.timeline.lines', { count: one.lines ?? 0 })}
          </button>
        )}
      </div>
      {one.detail !== '' && <p className="customers-detail">{one.detail}</p>}
      {one.findings !== '' && <p className="customers-warn">{one.findings}</p>}
      {open && <Lines id={id} dataVersion={dataVersion} order={one.key} />}
    </li>
  );
}

function Events({ events }: { events: Happening[] }) {
  const { t } = useTranslation();
  const first = events[0];
  if (!first) return null;
  const names = [...new Set(events.map((event) => event.title))].slice(0, 4).join(', ');
  return (
    <li className="customers-event">
      <details>
        <summary className="customers-line">
          <Figure value={first.at} unit="time" />
          <strong>{t('customers.timeline.events', { count: events.length })}</strong>
          <span>{names}</span>
        </summary>
        <ul className="customers-lines">
          {events.map((event) => (
            <li key={event.key}><Figure value={event.at} unit="time" /><span>{event.title}</span><span className="hint">{[event.detail, event.place].filter(Boolean).join(' · ')}</span></li>
          ))}
        </ul>
      </details>
    </li>
  );
}

/** One page of the line; the next one is asked when it is wanted. */
function Part({ answer, id, dataVersion }: PersonProps & { answer: Answer }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [further, setFurther] = useState(false);
  const happenings = happeningsOf(localise(answer, language));
  const last = happenings.at(-1);
  return (
    <>
      <ol className="customers-timeline">
        {blocksOf(happenings).map((block) => (block.kind === 'one'
          ? <One key={`${block.one.kind}-${block.one.key}`} one={block.one} currency={answer.currency} id={id} dataVersion={dataVersion} />
          : <Events key={`events-${block.events[0]?.key}`} events={block.events} />))}
      </ol>
      {last && hasMore(answer) && !further && (
        <button type="button" className="tool" onClick={() => setFurther(true)}>{t('customers.timeline.more')}</button>
      )}
      {last && further && <Earlier id={id} dataVersion={dataVersion} before={last.at} />}
    </>
  );
}

function Earlier({ id, dataVersion, before }: PersonProps & { before: string }) {
  const asked = useAsk({ command: 'customer timeline', args: { customer: `id:${id}`, limit: pageRows, before }, lane: 'customer-timeline' }, dataVersion);
  if (asked.error) return <ErrorState error={asked.error} onRetry={asked.retry} />;
  return asked.answer === null ? <LoadingState height={80} /> : <Part answer={asked.answer} id={id} dataVersion={dataVersion} />;
}

/** Orders, events, tickets and surveys of one person on one line of time. */
export function Happenings({ id, dataVersion }: PersonProps) {
  const { t } = useTranslation();
  const asked = useAsk({ command: 'customer timeline', args: { customer: `id:${id}`, limit: pageRows }, lane: 'customer-timeline' }, dataVersion);
  const quiet = asked.answer ? { ...asked, answer: { ...asked.answer, notes: [] } } : asked;
  const { answer } = asked;
  return (
    <Panel
      title={t('customers.timeline.title')} subtitle={t('customers.timeline.subtitle')} asked={quiet} height={320}
      emptyTitle={t('customers.timeline.none')} emptyText={t('customers.timeline.none_hint')}
    >
      {() => answer && <Part answer={answer} id={id} dataVersion={dataVersion} />}
    </Panel>
  );
}
