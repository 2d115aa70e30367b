import { InputNumber, Segmented, Select } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '@/shared/i18n/language';
import { AddBar } from './AddBar';
import { useBuilder, useOpText, usePut } from './builder';
import { conditionWith, opsOf, withOp } from './catalogue';
import { useSuggestions } from './suggestions';
import { deedOfKey, NodeTools, useDeeds } from './NodeTools';
import { TermFields } from './TermFields';
import type { Amount, Condition, Group, InSegment, Node, Sample, Top } from './tree';
import { Values } from './Values';

function useWrong(node: Node): boolean {
  return useBuilder().marks.has(node.id);
}

function ConditionBody({ node }: { node: Condition }) {
  const { t } = useTranslation();
  const words = useWords();
  const { facts, focus } = useBuilder();
  const put = usePut();
  const opText = useOpText();
  const wrong = useWrong(node);
  const fact = facts.find((each) => each.name === node.term.fact);
  const name = fact ? words(fact.title) : t('segmenting.condition');
  const options = useSuggestions(fact, '', fact?.type === 'text');
  return (
    <TermFields
      term={node.term} label={t('segmenting.fact')} wrong={wrong} fresh={focus?.id === node.id && node.term.fact === ''}
      onFact={(chosen) => put(conditionWith(node, chosen, fact))} onChange={(term, what) => put({ ...node, term }, what)}
    >
      {fact && (
        <Select
          className="segments-op" value={node.is.op} aria-label={t('segmenting.op_of', { name })} popupMatchSelectWidth={false}
          options={opsOf(fact.type).map((op) => ({ value: op, label: opText(op, fact.type) }))} onChange={(op: string) => put({ ...node, is: withOp(node.is, op) })}
        />
      )}
      {fact && <Values type={fact.type} is={node.is} name={name} wrong={wrong} options={options} onChange={(is) => put({ ...node, is }, 'values')} />}
    </TermFields>
  );
}

function SegmentBody({ node }: { node: InSegment }) {
  const { t } = useTranslation();
  const { names } = useBuilder();
  const put = usePut();
  return (
    <div className="segments-line">
      <span>{t('segmenting.in_segment')}</span>
      <Select
        className="segments-word" value={node.name === '' ? undefined : node.name} aria-label={t('segmenting.in_segment')} placeholder={t('segmenting.pick_segment')}
        showSearch popupMatchSelectWidth={false} status={useWrong(node) ? 'error' : ''} notFoundContent={t('segmenting.no_segment')}
        options={names.map((value) => ({ value, label: value }))} onChange={(name: string) => put({ ...node, name })}
      />
    </div>
  );
}

function AmountField({ amount, wrong, onChange }: { amount: Amount; wrong: boolean; onChange: (amount: Amount) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <InputNumber
        className="segments-short" value={amount.value} min={0} max={amount.percent ? 100 : 1_000_000_000} precision={amount.percent ? undefined : 0}
        aria-label={t('segmenting.how_many')} status={wrong && !amount.value ? 'error' : ''} changeOnWheel={false} onChange={(value) => onChange({ ...amount, value })}
      />
      <Select
        value={amount.percent ? 'percent' : 'customers'} aria-label={t('segmenting.how_many_unit')} popupMatchSelectWidth={false}
        options={['percent', 'customers'].map((value) => ({ value, label: t(`segmenting.amount.${value}`) }))}
        onChange={(unit: string) => onChange({ value: amount.value, percent: unit === 'percent' })}
      />
    </>
  );
}

function TopBody({ node }: { node: Top }) {
  const { t } = useTranslation();
  const { focus } = useBuilder();
  const put = usePut();
  const wrong = useWrong(node);
  return (
    <>
      <div className="segments-line">
        <Select
          value={node.lowest ? 'lowest' : 'highest'} aria-label={t('segmenting.which_end')} popupMatchSelectWidth={false}
          options={['highest', 'lowest'].map((value) => ({ value, label: t(`segmenting.end.${value}`) }))} onChange={(end: string) => put({ ...node, lowest: end === 'lowest' })}
        />
        <AmountField amount={node.amount} wrong={wrong} onChange={(amount) => put({ ...node, amount }, 'amount')} />
        <span>{t('segmenting.ranked_by')}</span>
      </div>
      <TermFields term={node.by} label={t('segmenting.ranked_by')} wrong={wrong} fresh={focus?.id === node.id && node.by.fact === ''} ranking onChange={(by, what) => put({ ...node, by }, what)} />
      <GroupBody group={node.from} drawn />
    </>
  );
}

