import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCatalogue, type Asked } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { timingOf } from './form';
import { sourceRecords } from './records';

const heads = ['source', 'schedule', 'state', 'success', 'due', 'rows', 'alerts', 'act'] as const;

interface SourcesProps {
  asked: Asked;
  busy: boolean;
  onSync: (names: string[]) => void;
  onEdit: (name: string) => void;
  onRemove: (name: string) => void;
}

function When({ schedule }: { schedule: string }) {
  const { t } = useTranslation();
  const { kind, count, unit, time } = timingOf(schedule);
  if (kind === 'every') return <>{t('sources.list.every', { count, unit: t(`sources.form.units.${unit}`) })}</>;
  return <>{kind === 'daily' ? t('sources.list.daily', { time }) : t('sources.list.manual')}</>;
}

/** Each source, how fresh it is, and what is odd about it. */
export function Sources({ asked, busy, onSync, onEdit, onRemove }: SourcesProps) {
  const { t } = useTranslation();
  const words = useWords();
  const kinds = useCatalogue().data?.kinds ?? [];
  const kindTitle = (name: string) => words(kinds.find((kind) => kind.name === name)?.title ?? { en: name, zh: name });
  const all = <Button type="primary" disabled={busy} onClick={() => onSync([])}>{t('sources.sync_all')}</Button>;
  return (
    <Panel title={t('sources.list.title')} subtitle={t('sources.list.subtitle')} asked={asked} actions={all} emptyText={t('sources.list.empty')} withoutTable>
      {(answer) => (
        <table className="answer-table data-cards">
          <thead>
            <tr>{heads.map((head) => <th key={head} scope="col" className={head === 'rows' ? 'numeric' : undefined}>{t(`sources.list.${head}`)}</th>)}</tr>
          </thead>
          <tbody>
            {sourceRecords(answer).map((source) => (
              <tr key={source.name}>
                <th scope="row">{source.name} <small>{kindTitle(source.kind)}</small></th>
                <td data-label={t('sources.list.schedule')}>{source.schedule === '' ? t('sources.list.off') : <When schedule={source.schedule} />}</td>
                <td data-label={t('sources.list.state')}>{t(`sources.state.${source.state}`, { defaultValue: source.state })}</td>
                <td data-label={t('sources.list.success')}><Figure value={source.success} unit="time" /></td>
                <td data-label={t('sources.list.due')}><Figure value={source.due} unit="time" /></td>
                <td className="numeric" data-label={t('sources.list.rows')}><Figure value={source.rows} unit="count" exact /></td>
                <td className="sentence" data-label={t('sources.list.alerts')}>{words(source.alerts)}</td>
                <td data-label={t('sources.list.act')}>
                  <span className="source-acts">
                    <Button size="small" disabled={busy} aria-label={t('sources.sync_one', { name: source.name })} onClick={() => onSync([source.name])}>{t('sources.sync')}</Button>
                    <Button size="small" disabled={busy} aria-label={t('sources.form.change', { name: source.name })} onClick={() => onEdit(source.name)}>{t('sources.edit')}</Button>
                    <Popconfirm title={t('sources.sure', { name: source.name })} okText={t('sources.remove')} cancelText={t('sources.keep')} onConfirm={() => onRemove(source.name)}>
                      <Button size="small" type="text" disabled={busy} aria-label={t('sources.remove_one', { name: source.name })}>{t('sources.remove')}</Button>
                    </Popconfirm>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
