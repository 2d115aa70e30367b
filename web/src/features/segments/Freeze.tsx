import { Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/shared/api/use_work';
import { addDays, isDay } from '@/shared/state/date';
import { ErrorState } from '@/shared/view/States';
import { memberRule, type Saved } from './records';

interface FreezeProps {
  segment: Saved;
  /** All saved segments, to see a name that is taken and when the new one is there. */
  saved: Saved[];
  onClose: () => void;
  onOpen: (rule: string) => void;
}

function Done({ name, onOpen }: { name: string; onOpen: (rule: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="why-verdict why-holds" role="status">
      <p><strong>{t('segmenting.freeze.done', { name })}</strong></p>
      <p>{t('segmenting.freeze.done_hint')}</p>
      <p><Button onClick={() => onOpen(memberRule(name))}>{t('segmenting.freeze.see')}</Button></p>
    </div>
  );
}

/** Keeps who is in a segment on a day under a new name. */
export function Freeze({ segment, saved, onClose, onOpen }: FreezeProps) {
  const { t } = useTranslation();
  const work = useWork();
  const [as, setAs] = useState('');
  const [until, setUntil] = useState('');
  const [begun, begin] = useState<string | null>(null);
  const name = as.trim();
  const isDone = begun !== null && saved.some((each) => each.name === begun);
  const isTaken = !isDone && begun !== name && saved.some((each) => each.name === name);
  const freeze = () => {
    begin(name);
    work.start('segments freeze', { name: segment.name, as: name, as_of: isDay(until) ? addDays(until, 1) : undefined });
  };
  return (
    <Drawer open onClose={onClose} title={t('segmenting.freeze.title', { name: segment.name })} width="min(520px, 100vw)">
      <p>{t('segmenting.freeze.what')}</p>
      {isDone && begun !== null ? <Done name={begun} onOpen={onOpen} /> : (
        <form className="segments-form" onSubmit={(event) => { event.preventDefault(); freeze(); }}>
          <label>{t('segmenting.freeze.as')}<Input value={as} placeholder={t('segmenting.freeze.example', { name: segment.name })} status={isTaken ? 'error' : undefined} onChange={(event) => setAs(event.target.value)} /></label>
          {isTaken && <p role="alert" className="segments-mark">{t('segmenting.freeze.taken')}</p>}
          <label>{t('segmenting.freeze.until')}<input type="date" className="segments-date" value={until} onChange={(event) => setUntil(event.target.value)} /><span className="hint">{t('segmenting.freeze.until_hint')}</span></label>
          <Button type="primary" htmlType="submit" disabled={name === '' || isTaken} loading={work.job !== null}>{t('segmenting.freeze.do')}</Button>
        </form>
      )}
      {work.error && <ErrorState error={work.error} />}
    </Drawer>
  );
}
