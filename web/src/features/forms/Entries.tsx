import { Button, Popconfirm } from 'antd';
import { Fragment, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import type { Answer } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { EmptyState } from '@/shared/view/States';
import { Panel } from '@/shared/view/Panel';
import { Editor } from './Editor';
import { useChoices, useMetric } from './choices';
import { blankSheet, entriesOf, type Entry, type Field } from './records';

export interface Changes {
  busy: boolean;
  add: (values: string[]) => Promise<boolean>;
  change: (entry: number, values: string[]) => Promise<boolean>;
  remove: (entry: number) => Promise<boolean>;
}

interface EntriesProps {
  form: string;
  title: string;
  fields: Field[];
  asked: Asked;
  changes: Changes;
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function isNumber(field: Field): boolean {
  return ['money', 'number', 'integer'].includes(field.type);
}

function Value({ field, entry, answer }: { field: Field; entry: Entry; answer: Answer }) {
  const words = useWords();
  const choice = useChoices(field).find((each) => each.name === entry.draft[field.name]);
  const metric = useMetric(entry.draft.metric);
  const column = answer.columns.find((each) => each.name === field.name);
  if (choice) return words(choice.label);
  if (!column) return null;
  // A target is in the unit of its metric; money is entered in major units.
  const unit = field.name === 'target' && metric?.unit === 'ratio' ? 'ratio' : column.unit;
  return <Figure value={entry.cells[field.name]} unit={unit} currency={answer.currency} exact={unit !== 'ratio'} />;
}

interface RowProps {
  entry: Entry;
  fields: Field[];
  answer: Answer;
  busy: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

function Row({ entry, fields, answer, busy, onEdit, onRemove }: RowProps) {
  const { t } = useTranslation();
  return (
    <tr>
      {fields.map((field) => (
        <td key={field.name} className={isNumber(field) ? 'numeric' : undefined}>
          <Value field={field} entry={entry} answer={answer} />
        </td>
      ))}
      <td className="forms-who"><Figure value={entry.changedAt} unit="time" /> {entry.changedBy}</td>
      <td className="forms-tools">
        <button type="button" className="tool" disabled={busy} aria-label={t('forms.edit_one', { entry: entry.id })} onClick={onEdit}>{t('forms.edit')}</button>
        <Popconfirm title={t('forms.sure')} okText={t('forms.remove')} cancelText={t('forms.cancel')} onConfirm={onRemove}>
          <button type="button" className="tool" disabled={busy} aria-label={t('forms.remove_one', { entry: entry.id })}>{t('forms.remove')}</button>
        </Popconfirm>
      </td>
    </tr>
  );
}

interface GridProps {
  list: Entry[];
  fields: Field[];
  answer: Answer;
  busy: boolean;
  open: number | null;
  onEdit: (entry: number) => void;
  onRemove: (entry: number) => void;
  /** What stands under the row that is open. */
  children: (entry: Entry) => ReactNode;
}

function Grid({ list, fields, answer, busy, open, onEdit, onRemove, children }: GridProps) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <div className="table-scroll">
      <table className="answer-table forms-table">
        <thead>
          <tr>
            {fields.map((field) => <th key={field.name} scope="col" className={isNumber(field) ? 'numeric' : undefined}>{words(field.label)}</th>)}
            <th scope="col">{t('forms.changed')}</th>
            <th scope="col">{t('forms.tools')}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((entry) => (
            <Fragment key={entry.id}>
              <Row entry={entry} fields={fields} answer={answer} busy={busy} onEdit={() => onEdit(entry.id)} onRemove={() => onRemove(entry.id)} />
              {open === entry.id && <tr className="forms-open"><td colSpan={fields.length + 2}>{children(entry)}</td></tr>}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The entries of a form: each can be changed where it stands. */
export function Entries({ form, title, fields, asked, changes }: EntriesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  /** 0 is a new one; null is none. */
  const [open, setOpen] = useState<number | null>(null);
  const close = (done: Promise<boolean>) => void done.then((ok) => { if (ok) setOpen(null); });
  const actions = (
    <>
      <Button size="small" onClick={() => download(`${form}.csv`, blankSheet(fields, language))}>{t('forms.template')}</Button>
      <Button size="small" type="primary" disabled={changes.busy} onClick={() => setOpen(0)}>{t('forms.add')}</Button>
    </>
  );
  return (
    <>
      {open === 0 && (
        <section className="panel" aria-label={t('forms.new')}>
          <Editor
            key={form} form={form} fields={fields} entry={0} start={{}} busy={changes.busy}
            onSave={(values) => close(changes.add(values))} onCancel={() => setOpen(null)}
          />
        </section>
      )}
      <Panel
        title={title} withoutTable actions={actions} emptyTitle={t('forms.none')} emptyText={t('forms.none_hint')}
        asked={asked.answer ? { ...asked, answer: { ...asked.answer, notes: asked.answer.notes.filter((note) => note.code !== 'nothing') } } : asked}
      >
        {(answer) => {
          const list = entriesOf(answer);
          if (list.length === 0) return <EmptyState title={t('forms.none')} text={t('forms.none_hint')} />;
          return (
            <Grid list={list} fields={fields} answer={answer} busy={changes.busy} open={open} onEdit={setOpen} onRemove={(entry) => void changes.remove(entry)}>
              {(entry) => (
                <Editor
                  form={form} fields={fields} entry={entry.id} start={entry.draft} busy={changes.busy}
                  onSave={(values) => close(changes.change(entry.id, values))} onCancel={() => setOpen(null)}
                />
              )}
            </Grid>
          );
        }}
      </Panel>
    </>
  );
}
