import { Button, Drawer } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, type Asked } from '@/shared/api/hooks';
import { useWork } from '@/shared/api/use_work';
import type { Answer } from '@/shared/api/types';
import { AnswerTable } from '@/shared/charts/AnswerTable';
import { AnswerView } from '@/shared/charts/AnswerView';
import { Figure } from '@/shared/figure/Figure';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import { EmptyState, ErrorState } from '@/shared/view/States';
import { daysOf, movedOf, movedParts, moversOf, withoutNotes, type MovedPart } from './records';

const most = 1000;

/** How many were in it, as each refresh found it. */
function Sizes({ asked, action }: { asked: Asked; action: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('segmenting.moves.sizes')} subtitle={t('segmenting.moves.sizes_hint')} asked={withoutNotes(asked, ['nothing'])} actions={action} height={200}
      emptyTitle={t('segmenting.moves.none')} emptyText={t('segmenting.moves.none_hint')}
    >
      {(answer) => <AnswerView answer={{ ...answer, view: answer.rows.length > 1 ? 'curve' : 'bars' }} title={t('segmenting.moves.sizes')} height={200} />}
    </Panel>
  );
}

/** The counts; those who came and those who left lead to their lists. */
function Found({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const [open, look] = useState<'came' | 'left'>('came');
  const counts = movedOf(answer);
  const list = moversOf(answer, open);
  const card = (part: MovedPart) => <><span className="value-card-label">{t(`segmenting.moves.${part}`)}</span><Figure value={counts[part]} unit="count" size="large" exact /></>;
  return (
    <>
      <div className="segments-moved">
        {movedParts.map((part) => (part === 'came' || part === 'left'
          ? <button key={part} type="button" className="value-card" aria-pressed={open === part} onClick={() => look(part)}>{card(part)}</button>
          : <div key={part} className="value-card">{card(part)}</div>))}
      </div>
      <section aria-label={t(`segmenting.moves.list_${open}`)}>
        <h3 className="group-title">{t(`segmenting.moves.list_${open}`)}</h3>
        {list.rows.length === 0 ? <p className="hint">{t('segmenting.moves.nobody')}</p> : <AnswerTable answer={list} />}
        {(counts[open] ?? 0) > list.rows.length && list.rows.length > 0 && <p className="hint">{t('segmenting.moves.first_rows', { count: list.rows.length })}</p>}
      </section>
    </>
  );
}

interface BetweenProps {
  name: string;
  first: string;
  last: string;
}

/** From the end of one day to the end of another. */
function Between({ name, first, last }: BetweenProps) {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
  const isForward = from !== '' && from < to;
  const asked = useAsk(isForward ? { command: 'segments moved', args: { name, from, to, limit: most }, lane: 'segment_moved', abandon: true } : null, freshness.dataVersion);
  return (
    <>
      <section className="panel" aria-label={t('segmenting.moves.between_hint')}>
        <div className="segments-days">
          <label>{t('segmenting.moves.from')}<input type="date" className="segments-date" value={from} min={first} onChange={(event) => setFrom(event.target.value)} /></label>
          <label>{t('segmenting.moves.to')}<input type="date" className="segments-date" value={to} min={first} aria-invalid={!isForward} onChange={(event) => setTo(event.target.value)} /></label>
        </div>
        {!isForward && <p role="alert" className="segments-mark">{t('segmenting.moves.backwards')}</p>}
      </section>
      {isForward && (
        <Panel title={t('segmenting.moves.between')} subtitle={t('segmenting.moves.between_hint')} asked={withoutNotes(asked, ['first_rows'])} withoutTable>
          {(answer) => <Found answer={answer} />}
        </Panel>
      )}
    </>
  );
}

/** The life of a saved segment: its size over time, and who came and left between two days. */
export function Moves({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const work = useWork();
  const { freshness } = useGround();
  const asked = useAsk({ command: 'segments moves', args: { name }, lane: 'segment_moves' }, freshness.dataVersion);
  const days = asked.answer && !asked.error ? daysOf(asked.answer) : null;
  const isBusy = work.job !== null;
  const again = <Button size="small" loading={isBusy} onClick={() => work.start('segments refresh', { name })}>{t(isBusy ? 'segmenting.moves.refreshing' : 'segmenting.moves.refresh')}</Button>;
  return (
    <Drawer open onClose={onClose} title={t('segmenting.moves.one', { name })} width="min(820px, 100vw)">
      <div className="segments-drawer">
        <Sizes asked={asked} action={again} />
        {work.error && <ErrorState error={work.error} />}
        {days !== null && (days.first === days.last
          ? <EmptyState title={t('segmenting.moves.one_day')} text={t('segmenting.moves.one_day_hint')} />
          : <Between key={`${days.first} ${days.last}`} name={name} first={days.first} last={days.last} />)}
      </div>
    </Drawer>
  );
}
