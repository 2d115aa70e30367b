import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { runRecords } from './records';

const heads = ['source', 'state', 'began', 'ended', 'read', 'loaded', 'rejected', 'removed', 'said'] as const;
const numeric = new Set<string>(['read', 'loaded', 'rejected', 'removed']);

/** What the last runs brought. */
export function Runs({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Panel title={t('sources.runs.title')} subtitle={t('sources.runs.subtitle')} asked={asked} emptyText={t('sources.runs.empty')} withoutTable>
      {(answer) => (
        <table className="answer-table data-cards">
          <thead>
            <tr>{heads.map((head) => <th key={head} scope="col" className={numeric.has(head) ? 'numeric' : undefined}>{t(`sources.runs.${head}`)}</th>)}</tr>
          </thead>
          <tbody>
            {runRecords(answer).map((run, place) => (
              <tr key={`${run.source}-${run.began ?? ''}-${place}`}>
                <th scope="row">{run.source}</th>
                <td data-label={t('sources.runs.state')}>{t(`sources.state.${run.state}`, { defaultValue: run.state })}</td>
                <td data-label={t('sources.runs.began')}><Figure value={run.began} unit="time" /></td>
                <td data-label={t('sources.runs.ended')}><Figure value={run.ended} unit="time" /></td>
                <td className="numeric" data-label={t('sources.runs.read')}><Figure value={run.read} unit="count" exact /></td>
                <td className="numeric" data-label={t('sources.runs.loaded')}><Figure value={run.loaded} unit="count" exact /></td>
                <td className="numeric" data-label={t('sources.runs.rejected')}><Figure value={run.rejected} unit="count" exact /></td>
                <td className="numeric" data-label={t('sources.runs.removed')}><Figure value={run.removed} unit="count" exact /></td>
                <td className="sentence" data-label={t('sources.runs.said')}>{words(run.said)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
