import { Input, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tables, withHead, type Head } from './mapping';
import type { EditorProps } from './MappingTable';

const delimiters = [',', ';', '|', 'tab', 'blanks'] as const;
const encodings = ['UTF-8', 'GB18030', 'Windows-1252', 'UTF-16LE', 'UTF-16BE'] as const;
const delimiterWord: Record<string, string> = { '\t': 'tab', ' ': 'blanks' };

function zones(): string[] {
  return typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : ['Asia/Shanghai', 'UTC'];
}

interface ChoiceProps {
  id: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ id, value, options, onChange }: ChoiceProps) {
  const known = options.some((option) => option.value === value) ? options : [{ value, label: value }, ...options];
  return <Select id={id} value={value} options={known} popupMatchSelectWidth={false} showSearch={known.length > 12} onChange={onChange} />;
}

function Field({ id, label, hint, children }: { id: string; label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>{label}</label>
      {children}
      {hint && <small className="hint">{hint}</small>}
    </div>
  );
}

/** What a row is; and, folded away, how the file is read and where its times are. */
export function Reading({ seen, wishes, onChange }: Omit<EditorProps, 'fields' | 'start'>) {
  const { t } = useTranslation();
  const id = useId();
  const set = (head: Head) => (value: string) => onChange(withHead(wishes, head, value === '' ? undefined : value));
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  const isText = seen.format === 'text';
  const open = wishes.head.delimiter !== undefined || wishes.head.encoding !== undefined || wishes.head.has_header !== undefined || wishes.head.time_zone !== undefined;
  return (
    <>
      <div className="mapping-fields">
        <Field id={`${id}-table`} label={t('mapping.table_label')}>
          <Choice id={`${id}-table`} value={wishes.head.table ?? seen.table} options={tables.map((table) => ({ value: table, label: t(`mapping.table.${table}`) }))} onChange={set('table')} />
        </Field>
        {seen.sheets.length > 1 && (
          <Field id={`${id}-sheet`} label={t('mapping.sheet')}>
            <Choice id={`${id}-sheet`} value={wishes.head.sheet ?? seen.sheet} options={plain(seen.sheets)} onChange={set('sheet')} />
          </Field>
        )}
      </div>
      <details className="mapping-more" open={open}>
        <summary>{t('mapping.reading')}</summary>
        <div className="mapping-fields">
          {isText && (
            <>
              <Field id={`${id}-encoding`} label={t('mapping.encoding')}>
                <Choice id={`${id}-encoding`} value={wishes.head.encoding ?? seen.encoding} options={plain(encodings)} onChange={set('encoding')} />
              </Field>
              <Field id={`${id}-delimiter`} label={t('mapping.delimiter')}>
                <Choice
                  id={`${id}-delimiter`} value={wishes.head.delimiter ?? delimiterWord[seen.delimiter] ?? seen.delimiter}
                  options={delimiters.map((value) => ({ value, label: t(`mapping.delimiters.${value === ',' ? 'comma' : value === ';' ? 'semicolon' : value === '|' ? 'bar' : value}`) }))}
                  onChange={set('delimiter')}
                />
              </Field>
              <Field id={`${id}-header`} label={t('mapping.header')}>
                <Choice
                  id={`${id}-header`} value={wishes.head.has_header ?? String(seen.hasHeader)} onChange={set('has_header')}
                  options={[{ value: 'true', label: t('mapping.header_yes') }, { value: 'false', label: t('mapping.header_no') }]}
                />
              </Field>
            </>
          )}
          <Field id={`${id}-zone`} label={t('mapping.time_zone')}>
            <Choice id={`${id}-zone`} value={wishes.head.time_zone ?? ''} options={[{ value: '', label: t('mapping.of_shop') }, ...plain(zones())]} onChange={set('time_zone')} />
          </Field>
          <Field id={`${id}-currency`} label={t('mapping.currency')}>
            <Input id={`${id}-currency`} value={wishes.head.currency ?? ''} placeholder={t('mapping.of_shop')} maxLength={3} onChange={(event) => set('currency')(event.target.value.toUpperCase())} />
          </Field>
        </div>
      </details>
    </>
  );
}
