import { Input, InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Param, SourceKind } from '@/shared/api/types';
import { useWords } from '@/shared/i18n/language';
import { sortedParams, type SourceForm } from './form';

interface SettingProps {
  id: string;
  param: Param;
  values: string[];
  onChange: (values: string[]) => void;
}

function Setting({ id, param, values, onChange }: SettingProps) {
  const value = values[0] ?? '';
  const one = (text: string) => onChange(text === '' ? [] : [text]);
  if (param.repeated) {
    return <Select id={id} mode="tags" open={false} suffixIcon={null} value={values} tokenSeparators={['\n']} onChange={(next: string[]) => onChange(next)} aria-required={param.required} />;
  }
  if (param.type === 'choice') {
    return <Select id={id} value={value || param.default || undefined} options={param.choices.map((choice) => ({ value: choice, label: choice }))} onChange={one} />;
  }
  if (param.type === 'integer' || param.type === 'number') {
    return (
      <InputNumber
        id={id} value={value === '' ? null : Number(value)} placeholder={param.default} min={param.at_least ?? undefined} max={param.at_most ?? undefined}
        precision={param.type === 'integer' ? 0 : undefined} changeOnWheel={false} style={{ width: '100%' }} onChange={(next) => one(next === null ? '' : String(next))}
      />
    );
  }
  return <Input.TextArea id={id} value={value} placeholder={param.default} autoSize={{ minRows: 1, maxRows: 10 }} aria-required={param.required} onChange={(event) => one(event.target.value)} />;
}

function Secret({ id, kept, value, onChange }: { id: string; kept: boolean; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  return <Input.Password id={id} value={value} autoComplete="new-password" placeholder={kept ? t('sources.form.kept') : ''} onChange={(event) => onChange(event.target.value)} />;
}

interface SettingsProps {
  kind: SourceKind;
  form: SourceForm;
  kept: string[];
  onChange: (form: SourceForm) => void;
}

/** A field for each setting that the kind declares; secrets go in and never come out. */
export function Settings({ kind, form, kept, onChange }: SettingsProps) {
  const { t } = useTranslation();
  const words = useWords();
  const base = useId();
  const { first, more } = sortedParams(kind);
  const field = (param: Param) => {
    const id = `${base}-${param.name}`;
    const secret = kind.secrets.includes(param.name);
    return (
      <div className="field" key={param.name}>
        <label className="field-label" htmlFor={id}><code>{param.name}</code>{param.required && !secret && <em> {t('sources.form.required')}</em>}</label>
        {secret
          ? <Secret id={id} kept={kept.includes(param.name)} value={form.secrets[param.name] ?? ''} onChange={(value) => onChange({ ...form, secrets: { ...form.secrets, [param.name]: value } })} />
          : <Setting id={id} param={param} values={form.settings[param.name] ?? []} onChange={(values) => onChange({ ...form, settings: { ...form.settings, [param.name]: values } })} />}
        <small className="hint">{words(param.doc)}{param.repeated && ` ${t('sources.form.repeated')}`}{secret && ` ${t('sources.form.secret')}`}</small>
      </div>
    );
  };
  return (
    <>
      <div className="source-fields">{first.map(field)}</div>
      {more.length > 0 && (
        <details className="mapping-more"><summary>{t('sources.form.more', { count: more.length })}</summary><div className="source-fields">{more.map(field)}</div></details>
      )}
    </>
  );
}
