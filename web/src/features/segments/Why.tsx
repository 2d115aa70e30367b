import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';
import { useAsk } from '@/shared/api/hooks';
import { useGround } from '@/shared/state/scope';
import { useAddress } from '@/shared/state/use_address';
import { Panel } from '@/shared/view/Panel';
import { WhyAnswer, withoutVerdict } from '@/shared/why/WhyAnswer';

function Answered({ rule, who }: { rule: string; who: string }) {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const [search] = useSearchParams();
  const asked = useAsk({ command: 'segments why', args: { rule, customer: who }, lane: 'segment_why', abandon: true }, freshness.dataVersion);
  const person = new URLSearchParams({ q: who, lang: search.get('lang') ?? '' });
  if (person.get('lang') === '') person.delete('lang');
  return (
    <Panel
      title={t('segmenting.why.of', { who })} asked={withoutVerdict(asked)} withoutTable emptyTitle={t('reasons.not_known')} emptyText={t('reasons.not_known_hint')}
      actions={<Link className="tool" to={{ pathname: '/customers', search: person.toString() }}>{t('segmenting.why.person')}</Link>}
    >
      {(answer) => <WhyAnswer answer={answer} />}
    </Panel>
  );
}

/** Why one person is in the rule that is shown, or not; null while it is not known what the rule says. Whom it is about is in the address. */
export function Why({ rule }: { rule: string | null }) {
  const { t } = useTranslation();
  const [search, change] = useAddress();
  const who = search.get('who') ?? '';
  const ask = (written: string) => change((next) => {
    if (written.trim() === '') next.delete('who');
    else next.set('who', written.trim());
  }, { replace: true });
  return (
    <>
      <section className="panel" aria-label={t('segmenting.why.title')}>
        <header className="panel-head"><div className="panel-titles"><h2>{t('segmenting.why.title')}</h2><p>{t('segmenting.why.hint')}</p></div></header>
        <Input.Search
          key={who} className="segments-whom" defaultValue={who} allowClear enterButton={t('segmenting.why.ask')} placeholder={t('segmenting.why.whom')}
          aria-label={t('segmenting.why.whom')} onSearch={ask}
        />
      </section>
      {who !== '' && rule !== null && <Answered rule={rule} who={who} />}
    </>
  );
}
