import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { asNumber, asText, cellAt } from '@/shared/api/answer';
import type { Args } from '@/shared/api/batch';
import { useAsk } from '@/shared/api/hooks';
import type { Answer, Unit } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import { ErrorState, LoadingState } from '@/shared/view/States';
import { FixForm } from './FixForm';
import type { Effect, Rule } from './records';

const mostRows = 20;

function Effects({ effects, currency }: { effects: Effect[]; currency: string }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <table className="answer-table">
      <thead>
        <tr>
          <th scope="col">{t('quality.detail.metric')}</th>
          {(['value', 'without', 'change'] as const).map((head) => <th key={head} scope="col" className="numeric">{t(`quality.detail.${head}`)}</th>)}
        </tr>
      </thead>
      <tbody>
        {effects.map((effect) => (
          <tr key={effect.metric}>
            <th scope="row">{words(effect.title)}</th>
            <td className="numeric"><Figure value={effect.value} unit={effect.unit} currency={currency} /></td>
            <td className="numeric"><Figure value={effect.without} unit={effect.unit} currency={currency} /></td>
            <td className="numeric"><Figure value={effect.change} unit={effect.changeUnit} signed /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface RowsProps {
  answer: Answer;
  rule: Rule;
  busy: boolean;
  onQuarantine: (target: string) => void;
  onOpen: (order: string) => void;
}

/** The rows that break the rule; an order of them can be corrected or put under quarantine alone. */
function Rows({ answer, rule, busy, onQuarantine, onOpen }: RowsProps) {
  const { t } = useTranslation();
  const { search } = useLocation();
  return (
    <ul className="quality-rows" aria-label={t('quality.detail.rows')}>
      {answer.rows.map((_, row) => {
        const key = asText(cellAt(answer, row, 'key'));
        const customer = asNumber(cellAt(answer, row, 'customer_id')) ?? 0;
        return (
          <li key={`${key}-${row}`}>
            <code>{key || '—'}</code>
            <Figure value={asText(cellAt(answer, row, 'ordered_on'))} unit="date" />
            <Figure value={asNumber(cellAt(answer, row, 'value'))} unit={asText(cellAt(answer, row, 'unit')) as Unit} currency={answer.currency} exact />
            {customer > 0 && <Link to={{ pathname: `/customers/${customer}`, search }}>{t('quality.detail.customer', { id: customer })}</Link>}
            {rule.ofOrders && (
              <span className="quality-tools">
                <button type="button" className="tool" disabled={busy} aria-label={t('quality.fix.one', { key })} onClick={() => onOpen(key)}>
                  {t('quality.fix.do')}
                </button>
                <button type="button" className="tool" disabled={busy} aria-label={t('quality.detail.one', { key })} onClick={() => onQuarantine(key)}>
                  {t('quality.advice.quarantine')}
                </button>
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export interface RuleDetailProps {
  rule: Rule;
  effects: Effect[];
  currency: string;
  dataVersion: number;
  busy: boolean;
  onQuarantine: (target: string) => void;
  onFix: (args: Args) => void;
}

/** How the rule judges, what its rows do to the figures, which they are, and taking them out. */
export function RuleDetail({ rule, effects, currency, dataVersion, busy, onQuarantine, onFix }: RuleDetailProps) {
  const { t } = useTranslation();
  const [order, setOrder] = useState<string | null>(null);
  const words = useWords();
  const asked = useAsk(rule.rows > 0 ? { command: 'quality rows', args: { rule: rule.name, limit: mostRows }, lane: 'quality' } : null, dataVersion);
  return (
    <div className="quality-detail">
      <p>{words(rule.method).replaceAll('`', '')}</p>
      {effects.length > 0 ? <Effects effects={effects} currency={currency} /> : rule.rows > 0 && <p className="hint">{t('quality.detail.no_effect')}</p>}
      {asked.error && !asked.answer && <ErrorState error={asked.error} onRetry={asked.retry} />}
      {rule.rows > 0 && !asked.answer && !asked.error && <LoadingState height={80} />}
      {asked.answer && <Rows answer={asked.answer} rule={rule} busy={busy} onQuarantine={onQuarantine} onOpen={setOrder} />}
      {order !== null && <FixForm orderKey={order} mend={rule.mend} currency={currency} dataVersion={dataVersion} onFix={onFix} onClose={() => setOrder(null)} />}
      {rule.ofOrders && rule.rows > 0 && (
        <Popconfirm
          title={t('quality.detail.sure')} description={t('quality.detail.sure_text')} okText={t('quality.detail.yes')} cancelText={t('quality.detail.no')}
          onConfirm={() => onQuarantine(rule.name)}
        >
          <Button disabled={busy} type={rule.advice === 'quarantine' ? 'primary' : 'default'}>{t('quality.detail.quarantine', { count: rule.rows })}</Button>
        </Popconfirm>
      )}
    </div>
  );
}
