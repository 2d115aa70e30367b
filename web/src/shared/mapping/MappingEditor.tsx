import { useTranslation } from 'react-i18next';
import { AnswerTable } from '@/shared/charts/AnswerTable';
import { EmptyState } from '@/shared/view/States';
import { MappingTable, type EditorProps } from './MappingTable';
import { Problems } from './Problems';
import { Reading } from './Reading';
import { firstRows } from './rows';
import './mapping.css';

/** What each column means, to be corrected, and what is wrong with it. */
export function MappingEditor({ said, ...props }: EditorProps & { said?: (text: string) => string }) {
  const { t } = useTranslation();
  return (
    <div className="mapping-editor">
      <Reading {...props} />
      <p>{t('mapping.hint')}</p>
      <MappingTable {...props} />
      <div aria-live="polite"><Problems seen={props.seen} said={said} /></div>
    </div>
  );
}

/** The first rows as they would be loaded. */
export function FirstRows({ seen }: { seen: EditorProps['seen'] }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-label={t('mapping.rows')}>
      <header className="panel-head"><div className="panel-titles"><h2>{t('mapping.rows')}</h2><p>{t('mapping.rows_hint')}</p></div></header>
      <div className="panel-body">
        {seen.first.rows.length > 0 ? <AnswerTable answer={firstRows(seen.first, t)} /> : <EmptyState title={t('mapping.no_rows')} />}
      </div>
    </section>
  );
}
