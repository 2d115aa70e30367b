import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWords } from '@/shared/i18n/language';
import { useOpText } from './builder';
import { firstComparison, opsOf, withOp, type Fact, type Field, type ValueType } from './catalogue';
import { useSuggestions } from './suggestions';
import type { Filter } from './tree';
import { Values } from './Values';

/** A property of an event is a text or a number, as its value is. */
function typeOf(filter: Filter, field: Field | undefined): ValueType {
  if (filter.field !== 'property') return field?.type ?? 'text';
  const isNumber = typeof filter.values[0] === 'number' || ['>=', '>', '<', '<=', 'between'].includes(filter.op);
  return isNumber ? 'number' : 'text';
}

function opsFor(filter: Filter, type: ValueType): string[] {
  if (filter.field !== 'property') return opsOf(type).filter((op) => op !== '');
  return ['=', '!=', 'contains', 'in', '>=', '>', '<', '<=', 'between', 'known', 'unknown'];
}

interface FilterProps {
  filter: Filter;
  fact: Fact;
  index: number;
  wrong: boolean;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
}

function FilterRow({ filter, fact, index, wrong, onChange, onRemove }: FilterProps) {
  const { t } = useTranslation();
  const words = useWords();
  const opText = useOpText();
  const field = fact.fields.find((each) => each.name === filter.field);
  const type = typeOf(filter, field);
  const name = filter.field === 'property' ? filter.property || t('segmenting.property') : field ? words(field.label) : t('segmenting.field');
  const options = useSuggestions(fact, filter.field, filter.field !== '' && type === 'text');
  const choose = (next: string) => {
    const chosen = fact.fields.find((each) => each.name === next);
    onChange({ field: next, property: '', ...firstComparison(chosen?.type ?? 'text') });
  };
  return (
    <li className="segments-filter">
      <span>{t(index === 0 ? 'segmenting.where' : 'segmenting.and')}</span>
      <Select
        value={filter.field === '' ? undefined : filter.field} aria-label={t('segmenting.field')} placeholder={t('segmenting.field')} popupMatchSelectWidth={false}
        status={wrong && filter.field === '' ? 'error' : ''} options={fact.fields.map((each) => ({ value: each.name, label: words(each.label) }))} onChange={choose}
      />
      {filter.field === 'property' && (
        <Input
          className="segments-word" value={filter.property} aria-label={t('segmenting.property')} placeholder={t('segmenting.property')}
          onChange={(event) => onChange({ ...filter, property: event.target.value })}
        />
      )}
      {filter.field !== '' && (
        <Select
          value={filter.op} aria-label={t('segmenting.op_of', { name })} popupMatchSelectWidth={false}
          options={opsFor(filter, type).map((op) => ({ value: op, label: opText(op, type) }))} onChange={(op: string) => onChange({ ...filter, ...withOp(filter, op) })}
        />
      )}
      {filter.field !== '' && <Values type={type} is={filter} name={name} wrong={wrong} options={options} onChange={(is) => onChange({ ...filter, ...is })} />}
      <button type="button" className="tool" aria-label={t('segmenting.drop_filter', { name })} onClick={onRemove}>×</button>
    </li>
  );
}

interface FiltersProps {
  where: Filter[];
  fact: Fact;
  wrong: boolean;
  onChange: (where: Filter[], what: string) => void;
}

/** Which of the rows count: `where category = …`. */
export function Filters({ where, fact, wrong, onChange }: FiltersProps) {
  if (where.length === 0) return null;
  return (
    <ul className="segments-filters">
      {where.map((filter, index) => (
        <FilterRow
          key={index} filter={filter} fact={fact} index={index} wrong={wrong}
          onChange={(next) => onChange(where.map((each, place) => (place === index ? next : each)), `where${index}`)}
          onRemove={() => onChange(where.filter((_, place) => place !== index), '')}
        />
      ))}
    </ul>
  );
}

export function emptyFilter(): Filter {
  return { field: '', property: '', op: '', values: [] };
}
