import { useTranslation } from 'react-i18next';
import { asNumber, asText, columnIndex } from '@/shared/api/answer';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { metricRequest } from '@/shared/api/requests';
import type { Answer, Cell } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import { EmptyState } from '@/shared/view/States';

interface Row {
  metric: string;
  title: string;
  status: string;
  mergeDays: Cell;
  value: number | null;
  numerator: number | null;
  base: number | null;
  differs: string;
}

function rowsOf(answer: Answer): Row[] {
  const at = (row: Cell[], name: string): Cell => row[columnIndex(answer, name)] ?? null;
  return answer.rows.map((row) => ({
    metric: asText(at(row, 'metric')), title: asText(at(row, 'definition')), status: asText(at(row, 'status')),
    mergeDays: at(row, 'merge_days'), value: asNumber(at(row, 'value')), numerator: asNumber(at(row, 'numerator')),
    base: asNumber(at(row, 'base')), differs: asText(at(row, 'differs')),
  }));
}

/** Rows of one metric under one heading: what it says, then its value under each switch. */
function byMetric(rows: Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(row.metric, [...(found.get(row.metric) ?? []), row]);
  return found;
}

function Comparison({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const words = useWords();
  const catalogue = useCatalogue();
  const rows = rowsOf(answer);
  const largest = Math.max(...rows.map((row) => row.value ?? 0), 0.01);
  const yes = (cell: Cell) => ['true', 'yes', '1', '是'].includes(asText(cell).toLowerCase());
  return (
    <div className="table-scroll">
      <table className="answer-table definitions">
        <thead>
          <tr>
            <th scope="col">{t('definitions.definition')}</th><th scope="col">{t('definitions.switches')}</th>
            <th scope="col" className="numeric">{t('definitions.value')}</th><th scope="col" className="numeric">{t('definitions.fraction')}</th>
          </tr>
        </thead>
        {[...byMetric(rows)].map(([metric, members]) => (
          <tbody key={metric}>
            {members.map((row, index) => (
              <tr key={index}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={members.length}>
                    <b>{words(catalogue.data?.metrics.find((card) => card.name === metric)?.title) || row.title || metric}</b>
                    <span>{row.differs}</span>
                  </th>
                )}
                <td>{[t(`status.${row.status}`, { defaultValue: row.status }), yes(row.mergeDays) ? t('definitions.merged') : ''].filter(Boolean).join(' · ')}</td>
                <td className="numeric definition-value">
                  <i aria-hidden="true" style={{ width: `${((row.value ?? 0) / largest) * 100}%` }} />
                  <Figure value={row.value} unit="ratio" />
                </td>
                <td className="numeric"><Figure value={row.numerator} unit="count" exact /> / <Figure value={row.base} unit="count" exact /></td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
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
          {(answer) => <Comparison answer={localise(answer, language)} />}
        </Panel>
      )}
    </div>
  );
}
