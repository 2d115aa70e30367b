import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAsk } from '@/shared/api/hooks';
import type { Job } from '@/shared/api/types';
import { useWords } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { ErrorState } from '@/shared/view/States';
import { Aside } from './Aside';
import { effectsOf, rulesOf } from './records';
import { Rules } from './Rules';
import { Score } from './Score';
import { useWork } from '@/shared/api/use_work';
import './quality.css';

const mostAside = 200;

function Running({ job }: { job: Job }) {
  const { t } = useTranslation();
  const words = useWords();
  const stage = words(job.stage);
  return (
    <p className="hint" role="status">
      {stage === '' ? t('quality.waiting') : t('quality.checking', { stage, done: job.done, total: job.total })}
    </p>
  );
}

/** How good the data are, what that does to the figures, and what was taken out of them. */
export default function QualityPage() {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const { dataVersion, currency } = freshness;
  const work = useWork();
  const busy = work.job !== null;
  const checks = useAsk({ command: 'quality score', args: {}, lane: 'quality' }, dataVersion);
  const found = useAsk({ command: 'quality rules', args: {}, lane: 'quality' }, dataVersion);
  const effects = useAsk({ command: 'quality effects', args: {}, lane: 'quality' }, dataVersion);
  const aside = useAsk({ command: 'quality aside', args: { limit: mostAside }, lane: 'quality' }, dataVersion);
  const rules = found.answer ? rulesOf(found.answer) : [];
  const checked = checks.answer !== null && checks.answer.rows.length > 0;
  const check = (
    <Button type="primary" loading={busy} onClick={() => work.start('quality check', {})}>{t(checked ? 'quality.again' : 'quality.check')}</Button>
  );
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('quality.title')}</h1><p>{t('quality.subtitle')}</p></div></header>
      {work.job && <Running job={work.job} />}
      {work.error && <ErrorState error={work.error} />}
      <Score asked={checks} rules={rules} action={check} />
      {checked && (
        <>
          <Rules
            asked={found.answer ? { ...found, answer: { ...found.answer, notes: [] } } : found} effects={effectsOf(effects.answer)} currency={currency}
            dataVersion={dataVersion} busy={busy} onQuarantine={(target) => work.start('quality quarantine', { target })}
            onFix={(args) => work.start('quality fix', args)}
          />
          <Aside asked={aside} rules={rules} busy={busy} onRelease={(target) => work.start('quality release', { target })} />
        </>
      )}
    </div>
  );
}
