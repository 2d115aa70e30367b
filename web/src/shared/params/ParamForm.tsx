import { Input, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Param } from '@/shared/api/types';
import { useWords } from '@/shared/i18n/language';
import { useAddress } from '@/shared/state/use_address';
import { fits, readArgs, writeArg } from './args';

interface FieldProps {
  param: Param;
  value: string;
  label: string;
  onChange: (value: string) => void;
}

function TextField({ param, value, label, onChange }: FieldProps) {
  const [text, setText] = useState(value);
  const wrong = text !== '' && !fits(param, text);
  const done = () => { if (!wrong) onChange(text); };
  return (
    <Input
      value={text} aria-label={label} status={wrong ? 'error' : ''} allowClear onPressEnter={done} onBlur={done}
      type={param.type === 'date' ? 'date' : 'text'} onChange={(event) => setText(event.target.value)}
    />
  );
}

function ParamField({ param, value, label, onChange }: FieldProps) {
  const { t } = useTranslation();
  switch (param.type) {
    case 'choice':
      return (
        <Select
          value={value || undefined} aria-label={label} allowClear={param.default === ''} onChange={(next?: string) => onChange(next ?? '')}
          options={param.choices.map((choice) => ({ value: choice, label: t(`choice.${choice}`, { defaultValue: choice }) }))}
        />
      );
    case 'boolean':
      return <Switch checked={value === 'true'} aria-label={label} onChange={(on) => onChange(String(on))} />;
    case 'integer':
    case 'number':
      return (
        <InputNumber
          value={value === '' ? null : Number(value)} aria-label={label} style={{ width: '100%' }} changeOnWheel={false}
          min={param.at_least ?? undefined} max={param.at_most ?? undefined} precision={param.type === 'integer' ? 0 : undefined}
          onChange={(next) => onChange(next === null ? '' : String(next))}
        />
      );
    default: return <TextField param={param} value={value} label={label} onChange={onChange} />;
  }
}

/** The program's texts about parameters begin small, as its help wants them; a label begins big. */
function begun(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Made from the catalogue: a field for each parameter, its value in the address. */
export function ParamForm({ params }: { params: Param[] }) {
  const words = useWords();
  const [search, change] = useAddress();
  if (params.length === 0) return null;
  const values = readArgs(search, params);
  return (
    <div className="param-form">
      {params.map((param) => (
        <div className="field" key={param.name}>
          <span className="field-label" title={param.name}>{begun(words(param.doc))}</span>
          <ParamField
            key={values[param.name] ?? param.default} param={param} label={words(param.doc)} value={values[param.name] ?? param.default}
            onChange={(value) => change((next) => writeArg(next, param, value), { replace: true })}
          />
        </div>
      ))}
    </div>
  );
}
