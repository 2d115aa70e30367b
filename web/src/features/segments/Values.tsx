import { AutoComplete, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCurrencySign } from './builder';
import { valuesOf, type ValueType } from './catalogue';
import type { Comparison, Value } from './tree';

interface OneProps {
  type: ValueType;
  value: Value;
  label: string;
  wrong: boolean;
  options: string[];
  onChange: (value: Value) => void;
}

/** "30%" and 0.3 are both 30. */
function percentOf(value: Value): number | null {
  if (value === null || value === '') return null;
  return typeof value === 'number' ? Number((value * 100).toFixed(6)) : Number.parseFloat(value);
}

function NumberValue({ type, value, label, wrong, onChange }: OneProps) {
  const { t } = useTranslation();
  const sign = useCurrencySign();
  const isShare = type === 'ratio';
  const shown = isShare ? percentOf(value) : typeof value === 'number' ? value : null;
  return (
    <InputNumber
      className="segments-number" value={shown} aria-label={label} status={wrong ? 'error' : ''} changeOnWheel={false} inputMode="decimal"
      min={-1_000_000_000} max={1_000_000_000} precision={type === 'count' || type === 'days' ? 0 : undefined}
      prefix={type === 'money' ? sign : undefined} suffix={isShare ? '%' : type === 'days' ? t('segmenting.days_suffix') : undefined}
      onChange={(next) => onChange(next === null ? null : isShare ? `${next}%` : Number(type === 'money' ? next.toFixed(2) : next))}
    />
  );
}

/** A text with suggestions; any other text may be written too. */
export function TextValue({ value, label, wrong, options, placeholder, onChange }: Omit<OneProps, 'type'> & { placeholder?: string }) {
  return (
    <AutoComplete
      className="segments-word" value={value === null ? '' : String(value)} aria-label={label} status={wrong ? 'error' : ''} placeholder={placeholder}
      popupMatchSelectWidth={false} options={options.map((each) => ({ value: each }))} onChange={(next: string) => onChange(next)}
      filterOption={(typed, option) => String(option?.value ?? '').toLowerCase().includes(typed.toLowerCase())}
    />
  );
}

function OneValue(props: OneProps) {
  if (props.type === 'text') return <TextValue {...props} />;
  if (props.type !== 'date') return <NumberValue {...props} />;
  return (
    <input
      type="date" className="segments-date" aria-label={props.label} aria-invalid={props.wrong}
      value={typeof props.value === 'string' ? props.value : ''} onChange={(event) => props.onChange(event.target.value || null)}
    />
  );
}

/** A typed member of a list as the type wants it; null is none. */
function memberOf(type: ValueType, typed: string): Value {
  const text = typed.trim();
  if (text === '') return null;
  if (type === 'text' || type === 'date') return text;
  const number = Number.parseFloat(text.replace('%', ''));
  if (!Number.isFinite(number)) return null;
  return type === 'ratio' ? `${number}%` : number;
}

function Members({ type, is, label, wrong, options, onChange }: Omit<ValuesProps, 'name'> & { label: string }) {
  const { t } = useTranslation();
  return (
    <Select
      mode="tags" className="segments-list" value={is.values.map(String)} aria-label={label} status={wrong ? 'error' : ''} tokenSeparators={[',', '，', '、', ';']}
      placeholder={t('segmenting.members')} notFoundContent={null} options={options.map((each) => ({ value: each, label: each }))}
      onChange={(list: string[]) => onChange({ ...is, values: list.map((each) => memberOf(type, each)).filter((value) => value !== null) })}
    />
  );
}

interface ValuesProps {
  type: ValueType;
  is: Comparison;
  /** Of what, to those who cannot see. */
  name: string;
  wrong: boolean;
  options: string[];
  onChange: (is: Comparison) => void;
}

/** The control of the values: none, one, two, or a list. */
export function Values({ type, is, name, wrong, options, onChange }: ValuesProps) {
  const { t } = useTranslation();
  if (is.op === 'in') return <Members type={type} is={is} wrong={wrong} options={options} onChange={onChange} label={t('segmenting.value_of', { name })} />;
  const count = valuesOf(is.op);
  const at = (index: number, value: Value) => onChange({ ...is, values: Array.from({ length: count }, (_, each) => (each === index ? value : (is.values[each] ?? null))) });
  return Array.from({ length: count }, (_, index) => (
    <span key={index} className="segments-one">
      {index === 1 && <span aria-hidden="true">{t('segmenting.to')}</span>}
      <OneValue
        type={type} value={is.values[index] ?? null} wrong={wrong && (is.values[index] ?? null) === null} options={options}
        label={t(count === 1 ? 'segmenting.value_of' : index === 0 ? 'segmenting.least_of' : 'segmenting.most_of', { name })} onChange={(value) => at(index, value)}
      />
    </span>
  ));
}
