import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { asText } from '@/shared/api/answer';
import type { CommandRequest } from '@/shared/api/batch';
import { useAsk } from '@/shared/api/hooks';
import type { Answer, Sentence } from '@/shared/api/types';
import { useWords } from '@/shared/i18n/language';
import { phaseOf } from './state';
import { ErrorState, LoadingState } from './States';

interface ExplainProps {
  open: boolean;
  onClose: () => void;
  title: string;
  question?: Sentence;
  method?: Sentence;
  request: CommandRequest | null;
  dataVersion: number;
}

function Explanation({ answer }: { answer: Answer }) {
  return (
    <dl className="explain">
      {answer.rows.map((row, index) => {
        const text = asText(row[row.length - 1]);
        const isCode = /select/i.test(text) && text.length > 80;
        return (
          <div key={index}>
            <dt>{asText(row[0])}</dt>
            <dd>{isCode ? <pre>{text}</pre> : text}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** How a number came about: what it means, its switches, the text of its query. */
export function ExplainDrawer({ open, onClose, title, question, method, request, dataVersion }: ExplainProps) {
  const { t } = useTranslation();
  const words = useWords();
  const asked = useAsk(open ? request : null, dataVersion);
  const phase = phaseOf(asked);
  return (
    <Drawer open={open} onClose={onClose} title={t('explain.title', { title })} width={Math.min(620, window.innerWidth)} destroyOnHidden>
      {question && <p className="explain-question">{words(question)}</p>}
      {method && <p className="explain-method">{words(method)}</p>}
      {request !== null && (
        <>
          {phase === 'loading' && <LoadingState height={220} />}
          {asked.error && <ErrorState error={asked.error} onRetry={asked.retry} />}
          {asked.answer && <Explanation answer={asked.answer} />}
        </>
      )}
    </Drawer>
  );
}
