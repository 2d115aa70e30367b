import { describe, expect, it } from 'vitest';
import { find, move, under } from '@/features/segments/edits';
import { isSpot, moveTo, nearest, spotOf, spotsFor, tellOf, type Spot } from '@/features/segments/spots';
import { emptyCondition } from '@/features/segments/catalogue';
import { groupOf, newId, toJson, type Group, type Node } from '@/features/segments/tree';

/** A condition on a fact of this name. */
function fact(name: string): Node {
  const node = emptyCondition();
  return { ...node, term: { ...node.term, fact: name }, is: { op: '>=', values: [1] } };
}

function drawn(from: Group): Node {
  return { id: newId(), not: false, kind: 'sample', amount: { value: 10, percent: true }, seed: 1, from };
}

function written(node: Node): string {
  if (node.kind === 'condition') return node.term.fact;
  const inner = under(node).map(written).join(' ');
  return node.kind === 'sample' ? `[${inner}]` : `(${inner})`;
}

function all(node: Node): Node[] {
  return [node, ...under(node).flatMap(all)];
}

function named(root: Group, name: string): string {
  return all(root).find((node) => node.kind === 'condition' && node.term.fact === name)?.id ?? '';
}

/** Numbers by chance that are the same each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2654435761 + 1;
  return (sides) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % sides;
  };
}

function anyGroup(roll: (sides: number) => number, depth: number): Group {
  const children = Array.from({ length: 1 + roll(4) }, () => {
    const kind = depth === 0 ? 0 : roll(5);
    if (kind < 3) return fact(`f${roll(1e9)}`);
    return kind === 3 ? anyGroup(roll, depth - 1) : drawn(roll(3) === 0 ? groupOf() : anyGroup(roll, depth - 1));
  });
  return groupOf(children, roll(2) === 0 ? 'all' : 'any');
}

/** Conditions in reading order. */
const leaves = (root: Node) => all(root).filter((node) => node.kind === 'condition').map((node) => node.id);
const fromIds = (root: Node) => new Set(all(root).flatMap((node) => (node.kind === 'sample' || node.kind === 'top' ? [node.from.id] : [])));

describe('a node is put', () => {
  const root = groupOf([fact('a'), groupOf([fact('b'), fact('c')], 'any'), drawn(groupOf([fact('d')])), fact('e')]);
  const inner = root.children[1] as Group;
  const from = (root.children[2] as { from: Group }).from;
  const put = (name: string, spot: Spot) => written(moveTo(root, named(root, name), spot));

  it('before and after others, into groups and out of them, into what is drawn from', () => {
    expect(written(root)).toBe('(a (b c) [(d)] e)');
    expect(put('a', { group: root.id, index: 4 })).toBe('((b c) [(d)] e a)');
    expect(put('a', { group: inner.id, index: 1 })).toBe('((b a c) [(d)] e)');
    expect(put('e', { group: from.id, index: 0 })).toBe('(a (b c) [(e d)])');
    expect(put('c', { group: root.id, index: 0 })).toBe('(c a (b) [(d)] e)');
    expect(written(moveTo(root, inner.id, { group: from.id, index: 1 }))).toBe('(a [(d (b c))] e)');
  });

  it('and a group it leaves empty goes, but what is drawn from is everyone then', () => {
    const lone = groupOf([fact('a'), groupOf([groupOf([fact('b')])])]);
    expect(written(moveTo(lone, named(lone, 'b'), { group: lone.id, index: 0 }))).toBe('(b a)');
    expect(written(move(lone, named(lone, 'b'), 1))).toBe('(a (b))');
    expect(put('d', { group: root.id, index: 0 })).toBe('(d a (b c) [()] e)');
  });

  it('nowhere into itself, and not where it stands', () => {
    expect(moveTo(root, inner.id, { group: inner.id, index: 0 })).toBe(root);
    expect(moveTo(root, root.children[2]?.id ?? '', { group: from.id, index: 0 })).toBe(root);
    expect(moveTo(root, named(root, 'a'), { group: root.id, index: 0 })).toBe(root);
    expect(moveTo(root, named(root, 'a'), { group: root.id, index: 1 })).toBe(root);
    expect(moveTo(root, named(root, 'a'), { group: root.id, index: 9 })).toBe(root);
    expect(moveTo(root, root.id, { group: root.id, index: 0 })).toBe(root);
    expect(moveTo(root, 'nobody', { group: root.id, index: 0 })).toBe(root);
  });

  it('and each place is told by its number, group and level', () => {
    const told = (name: string) => spotsFor(root, named(root, name)).map((spot) => tellOf(root, named(root, name), spot)).map((each) => `${each?.place}/${each?.count} ${each?.of} ${each?.level}`);
    expect(told('a')).toEqual(['1/4 all 1', '1/3 any 2', '2/3 any 2', '3/3 any 2', '2/4 all 1', '1/2 all 2', '2/2 all 2', '3/4 all 1', '4/4 all 1']);
    expect(tellOf(root, named(root, 'a'), { group: 'nobody', index: 0 })).toBeNull();
  });
});

