import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatValue } from '@/shared/figure/format';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { fileSize } from './files';
import { partOf, type Loader } from './loader';

/** A job as it goes on. */
export function Working({ loader, onCancel }: { loader: Extract<Loader, { stage: 'loading' }>; onCancel: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const { job, checked, cancelling } = loader;
  const title = job.command === 'demo' ? t('data.job.demo') : checked ? t('data.job.load', { name: checked.file.name }) : t('data.job.some');
  const part = partOf(job);
  const inBytes = job.unit.en === 'bytes';
  const shown = (value: number) => (inBytes ? fileSize(value) : formatValue(Math.round(value), 'count', { language }));
  const unit = inBytes ? '' : words(job.unit);
  const facts = [
    job.state === 'waiting' ? t('data.job.waiting') : words(job.stage),
    job.total > 0 ? t('data.job.amount', { done: shown(job.done), total: shown(job.total), unit }).trim() : '',
    job.rate !== null ? t('data.job.rate', { rate: shown(job.rate), unit }).replace(' /', '/') : '',
    job.seconds_left !== null ? t('data.job.left', { seconds: Math.ceil(job.seconds_left) }) : '',
  ].filter((fact) => fact !== '');
  return (
    <section className="panel work" aria-label={title} aria-busy="true">
      <h2 className="data-work-title">{title}</h2>
      <Progress percent={part ?? 100} status="active" showInfo={part !== null} className={part === null ? 'data-unknown' : undefined} aria-label={title} />
      <div className="work-line">
        <span role="status">{facts.join(' · ')}</span>
        <Button onClick={onCancel} loading={cancelling} disabled={cancelling}>{t(cancelling ? 'data.job.cancelling' : 'data.job.cancel')}</Button>
      </div>
      <p className="hint">{t('data.job.safe')}</p>
    </section>
  );
}
