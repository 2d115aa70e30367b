import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '@/shared/api/hooks';
import { formatValue } from '@/shared/figure/format';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { countOf } from '@/shared/mapping/mapping';
import { FirstRows, MappingEditor } from '@/shared/mapping/MappingEditor';
import { Message } from '@/shared/view/Message';
import { failureText, LoadingState } from '@/shared/view/States';
import { fileSize, withFileName } from './files';
import { mayLoad, type Checked } from './loader';
import type { LoaderActions } from './use_loader';

/** The file as it was understood, to be corrected and loaded. */
export function Check({ checked, actions }: { checked: Checked; actions: LoaderActions }) {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const catalogue = useCatalogue();
  const source = useId();
  const { seen, wishes, start } = checked;
  const changes = countOf(wishes, start);
  const rows = formatValue(seen.rows, 'count', { language });
  if (!catalogue.data) return <LoadingState height={240} />;
  const summary = wishes.head.table === undefined ? words(seen.summary) : '';
  const said = (text: string) => withFileName(text, checked.upload, checked.file);
  const failure = checked.error && failureText(checked.error, language);
  return (
    <>
      <section className="panel data-check" aria-label={t('data.check.title')} aria-busy={checked.busy}>
        <header>
          <h2>{t('data.check.title')}</h2>
          <p className="understood">{summary ? t('data.check.lead', { name: checked.file.name, summary }) : checked.file.name}</p>
          <p className="hint">{t('data.check.facts', { rows, size: fileSize(seen.bytes), encoding: seen.encoding })}</p>
        </header>
        <div className="data-fields">
          <div className="field">
            <label className="field-label" htmlFor={source}>{t('data.check.source')}</label>
            <Input id={source} value={checked.source} onChange={(event) => actions.source(event.target.value)} aria-describedby={`${source}-hint`} />
            <small className="hint" id={`${source}-hint`}>{t('data.check.source_hint')}</small>
          </div>
        </div>
        <MappingEditor seen={seen} wishes={wishes} start={start} fields={catalogue.data.fields} onChange={actions.correct} said={said} />
        {failure && <Message kind="error" title={said(failure.message)}>{said(failure.hint)}</Message>}
        <div className="row-actions">
          <Button type="primary" size="large" disabled={!mayLoad(checked)} onClick={actions.load}>{t('data.check.load', { rows })}</Button>
          {changes > 0 && <Button size="large" onClick={() => actions.correct(start)}>{t('mapping.undo')}</Button>}
          <Button size="large" type="text" onClick={actions.reset}>{t('data.check.again')}</Button>
          <span className="hint" role="status">{checked.busy ? t('mapping.checking') : changes > 0 ? t('mapping.changes', { count: changes }) : ''}</span>
        </div>
      </section>
      {!checked.busy && mayLoad(checked) && <FirstRows seen={seen} />}
    </>
  );
}
