import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { metricRequest } from '@/shared/api/requests';
import type { Answer } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import { EmptyState } from '@/shared/view/States';
import { byMetric, partUnit, rowsOf, type DefinitionRow } from './definition_rows';

function Comparison({ answer, status }: { answer: Answer; status: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const catalogue = useCatalogue();
  const [everyStatus, setEveryStatus] = useState(false);
  const rows = rowsOf(answer);
  const groups = byMetric(rows, status, everyStatus);
  const switches = (row: DefinitionRow) =>
    [t(`status.${row.status}`, { defaultValue: row.status }), row.mergeDays ? t('definitions.merged') : ''].filter(Boolean).join(' · ');
  return (
    <div className="table-scroll">
      <table className="answer-table definitions">
        <thead>
          <tr>
            <th scope="col">{t('definitions.definition')}</th><th scope="col">{t('definitions.switches')}</th>
            <th scope="col" className="numeric">{t('definitions.value')}</th><th scope="col" className="numeric">{t('definitions.fraction')}</th>
          </tr>
        </thead>
        {[...groups].map(([metric, members]) => (
          <tbody key={metric}>
            {members.map((row, index) => (
              <tr key={index} className={everyStatus && row.status === status ? 'chosen' : undefined}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={members.length}>
                    <b>{words(catalogue.data?.metrics.find((card) => card.name === metric)?.title) || row.title || metric}</b>
                    <span>{row.differs}</span>
                  </th>
                )}
                <td>{switches(row)}</td>
                <td className="numeric definition-value">
                  <i aria-hidden="true" style={{ '--part': row.value ?? 0 } as CSSProperties} />
                  <Figure value={row.value} unit="ratio" />
                </td>
                <td className="numeric">
                  <Figure value={row.numerator} unit={partUnit(metric)} currency={answer.currency} exact />
                  {' / '}
                  <Figure value={row.base} unit={partUnit(metric)} currency={answer.currency} exact />
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <button type="button" className="tool" aria-pressed={everyStatus} onClick={() => setEveryStatus(!everyStatus)}>
        {everyStatus ? t('definitions.one_status') : t('definitions.every_status')}
      </button>
    </div>
  );
}

/** 口径对照: one period under every definition of 复购率, and why they differ. */
export default function DefinitionsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { scope, freshness } = useGround();
  const request = scope && metricRequest({ metrics: ['repurchase_rate'], scope, extra: { definitions: true }, lane: 'definitions' });
  const asked = useAsk(request, freshness.dataVersion);
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('definitions.title')}</h1><p>{t('definitions.subtitle')}</p></div></header>
      {scope === null ? <EmptyState text={t('empty.no_orders')} /> : (
        <Panel title={t('definitions.panel')} subtitle={t('definitions.note')} asked={asked} withoutTable height={420}>
          {(answer) => <Comparison answer={localise(answer, language)} status={scope.state.status} />}
        </Panel>
      )}
    </div>
  );
}
