import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { EmptyState } from '@/shared/view/States';
import { Panel } from '@/shared/view/Panel';
import { stopsOf } from './records';

interface StopsProps {
  asked: Asked;
  busy: boolean;
  onRemove: (key: string) => void;
}

/** Keys that join nobody, and the way back. */
export function Stops({ asked, busy, onRemove }: StopsProps) {
  const { t } = useTranslation();
  const heads = ['kind', 'key', 'reason', 'at', 'remove'] as const;
  return (
    <Panel
      title={t('identity.stops.title')} subtitle={t('identity.stops.subtitle')} withoutTable
      asked={asked.answer ? { ...asked, answer: { ...asked.answer, notes: [] } } : asked}
    >
      {(answer) => {
        const { own, common } = stopsOf(answer);
        if (own.length === 0) return <EmptyState title={t('identity.stops.none')} text={t('identity.stops.common', { count: common })} />;
        return (
          <>
            <div className="table-scroll">
              <table className="answer-table">
                <thead><tr>{heads.map((head) => <th key={head} scope="col">{t(`identity.stops.${head}`)}</th>)}</tr></thead>
                <tbody>
                  {own.map((stop) => (
                    <tr key={`${stop.kind}:${stop.key}`}>
                      <td>{t(`identity.kind.${stop.kind}`)}</td>
                      <td>{stop.key}</td>
                      <td>{stop.reason === 'split' ? t('identity.stops.split') : stop.reason || '—'}</td>
                      <td><Figure value={stop.at} unit="time" /></td>
                      <td>
                        <button type="button" className="tool" disabled={busy} aria-label={t('identity.stops.remove_one', { key: stop.key })} onClick={() => onRemove(`${stop.kind}:${stop.key}`)}>
                          {t('identity.stops.remove')}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <p className="hint">{t('identity.stops.common', { count: common })}</p>
          </>
        );
      }}
    </Panel>
  );
}
