import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldCard } from '@/shared/api/types';
import { useWords } from '@/shared/i18n/language';
import { correct, fieldAt, levelOf, type Corrections, type Level, type Seen } from './mapping';

interface MappingTableProps {
  seen: Seen;
  corrections: Corrections;
  fields: FieldCard[];
  onChange: (corrections: Corrections) => void;
}

function Confidence({ level, share }: { level: Level; share: number }) {
  const { t } = useTranslation();
  const percent = Math.round(share * 100);
  const known = level !== 'none' && level !== 'yours';
  return (
    <span className={`data-confidence data-confidence-${level}`}>
      <span>{t(`data.check.level.${level}`)}</span>
      {known && <span className="data-bar" aria-hidden="true"><i style={{ width: `${percent}%` }} /></span>}
      {known && <small>{`${percent}%`}</small>}
    </span>
  );
}

/** A row for each column of the file: what is in it, what it was taken for, how sure and why. */
export function MappingTable({ seen, corrections, fields, onChange }: MappingTableProps) {
  const { t } = useTranslation();
  const words = useWords();
  // `id` is what a table's own number is called before the table is known; mappings do not take it.
  const options = fields.filter((field) => field.name !== 'id').map((field) => ({ value: field.name, label: words(field.label) }));
  const label = (name: string) => options.find((option) => option.value === name)?.label ?? name;
  return (
    <table className="data-mapping">
      <thead>
        <tr>
          {(['column', 'samples', 'meaning', 'confidence', 'reason'] as const).map((name) => <th key={name} scope="col">{t(`data.check.${name}`)}</th>)}
        </tr>
      </thead>
      <tbody>
        {seen.columns.map((guess, place) => {
          const field = fieldAt(seen, corrections, place);
          const changed = corrections.fields[place] !== undefined;
          const level = levelOf(guess, changed);
          return (
            <tr key={`${place}-${guess.column}`} className={field === 'ignore' ? 'data-unused' : undefined}>
              <th scope="row">{guess.column}</th>
              <td className="data-samples">{guess.samples.slice(0, 3).map((sample) => <code key={sample}>{sample}</code>)}</td>
              <td>
                <Select
                  value={field} options={options} showSearch optionFilterProp="label" popupMatchSelectWidth={false} className="data-select"
                  aria-label={t('data.check.meaning_of', { column: guess.column })}
                  onChange={(meaning: string) => onChange(correct(seen, corrections, place, meaning))}
                />
              </td>
              <td><Confidence level={level} share={guess.confidence} /></td>
              <td className="data-reasons">{changed ? t('data.check.changed', { before: label(guess.field) }) : words(guess.reasons)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