/** What is wrong with a tree after a node was put somewhere; empty is nothing. */
function wrongs(root: Group, node: Node, spot: Spot): string[] {
  const after = moveTo(root, node.id, spot);
  const own = spotOf(root, node.id);
  if (own && isSpot(spot, own)) return after === root ? [] : ['its own place is no move'];
  const kept = fromIds(after);
  const goal = find(after, spot.group);
  const order = (tree: Node) => leaves(tree).filter((id) => find(node, id) === null).join();
  const told = tellOf(root, node.id, spot);
  const place = goal?.kind === 'group' ? goal.children.findIndex((child) => child.id === node.id) + 1 : 0;
  const isWhole = goal?.kind === 'group' && goal.children.length === told?.count;
  const found: [boolean, string][] = [
    [leaves(after).length === leaves(root).length && new Set(leaves(after)).size === leaves(root).length, 'a condition is lost or doubled'],
    [order(after) === order(root), 'the others are in another order'],
    [JSON.stringify(find(after, node.id)) === JSON.stringify(node), 'the node itself is another one'],
    [all(after).every((each) => each.kind !== 'group' || each.children.length > 0 || kept.has(each.id)), 'a group is empty'],
    [place > 0 && (!isWhole || place === told?.place), 'it stands elsewhere'],
    [toJson(after).json !== null, 'it is no rule'],
  ];
  return found.filter(([right]) => !right).map(([, text]) => text);
}

describe('wherever a node of any tree is put', () => {
  it('nothing is lost or doubled, no group becomes empty, and it stands where it was put', () => {
    const found = new Set<string>();
    let puts = 0;
    for (let seed = 0; seed < 120; seed += 1) {
      const roll = dice(seed);
      const root = anyGroup(roll, 2);
      const before = JSON.stringify(root);
      const movable = all(root).filter((node) => spotOf(root, node.id) !== null);
      for (let time = 0; time < 4; time += 1) {
        const node = movable[roll(movable.length)] as Node;
        const spots = spotsFor(root, node.id);
        const inside = new Set(all(node).map((each) => each.id));
        if (spots.some((spot) => inside.has(spot.group))) found.add('a place within itself');
        if (new Set(spots.map((spot) => `${spot.group} ${spot.index}`)).size !== spots.length) found.add('a place twice');
        if (spots.filter((spot) => isSpot(spot, spotOf(root, node.id) as Spot)).length !== 1) found.add('not its own place');
        spots.forEach((spot) => wrongs(root, node, spot).forEach((text) => found.add(`${text}: ${written(root)}`)));
        puts += spots.length;
      }
      if (JSON.stringify(root) !== before) found.add('the tree itself was changed');
    }
    expect([...found]).toEqual([]);
    expect(puts).toBeGreaterThan(1500);
  });
});

describe('the pointer', () => {
  const marks = [{ x: 0, y: 0, width: 400 }, { x: 40, y: 60, width: 340 }, null, { x: 40, y: 100, width: 340 }, { x: 0, y: 130, width: 400 }];

  it('is over the nearest place, and left of a group beside it', () => {
    expect(nearest(marks, { x: 200, y: 8 })).toBe(0);
    expect(nearest(marks, { x: 200, y: 70 })).toBe(1);
    expect(nearest(marks, { x: 200, y: 900 })).toBe(4);
    expect(nearest(marks, { x: 60, y: 112 })).toBe(3);
    expect(nearest(marks, { x: 2, y: 112 })).toBe(4);
    expect(nearest([null], { x: 0, y: 0 })).toBe(0);
  });
});
