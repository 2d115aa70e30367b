import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import type { Answer } from '@/shared/api/types';
import { AnswerTable } from '@/shared/charts/AnswerTable';
import { Figure } from '@/shared/figure/Figure';
import { EmptyState } from '@/shared/view/States';
import { Panel } from '@/shared/view/Panel';
import { examplesOf, totalsOf, withoutNotes } from './records';

function Found({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const { customers, share, net, everyone } = totalsOf(answer);
  return (
    <>
      <div className="total">
        <Figure value={customers} unit="count" size="large" exact />
        <span>{t('segmenting.of_all')} <Figure value={everyone} unit="count" exact /></span>
        <span>{t('segmenting.share')} <Figure value={share} unit="ratio" /></span>
        <span>{t('segmenting.net')} <Figure value={net} unit="minor" currency={answer.currency} /></span>
      </div>
      {customers === 0 ? <EmptyState title={t('segmenting.nobody')} text={t('segmenting.nobody_hint')} /> : <AnswerTable answer={examplesOf(answer)} />}
    </>
  );
}

interface PreviewProps {
  asked: Asked;
  /** The answer is that of the rule as it stands. */
  current: boolean;
  /** It will come: the rule is being checked or counted. */
  waiting: boolean;
}

/** Who fits. While the rule changes, the last answer stays, greyed; it never becomes a zero on the way. */
export function Preview({ asked, current, waiting }: PreviewProps) {
  const { t } = useTranslation();
  if (!current && !waiting && asked.answer === null) return null;
  const shown: Asked = { ...withoutNotes(asked, ['sentence']), loading: asked.loading || waiting, error: current ? asked.error : null };
  return (
    <Panel title={t('segmenting.who')} subtitle={t('segmenting.who_hint')} asked={shown} withoutTable className="segments-preview">
      {(answer) => (
        <div className={current ? '' : 'segments-old'}>
          <div className="segments-progress" aria-hidden="true">{waiting && <div className="meter meter-unknown"><i /></div>}</div>
          {!current && <p className="hint" role="status">{t(waiting ? 'segmenting.counting' : 'segmenting.old_answer')}</p>}
          <Found answer={answer} />
        </div>
      )}
    </Panel>
  );
}
