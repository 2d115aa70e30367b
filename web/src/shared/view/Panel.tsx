import { Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import type { Answer } from '@/shared/api/types';
import { AnswerTable } from '@/shared/charts/AnswerTable';
import { Dated } from '@/shared/figure/Dated';
import { useWords } from '@/shared/i18n/language';
import { phaseOf } from './state';
import { EmptyState, ErrorState, LoadingState, NotEnoughState, StaleBanner } from './States';

export interface PanelProps {
  title: string;
  /** One line under the title: what is drawn. */
  subtitle?: string;
  asked: Asked;
  children: (answer: Answer) => ReactNode;
  onExplain?: () => void;
  actions?: ReactNode;
  emptyAction?: ReactNode;
  emptyTitle?: string;
  emptyText?: string;
  height?: number;
  /** The drawing is a table already. */
  withoutTable?: boolean;
  className?: string;
}

function Notes({ answer }: { answer: Answer }) {
  const words = useWords();
  if (answer.notes.length === 0) return null;
  return (
    <ul className="notes">
      {answer.notes.map((note, index) => <li key={`${note.code}-${index}`}><Dated text={words(note)} /></li>)}
    </ul>
  );
}

function Body({ panel, asTable }: { panel: PanelProps; asTable: boolean }) {
  const { asked, children, emptyAction, emptyTitle, emptyText, height } = panel;
  const phase = phaseOf(asked);
  if (phase === 'loading') return <LoadingState height={height} />;
  if (phase === 'not_enough' && asked.error) return <NotEnoughState error={asked.error} action={emptyAction} />;
  if (phase === 'error' && asked.error) return <ErrorState error={asked.error} onRetry={asked.retry} />;
  if (asked.answer === null) return null;
  if (phase === 'empty') {
    return <><EmptyState title={emptyTitle} text={emptyText} action={emptyAction} /><Notes answer={asked.answer} /></>;
  }
  return (
    <>
      {asked.error && <StaleBanner error={asked.error} at={asked.answeredAt} onRetry={asked.retry} />}
      {asTable ? <AnswerTable answer={asked.answer} /> : children(asked.answer)}
      <Notes answer={asked.answer} />
    </>
  );
}

/** A tile of a screen: title, the five states of its answer, a table beside every drawing. */
export function Panel(props: PanelProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const { title, subtitle, asked, onExplain, actions, withoutTable, className = '' } = props;
  return (
    <section className={`panel ${className}`} aria-label={title} aria-busy={asked.loading}>
      <header className="panel-head">
        <div className="panel-titles">
          <h2>{title}</h2>
          {subtitle && <p><Dated text={subtitle} /></p>}
        </div>
        <div className="panel-tools">
          {actions}
          {!withoutTable && (
            <button type="button" className="tool" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              {asTable ? t('panel.chart') : t('panel.table')}
            </button>
          )}
          {onExplain && (
            <Tooltip title={t('panel.explain')}>
              <button type="button" className="tool tool-round" aria-label={t('panel.explain')} onClick={onExplain}>i</button>
            </Tooltip>
          )}
        </div>
      </header>
      <div className={asked.loading && asked.answer ? 'panel-body panel-refreshing' : 'panel-body'}>
        <Body panel={props} asTable={asTable} />
      </div>
    </section>
  );
}
