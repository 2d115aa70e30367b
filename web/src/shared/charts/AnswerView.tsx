import { useMemo } from 'react';
import { asNumber, asText, indexesOf, seriesOf } from '@/shared/api/answer';
import type { Answer, Column, View } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { AnswerTable } from './AnswerTable';
import { Chart } from './Chart';
import { HeatTable } from './HeatTable';
import { barsOption, curveOption, flowOption, type DrawOptions } from './options';

interface AnswerViewProps {
  answer: Answer;
  title: string;
  view?: View;
  draw?: Partial<DrawOptions>;
  height?: number;
}

function xColumn(answer: Answer): Column | undefined {
  return answer.columns[indexesOf(answer, 'dimension')[0] ?? -1];
}

/** Bars of many named things, such as segments or categories. */
function isNamed(answer: Answer): boolean {
  return xColumn(answer)?.unit === 'none' && indexesOf(answer, 'series').length === 0 && answer.rows.length > 3;
}

function Drawing({ answer, title, view, draw, height }: AnswerViewProps) {
  const language = useLanguage();
  const words = useWords();
  const option = useMemo(() => {
    const label = (column: Column) => words(column.label) || column.name;
    const xUnit = xColumn(answer)?.unit ?? 'none';
    const options: DrawOptions = { language, currency: answer.currency, xUnit, ...draw };
    if (view === 'flow') {
      const [from, to] = indexesOf(answer, 'dimension').concat(indexesOf(answer, 'series'));
      const value = indexesOf(answer, 'value')[0] ?? -1;
      const links = answer.rows.map((row) => ({
        source: asText(row[from ?? 0]), target: asText(row[to ?? 1]), value: asNumber(row[value]) ?? 0,
      }));
      return flowOption(links, answer.columns[value]?.unit ?? 'count', options);
    }
    const series = seriesOf(answer, label);
    const unit = series[0]?.column.unit;
    const drawn = series.filter((each) => each.column.unit === unit);
    if (view === 'bars') {
      // Parts of a whole stand on each other; named things lie, so that their names can be read.
      const split = indexesOf(answer, 'series').length > 0;
      return barsOption(drawn, { stacked: split && unit === 'count', horizontal: isNamed(answer), ...options });
    }
    return curveOption(drawn, options);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `words` changes with the language only
  }, [answer, view, language, draw]);
  const rows = view === 'bars' && isNamed(answer) ? answer.rows.length * 30 + 60 : 0;
  return <Chart option={option} label={title} height={Math.min(720, Math.max(height ?? 300, rows))} />;
}

function Cards({ answer }: { answer: Answer }) {
  const words = useWords();
  const first = indexesOf(answer, 'dimension')[0];
  const values = indexesOf(answer, 'value');
  return (
    <div className="value-cards">
      {answer.rows.flatMap((row, rowIndex) => values.map((index) => {
        const column = answer.columns[index] as Column;
        return (
          <div className="value-card" key={`${rowIndex}-${column.name}`}>
            <span className="value-card-label">
              {first === undefined ? words(column.label) : `${asText(row[first])} · ${words(column.label)}`}
            </span>
            <Figure value={row[index]} unit={column.unit} currency={answer.currency} size="large" />
          </div>
        );
      }))}
    </div>
  );
}

/** Draws any answer by its view and the roles of its columns. */
export function AnswerView(props: AnswerViewProps) {
  const view = props.view ?? props.answer.view;
  switch (view) {
    case 'heatmap': return <HeatTable answer={props.answer} />;
    case 'cards': return <Cards answer={props.answer} />;
    case 'curve':
    case 'bars':
    case 'flow': return <Drawing {...props} view={view} />;
    default: return <AnswerTable answer={props.answer} />;
  }
}
