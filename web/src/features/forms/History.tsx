import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { historyOf, type Past } from './records';

interface HistoryProps {
  asked: Asked;
  busy: boolean;
  onUndo: (what: NonNullable<Past['undo']>) => void;
}

function Back({ past, what, busy, onUndo }: { past: Past; what: string } & Pick<HistoryProps, 'busy' | 'onUndo'>) {
  const { t } = useTranslation();
  const { undo } = past;
  if (past.undone) return <span className="hint">{t('forms.history.undone')}</span>;
  if (undo === null) return <span />;
  return <button type="button" className="tool" disabled={busy} aria-label={t('forms.history.undo_one', { what })} onClick={() => onUndo(undo)}>{t('forms.history.undo')}</button>;
}

/** Who changed what, newest first, and the way back. */
export function History({ asked, busy, onUndo }: HistoryProps) {
  const { t } = useTranslation();
  const words = useWords();
  const whatOf = (past: Past) => (past.action === 'import' ? t('forms.history.imported', { file: past.file, count: past.changes }) : words(past.what));
  return (
    <Panel
      title={t('forms.history.title')} subtitle={t('forms.history.subtitle')} withoutTable emptyTitle={t('forms.history.none')} emptyText={t('forms.history.none_hint')}
      asked={asked.answer ? { ...asked, answer: { ...asked.answer, notes: [] } } : asked}
    >
      {(answer) => (
        <ol className="forms-history">
          {historyOf(answer).map((past) => (
            <li key={past.key}>
              <span className={`forms-action forms-action-${past.action}`}>{past.isUndo ? t('forms.history.undo_of') : t(`forms.history.${past.action}`)}</span>
              <span className="forms-what">{whatOf(past)}</span>
              <span className="hint"><Figure value={past.at} unit="time" /> {past.by}</span>
              <Back past={past} what={whatOf(past)} busy={busy} onUndo={onUndo} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
