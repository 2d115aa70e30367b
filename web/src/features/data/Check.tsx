import { Button, Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import { AnswerTable } from '@/shared/charts/AnswerTable';
import { formatValue } from '@/shared/figure/format';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { failureText, LoadingState } from '@/shared/view/States';
import { fileSize, withFileName } from './files';
import { mayLoad, type Checked } from './loader';
import { countOf, noCorrections, tables } from './mapping';
import { MappingTable } from './MappingTable';
import { Message } from './Message';
import { firstRows } from './rows';
import type { LoaderActions } from './use_loader';

/** What is missing or worth knowing before loading. */
function Remarks({ checked }: { checked: Checked }) {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const said = (text: string) => withFileName(text, checked.upload, checked.file);
  if (checked.error) {
    const { message, hint } = failureText(checked.error, language);
    return <Message kind="error" title={said(message)}>{said(hint)}</Message>;
  }
  return (
    <>
      {checked.seen.notes.map((note) => (note.code === 'incomplete'
        ? <Message key={note.code} kind="error" title={t('data.check.incomplete')}>{said(words(note))} {t('data.check.incomplete_hint')}</Message>
        : <Message key={note.code} kind="warning" title={said(words(note))} />))}
    </>
  );
}

function FirstRows({ checked }: { checked: Checked }) {
  const { t } = useTranslation();
  const rows = useAsk({
    command: 'preview', args: { files: checked.upload.path, mapping: checked.mapping, part: 'rows' }, lane: 'preview',
  }, countOf(checked.corrections));
  return (
    <Panel title={t('data.check.rows')} subtitle={t('data.check.rows_hint')} asked={rows.answer ? { ...rows, answer: { ...rows.answer, notes: [] } } : rows} withoutTable>
      {(answer) => <AnswerTable answer={firstRows(answer, t)} />}
    </Panel>
  );
}

/** The file as it was understood, to be corrected and loaded. */
export function Check({ checked, actions }: { checked: Checked; actions: LoaderActions }) {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const catalogue = useCatalogue();
  const ids = { table: useId(), source: useId() };
  const { seen, guessed, corrections } = checked;
  const changes = countOf(corrections);
  const rows = formatValue(seen.rows, 'count', { language });
  if (!catalogue.data) return <LoadingState height={240} />;
  const summary = corrections.table === null ? words(guessed.summary) : '';
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
            <label className="field-label" htmlFor={ids.table}>{t('data.check.table')}</label>
            <Select
              id={ids.table} value={corrections.table ?? guessed.table} popupMatchSelectWidth={false}
              options={tables.map((table) => ({ value: table, label: t(`data.table.${table}`) }))}
              onChange={(table: string) => actions.correct({ ...corrections, table: table === guessed.table ? null : table })}
            />
          </div>
          <div className="field">
            <label className="field-label" htmlFor={ids.source}>{t('data.check.source')}</label>
            <Input id={ids.source} value={checked.source} onChange={(event) => actions.source(event.target.value)} aria-describedby={`${ids.source}-hint`} />
            <small className="hint" id={`${ids.source}-hint`}>{t('data.check.source_hint')}</small>
          </div>
        </div>
        <p>{t('data.check.hint')}</p>
        <MappingTable seen={guessed} corrections={corrections} fields={catalogue.data.fields} onChange={actions.correct} />
        <div className="data-remarks" aria-live="polite"><Remarks checked={checked} /></div>
        <div className="row-actions">
          <Button type="primary" size="large" disabled={!mayLoad(checked)} onClick={actions.load}>{t('data.check.load', { rows })}</Button>
          {changes > 0 && <Button size="large" onClick={() => actions.correct(noCorrections)}>{t('data.check.undo')}</Button>}
          <Button size="large" type="text" onClick={actions.reset}>{t('data.check.again')}</Button>
          <span className="hint" role="status">{checked.busy ? t('data.check.checking') : changes > 0 ? t('data.check.changes', { count: changes }) : ''}</span>
        </div>
      </section>
      {!checked.busy && mayLoad(checked) && <FirstRows key={JSON.stringify(corrections)} checked={checked} />}
    </>
  );
}
