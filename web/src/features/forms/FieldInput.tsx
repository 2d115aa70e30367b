import { useTranslation } from 'react-i18next';
import { useWords } from '@/shared/i18n/language';
import type { Field, Issue } from './records';
import { useChoices } from './choices';

interface FieldInputProps {
  field: Field;
  value: string;
  issues: Issue[];
  onChange: (value: string) => void;
}

/** One field of an entry: what to write before, what is wrong after. */
export function FieldInput({ field, value, issues, onChange }: FieldInputProps) {
  const { t } = useTranslation();
  const words = useWords();
  const choices = useChoices(field);
  const hint = words(field.hint);
  const wrong = issues.some((issue) => issue.isError);
  return (
    <label className={wrong ? 'forms-field forms-wrong' : 'forms-field'}>
      <span>{words(field.label)}{field.required && <b title={t('forms.required')}> *</b>}</span>
      {choices.length > 0 ? (
        <select value={value} aria-invalid={wrong} onChange={(event) => onChange(event.target.value)}>
          <option value="">—</option>
          {choices.map((choice) => <option key={choice.name} value={choice.name}>{words(choice.label)}</option>)}
        </select>
      ) : (
        <input type="text" value={value} aria-invalid={wrong} placeholder={hint} onChange={(event) => onChange(event.target.value)} />
      )}
      {issues.map((issue) => (
        <small key={issue.message.en} className={issue.isError ? 'forms-error' : 'forms-warning'} role={issue.isError ? 'alert' : 'status'}>
          {`${words(issue.message)} ${words(issue.todo)}`}
        </small>
      ))}
    </label>
  );
}
