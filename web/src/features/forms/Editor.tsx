import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '@/shared/api/batch';
import type { ApiError } from '@/shared/api/http';
import { asApiError } from '@/shared/api/run_job';
import { ErrorState } from '@/shared/view/States';
import { FieldInput } from './FieldInput';
import { issuesOf, valuesOf, type Draft, type Field, type Issue } from './records';

interface EditorProps {
  form: string;
  fields: Field[];
  /** 0: a new one. */
  entry: number;
  start: Draft;
  busy: boolean;
  onSave: (values: string[]) => void;
  onCancel: () => void;
}

const pauseMilliseconds = 350;

/** What is wrong with a draft, asked once the person pauses. */
function useIssues({ form, fields, entry }: EditorProps, draft: Draft): { issues: Issue[]; error: ApiError | null; checked: boolean } {
  const [found, setFound] = useState<{ draft: Draft; issues: Issue[]; error: ApiError | null }>({ draft: {}, issues: [], error: null });
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(() => {
      const args = { form, values: valuesOf(fields, draft), ...(entry === 0 ? {} : { entry }) };
      ask({ command: 'forms check', args, lane: 'forms check' })
        .then((answer) => { if (!gone) setFound({ draft, issues: issuesOf(answer), error: null }); })
        .catch((reason: unknown) => { if (!gone) setFound({ draft, issues: [], error: asApiError(reason) }); });
    }, pauseMilliseconds);
    return () => { gone = true; clearTimeout(timer); };
  }, [form, fields, entry, draft]);
  return { issues: found.issues, error: found.error, checked: found.draft === draft };
}

/** The fields of one entry, checked while they are typed. */
export function Editor(props: EditorProps) {
  const { fields, entry, start, busy, onSave, onCancel } = props;
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft>(start);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const { issues, error, checked } = useIssues(props, draft);
  const shown = (field: Field) => issues.filter((issue) => issue.field === field.name && touched.has(field.name));
  const put = (name: string, value: string) => {
    setDraft({ ...draft, [name]: value });
    setTouched(new Set([...touched, name]));
  };
  const save = () => {
    setTouched(new Set(fields.map((field) => field.name)));
    if (!issues.some((issue) => issue.isError)) onSave(valuesOf(fields, draft));
  };
  return (
    <form className="forms-editor" aria-label={t(entry === 0 ? 'forms.new' : 'forms.edit_one', { entry })} onSubmit={(event) => { event.preventDefault(); save(); }}>
      <div className="forms-fields">
        {fields.map((field) => (
          <FieldInput key={field.name} field={field} value={draft[field.name] ?? ''} issues={shown(field)} onChange={(value) => put(field.name, value)} />
        ))}
      </div>
      {error && <ErrorState error={error} />}
      <div className="row-actions">
        <Button type="primary" htmlType="submit" disabled={busy || !checked || error !== null}>{t('forms.save')}</Button>
        <Button onClick={onCancel}>{t('forms.cancel')}</Button>
      </div>
    </form>
  );
}
