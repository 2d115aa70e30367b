import { Button, Select } from 'antd';
import { Fragment, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCatalogue, type Asked } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { formatValue } from '@/shared/figure/format';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { EmptyState, ErrorState, LoadingState } from '@/shared/view/States';
import { examplesOf, loadRecords, ruleRecords, severities, type RuleRecord, type Severity } from './records';

const mostExamples = 20;

/** Rows that broke one rule, as they stand in the file. */
function Examples({ rule, load, dataVersion }: { rule: RuleRecord; load: number | null; dataVersion: number }) {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const catalogue = useCatalogue();
  const asked = useAsk({ command: 'quality', args: { part: 'rows', rule: rule.rule, load_id: load, limit: mostExamples }, lane: 'quality' }, dataVersion);
  if (asked.error && !asked.answer) return <ErrorState error={asked.error} onRetry={asked.retry} />;
  if (!asked.answer) return <LoadingState height={90} />;
  const examples = examplesOf(asked.answer);
  const field = (name: string) => words(catalogue.data?.fields.find((each) => each.name === name)?.label) || name;
  return (
    <div className="data-examples">
      <ul>
        {examples.map((example, index) => (
          <li key={`${example.file}-${example.line}-${index}`}>
            <span className="data-line">{`${t('data.findings.line')} ${example.line}`}</span>
            <span>{example.field === '' ? '' : field(example.field)}</span>
            {example.value === '' ? <em>{t('data.findings.nothing')}</em> : <code>{example.value}</code>}
            {rule.files.length > 1 && <small>{t('data.findings.in_file', { file: example.file })}</small>}
          </li>
        ))}
      </ul>
      <p className="hint">{t('data.findings.shown', { shown: examples.length, rows: formatValue(rule.rows, 'count', { language, exact: true }) })}</p>
    </div>
  );
}

interface RulesProps {
  rules: RuleRecord[];
  load: number | null;
  dataVersion: number;
}

function Rules({ rules, load, dataVersion }: RulesProps) {
  const { t } = useTranslation();
  const words = useWords();
  const [open, setOpen] = useState<string | null>(null);
  const id = useId();
  return (
    <table className="answer-table data-cards data-rules">
      <thead>
        <tr>
          <th scope="col">{t('data.findings.severity')}</th><th scope="col">{t('data.findings.rule')}</th><th scope="col">{t('data.findings.done')}</th>
          <th scope="col" className="numeric">{t('data.findings.rows')}</th><th scope="col">{t('data.findings.examples')}</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => {
          const key = `${rule.rule}-${rule.action}`;
          const shown = open === key;
          const meaning = words(rule.meaning);
          return (
            <Fragment key={key}>
              <tr>
                <td><span className={`severity severity-${rule.severity}`}>{t(`data.severity.${rule.severity}`)}</span></td>
                <th scope="row">{meaning}</th>
                <td data-label={t('data.findings.done')}>{t(`data.action.${rule.action}`, { defaultValue: rule.action })}</td>
                <td className="numeric" data-label={t('data.findings.rows')}><Figure value={rule.rows} unit="count" exact /></td>
                <td>
                  <button
                    type="button" className="tool data-toggle" aria-expanded={shown} aria-controls={`${id}-${key}`}
                    aria-label={t(shown ? 'data.findings.hide' : 'data.findings.show', { rule: meaning })} onClick={() => setOpen(shown ? null : key)}
                  >
                    {t('data.findings.examples')}<span aria-hidden="true">{shown ? '▴' : '▾'}</span>
                  </button>
                </td>
              </tr>
              {shown && <tr id={`${id}-${key}`} className="data-open"><td colSpan={5}><Examples rule={rule} load={load} dataVersion={dataVersion} /></td></tr>}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

interface FindingsProps {
  loads: Asked;
  /** The load looked at; null is the newest of each file. */
  load: string | null;
  onLoad: (load: string | null) => void;
  dataVersion: number;
}

/** Rules that rows of a load broke, with examples. */
export function Findings({ loads, load, onLoad, dataVersion }: FindingsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [severity, setSeverity] = useState<Severity | 'all'>('all');
  const number = load === null ? null : Number(load);
  const counts = useAsk({ command: 'quality', args: { part: 'counts', load_id: number }, lane: 'quality' }, dataVersion);
  const records = loads.answer ? loadRecords(loads.answer) : [];
  const files = [
    { value: '', label: t('data.findings.newest') },
    ...records.map((record) => ({ value: record.id, label: `${record.file} · ${formatValue(record.at, 'time', { language })}` })),
  ];
  const options = [{ value: 'all', label: t('data.findings.all') }, ...severities.map((each) => ({ value: each, label: t(`data.severity.${each}`) }))];
  const filters = records.length > 0 && (
    <>
      <Select className="data-filter" value={load ?? ''} options={files} popupMatchSelectWidth={false} aria-label={t('data.findings.file')} onChange={(value: string) => onLoad(value || null)} />
      <Select value={severity} options={options} popupMatchSelectWidth={false} className="data-filter-short" aria-label={t('data.findings.severity')} onChange={(value: Severity | 'all') => setSeverity(value)} />
    </>
  );
  const asked = counts.answer ? { ...counts, answer: { ...counts.answer, notes: [] } } : counts;
  return (
    <Panel title={t('data.findings.title')} subtitle={t('data.findings.subtitle')} asked={asked} actions={filters} emptyTitle={records.length > 0 ? t('data.findings.none') : undefined} emptyText={t(records.length > 0 ? 'data.findings.none_hint' : 'data.findings.empty')} withoutTable>
      {(answer) => {
        const rules = ruleRecords(answer).filter((rule) => severity === 'all' || rule.severity === severity);
        if (rules.length > 0) return <Rules rules={rules} load={number} dataVersion={dataVersion} />;
        return <EmptyState text={t('data.findings.filtered')} action={<Button onClick={() => setSeverity('all')}>{t('data.findings.clear')}</Button>} />;
      }}
    </Panel>
  );
}
