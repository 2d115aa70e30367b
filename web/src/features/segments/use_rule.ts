import { useEffect, useMemo, useRef, useState } from 'react';
import { useAsk, type Asked } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { useLanguage } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { useAddress } from '@/shared/state/use_address';
import type { Fact } from './catalogue';
import { changed, draftOf, redone, turned, undone, type Draft, type Written } from './draft';
import { gapsOf, type Gap } from './gaps';
import { checkedOf, type Checked } from './records';
import { fromJson, groupOf, toJson, treeOfText, type Group, type Written as Json } from './tree';

const typingMs = 450;

/** What was written, once nobody writes. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export type Mode = 'click' | 'text';

export interface Ruling {
  draft: Draft;
  mode: Mode;
  /** What the program is asked about: words or JSON; empty asks nothing. */
  source: string;
  /** What the program says of exactly this; null while it has not. */
  checked: Checked | null;
  check: Asked;
  /** Right, and asks something. */
  ready: boolean;
  gaps: Gap[];
  /** Of a tree: its JSON, to find the node that a problem is about. */
  json: Json | null;
  turn: (mode: Mode) => void;
  write: (text: string) => void;
  open: (text: string) => void;
  edit: (root: Group, what?: string) => void;
  undo: () => void;
  redo: () => void;
}

/** The rule of the address, and the address of the rule: what others give is read, what we write is not read back. */
function useRuleOfAddress(given: string, onGiven: (rule: string) => void): (rule: string) => void {
  const [, change] = useAddress();
  const mine = useRef(new Set<string>([given]));
  const latest = useRef(onGiven);
  useEffect(() => { latest.current = onGiven; });
  useEffect(() => {
    if (mine.current.delete(given)) return;
    latest.current(given);
  }, [given]);
  return (rule: string) => {
    if (rule === given) return;
    mine.current.add(rule);
    change((next) => {
      if (rule === '') next.delete('rule');
      else next.set('rule', rule);
    }, { replace: true });
  };
}

function sourceOf(now: Written, json: Json | null, gaps: Gap[]): string {
  if (now.kind === 'text') return now.text.trim() === '' ? '' : now.text;
  return json?.json && gaps.length === 0 ? JSON.stringify(json.json) : '';
}

/** The other form of what is written, where the open tab needs it and the program knows it. */
function inMode(now: Written, mode: Mode, checked: Checked | null): Written | null {
  if (mode === 'click' && now.kind === 'text') {
    if (now.text.trim() === '') return { kind: 'tree', root: groupOf() };
    const own = treeOfText(now.text);
    if (own && checked?.json === '') return { kind: 'tree', root: own };
    const root = checked && checked.json !== '' ? fromJson(JSON.parse(checked.json)) : null;
    return root ? { kind: 'tree', root } : null;
  }
  if (mode === 'text' && now.kind === 'tree') {
    if (now.root.children.length === 0) return { kind: 'text', text: '' };
    return checked && checked.rule !== '' ? { kind: 'text', text: checked.rule } : null;
  }
  return null;
}

export function useRule(facts: Fact[]): Ruling {
  const language = useLanguage();
  const { freshness } = useGround();
  const [mode, turn] = useState<Mode>('click');
  const [search] = useAddress();
  const given = search.get('rule') ?? '';
  const [draft, setDraft] = useState<Draft>(() => draftOf({ kind: 'text', text: given }));
  const give = (text: string) => setDraft((current) => {
    const isSame = current.now.kind === 'text' && current.now.text === text;
    return isSame ? current : changed(current, { kind: 'text', text }, '', Date.now());
  });
  const put = useRuleOfAddress(given, give);
  const { now } = draft;
  const gaps = useMemo(() => (now.kind === 'tree' ? gapsOf(now.root, facts) : []), [now, facts]);
  const json = useMemo(() => (now.kind === 'tree' ? toJson(now.root) : null), [now]);
  const source = sourceOf(now, json, gaps);
  const settled = useSettled(source);
  const asks = settled !== '' && settled === source;
  const check = useAsk(asks ? { command: 'segments check', args: { rule: settled }, lane: 'segment_check', abandon: true } : null, freshness.dataVersion);
  const checked = useMemo(
    () => (asks && check.answer && !check.loading && !check.error ? checkedOf(localise(check.answer, language)) : null),
    [asks, check.answer, check.loading, check.error, language],
  );
  const ready = checked !== null && checked.problems.length === 0;
  const other = inMode(now, mode, checked);
  if (other) setDraft(turned(draft, other));
  const inAddress = now.kind === 'text' ? now.text : ready ? checked.rule : now.root.children.length === 0 ? '' : null;
  const settledAddress = useSettled(inAddress ?? given);
  useEffect(() => {
    if (inAddress !== null && settledAddress === inAddress) put(settledAddress);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- written once nobody writes, and never read back
  }, [settledAddress, inAddress]);
  return {
    draft, mode, source, checked, check, ready, gaps, json, turn,
    write: (text) => setDraft((current) => changed(current, { kind: 'text', text }, 'text', Date.now())),
    open: give,
    edit: (root, what = '') => setDraft((current) => changed(current, { kind: 'tree', root }, what, Date.now())),
    undo: () => setDraft(undone),
    redo: () => setDraft(redone),
  };
}
