import { Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { surveysOf, wholeLink, type Survey } from './records';

interface Acts {
  busy: boolean;
  chosen: string | null;
  onShow: (survey: Survey) => void;
  onClose: (survey: Survey) => void;
  onPoster: (survey: Survey) => void;
  onAsk: (survey: Survey) => void;
}

/** A browser gives the clipboard to safe addresses only; elsewhere the link is there to be marked. */
function CopyLink({ link, title }: { link: string; title: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(link).then(() => setCopied(true), () => undefined);
  return (
    <span className="surveys-link">
      <Input readOnly value={link} aria-label={t('surveys.link_of', { title })} onFocus={(event) => event.target.select()} />
      {navigator.clipboard && <Button onClick={copy} aria-label={t('surveys.copy_of', { title })}>{t(copied ? 'surveys.copied' : 'surveys.copy')}</Button>}
    </span>
  );
}

function Line({ survey, busy, chosen, onShow, onClose, onPoster, onAsk }: Acts & { survey: Survey }) {
  const { t } = useTranslation();
  const { title } = survey;
  return (
    <li>
      <span className="surveys-name">
        <button type="button" className="tool" aria-pressed={chosen === survey.id} onClick={() => onShow(survey)}>{title}</button>
        <small>{t(`surveys.kind.${survey.kind}`)}{survey.isOpen ? '' : ` · ${t('surveys.closed')}`}</small>
      </span>
      <dl className="surveys-figures">
        <div><dt>{t('surveys.answers')}</dt><dd><Figure value={survey.answers} unit="count" /></dd></div>
        <div><dt>{t('surveys.sent')}</dt><dd><Figure value={survey.links} unit="count" /></dd></div>
        <div><dt>{t('surveys.opened')}</dt><dd><Figure value={survey.opened} unit="count" /></dd></div>
        <div><dt>{t('surveys.rate')}</dt><dd><Figure value={survey.rate} unit="ratio" /></dd></div>
      </dl>
      {survey.isOpen && <CopyLink link={wholeLink(survey.link, window.location.origin)} title={title} />}
      {survey.isOpen && (
        <span className="surveys-acts">
          <button type="button" className="tool" aria-label={t('surveys.poster.one', { title })} onClick={() => onPoster(survey)}>{t('surveys.poster.act')}</button>
          <button type="button" className="tool" aria-label={t('surveys.ask.one', { title })} onClick={() => onAsk(survey)}>{t('surveys.ask.act')}</button>
          <Popconfirm title={t('surveys.sure', { title })} okText={t('surveys.close')} cancelText={t('surveys.keep')} onConfirm={() => onClose(survey)}>
            <button type="button" className="tool" disabled={busy} aria-label={t('surveys.close_one', { title })}>{t('surveys.close')}</button>
          </Popconfirm>
        </span>
      )}
    </li>
  );
}

/** The surveys there are, newest first, each with its open link and how many answered. */
export function List({ asked, ...acts }: Acts & { asked: Asked }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const quiet = asked.answer === null ? asked : { ...asked, answer: { ...asked.answer, notes: [] } };
  return (
    <Panel title={t('surveys.list')} subtitle={t('surveys.list_hint')} asked={quiet} emptyTitle={t('surveys.none')} emptyText={t('surveys.none_hint')} withoutTable>
      {(answer) => (
        <ul className="surveys-list">
          {surveysOf(localise(answer, language)).map((survey) => <Line key={survey.id} survey={survey} {...acts} />)}
        </ul>
      )}
    </Panel>
  );
}
