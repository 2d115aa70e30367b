import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBuilder } from './builder';
import { duplicate, move, negate, placeOf, removeAndLook, wrap } from './edits';
import type { Node } from './tree';

type Deed = 'up' | 'down' | 'negate' | 'wrap' | 'copy' | 'remove';

/** What can be done with a node, by mouse, menu or keys; each says what it did. */
export function useDeeds(node: Node): (deed: Deed) => void {
  const { t } = useTranslation();
  const { root, edit, look, say } = useBuilder();
  return (deed) => {
    const edited = {
      up: () => ({ root: move(root, node.id, -1), focus: node.id }),
      down: () => ({ root: move(root, node.id, 1), focus: node.id }),
      negate: () => ({ root: negate(root, node.id), focus: node.id }),
      wrap: () => wrap(root, node.id),
      copy: () => duplicate(root, node.id),
      remove: () => removeAndLook(root, node.id),
    }[deed]();
    if (edited.root === root) return;
    edit(edited.root);
    look(edited.focus);
    const place = placeOf(edited.root, edited.focus);
    say(`${t(`segmenting.done.${deed}`)} ${place ? t('segmenting.place', { place: place.place, count: place.count }) : ''}`.trim());
  };
}

/** Keys that act on the node that has the focus: Alt with arrows moves, Alt with Delete removes. */
export function deedOfKey(event: { altKey: boolean; key: string }): Deed | null {
  if (!event.altKey) return null;
  const deeds: Record<string, Deed> = { ArrowUp: 'up', ArrowDown: 'down', Delete: 'remove', Backspace: 'remove', Insert: 'copy' };
  return deeds[event.key] ?? null;
}

/** Takes a node by the pointer or by a key, to put it down elsewhere. */
function Grip({ node, name }: { node: Node; name: string }) {
  const { t } = useTranslation();
  const { drag } = useBuilder();
  return (
    <button
      type="button" className="tool segments-grip" aria-pressed={drag.lift?.id === node.id} title={t('segmenting.drag.hint')}
      aria-label={t('segmenting.drag.one', { name })} {...drag.handle(node.id, name)}
    >
      <span aria-hidden="true">⠿</span>
    </button>
  );
}

export function NodeTools({ node, name }: { node: Node; name: string }) {
  const { t } = useTranslation();
  const act = useDeeds(node);
  const deeds: Deed[] = ['up', 'down', 'negate', 'wrap', 'copy', 'remove'];
  const keys: Partial<Record<Deed, string>> = { up: 'Alt ↑', down: 'Alt ↓', copy: 'Alt Insert', remove: 'Alt Delete' };
  const items = deeds.map((deed) => ({
    key: deed, danger: deed === 'remove',
    label: <span className="segments-deed">{t(deed === 'negate' && node.not ? 'segmenting.do.affirm' : `segmenting.do.${deed}`)}{keys[deed] && <kbd>{keys[deed]}</kbd>}</span>,
  }));
  return (
    <span className="segments-tools">
      <Grip node={node} name={name} />
      <button type="button" className="tool" aria-pressed={node.not} aria-label={t('segmenting.negate_one', { name })} onClick={() => act('negate')}>{t('segmenting.not')}</button>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- a menu that opens takes the focus */}
      <Dropdown menu={{ items, onClick: ({ key }) => act(key as Deed) }} trigger={['click']} autoFocus>
        <button type="button" className="tool" aria-label={t('segmenting.menu_of', { name })} aria-haspopup="menu">⋯</button>
      </Dropdown>
      <button type="button" className="tool" aria-label={t('segmenting.take_out', { name })} onClick={() => act('remove')}>×</button>
    </span>
  );
}
