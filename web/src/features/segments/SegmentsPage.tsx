import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '@/shared/api/hooks';
import { useWork, type Work } from '@/shared/api/use_work';
import { useGround } from '@/shared/state/scope';
import { EmptyState, ErrorState } from '@/shared/view/States';
import { factsOf } from './catalogue';
import { Editor } from './Editor';
import { Freeze } from './Freeze';
import { Moves } from './Moves';
import { Overlap } from './Overlap';
import { Preview } from './Preview';
import { SavedList } from './SavedList';
import { SaveForm, type Label } from './SaveForm';
import { Versions } from './Versions';
import { Why } from './Why';
import { ruleToOpen, savedOf, type Saved } from './records';
import { useRule } from './use_rule';
import './segments.css';

/** What is to be saved under which name, and whose versions are looked at. */
function useLabels(work: Work) {
  const [label, put] = useState<Label>({ name: '', description: '', owner: '' });
  const [versions, setVersions] = useState<string | null>(null);
  const setLabel = ({ name, description, owner }: Label) => put({ name, description, owner });
  const save = (rule: string, { name, description, owner }: Label) => {
    work.start('segments save', { name: name.trim(), rule, description: description.trim(), owner: owner.trim() });
  };
  return { label, setLabel, versions, setVersions, save };
}

/** Which segment is being frozen, and whose moves are looked at. */
function useDrawers() {
  const [frozen, freeze] = useState<Saved | null>(null);
  const [moving, follow] = useState<string | null>(null);
  return { frozen, freeze, moving, follow };
}

/** Who, by a rule: clicked or typed, checked and previewed meanwhile, saved under a name. The rule is in the address. */
export default function SegmentsPage() {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const work = useWork();
  const words = useAsk({ command: 'segments words', args: {}, lane: 'segment_words' }, 0);
  const facts = useMemo(() => (words.answer ? factsOf(words.answer) : []), [words.answer]);
  const rule = useRule(facts);
  const saved = useAsk({ command: 'segments list', args: {}, lane: 'segments' }, freshness.dataVersion);
  const all = useMemo(() => (saved.answer ? savedOf(saved.answer) : []), [saved.answer]);
  const names = useMemo(() => all.map((each) => each.name), [all]);
  const preview = useAsk(rule.ready ? { command: 'segments preview', args: { rule: rule.checked?.rule }, lane: 'segment_preview', abandon: true } : null, freshness.dataVersion);
  const current = rule.ready && !preview.loading;
  const waiting = preview.loading || (rule.source !== '' && rule.checked === null && rule.check.error === null);
  const nothing = rule.source === '' && rule.gaps.length === 0;
  const busy = work.job !== null;
  const { label, setLabel, versions, setVersions, save } = useLabels(work);
  const there = all.find((each) => each.name === label.name.trim());
  const { frozen, freeze, moving, follow } = useDrawers();
  const show = (text: string) => {
    rule.open(text);
    window.scrollTo({ top: 0 });
  };
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('segmenting.title')}</h1><p>{t('segmenting.subtitle')}</p></div></header>
      <Editor rule={rule} words={words} facts={facts} names={names} currency={freshness.currency} />
      {nothing
        ? <EmptyState title={t('segmenting.start_title')} text={t('segmenting.start_hint')} />
        : <Preview asked={preview} current={current} waiting={waiting} />}
      {!nothing && <Why rule={rule.ready ? (rule.checked?.rule ?? null) : null} />}
      {work.error && <ErrorState error={work.error} />}
      <SaveForm label={label} version={there?.version ?? null} frozen={(there?.frozenOn ?? '') !== ''} ready={rule.ready} busy={busy} onLabel={setLabel} onSave={() => save(rule.checked?.rule ?? '', label)} />
      <SavedList
        asked={saved} busy={busy} onVersions={(segment) => setVersions(segment.name)}
        onFreeze={freeze} onMoves={(segment) => follow(segment.name)}
        onOpen={(segment) => { show(ruleToOpen(segment)); setLabel(segment.frozenOn === '' ? segment : { name: '', description: '', owner: '' }); }}
        onRemove={({ name, referredBy }) => work.start('segments remove', { name, anyway: referredBy !== '' ? true : undefined })}
      />
      <Overlap names={names} onOpen={show} />
      {frozen && <Freeze key={frozen.name} segment={frozen} saved={all} onClose={() => freeze(null)} onOpen={(text) => { freeze(null); show(text); }} />}
      {moving !== null && <Moves key={moving} name={moving} onClose={() => follow(null)} />}
      <Versions
        name={versions} busy={busy} onClose={() => setVersions(null)}
        onOpen={(version) => { rule.open(version.rule); setLabel({ ...version, name: versions ?? '' }); setVersions(null); }}
        onRestore={(version) => save(version.rule, { ...version, name: versions ?? '' })}
      />
    </div>
  );
}
