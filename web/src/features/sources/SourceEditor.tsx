import { Button, Input, Select, Switch } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import type { Catalogue } from '@/shared/api/types';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { mayLoad } from '@/shared/mapping/mapping';
import { FirstRows, MappingEditor } from '@/shared/mapping/MappingEditor';
import { Message } from '@/shared/view/Message';
import { ErrorState, failureText, LoadingState } from '@/shared/view/States';
import { describedOf, emptyForm, isName, lackingParams, type Described } from './form';
import { Schedule } from './Schedule';
import { Settings } from './Settings';
import { useEditing, type Editing } from './use_editing';

interface FormProps {
  begun: Described;
  isNew: boolean;
  catalogue: Catalogue;
  onDone: (name: string | null) => void;
}

/** Whether it can be reached, and what its columns mean. */
function Tested({ editing, catalogue }: { editing: Editing; catalogue: Catalogue }) {
  const { t } = useTranslation();
  const { tested } = editing;
  if (tested === null) return null;
  if (tested.seen === null) return <Message kind="info" title={t('sources.form.nothing')} />;
  return (
    <>
      <section className="panel source-tested" aria-label={t('sources.form.columns')} aria-busy={editing.busy === 'test'}>
        <Message kind="good" title={t('sources.form.reached', { count: tested.seen.columns.length })} />
        <MappingEditor seen={tested.seen} wishes={tested.wishes} start={tested.start} fields={catalogue.fields} onChange={editing.correct} />
      </section>
      {mayLoad(tested.seen) && <FirstRows seen={tested.seen} />}
    </>
  );
}

function Form({ begun, isNew, catalogue, onDone }: FormProps) {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const id = useId();
  const editing = useEditing(begun);
  const { form, busy, tested, error, describe } = editing;
  const kind = catalogue.kinds.find((each) => each.name === form.kind);
  if (!kind) return null;
  const lacking = lackingParams(form, kind);
  const named = isName(form.name);
  const blocked = tested?.seen ? !mayLoad(tested.seen) : false;
  const failure = error && failureText(error, language);
  const missing = [...(named ? [] : [t('sources.form.name')]), ...lacking.map((param) => param.name)];
  return (
    <>
      <section className="panel source-form" aria-label={t(isNew ? 'sources.form.add' : 'sources.form.change', { name: begun.form.name })} aria-busy={busy !== null}>
        <div className="source-fields">
          <div className="field">
            <label className="field-label" htmlFor={`${id}-kind`}>{t('sources.form.kind')}</label>
            <Select
              id={`${id}-kind`} value={form.kind} disabled={!isNew} popupMatchSelectWidth={false} options={catalogue.kinds.map((each) => ({ value: each.name, label: words(each.title) }))}
              onChange={(next: string) => describe({ ...form, kind: next, settings: {}, secrets: {} })}
            />
            <small className="hint">{words(kind.method)}</small>
          </div>
          <div className="field">
            <label className="field-label" htmlFor={`${id}-name`}>{t('sources.form.name')}</label>
            <Input id={`${id}-name`} value={form.name} disabled={!isNew} status={form.name !== '' && !named ? 'error' : ''} onChange={(event) => describe({ ...form, name: event.target.value })} />
            <small className="hint">{t('sources.form.name_hint')}</small>
          </div>
        </div>
        <Settings kind={kind} form={form} kept={begun.kept} onChange={describe} />
        <div className="source-fields">
          <Schedule value={form.schedule} onChange={(schedule) => describe({ ...form, schedule })} />
          <div className="field">
            <label className="field-label" htmlFor={`${id}-system`}>{t('sources.form.system')}</label>
            <Input id={`${id}-system`} value={form.system} placeholder={form.name} onChange={(event) => describe({ ...form, system: event.target.value })} />
            <small className="hint">{t('sources.form.system_hint')}</small>
          </div>
          <div className="field">
            <span className="field-label" id={`${id}-enabled`}>{t('sources.form.enabled')}</span>
            <Switch checked={form.enabled} aria-labelledby={`${id}-enabled`} onChange={(enabled) => describe({ ...form, enabled })} />
          </div>
        </div>
        {failure && <Message kind="error" title={failure.message}>{failure.hint}</Message>}
        <div className="row-actions">
          <Button size="large" disabled={lacking.length > 0 || busy !== null} onClick={editing.test}>{t('sources.form.test')}</Button>
          <Button type="primary" size="large" disabled={missing.length > 0 || blocked || busy !== null} onClick={() => editing.save(() => onDone(form.name.trim()))}>{t('sources.form.save')}</Button>
          <Button type="text" size="large" onClick={() => onDone(null)}>{t('sources.form.back')}</Button>
          <span className="hint" role="status">
            {busy !== null ? t(`sources.form.${busy === 'test' ? 'testing' : 'saving'}`) : missing.length > 0 ? t('sources.form.missing', { names: missing.join(', ') }) : blocked ? t('sources.form.blocked') : !isNew && tested === null ? t('sources.form.again') : ''}
          </span>
        </div>
      </section>
      <Tested editing={editing} catalogue={catalogue} />
    </>
  );
}

/** A source to be added, or one that is there to be changed. */
export function SourceEditor({ name, onDone }: { name: string | null; onDone: (name: string | null) => void }) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const shown = useAsk(name === null ? null : { command: 'sources show', args: { name, part: 'settings' }, lane: 'sources' }, 0);
  if (shown.error) return <ErrorState error={shown.error} onRetry={shown.retry} />;
  if (!catalogue.data || (name !== null && (shown.answer === null || shown.loading))) return <LoadingState height={320} />;
  const begun = name === null || shown.answer === null ? { form: emptyForm, kept: [], mapping: '', obeyed: '' } : describedOf(name, shown.answer);
  return (
    <div className="page">
      <header className="page-head"><div><h1>{name === null ? t('sources.form.add') : t('sources.form.change', { name })}</h1><p>{t('sources.form.subtitle')}</p></div></header>
      <Form key={name ?? ''} begun={begun} isNew={name === null} catalogue={catalogue.data} onDone={onDone} />
    </div>
  );
}
