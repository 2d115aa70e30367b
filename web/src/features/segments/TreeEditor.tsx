import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { BuilderContext, type Builder, type Focus } from './builder';
import type { Fact } from './catalogue';
import { GroupBody } from './NodeBox';
import { hintOf } from './records';
import { nodeAt, type Group } from './tree';
import { useDrag, type Lift } from './use_drag';
import type { Ruling } from './use_rule';

interface TreeProps {
  root: Group;
  rule: Ruling;
  facts: Fact[];
  names: string[];
  currency: string;
}

/** What lacks, in our words, and what the program finds wrong, each at its node; the rest stands under the tree. */
function useMarks({ rule, root }: TreeProps): { marks: Map<string, string[]>; others: string[] } {
  const { t } = useTranslation();
  return useMemo(() => {
    const marks = new Map<string, string[]>();
    const others: string[] = [];
    const mark = (id: string | null, text: string) => {
      if (id === null || id === root.id) others.push(text);
      else marks.set(id, [...(marks.get(id) ?? []), text]);
    };
    rule.gaps.forEach(({ node, lack }) => mark(node, t(`segmenting.lack.${lack}`)));
    (rule.checked?.problems ?? []).forEach((problem) => {
      mark(problem.path !== '' && rule.json ? nodeAt(rule.json, problem.path) : null, `${problem.text} ${hintOf(problem, t)}`.trim());
    });
    return { marks, others };
  }, [rule.gaps, rule.checked, rule.json, root.id, t]);
}

/** Where the lifted node would be put, and its name beside the pointer. */
function Carried({ lift }: { lift: Lift }) {
  const { t } = useTranslation();
  const { mark, point, name } = lift;
  return (
    <>
      {mark && <span className="segments-spot" aria-hidden="true" style={{ left: mark.x, top: mark.y, width: mark.width }} />}
      {point
        ? <span className="segments-carried" aria-hidden="true" style={{ left: point.x, top: point.y }}>{name}</span>
        : <p className="segments-keys">{t('segmenting.drag.keys')}</p>}
    </>
  );
}

/** The rule to be clicked: groups in groups, conditions in them. */
export function TreeEditor(props: TreeProps) {
  const { root, rule, facts, names, currency } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<Focus | null>(null);
  const look = (id: string, enter = false) => setFocus({ id, enter });
  useEffect(() => {
    const node = focus && box.current?.querySelector<HTMLElement>(`[data-node="${focus.id}"]`);
    if (!node) return;
    if (focus.enter) node.querySelector<HTMLElement>('input:not([type=radio]), .segments-add button')?.focus();
    else if (!node.contains(document.activeElement)) node.focus();
  }, [focus]);
  const [said, say] = useState('');
  const { marks, others } = useMarks(props);
  const drag = useDrag({ root, box, edit: rule.edit, look, say });
  const builder: Builder = { root, facts, names, currency, marks, focus, edit: rule.edit, look, say, drag };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) rule.redo();
    else rule.undo();
  };
  return (
    <BuilderContext.Provider value={builder}>
      {/* The keys undo and redo whatever part of the tree has the focus; buttons above do the same. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={box} className={drag.lift ? 'segments-tree segments-dragging' : 'segments-tree'} onKeyDown={onKeyDown}>
        {root.children.length === 0 && <p className="segments-nothing">{t('segmenting.click_hint')}</p>}
        <GroupBody group={root} />
        {drag.lift && <Carried lift={drag.lift} />}
        {others.map((other) => <p key={other} className="segments-mark" role="status">{other}</p>)}
        <p className="hidden-caption" role="status">{said}</p>
      </div>
    </BuilderContext.Provider>
  );
}
