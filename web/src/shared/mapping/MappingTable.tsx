import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldCard } from '@/shared/api/types';
import { useWords } from '@/shared/i18n/language';
import { isChanged, levelOf, withColumn, type ColumnSeen, type Level, type Seen, type Told, type Wishes } from './mapping';

export interface EditorProps {
  seen: Seen;
  wishes: Wishes;
  /** What the person began with. */
  start: Wishes;
  fields: FieldCard[];
  onChange: (wishes: Wishes) => void;
}

function Confidence({ level, share }: { level: Level; share: number }) {
  const { t } = useTranslation();
  const percent = Math.round(share * 100);
  const known = level !== 'none' && level !== 'yours';
  return (
    <span className={`mapping-confidence mapping-confidence-${level}`}>
      <span>{t(`mapping.level.${level}`)}</span>
      {known && <span className="mapping-bar" aria-hidden="true"><i style={{ width: `${percent}%` }} /></span>}
      {known && <small>{`${percent}%`}</small>}
    </span>
  );
}

const shapes = ['year_first', 'compact', 'month_first', 'day_first', 'month_name', 'excel_serial', 'unix_seconds', 'unix_millis'] as const;

interface CellProps {
  column: ColumnSeen;
  told: Told;
  onTold: (told: Told) => void;
}

/** How the column writes its dates or numbers. */
function Format({ column, told, onTold }: CellProps) {
  const { t } = useTranslation();
  const label = t('mapping.format_of', { column: column.column });
  if (column.date !== '') {
    return (
      <Select
        size="small" className="mapping-format" aria-label={label} value={told.date ?? column.date} popupMatchSelectWidth={false}
        options={shapes.map((shape) => ({ value: shape, label: t(`mapping.shape.${shape}`) }))}
        onChange={(date: string) => onTold({ field: told.field, date })}
      />
    );
  }
  if (column.decimal === '') return null;
  const value = told.wholeUnits ?? column.wholeUnits ? 'whole' : (told.decimal ?? column.decimal);
  return (
    <Select
      size="small" className="mapping-format" aria-label={label} value={value} popupMatchSelectWidth={false}
      options={[{ value: '.', label: t('mapping.decimal.point') }, { value: ',', label: t('mapping.decimal.comma') }, { value: 'whole', label: t('mapping.decimal.whole') }]}
      onChange={(next: string) => onTold(next === 'whole' ? { field: told.field, wholeUnits: true } : { field: told.field, decimal: next })}
    />
  );
}

/** Why, what was changed, and what of the column cannot be read. */
function Said({ column, changed, told, label }: { column: ColumnSeen; changed: boolean; told: boolean; label: (field: string) => string }) {
  const { t } = useTranslation();
  const words = useWords();
  const guess = label(column.guess) + (column.guess === 'ignore' ? '' : ` ${Math.round(column.confidence * 100)}%`);
  return (
    <>
      {changed && <p>{t('mapping.changed', { before: guess })}</p>}
      {told && !changed && <p>{t('mapping.told')} {column.guess !== column.field && t('mapping.differs', { guess })}</p>}
      {!told && <p>{words(column.reasons)}</p>}
      {column.unreadable > 0 && (
        <p className="mapping-unreadable">
          {t('mapping.unreadable', { unreadable: column.unreadable, values: column.values })} {column.unreadableSamples.map((sample) => <code key={sample}>{sample}</code>)}
        </p>
      )}
    </>
  );
}

/** A row for each column: what is in it, what it is taken for, how sure and why. */
export function MappingTable({ seen, wishes, start, fields, onChange }: EditorProps) {
  const { t } = useTranslation();
  const words = useWords();
  // `id` is what a table's own number is called before the table is known; mappings do not take it.
  const named = fields.filter((field) => field.name !== 'id').map((field) => ({ value: field.name, label: words(field.label), tables: field.tables }));
  const label = (name: string) => named.find((option) => option.value === name)?.label ?? name;
  const pick = (own: boolean) => named.filter((option) => option.value !== 'ignore' && option.tables.includes(seen.table) === own).map(({ value, label: text }) => ({ value, label: text }));
  const options = [
    { value: 'ignore', label: label('ignore') },
    { label: t('mapping.own'), title: 'own', options: pick(true) },
    { label: t('mapping.others'), title: 'others', options: pick(false) },
  ];
  return (
    <table className="mapping-table">
      <thead>
        <tr>
          {(['column', 'samples', 'meaning', 'confidence', 'reason'] as const).map((name) => <th key={name} scope="col">{t(`mapping.${name}`)}</th>)}
        </tr>
      </thead>
      <tbody>
        {seen.columns.map((column) => {
          const said = wishes.columns[column.column];
          const told = said ?? { field: column.field };
          const changed = isChanged(wishes, start, column.column);
          const problem = seen.problems.some((each) => each.blocks && each.column === column.column);
          const onTold = (next: Told) => onChange(withColumn(wishes, start, column, next));
          return (
            <tr key={column.column} className={told.field === 'ignore' ? 'mapping-unused' : problem ? 'mapping-wrong' : undefined}>
              <th scope="row">{column.column}{column.type && <small> {column.type}</small>}</th>
              <td className="mapping-samples">{column.samples.slice(0, 3).map((sample) => <code key={sample}>{sample}</code>)}</td>
              <td>
                <span className="mapping-meaning">
                  <Select
                    value={told.field} options={options} showSearch optionFilterProp="label" popupMatchSelectWidth={false} className="mapping-select"
                    aria-label={t('mapping.meaning_of', { column: column.column })} status={problem ? 'error' : ''}
                    onChange={(field: string) => onTold({ field })}
                  />
                  {told.field === column.field && <Format column={column} told={told} onTold={onTold} />}
                </span>
              </td>
              <td><Confidence level={levelOf(column, said !== undefined)} share={column.confidence} /></td>
              <td className="mapping-reasons"><Said column={column} changed={changed} told={said !== undefined} label={label} /></td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
