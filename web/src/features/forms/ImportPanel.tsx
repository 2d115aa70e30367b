import { Button } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/shared/api/http';
import { asApiError, runJob } from '@/shared/api/run_job';
import type { Answer } from '@/shared/api/types';
import { uploadFile } from '@/shared/api/upload';
import { useWords } from '@/shared/i18n/language';
import { ErrorState } from '@/shared/view/States';
import { issuesOf } from './records';

interface ImportProps {
  form: string;
  busy: boolean;
  onSaved: () => void;
}

/** Where a file is on its way. */
type Stage =
  | { name: 'idle' }
  | { name: 'reading'; file: string }
  | { name: 'seen'; file: string; path: string; answer: Answer }
  | { name: 'saving'; file: string }
  | { name: 'saved'; answer: Answer }
  | { name: 'failed'; error: ApiError };

function Issues({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const words = useWords();
  const issues = issuesOf(answer);
  const notes = answer.notes.filter((note) => note.code !== 'dry_run' && note.code !== 'refused');
  const heads = ['row', 'column', 'value', 'wrong', 'todo'] as const;
  return (
    <>
      <ul className="notes">{notes.map((note) => <li key={note.code}>{words(note)}</li>)}</ul>
      {issues.length > 0 && (
        <div className="table-scroll forms-issues">
          <table className="answer-table">
            <thead><tr>{heads.map((head) => <th key={head} scope="col">{t(`forms.import.${head}`)}</th>)}</tr></thead>
            <tbody>
              {issues.map((issue, index) => (
                <tr key={`${issue.row}-${issue.column}-${index}`}>
                  <td>{issue.row}</td>
                  <td>{issue.column || '—'}</td>
                  <td className="forms-value">{issue.value || '—'}</td>
                  <td className="sentence">
                    <span className={`severity severity-${issue.isError ? 'error' : 'warning'}`}>{t(issue.isError ? 'forms.import.error' : 'forms.import.warning')}</span>
                    {' '}{words(issue.message)}
                  </td>
                  <td className="sentence">{words(issue.todo)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** Nothing but what can be saved is offered: all, or the rows that are right. */
function Offer({ answer, busy, onSave, onCancel }: { answer: Answer; busy: boolean; onSave: (skipErrors: boolean) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const wrong = issuesOf(answer).some((issue) => issue.isError);
  return (
    <div className="row-actions">
      {wrong
        ? <Button disabled={busy} onClick={() => onSave(true)}>{t('forms.import.save_right')}</Button>
        : <Button type="primary" disabled={busy} onClick={() => onSave(false)}>{t('forms.import.save')}</Button>}
      <Button onClick={onCancel}>{t('forms.import.other')}</Button>
    </div>
  );
}

/** Entries from a file: what it would do is shown first, and saved only then. */
export function ImportPanel({ form, busy, onSaved }: ImportProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [stage, setStage] = useState<Stage>({ name: 'idle' });
  const fail = (reason: unknown) => setStage({ name: 'failed', error: asApiError(reason) });
  const take = async (file: File | undefined) => {
    if (!file) return;
    setStage({ name: 'reading', file: file.name });
    try {
      const { path } = await uploadFile(file, () => undefined, new AbortController().signal);
      const answer = await runJob('forms import', { form, file: path, dry_run: true });
      setStage({ name: 'seen', file: file.name, path, answer });
    } catch (reason) {
      fail(reason);
    }
  };
  const save = async (file: string, path: string, skipErrors: boolean) => {
    setStage({ name: 'saving', file });
    try {
      const answer = await runJob('forms import', { form, file: path, skip_errors: skipErrors });
      setStage({ name: 'saved', answer });
      onSaved();
    } catch (reason) {
      fail(reason);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  const working = stage.name === 'reading' || stage.name === 'saving';
  return (
    <section className="panel forms-import" aria-label={t('forms.import.title')} aria-busy={working} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <header className="panel-head">
        <div className="panel-titles"><h2>{t('forms.import.title')}</h2><p>{t('forms.import.hint')}</p></div>
        <div className="panel-tools">
          <input ref={input} type="file" hidden aria-label={t('forms.import.choose')} accept=".csv,.tsv,.txt,.xlsx,.xlsm,.jsonl,.gz" onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} />
          <Button size="small" disabled={working || busy} onClick={() => input.current?.click()}>{t('forms.import.choose')}</Button>
        </div>
      </header>
      {working && <p className="hint" role="status">{t(`forms.import.${stage.name}`, { file: stage.file })}</p>}
      {stage.name === 'failed' && <ErrorState error={stage.error} onRetry={() => setStage({ name: 'idle' })} />}
      {stage.name === 'seen' && (
        <>
          <p className="forms-seen">{t('forms.import.seen', { file: stage.file })}</p>
          <Issues answer={stage.answer} />
          <Offer answer={stage.answer} busy={busy} onSave={(skip) => void save(stage.file, stage.path, skip)} onCancel={() => setStage({ name: 'idle' })} />
        </>
      )}
      {stage.name === 'saved' && <Issues answer={stage.answer} />}
    </section>
  );
}
