import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n/language';
import { failureText } from '@/shared/view/States';
import { fileSize, withFileName } from './files';
import type { Loader } from './loader';
import { Message } from '@/shared/view/Message';

type Sending = Extract<Loader, { stage: 'uploading' | 'paused' | 'looking' | 'unreadable' }>;

/** A file on its way to the program, and what to do where that stops. */
export function Uploading({ loader, onResume, onReset }: { loader: Sending; onResume: () => void; onReset: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { file, stage } = loader;
  const sent = 'sent' in loader ? loader.sent : file.size;
  const amount = { sent: fileSize(sent), total: fileSize(file.size) };
  const percent = file.size === 0 ? 100 : Math.floor((sent / file.size) * 100);
  const failure = 'error' in loader ? failureText(loader.error, language) : null;
  const said = (text: string) => ('upload' in loader ? withFileName(text, loader.upload, file) : text);
  const title = t(stage === 'looking' ? 'data.upload.looking' : 'data.upload.title', { name: file.name });
  if (failure === null) {
    return (
      <section className="panel work" aria-label={title} aria-busy="true">
        <h2 className="data-work-title">{title}</h2>
        <Progress percent={percent} status="active" showInfo={false} aria-label={title} />
        <div className="work-line"><span role="status">{t('data.upload.amount', amount)}</span><Button onClick={onReset}>{t('data.job.cancel')}</Button></div>
      </section>
    );
  }
  const paused = stage === 'paused';
  return (
    <section className="panel work" aria-label={file.name}>
      {paused && <Progress percent={percent} status="exception" showInfo={false} aria-label={t('data.upload.paused', amount)} />}
      <Message
        kind="error" title={paused ? `${t('data.upload.paused', amount)}${language === 'zh' ? '：' : ': '}${failure.message}` : said(failure.message)}
        actions={<>
          <Button type={paused ? 'primary' : 'default'} onClick={onResume}>{t(paused ? 'data.upload.resume' : 'data.fail.again')}</Button>
          <Button type={paused ? 'default' : 'primary'} onClick={onReset}>{t('data.check.again')}</Button>
        </>}
      >
        <p>{said(failure.hint)}</p>
        <p>{t(paused ? 'data.upload.kept' : 'data.fail.file', { name: file.name })}</p>
      </Message>
    </section>
  );
}
