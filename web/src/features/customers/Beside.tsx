import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asNumber, asText, cellAt } from '@/shared/api/answer';
import { useAsk, type Asked } from '@/shared/api/hooks';
import type { Answer } from '@/shared/api/types';
import { AnswerView } from '@/shared/charts/AnswerView';
import { Figure } from '@/shared/figure/Figure';
import { Panel } from '@/shared/view/Panel';
import { favouriteKinds, favouritesOf } from './records';

interface PersonProps {
  id: string;
  dataVersion: number;
}

interface CountedProps extends PersonProps {
  /** Which orders count, as everywhere on the screen. */
  status: string | undefined;
}

/** Without the notes that stand on the head of the page already. */
function quiet(asked: Asked): Asked {
  return asked.answer ? { ...asked, answer: { ...asked.answer, notes: [] } } : asked;
}

function Next({ profile }: { profile: Answer }) {
  const { t } = useTranslation();
  const date = (name: string) => asText(cellAt(profile, 0, name));
  const number = (name: string) => asNumber(cellAt(profile, 0, name));
  const own = profile.notes.find((note) => note.code === 'own_gaps' || note.code === 'few_gaps');
  const { i18n } = useTranslation();
  const overdue = (number('silent_days') ?? 0) > Math.ceil(number('gap_days_p75') ?? Infinity);
  return (
    <>
      <dl className="facts">
        {date('next_on') !== '' && (
          <div>
            <dt>{t(overdue ? 'customers.rhythm.overdue' : 'customers.rhythm.next')}</dt>
            <dd><strong><Figure value={date('next_on')} unit="date" /></strong> <span className="hint">{t('customers.rhythm.between', { from: date('next_from'), to: date('next_to') })}</span></dd>
          </div>
        )}
        <div>
          <dt>{t('customers.rhythm.median')}</dt>
          <dd><Figure value={number('gap_days_p50')} unit="days" low={number('gap_days_p25')} high={number('gap_days_p75')} base={number('gaps')} /></dd>
        </div>
        <div><dt>{t('customers.rhythm.silence')}</dt><dd><Figure value={number('silent_days')} unit="days" /></dd></div>
        {number('outlasted_share') !== null && (
          <div><dt><Figure value={number('outlasted_share')} unit="ratio" /></dt><dd className="hint">{t('customers.rhythm.outlasted')}</dd></div>
        )}
      </dl>
      {own && <p className="hint">{i18n.language === 'zh' ? own.zh : own.en}</p>}
    </>
  );
}

/** The gaps between purchases as a curve, and what they say of the next one. */
export function OwnRhythm({ id, dataVersion, status, profile }: CountedProps & { profile: Answer }) {
  const { t } = useTranslation();
  const asked = useAsk({ command: 'customer gaps', args: { customer: `id:${id}`, status }, lane: 'customer-beside' }, dataVersion);
  return (
    <Panel
      title={t('customers.rhythm.title')} subtitle={t('customers.rhythm.subtitle')} asked={quiet(asked)} height={220}
      emptyTitle={t('customers.rhythm.none')} emptyText={t('customers.rhythm.none_hint')}
    >
      {(answer) => (
        <>
          <Next profile={profile} />
          {answer.rows.length > 1 && <AnswerView answer={{ ...answer, view: 'bars' }} title={t('customers.rhythm.gap')} height={190} />}
        </>
      )}
    </Panel>
  );
}

export function Favourites({ id, dataVersion, status }: CountedProps) {
  const { t } = useTranslation();
  const asked = useAsk({ command: 'customer favourites', args: { customer: `id:${id}`, status }, lane: 'customer-beside' }, dataVersion);
  return (
    <Panel
      title={t('customers.favourites.title')} subtitle={t('customers.favourites.subtitle')} asked={quiet(asked)}
      emptyTitle={t('customers.favourites.none')} emptyText={t('customers.favourites.none_hint')}
    >
      {(answer) => {
        const all = favouritesOf(answer);
        return (
          <div className="customers-favourites">
            {favouriteKinds.filter((kind) => all.some((each) => each.kind === kind)).map((kind) => (
              <section key={kind} aria-label={t(`customers.favourites.${kind}`)}>
                <h3>{t(`customers.favourites.${kind}`)}</h3>
                <ol>
                  {all.filter((each) => each.kind === kind).map((each) => (
                    <li key={each.key}>
                      <span title={each.key}>{each.name || each.key}</span>
                      <Figure value={each.share} unit="ratio" base={each.orders} />
                    </li>
                  ))}
                </ol>
              </section>
            ))}
          </div>
        );
      }}
    </Panel>
  );
}

/** Keys of all accounts, masked until somebody asks for them. */
export function Keys({ id, dataVersion }: PersonProps) {
  const { t } = useTranslation();
  const [revealed, setRevealed] = useState(false);
  const asked = useAsk({ command: 'customer keys', args: { customer: `id:${id}`, reveal: revealed ? true : null }, lane: 'customer-keys' }, dataVersion);
  const toggle = (
    <button type="button" className="tool" aria-pressed={revealed} onClick={() => setRevealed(!revealed)}>
      {t(revealed ? 'customers.keys.mask' : 'customers.keys.reveal')}
    </button>
  );
  return (
    <Panel
      title={t('customers.keys.title')} subtitle={revealed ? undefined : t('customers.keys.subtitle')} asked={quiet(asked)} actions={toggle} withoutTable
      emptyTitle={t('customers.keys.none')} emptyText={t('customers.keys.none_hint')}
    >
      {(answer) => (
        <dl className="facts">
          {answer.rows.map((_, row) => (
            <div key={row}>
              <dt>{t(`identity.kind.${asText(cellAt(answer, row, 'kind'))}`)}</dt>
              <dd><code>{asText(cellAt(answer, row, 'key'))}</code></dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
