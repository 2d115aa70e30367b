import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAsk } from '@/shared/api/hooks';
import type { Answer } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useGround } from '@/shared/state/scope';
import { useAddress } from '@/shared/state/use_address';
import { Panel } from '@/shared/view/Panel';
import { EmptyState } from '@/shared/view/States';
import { asList, memberRule, overlapOf, relationOf } from './records';

type Pair = [string, string];

function Found({ answer, pair, onOpen }: { answer: Answer; pair: Pair; onOpen: (rule: string) => void }) {
  const { t } = useTranslation();
  const found = overlapOf(answer);
  const [first, second] = pair;
  const most = Math.max(found.first, found.second, 1);
  const bars = [{ name: first, size: found.first, share: found.shareOfFirst }, { name: second, size: found.second, share: found.shareOfSecond }];
  const only = (name: string, other: string) => ({ label: t('segmenting.overlap.only', { name }), rule: `${memberRule(name)} and not ${memberRule(other)}`, count: (name === first ? found.first : found.second) - found.both });
  const lists = [{ label: t('segmenting.overlap.see_both'), rule: `${memberRule(first)} and ${memberRule(second)}`, count: found.both }, only(first, second), only(second, first)];
  return (
    <>
      <div className="total">
        <span><Figure value={found.both} unit="count" size="large" exact /> {t('segmenting.overlap.both')}</span>
        <span>{t('segmenting.overlap.lift')} <Figure value={found.lift} unit="number" low={found.low} high={found.high} /></span>
      </div>
      <ul className="segments-bars">
        {bars.map(({ name, size, share }) => (
          <li key={name}>
            <span><b>{name}</b> <Figure value={size} unit="count" exact /></span>
            <span>
              <span className="meter" style={{ display: 'block', width: `${(100 * size) / most}%` }}><i style={{ width: `${100 * (share ?? 0)}%` }} /></span>
              <span className="hint"><Figure value={share} unit="ratio" /> {t('segmenting.overlap.of', { name })}</span>
            </span>
          </li>
        ))}
      </ul>
      {found.lift !== null && <p><strong>{t(`segmenting.overlap.relation.${relationOf(found)}`)}</strong></p>}
      <ul className="segments-starts" aria-label={t('segmenting.overlap.see')}>
        {lists.map(({ label, rule, count }) => <li key={rule}><button type="button" className="tool" onClick={() => onOpen(rule)}>{label} <Figure value={count} unit="count" exact /></button></li>)}
      </ul>
    </>
  );
}

function Compared({ pair, onOpen }: { pair: Pair; onOpen: (rule: string) => void }) {
  const { freshness } = useGround();
  const asked = useAsk({ command: 'segments overlap', args: { rules: pair }, lane: 'segment_overlap', abandon: true }, freshness.dataVersion);
  return (
    <Panel title={`${pair[0]} ∩ ${pair[1]}`} asked={asList(asked)} withoutTable>
      {(answer) => <Found answer={answer} pair={pair} onOpen={onOpen} />}
    </Panel>
  );
}

function Chosen({ pair, onOpen }: { pair: Pair; onOpen: (rule: string) => void }) {
  const { t } = useTranslation();
  const [first, second] = pair;
  if (first === '' || second === '') return <EmptyState title={t('segmenting.overlap.choose')} text={t('segmenting.overlap.hint')} />;
  if (first === second) return <EmptyState title={t('segmenting.overlap.same')} text={t('segmenting.overlap.hint')} />;
  return <Compared pair={pair} onOpen={onOpen} />;
}

/** Two saved segments over each other; which two is in the address. */
export function Overlap({ names, onOpen }: { names: string[]; onOpen: (rule: string) => void }) {
  const { t } = useTranslation();
  const [search, change] = useAddress();
  const of = (key: 'first' | 'second') => (names.includes(search.get(key) ?? '') ? (search.get(key) ?? '') : '');
  const choose = (key: 'first' | 'second', name: string) => change((next) => next.set(key, name), { replace: true });
  return (
    <section className="panel" aria-label={t('segmenting.overlap.title')}>
      <header className="panel-head"><div className="panel-titles"><h2>{t('segmenting.overlap.title')}</h2><p>{t('segmenting.overlap.hint')}</p></div></header>
      {names.length < 2 ? <EmptyState title={t('segmenting.overlap.few')} text={t('segmenting.overlap.few_hint')} /> : (
        <>
          <div className="segments-pair">
            {(['first', 'second'] as const).map((key) => (
              <Select
                key={key} showSearch value={of(key) || undefined} placeholder={t(`segmenting.overlap.${key}`)} aria-label={t(`segmenting.overlap.${key}`)}
                options={names.map((name) => ({ value: name, label: name }))} onChange={(name) => choose(key, name)}
              />
            ))}
          </div>
          <Chosen pair={[of('first'), of('second')]} onOpen={onOpen} />
        </>
      )}
    </section>
  );
}
