import { Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { useAsk } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { WhyAnswer, withoutVerdict } from '@/shared/why/WhyAnswer';
import { memberPath, segmentsOf, staysOf, type Belonging } from './records';

interface Props {
  id: string;
  dataVersion: number;
}

/** Since when she is in the segment, and the stays before. */
function Stays({ id, name, dataVersion }: Props & { name: string }) {
  const { t } = useTranslation();
  const asked = useAsk({ command: 'segments history', args: { customer: `id:${id}` }, lane: 'customer-stays' }, dataVersion);
  const stays = asked.answer ? staysOf(asked.answer, name) : [];
  if (stays.length === 0) return null;
  return (
    <section aria-label={t('customers.segments.stays')}>
      <h3 className="group-title">{t('customers.segments.stays')}</h3>
      <ul className="customers-stays">
        {stays.map((stay) => (
          <li key={stay.came}>
            <Figure value={stay.came} unit="date" /> {stay.left === '' ? <b>{t('customers.segments.until_now')}</b> : <>{t('customers.segments.until')} <Figure value={stay.left} unit="date" /></>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why she is in a segment or not: the rule beside her own values. */
function Reasons({ id, dataVersion, name, onClose }: Props & { name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const asked = useAsk({ command: 'segments why', args: { rule: name, customer: `id:${id}` }, lane: 'customer-why' }, dataVersion);
  return (
    <Drawer open onClose={onClose} title={name} width="min(640px, 100vw)">
      <Panel
        title={t('customers.segments.why')} asked={withoutVerdict(asked)} withoutTable emptyTitle={t('reasons.not_known')} emptyText={t('reasons.not_known_hint')}
        actions={<Link className="tool" to={memberPath(name, search)}>{t('customers.segments.open_one')}</Link>}
      >
        {(answer) => <WhyAnswer answer={answer} />}
      </Panel>
      <Stays id={id} name={name} dataVersion={dataVersion} />
    </Drawer>
  );
}

function Names({ belongings, onWhy }: { belongings: Belonging[]; onWhy: (name: string) => void }) {
  const { t } = useTranslation();
  return (
    <ul className="customers-marks">
      {belongings.map(({ name, said, about, isBroken }) => (
        <li key={name} title={about}>
          {isBroken ? <><span>{said}</span> {name}</> : <button type="button" aria-label={t('customers.segments.why_in', { name })} onClick={() => onWhy(name)}>{name} <span className="hint">{t('customers.segments.why_short')}</span></button>}
        </li>
      ))}
    </ul>
  );
}

function Missed({ belongings, onWhy }: { belongings: Belonging[]; onWhy: (name: string) => void }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('customers.segments.near')}>
      <h3 className="group-title">{t('customers.segments.near')}</h3>
      <ul className="customers-missed">
        {belongings.map(({ name, missing }) => (
          <li key={name}>
            <span><b>{name}</b> <span className="hint">{t('customers.segments.lacks', { what: missing })}</span></span>
            <button type="button" className="tool" aria-label={t('customers.segments.why_out', { name })} onClick={() => onWhy(name)}>{t('customers.segments.why_short')}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The saved segments she is in now, those she misses by one condition, and why. */
export function Segments({ id, dataVersion }: Props) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const language = useLanguage();
  const [name, look] = useState<string | null>(null);
  const asked = useAsk({ command: 'segments of', args: { customer: `id:${id}`, near: true }, lane: 'customer-belongs' }, dataVersion);
  return (
    <>
      <Panel
        title={t('customers.segments.title')} subtitle={t('customers.segments.subtitle')} asked={asked}
        emptyTitle={t('customers.segments.none')} emptyText={t('customers.segments.none_hint')}
        emptyAction={<Link className="button" to={{ pathname: '/segments', search }}>{t('customers.segments.open')}</Link>}
      >
        {(answer) => {
          const all = segmentsOf(localise(answer, language), answer);
          const missed = all.filter((each) => each.missing !== '');
          return (
            <>
              <Names belongings={all.filter((each) => each.missing === '')} onWhy={look} />
              {missed.length > 0 && <Missed belongings={missed} onWhy={look} />}
            </>
          );
        }}
      </Panel>
      {name !== null && <Reasons id={id} dataVersion={dataVersion} name={name} onClose={() => look(null)} />}
    </>
  );
}
