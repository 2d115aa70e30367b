import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { Panel } from '@/shared/view/Panel';
import { loadRecords, tableKey } from './records';

/** Every load that is in, newest first. */
export function History({ asked, onLook }: { asked: Asked; onLook: (id: string) => void }) {
  const { t } = useTranslation();
  const heads = ['when', 'file', 'table', 'span', 'read', 'loaded', 'left'] as const;
  const numeric = new Set<string>(['read', 'loaded', 'left']);
  return (
    <Panel title={t('data.history.title')} subtitle={t('data.history.subtitle')} asked={asked.answer ? { ...asked, answer: { ...asked.answer, notes: [] } } : asked} emptyText={t('data.history.empty')} withoutTable>
      {(answer) => (
        <table className="answer-table data-cards">
          <thead>
            <tr>{heads.map((head) => <th key={head} scope="col" className={numeric.has(head) ? 'numeric' : undefined}>{t(`data.history.${head}`)}</th>)}</tr>
          </thead>
          <tbody>
            {loadRecords(answer).map((load) => (
              <tr key={load.id}>
                <td data-label={t('data.history.when')}><Figure value={load.at} unit="time" /></td>
                <th scope="row">{load.file}</th>
                <td data-label={t('data.history.table')}>{t(tableKey(load.table))}</td>
                <td data-label={t('data.history.span')}>{load.first && load.last ? t('data.history.to', { first: load.first, last: load.last }) : <Figure value={null} unit="date" />}</td>
                <td className="numeric" data-label={t('data.history.read')}><Figure value={load.read} unit="count" exact /></td>
                <td className="numeric" data-label={t('data.history.loaded')}><Figure value={load.loaded} unit="count" exact /></td>
                <td className="numeric" data-label={t('data.history.left')}>
                  {load.left
                    ? <button type="button" className="data-link" aria-label={t('data.history.look', { name: load.file })} onClick={() => onLook(load.id)}><Figure value={load.left} unit="count" exact /></button>
                    : <Figure value={load.left} unit="count" exact />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
