import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';
import { asNumber, asText, cellAt } from '@/shared/api/answer';
import { useAsk } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import type { Answer } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { useAddress } from '@/shared/state/use_address';
import { EmptyState } from '@/shared/view/States';
import { Panel } from '@/shared/view/Panel';
import { customerPath } from './records';
import './customers.css';

function Found({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const onward = new URLSearchParams(search);
  onward.delete('q');
  return (
    <ul className="customers-found">
      {answer.rows.map((_, row) => {
        const id = asText(cellAt(answer, row, 'customer_id'));
        const text = (name: string) => asText(cellAt(answer, row, name));
        return (
          <li key={id}>
            <Link to={{ pathname: customerPath(id), search: onward.toString() }}>
              <strong>{text('name') || text('customer_key') || t('customers.unnamed', { id })}</strong>
              <span className="hint">{[text('name') && text('customer_key'), text('region')].filter(Boolean).join(' · ')}</span>
              <span className="customers-by">{text('by')}</span>
              <span>{t('customers.orders')} <Figure value={asNumber(cellAt(answer, row, 'orders'))} unit="count" /></span>
              <span><Figure value={asNumber(cellAt(answer, row, 'amount_minor'))} unit="minor" currency={answer.currency} /></span>
              <span>{t('customers.last')} <Figure value={text('last_on')} unit="date" /></span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** Looking for a person; what is looked for is in the address. */
export default function CustomersPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { freshness } = useGround();
  const [search, change] = useAddress();
  const text = search.get('q') ?? '';
  const asked = useAsk(text === '' ? null : { command: 'customer find', args: { text }, lane: 'customers' }, freshness.dataVersion);
  const look = (written: string) => change((next) => {
    if (written.trim() === '') next.delete('q');
    else next.set('q', written.trim());
  });
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('customers.title')}</h1><p>{t('customers.subtitle')}</p></div></header>
      <Input.Search
        key={text} className="customers-search" defaultValue={text} allowClear enterButton={t('customers.look')}
        placeholder={t('customers.placeholder')} aria-label={t('customers.placeholder')} onSearch={look}
      />
      {text === '' ? <EmptyState title={t('customers.start')} text={t('customers.start_hint')} /> : (
        <Panel title={t('customers.found')} subtitle={t('customers.found_hint')} asked={asked} emptyTitle={t('customers.none')} emptyText={t('customers.none_hint')}>
          {(answer) => <Found answer={localise(answer, language)} />}
        </Panel>
      )}
    </div>
  );
}
