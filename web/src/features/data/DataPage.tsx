import { Steps } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '@/shared/api/hooks';
import { daysBetween } from '@/shared/state/date';
import { useGround } from '@/shared/state/scope';
import { Check } from './Check';
import { DropZone } from './DropZone';
import { Ended } from './Ended';
import { Findings } from './Findings';
import { History } from './History';
import { stepOf, steps, type Loader } from './loader';
import { Message } from '@/shared/view/Message';
import { loadedFiles, loadRecords } from './records';
import { Uploading } from './Uploading';
import { useLoader, type LoaderActions } from './use_loader';
import { Working } from './Working';
import './data.css';

/** Customers come back after weeks; orders of fewer days than this say little about it. */
const enoughDays = 60;

function Stage({ loader, actions, first, onFindings }: { loader: Loader; actions: LoaderActions; first: boolean; onFindings: (load: string | null) => void }) {
  switch (loader.stage) {
    case 'idle': return <DropZone first={first} error={loader.error} onFile={actions.start} onDemo={actions.demo} />;
    case 'checking': return <Check checked={loader.checked} actions={actions} />;
    case 'loading': return <Working loader={loader} onCancel={actions.cancel} />;
    case 'ended': {
      const files = loader.job.answer ? loadedFiles(loader.job.answer) : [];
      return <Ended loader={loader} actions={actions} onFindings={() => onFindings(files.length === 1 ? (files[0]?.id ?? null) : null)} />;
    }
    default: return <Uploading loader={loader} onResume={actions.resume} onReset={actions.reset} />;
  }
}

/** From a file of the shop to figures: choose, check what was understood, load, see what was found. */
export default function DataPage() {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const [loader, actions] = useLoader();
  const [chosen, setChosen] = useState<string | null>(null);
  const findings = useRef<HTMLDivElement>(null);
  const { dataVersion, first, last } = freshness;
  const loads = useAsk({ command: 'quality', args: { part: 'loads' }, lane: 'loads' }, dataVersion);
  const newest = loads.answer ? (loadRecords(loads.answer)[0]?.id ?? null) : null;
  const days = first && last ? daysBetween(first, last) + 1 : null;
  const look = (load: string | null) => {
    setChosen(load);
    findings.current?.scrollIntoView({ behavior: 'smooth', block: 'start' });
    findings.current?.focus({ preventScroll: true });
  };
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('data.title')}</h1><p>{t('data.subtitle')}</p></div></header>
      {loader.stage !== 'idle' && (
        <nav aria-label={t('data.steps.label')} className="data-steps">
          <Steps
            size="small" responsive={false} current={stepOf(loader)} status={loader.stage === 'paused' || loader.stage === 'unreadable' ? 'error' : undefined}
            items={steps.map((step) => ({ title: t(`data.steps.${step}`) }))}
          />
        </nav>
      )}
      <Stage loader={loader} actions={actions} first={first === null} onFindings={look} />
      {days !== null && days < enoughDays && loader.stage !== 'checking' && (
        <Message kind="warning" title={t('data.result.short', { days })}>{t('data.result.short_text')}</Message>
      )}
      {(newest !== null || loads.error) && (
        <>
          <History asked={loads} onLook={look} />
          <div ref={findings} tabIndex={-1} className="data-anchor">
            <Findings loads={loads} load={chosen} onLoad={setChosen} dataVersion={dataVersion} />
          </div>
        </>
      )}
    </div>
  );
}