function SampleBody({ node }: { node: Sample }) {
  const { t } = useTranslation();
  const put = usePut();
  return (
    <>
      <div className="segments-line">
        <span>{t('segmenting.by_lot')}</span>
        <AmountField amount={node.amount} wrong={useWrong(node)} onChange={(amount) => put({ ...node, amount }, 'amount')} />
        <label className="segments-one" title={t('segmenting.seed_hint')}>
          <span>{t('segmenting.seed')}</span>
          <InputNumber className="segments-short" value={node.seed} min={0} max={1_000_000_000} precision={0} changeOnWheel={false} onChange={(seed) => put({ ...node, seed: seed ?? 0 }, 'seed')} />
        </label>
      </div>
      <GroupBody group={node.from} drawn />
    </>
  );
}

/** The members of a group and what can be added; `drawn`: the set that top and sample draw from. */
export function GroupBody({ group, drawn = false }: { group: Group; drawn?: boolean }) {
  const { t } = useTranslation();
  const put = usePut();
  const name = t(`segmenting.of.${group.of}`);
  const isEmptyDraw = drawn && group.children.length === 0;
  return (
    <div data-node={group.id} tabIndex={-1} className={drawn ? 'segments-group segments-drawn' : 'segments-group'} role="group" aria-label={t('segmenting.group_of', { name, count: group.children.length })}>
      <div className="segments-group-head">
        {drawn && <span>{t(isEmptyDraw ? 'segmenting.of_everyone' : 'segmenting.of_those')}</span>}
        {!isEmptyDraw && (
          <Segmented<Group['of']>
            size="small" value={group.of} aria-label={t('segmenting.joined')} options={(['all', 'any'] as const).map((value) => ({ value, label: t(`segmenting.of.${value}`) }))}
            onChange={(of) => put({ ...group, of })}
          />
        )}
      </div>
      {group.children.length > 0 && <ul className="segments-children">{group.children.map((child) => <NodeBox key={child.id} node={child} />)}</ul>}
      <AddBar group={group} name={name} />
    </div>
  );
}

function Body({ node }: { node: Node }) {
  const { t } = useTranslation();
  switch (node.kind) {
    case 'group': return <GroupBody group={node} />;
    case 'condition': return <ConditionBody node={node} />;
    case 'segment': return <SegmentBody node={node} />;
    case 'top': return <TopBody node={node} />;
    case 'sample': return <SampleBody node={node} />;
    case 'everyone': return <div className="segments-line">{t('segmenting.add.everyone')}</div>;
  }
}

/** A short name of a node, for its buttons. */
function useName(node: Node): string {
  const { t } = useTranslation();
  const words = useWords();
  const { facts } = useBuilder();
  if (node.kind === 'segment') return node.name || t('segmenting.in_segment');
  if (node.kind !== 'condition') return t(`segmenting.kind.${node.kind}`);
  const fact = facts.find((each) => each.name === node.term.fact);
  return fact ? words(fact.title) : t('segmenting.condition');
}

/** A node with its tools; what is wrong with it stands under it. */
function NodeBox({ node }: { node: Node }) {
  const { marks, drag } = useBuilder();
  const act = useDeeds(node);
  const name = useName(node);
  // On the way in, so that a number under the focus does not count up or down as well; the innermost node takes it.
  const onKeyDown = (event: KeyboardEvent) => {
    const isOwn = event.target instanceof Element && event.target.closest('.segments-node') === event.currentTarget;
    const deed = isOwn ? deedOfKey(event) : null;
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    act(deed);
  };
  return (
    // The keys act on whichever node holds the focus; its menu offers the same.
    <li data-node={node.id} tabIndex={-1} className={`segments-node segments-${node.kind}${node.not ? ' segments-negated' : ''}${drag.lift?.id === node.id ? ' segments-lifted' : ''}`} aria-label={name} onKeyDownCapture={onKeyDown}>
      <div className="segments-body"><Body node={node} /></div>
      <NodeTools node={node} name={name} />
      {(marks.get(node.id) ?? []).map((mark) => <p key={mark} className="segments-mark" role="status">{mark}</p>)}
    </li>
  );
}
