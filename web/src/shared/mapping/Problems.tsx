import { useTranslation } from 'react-i18next';
import { useWords } from '@/shared/i18n/language';
import { Message } from '@/shared/view/Message';
import type { Problem, Seen } from './mapping';

function Row({ problem, said }: { problem: Problem; said: (text: string) => string }) {
  const { t } = useTranslation();
  const words = useWords();
  const where = problem.column !== '' && problem.rows !== null ? t('mapping.problem.in', { column: problem.column }) : '';
  return (
    <li className={`mapping-problem-${problem.severity}`}>
      {where}{said(words(problem.text))}
      {problem.rows !== null && <span className="hint"> {t('mapping.problem.rows', { count: problem.rows })} {problem.value !== '' && <code>{problem.value}</code>}</span>}
    </li>
  );
}

/** What keeps it out, and what the first rows would come to. `said` puts names that people know for paths. */
export function Problems({ seen, said = (text) => text }: { seen: Seen; said?: (text: string) => string }) {
  const { t } = useTranslation();
  const words = useWords();
  const blocking = seen.problems.filter((problem) => problem.blocks);
  const others = seen.problems.filter((problem) => !problem.blocks);
  // The page has a choice for what the program's own words send one to a mapping file.
  const notes = seen.notes.filter((note) => note.code !== 'sheet_chosen');
  const list = (problems: Problem[]) => <ul>{problems.map((problem) => <Row key={`${problem.code}-${problem.column}-${problem.field}`} problem={problem} said={said} />)}</ul>;
  const left = t('mapping.problem.left', { left: seen.leftOut, tried: seen.tried });
  return (
    <div className="mapping-problems">
      {blocking.length > 0 && <Message kind="error" title={t('mapping.problem.blocked')}>{list(blocking)}</Message>}
      {notes.map((note) => (
        <Message key={`${note.code}-${note.en}`} kind={note.code === 'files' ? 'info' : 'warning'} title={said(words(note))}>{note.code === 'ambiguous_date' && t('mapping.day_first')}</Message>
      ))}
      {others.length > 0 && <Message kind={seen.leftOut > 0 ? 'warning' : 'info'} title={seen.tried > 0 ? left : t('mapping.problem.some')}>{list(others)}</Message>}
      {seen.problems.length === 0 && seen.tried > 0 && <Message kind="good" title={t('mapping.problem.none', { tried: seen.tried })} />}
    </div>
  );
}
