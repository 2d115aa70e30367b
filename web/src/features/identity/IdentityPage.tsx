import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAsk } from '@/shared/api/hooks';
import { useWork } from '@/shared/api/use_work';
import { useGround } from '@/shared/state/scope';
import { useAddress } from '@/shared/state/use_address';
import { EmptyState, ErrorState } from '@/shared/view/States';
import { PersonPanel } from './PersonPanel';
import { Stops } from './Stops';
import './identity.css';

/** Why some keys are one person, and taking the person apart. Whom is in the address. */
export default function IdentityPage() {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const [search, change] = useAddress();
  const customer = search.get('customer') ?? '';
  const work = useWork();
  const busy = work.job !== null;
  const person = useAsk(customer === '' ? null : { command: 'identity show', args: { customer }, lane: 'identity' }, freshness.dataVersion);
  const stops = useAsk({ command: 'identity stop list', args: {}, lane: 'identity' }, freshness.dataVersion);
  const look = (written: string) => change((next) => {
    if (written.trim() === '') next.delete('customer');
    else next.set('customer', written.trim());
  });
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('identity.title')}</h1><p>{t('identity.subtitle')}</p></div></header>
      <Input.Search
        key={customer} className="identity-search" defaultValue={customer} allowClear enterButton={t('identity.look')}
        placeholder={t('identity.placeholder')} aria-label={t('identity.placeholder')} onSearch={look}
      />
      {busy && <p className="hint" role="status">{t('identity.working')}</p>}
      {work.error && <ErrorState error={work.error} />}
      {customer === ''
        ? <EmptyState title={t('identity.start')} text={t('identity.start_hint')} />
        : <PersonPanel asked={person} busy={busy} onSplit={(whom, key) => work.start('identity split', { customer: whom, key })} />}
      <Stops asked={stops} busy={busy} onRemove={(key) => work.start('identity stop remove', { key })} />
    </div>
  );
}
