import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useInRouterContext, useLocation } from 'react-router-dom';
import type { Answer, Cell, Column } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';

const pageRows = 100;

/** Numbers stand to the right; sentences get the room to be read. */
function classesOf(answer: Answer): (string | undefined)[] {
  return answer.columns.map((column, index) => {
    if (!['none', 'date', 'time'].includes(column.unit)) return 'numeric';
    const isLong = answer.rows.some((row) => String(row[index] ?? '').length > 18);
    return index > 0 && isLong ? 'sentence' : undefined;
  });
}

function CustomerLink({ id }: { id: number }) {
  const { search } = useLocation();
  return <Link to={{ pathname: `/customers/${id}`, search }}>{id}</Link>;
}

interface ValueProps {
  value: Cell | undefined;
  column: Column;
  currency: string;
  exact: boolean;
}

/** A number of ours leads to the person; 0 is nobody. */
function Value({ value, column, currency, exact }: ValueProps) {
  const linked = useInRouterContext() && column.name === 'customer_id' && typeof value === 'number' && value > 0;
  if (linked) return <CustomerLink id={value} />;
  return <Figure value={value} unit={column.unit} currency={currency} exact={exact && column.unit !== 'ratio' && column.unit !== 'number'} />;
}

/** An answer as it came: every column under its label, numbers by Figure; long ones in pages. */
export function AnswerTable({ answer, exact = true }: { answer: Answer; exact?: boolean }) {
  const words = useWords();
  const { t } = useTranslation();
  const [shown, setShown] = useState(pageRows);
  const classes = classesOf(answer);
  return (
    <div className="table-scroll">
      <table className="answer-table">
        <thead>
          <tr>
            {answer.columns.map((column, index) => (
              <th key={column.name} scope="col" className={classes[index]}>
                {words(column.label) || column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.slice(0, shown).map((row, rowIndex) => (
            <tr key={rowIndex}>
              {answer.columns.map((column, index) => (
                <td key={column.name} className={classes[index]}>
                  <Value value={row[index]} column={column} currency={answer.currency} exact={exact} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {answer.rows.length > shown && (
        <button type="button" className="tool" onClick={() => setShown(shown + pageRows)}>
          {t('panel.more', { left: answer.rows.length - shown })}
        </button>
      )}
    </div>
  );
}
