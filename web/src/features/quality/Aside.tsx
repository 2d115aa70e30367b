import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { asideOf, type AsideOrder, type Rule } from './records';

interface AsideProps {
  asked: Asked;
  rules: Rule[];
  busy: boolean;
  onRelease: (target: string) => void;
}

/** What of an order was corrected. */
function Right({ order, currency }: { order: AsideOrder; currency: string }) {
  const { t } = useTranslation();
  const { day, status, account } = order.right;
  return (
    <ul className="quality-right">
      {day !== '' && <li>{t('quality.fix.ordered_at')} <Figure value={day} unit="date" /></li>}
      {status !== null && <li>{t('quality.fix.status')} {t(`quality.status.${status}`)}</li>}
      {account !== null && <li>{account > 0 ? t('quality.detail.customer', { id: account }) : t('quality.fix.nobody')}</li>}
      {(['gross', 'discount', 'refund'] as const).map((name) => order.right[name] !== null && (
        <li key={name}>{t(`quality.fix.${name}`)} <Figure value={order.right[name]} unit="minor" currency={currency} exact /></li>
      ))}
    </ul>
  );
}

/** Orders that were set aside, and the way back. */
export function Aside({ asked, rules, busy, onRelease }: AsideProps) {
  const { t } = useTranslation();
  const words = useWords();
  const heads = ['order', 'day', 'net', 'decision', 'why', 'who', 'release'] as const;
  const all = asked.answer !== null && asked.answer.rows.length > 0 && (
    <Popconfirm title={t('quality.aside.sure')} okText={t('quality.aside.all')} cancelText={t('quality.detail.no')} onConfirm={() => onRelease('all')}>
      <Button size="small" disabled={busy}>{t('quality.aside.all')}</Button>
    </Popconfirm>
  );
  return (
    <Panel
      title={t('quality.aside.title')} subtitle={t('quality.aside.subtitle')} asked={asked.answer ? { ...asked, answer: { ...asked.answer, notes: [] } } : asked}
      emptyTitle={t('quality.aside.none')} emptyText={t('quality.aside.none_hint')} actions={all} withoutTable
    >
      {(answer) => (
        <div className="quality-scroll">
          <table className="answer-table">
            <thead><tr>{heads.map((head) => <th key={head} scope="col" className={head === 'net' ? 'numeric' : undefined}>{t(`quality.aside.${head}`)}</th>)}</tr></thead>
            <tbody>
              {asideOf(answer).map((order) => (
                <tr key={order.key}>
                  <th scope="row">{order.key}</th>
                  <td><Figure value={order.day} unit="date" /></td>
                  <td className="numeric"><Figure value={order.net} unit="minor" currency={answer.currency} exact /></td>
                  <td>{t(`quality.aside.${order.decision}`)}<Right order={order} currency={answer.currency} /></td>
                  <td>{words(rules.find((rule) => rule.name === order.rule)?.title) || order.rule || t('quality.aside.hand')}</td>
                  <td>{order.by || '—'}</td>
                  <td>
                    <button type="button" className="tool" disabled={busy} aria-label={t('quality.aside.release_one', { key: order.key })} onClick={() => onRelease(order.key)}>
                      {t('quality.aside.release')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
