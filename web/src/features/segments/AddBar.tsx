import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBuilder } from './builder';
import { emptyCondition, emptyTerm } from './catalogue';
import { add } from './edits';
import { groupOf, newId, type Group, type Node } from './tree';

const makers: Record<string, (group: Group) => Node> = {
  condition: emptyCondition,
  group: (group) => groupOf([], group.of === 'all' ? 'any' : 'all'),
  segment: () => ({ id: newId(), not: false, kind: 'segment', name: '' }),
  exclude: () => ({ id: newId(), not: true, kind: 'segment', name: '' }),
  top: () => ({ id: newId(), not: false, kind: 'top', amount: { value: 10, percent: true }, lowest: false, by: emptyTerm(), from: groupOf() }),
  sample: () => ({ id: newId(), not: false, kind: 'sample', amount: { value: 10, percent: true }, seed: 1, from: groupOf() }),
  everyone: () => ({ id: newId(), not: false, kind: 'everyone' }),
};

/** What can be put into a group. */
export function AddBar({ group, name }: { group: Group; name: string }) {
  const { t } = useTranslation();
  const { root, edit, look, say } = useBuilder();
  const put = (what: string) => {
    const node = makers[what]?.(group);
    if (!node) return;
    edit(add(root, group.id, node));
    look(node.id, true);
    say(t('segmenting.done.add'));
  };
  const more = ['segment', 'exclude', 'top', 'sample', 'everyone'].map((key) => ({ key, label: t(`segmenting.add.${key}`) }));
  return (
    <div className="segments-add" role="group" aria-label={t('segmenting.add_to', { name })}>
      <button type="button" className="tool" onClick={() => put('condition')}>{t('segmenting.add.condition')}</button>
      <button type="button" className="tool" onClick={() => put('group')}>{t('segmenting.add.group')}</button>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- a menu that opens takes the focus */}
      <Dropdown menu={{ items: more, onClick: ({ key }) => put(key) }} trigger={['click']} autoFocus>
        <button type="button" className="tool" aria-haspopup="menu">{t('segmenting.add.more')}</button>
      </Dropdown>
    </div>
  );
}
