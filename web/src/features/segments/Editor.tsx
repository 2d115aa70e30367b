import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { EmptyState, ErrorState, LoadingState } from '@/shared/view/States';
import type { Fact } from './catalogue';
import { hintOf } from './records';
import { Problems, TextEditor } from './TextEditor';
import { TreeEditor } from './TreeEditor';
import type { Mode, Ruling } from './use_rule';

interface EditorProps {
  rule: Ruling;
  words: Asked;
  facts: Fact[];
  names: string[];
  currency: string;
}

/** Words that cannot be clicked yet stay words, and say why. */
function NotYetClicked({ rule }: { rule: Ruling }) {
  const { t } = useTranslation();
  const { draft, checked } = rule;
  if (draft.now.kind !== 'text' || checked === null || checked.problems.length === 0) return <LoadingState height={140} />;
  return (
    <div className="segments-not-yet">
      <p><strong>{t('segmenting.not_clicked')}</strong> <button type="button" className="tool" onClick={() => rule.turn('text')}>{t('segmenting.to_text')}</button></p>
      <Problems rule={draft.now.text} problems={checked.problems} onChange={rule.write} />
    </div>
  );
}

/** A tree that lacks something cannot be written in words yet; it stays as it is. */
function NotYetText({ rule }: { rule: Ruling }) {
  const { t } = useTranslation();
  const wrong = rule.checked?.problems ?? [];
  if (rule.gaps.length === 0 && wrong.length === 0) return <LoadingState height={140} />;
  return (
    <div className="segments-not-yet" role="status">
      <p><strong>{t('segmenting.not_text')}</strong> <button type="button" className="tool" onClick={() => rule.turn('click')}>{t('segmenting.to_click')}</button></p>
      <ul>
        {rule.gaps.map(({ node, lack }) => <li key={node}>{t(`segmenting.lack.${lack}`)}</li>)}
        {wrong.map((problem, index) => <li key={index}>{`${problem.text} ${hintOf(problem, t)}`}</li>)}
      </ul>
    </div>
  );
}

function Written({ rule, words, facts, names, currency }: EditorProps) {
  const { now } = rule.draft;
  if (rule.mode === 'text') return now.kind === 'text' ? <TextEditor text={now.text} rule={rule} /> : <NotYetText rule={rule} />;
  if (words.error && facts.length === 0) return <ErrorState error={words.error} onRetry={words.retry} />;
  if (facts.length === 0) return words.loading ? <LoadingState height={140} /> : <EmptyState />;
  return now.kind === 'tree' ? <TreeEditor root={now.root} rule={rule} facts={facts} names={names} currency={currency} /> : <NotYetClicked rule={rule} />;
}

/** One rule, to be clicked or typed; both at any time. */
export function Editor(props: EditorProps) {
  const { rule } = props;
  const { t } = useTranslation();
  const isEmpty = rule.draft.now.kind === 'text' ? rule.draft.now.text.trim() === '' : rule.draft.now.root.children.length === 0;
  return (
    <section className="panel" aria-label={t('segmenting.rule')}>
      <header className="panel-head">
        <div className="panel-titles"><h2>{t('segmenting.rule')}</h2><p>{t(rule.mode === 'text' ? 'segmenting.rule_hint' : 'segmenting.tree_hint')}</p></div>
        <div className="panel-tools">
          <button type="button" className="tool" disabled={rule.draft.past.length === 0} onClick={rule.undo}>{t('segmenting.undo')}</button>
          <button type="button" className="tool" disabled={rule.draft.future.length === 0} onClick={rule.redo}>{t('segmenting.redo')}</button>
          <Segmented<Mode>
            value={rule.mode} onChange={rule.turn} aria-label={t('segmenting.ways')}
            options={(['click', 'text'] as const).map((value) => ({ value, label: t(`segmenting.mode.${value}`) }))}
          />
        </div>
      </header>
      <Written {...props} />
      {isEmpty && (
        <ul className="segments-starts" aria-label={t('segmenting.starts')}>
          {(['sleeping', 'best', 'viewed'] as const).map((name) => (
            <li key={name}><button type="button" className="tool" onClick={() => rule.open(t(`segmenting.start.${name}.rule`))}>{t(`segmenting.start.${name}.title`)}</button></li>
          ))}
        </ul>
      )}
      {rule.check.error && rule.source !== '' && <ErrorState error={rule.check.error} onRetry={rule.check.retry} />}
      {rule.checked && rule.checked.sentence !== '' && <p className="segments-sentence">{rule.checked.sentence}</p>}
    </section>
  );
}
