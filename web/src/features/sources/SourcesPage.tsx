import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAsk } from '@/shared/api/hooks';
import { useWork } from '@/shared/api/use_work';
import { formatValue } from '@/shared/figure/format';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { useAddress } from '@/shared/state/use_address';
import { ErrorState } from '@/shared/view/States';
import type { Job } from '@/shared/api/types';
import { Runs } from './Runs';
import { SourceEditor } from './SourceEditor';
import { Sources } from './Sources';
import { useSync } from './use_sync';
import './sources.css';

/** A sync as it goes on. */
function Working({ job, cancelling, onCancel }: { job: Job; cancelling: boolean; onCancel: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const part = job.total > 0 ? Math.min(100, Math.floor((job.done / job.total) * 100)) : null;
  const done = `${formatValue(Math.round(job.done), 'count', { language })} ${words(job.unit)}`;
  return (
    <section className="panel work" aria-label={t('sources.working')} aria-busy="true">
      <Progress percent={part ?? 100} status="active" strokeColor={part === null ? '#b5d0c8' : undefined} showInfo={part !== null} aria-label={t('sources.working')} />
      <div className="work-line">
        <span role="status">{job.state === 'waiting' ? t('data.job.waiting') : `${words(job.stage)} · ${done}`}</span>
        <Button disabled={cancelling} onClick={onCancel}>{t(cancelling ? 'data.job.cancelling' : 'data.job.cancel')}</Button>
      </div>
    </section>
  );
}

function Overview({ onEdit, onAdd }: { onEdit: (name: string) => void; onAdd: () => void }) {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const sync = useSync();
  const removing = useWork();
  const list = useAsk({ command: 'sources list', args: {}, lane: 'sources' }, freshness.dataVersion);
  const runs = useAsk({ command: 'sources runs', args: {}, lane: 'sources' }, freshness.dataVersion);
  return (
    <div className="page">
      <header className="page-head">
        <div><h1>{t('sources.title')}</h1><p>{t('sources.subtitle')}</p></div>
        <Button size="large" onClick={onAdd}>{t('sources.form.add')}</Button>
      </header>
      {sync.job && <Working job={sync.job} cancelling={sync.cancelling} onCancel={sync.cancel} />}
      {sync.error && <ErrorState error={sync.error} />}
      {removing.error && <ErrorState error={removing.error} />}
      <Sources asked={list} busy={sync.job !== null || removing.job !== null} onSync={sync.start} onEdit={onEdit} onRemove={(name) => removing.start('sources remove', { name })} />
      <Runs asked={runs} />
    </div>
  );
}

/** Where data come from by themselves, and whether they are fresh. Which source is being described is in the address. */
export default function SourcesPage() {
  const [search, change] = useAddress();
  const edited = search.get('edit');
  const go = (to?: (next: URLSearchParams) => void) => change((next) => {
    next.delete('edit');
    next.delete('add');
    to?.(next);
  });
  if (edited !== null || search.has('add')) return <SourceEditor key={edited ?? ''} name={edited} onDone={() => go()} />;
  return <Overview onEdit={(name) => go((next) => next.set('edit', name))} onAdd={() => go((next) => next.set('add', '1'))} />;
}
