import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { failureOf } from '@/shared/api/http';
import { Figure } from '@/shared/figure/Figure';
import { formatValue } from '@/shared/figure/format';
import { useLanguage, useWords } from '@/shared/i18n/language';
import type { Answer } from '@/shared/api/types';
import { shownName, withFileName } from './files';
import type { Loader } from './loader';
import { Message } from '@/shared/view/Message';
import { loadedFiles, totalOf, type Total } from './records';
import type { LoaderActions } from './use_loader';

type EndedLoader = Extract<Loader, { stage: 'ended' }>;

function Failed({ loader, actions }: { loader: EndedLoader; actions: LoaderActions }) {
  const { t } = useTranslation();
  const words = useWords();
  const { job, checked } = loader;
  const failure = job.failure;
  const cancelled = job.state === 'cancelled';
  const said = (text: string) => (checked ? withFileName(text, checked.upload, checked.file) : text);
  return (
    <section className="panel" aria-label={t('data.fail.title')}>
      <Message
        kind={cancelled ? 'info' : 'error'} title={t(cancelled ? 'data.fail.cancelled' : 'data.fail.title')}
        actions={<>
          <Button type="primary" onClick={actions.load}>{t('data.fail.again')}</Button>
          {checked && <Button onClick={actions.back}>{t('data.fail.back')}</Button>}
          <Button type="text" onClick={actions.reset}>{t('data.check.again')}</Button>
        </>}
      >
        {failure && !cancelled && <p>{said(words({ en: failure.message, zh: failure.message_zh }))}</p>}
        {failure && !cancelled && <p>{words({ en: failure.hint, zh: failure.hint_zh })}</p>}
        {checked && <p>{t('data.fail.file', { name: checked.file.name })}</p>}
      </Message>
    </section>
  );
}

function Noticed({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const words = useWords();
  const notes = answer.notes.filter((note) => note.code !== 'understood' && note.code !== 'written');
  if (notes.length === 0) return <p className="hint">{t('data.result.no_rules')}</p>;
  return (
    <div className="data-noticed">
      <h3>{t('data.result.rules')}</h3>
      <ul>{notes.map((note, index) => <li key={`${note.code}-${index}`}>{words(note)}</li>)}</ul>
    </div>
  );
}

function Sums({ total }: { total: Total }) {
  const { t } = useTranslation();
  return (
    <dl className="data-sums">
      {([['read', total.read], ['loaded', total.loaded], ['left', total.left]] as const).map(([name, value]) => (
        <div key={name} className={name === 'left' && value > 0 ? 'data-sum-left' : undefined}>
          <dt>{t(`data.result.${name}`)}</dt><dd><Figure value={value} unit="count" size="large" exact /></dd>
        </div>
      ))}
    </dl>
  );
}

function Shell({ title, children, actions }: { title: string; children: ReactNode; actions: ReactNode }) {
  return (
    <section className="panel data-result" aria-label={title} role="status">
      <h2>{title}</h2>
      {children}
      <div className="row-actions">{actions}</div>
    </section>
  );
}

/** What became of a load: figures that add up, what was noticed, and where to go from here. */
export function Ended({ loader, actions, onFindings }: { loader: EndedLoader; actions: LoaderActions; onFindings: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { job, checked } = loader;
  if (job.state !== 'done' || job.answer === null) {
    return <Failed loader={job.failure ? loader : { ...loader, job: { ...job, failure: job.state === 'cancelled' ? null : failureOf(null, 0).failure } }} actions={actions} />;
  }
  const files = loadedFiles(job.answer);
  const total = totalOf(files);
  const count = (value: number) => formatValue(value, 'count', { language, exact: true });
  const name = checked?.file.name ?? shownName(files[0]?.file ?? '');
  const again = <Button size="large" onClick={actions.reset}>{t('data.result.another')}</Button>;
  const overview = <Link className="button data-overview" to="/">{t('data.result.overview')}</Link>;
  if (files.length > 0 && files.every((file) => file.unchanged)) {
    return <Shell title={t('data.result.unchanged')} actions={<>{overview}{again}</>}><p>{t('data.result.unchanged_text', { name })}</p></Shell>;
  }
  if (total.loaded === 0) {
    return (
      <Shell title={t('data.result.nothing')} actions={<>{checked && <Button type="primary" size="large" onClick={actions.back}>{t('data.fail.back')}</Button>}{again}</>}>
        <Message kind="warning" title={t('data.result.nothing_text', { rows: count(total.read) })} />
        <Noticed answer={job.answer} />
      </Shell>
    );
  }
  const sentence = total.orders > 0 && total.first !== null
    ? t('data.result.sentence_orders', { orders: count(total.orders), customers: count(total.customers), fresh: count(total.fresh), first: total.first, last: total.last })
    : t('data.result.sentence_rows', { rows: count(total.loaded) });
  return (
    <Shell
      title={t(job.command === 'demo' ? 'data.result.demo' : 'data.result.title')}
      actions={<>{overview}{total.left > 0 && <Button size="large" onClick={onFindings}>{t('data.result.findings')}</Button>}{again}</>}
    >
      <p className="understood">{sentence}</p>
      <Sums total={total} />
      <p className="hint">{t('data.result.adds_up', { read: count(total.read), loaded: count(total.loaded), left: count(total.left) })}</p>
      <Noticed answer={job.answer} />
    </Shell>
  );
}
