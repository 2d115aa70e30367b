import { useTranslation } from 'react-i18next';
import type { Answer } from '@/shared/api/types';
import { formatValue } from '@/shared/figure/format';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { heatColour } from '@/shared/view/palette';
import { heatGrid, heatShare, withoutStart } from './heat';
import { AnswerTable } from './AnswerTable';
import { shortX } from './options';

interface HeatTableProps {
  answer: Answer;
  /** At most so many columns; the rest is on the page of the analysis. */
  most?: number;
  /** Leaves out the period of the first order itself and the digits after the point: for a tile. */
  brief?: boolean;
}

/** A heat map that is a real table: it can be read aloud, selected and copied. */
export function HeatTable({ answer, most = 60, brief = false }: HeatTableProps) {
  const language = useLanguage();
  const words = useWords();
  const { t } = useTranslation();
  const full = heatGrid(answer);
  const grid = full && brief ? withoutStart(full) : full;
  if (grid === null) return <AnswerTable answer={answer} />;
  const columns = grid.columns.slice(0, most);
  const names = grid.rows.map((row) => row.name).filter((name) => name !== 'all');
  const hasBase = grid.rows.some((row) => row.base !== null);
  const unit = grid.valueColumn.unit;
  const show = (value: number | null, exact = false) => formatValue(value, unit, { language, currency: answer.currency, exact, whole: brief && !exact });
  return (
    <div className="table-scroll">
      <table className="heat">
        <caption className="hidden-caption">{words(grid.valueColumn.label)}</caption>
        <thead>
          <tr>
            <th scope="col">{words(grid.rowColumn.label)}</th>
            {hasBase && <th scope="col" className="numeric">{t('heat.base')}</th>}
            {columns.map((name) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row) => (
            <tr key={row.name} className={row.name === 'all' ? 'heat-all' : undefined}>
              <th scope="row">{row.name === 'all' ? t('heat.all') : shortX(row.name, names)}</th>
              {hasBase && <td className="numeric heat-base">{formatValue(row.base, 'count', { language })}</td>}
              {row.cells.slice(0, most).map((value, index) => {
                const key = columns[index];
                if (value === undefined) return <td key={key} className="heat-none" />;
                if (value === null) return <td key={key} className="heat-immature" title={t(row.base === 0 ? 'heat.nobody' : 'heat.immature')}>·</td>;
                return (
                  <td key={key} title={show(value, true)} style={{ background: heatColour(heatShare(value, grid)) }}>
                    {show(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
