import { Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { Asked } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { Panel } from '@/shared/view/Panel';
import { personOf, splits, type Account, type Key, type Person } from './records';

interface PersonProps {
  asked: Asked;
  busy: boolean;
  onSplit: (customer: string, key: string) => void;
}

interface SplitProps {
  person: Person;
  held: Key;
  busy: boolean;
  onSplit: PersonProps['onSplit'];
}

function Split({ person, held, busy, onSplit }: SplitProps) {
  const { t } = useTranslation();
  if (!splits(person, held)) return null;
  const named = `${held.kind}:${held.key}`;
  const own = person.accounts[0]?.member?.key;
  return (
    <Popconfirm
      title={t(held.kind === 'member' ? 'identity.person.sure_account' : 'identity.person.sure_key', { key: held.key })}
      okText={t('identity.person.split')} cancelText={t('identity.person.no')}
      onConfirm={() => onSplit(own ? `member:${own}` : named, named)}
    >
      <button type="button" className="tool" disabled={busy} aria-label={t('identity.person.split_one', { key: held.key })}>{t('identity.person.split')}</button>
    </Popconfirm>
  );
}

function Joined({ account, only }: { account: Account; only: boolean }) {
  const { t } = useTranslation();
  if (!account.joined) return <span className="hint">{t(only ? 'identity.person.only' : 'identity.person.first')}</span>;
  const { withMember, kind, key, at } = account.joined;
  return (
    <span className="hint">
      {t('identity.person.joined', { member: withMember, kind: t(`identity.kind.${kind}`), key })} <Figure value={at} unit="time" />
    </span>
  );
}

/** The accounts of one person, the keys of each, and by which it was joined. */
export function PersonPanel({ asked, busy, onSplit }: PersonProps) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('identity.person.title')} subtitle={t('identity.person.subtitle')} asked={asked.answer ? { ...asked, answer: { ...asked.answer, notes: [] } } : asked}
      emptyTitle={t('identity.person.none')} emptyText={t('identity.person.none_hint')}
    >
      {(answer) => {
        const person = personOf(answer);
        return person && (
          <>
            <p><Link to={`/customers/${person.customer}`}>{t('identity.person.page')}</Link></p>
            <ol className="identity-accounts">
              {person.accounts.map((account) => (
                <li key={account.id}>
                  <header>
                    <strong>{account.member?.key ?? account.id}</strong>
                    <Joined account={account} only={person.accounts.length === 1} />
                    <span>{t('identity.person.orders')} <Figure value={account.orders} unit="count" /></span>
                    {account.member && <Split person={person} held={account.member} busy={busy} onSplit={onSplit} />}
                  </header>
                  <ul>
                    {account.keys.map((held) => (
                      <li key={`${held.kind}:${held.key}`}>
                        <span>{t(`identity.kind.${held.kind}`)}</span>
                        <code>{held.key}</code>
                        <span className={`identity-state identity-${held.state}`}>{t(`identity.state.${held.state}`)}</span>
                        <Split person={person} held={held} busy={busy} onSplit={onSplit} />
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ol>
          </>
        );
      }}
    </Panel>
  );
}
