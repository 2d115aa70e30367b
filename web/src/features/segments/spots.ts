import { find, groupAround, remove, under, withChildren, withoutEmpty } from './edits';
import type { Group, Node } from './tree';

/** Where a node may be put: before the child at `index` of a group, as the group is while the node is still in its place. */
export interface Spot {
  group: string;
  index: number;
}

/** All places for a node, from the first line of the rule to the last; its own place is one of them, and none is within it. */
export function spotsFor(root: Group, id: string): Spot[] {
  const walk = (node: Node): Spot[] => {
    if (node.id === id) return [];
    if (node.kind !== 'group') return under(node).flatMap(walk);
    const own = node.children.findIndex((child) => child.id === id);
    const before = (index: number): Spot[] => (own >= 0 && index === own + 1 ? [] : [{ group: node.id, index }]);
    return [...node.children.flatMap((child, index) => [...before(index), ...walk(child)]), ...before(node.children.length)];
  };
  return walk(root);
}

/** The place in which a node stands, among those it may be put. */
export function spotOf(root: Group, id: string): Spot | null {
  const group = groupAround(root, id);
  return group ? { group: group.id, index: group.children.findIndex((child) => child.id === id) } : null;
}

export function isSpot(a: Spot, b: Spot): boolean {
  return a.group === b.group && a.index === b.index;
}

/** The tree with a node in another place: nothing is lost, and a group that it leaves empty goes. The same tree where nothing moves. */
export function moveTo(root: Group, id: string, spot: Spot): Group {
  const node = find(root, id);
  const own = spotOf(root, id);
  const isPlace = spotsFor(root, id).some((each) => isSpot(each, spot));
  if (!node || !own || !isPlace || isSpot(own, spot)) return root;
  const index = spot.group === own.group && spot.index > own.index ? spot.index - 1 : spot.index;
  const put = withChildren(remove(root, id), spot.group, (children) => [...children.slice(0, index), node, ...children.slice(index)]);
  return withoutEmpty(put, own.group);
}

/** How a place is told to those who do not see it: first of three in an "any of" on the second level. */
export interface Told {
  place: number;
  count: number;
  of: Group['of'];
  level: number;
}

export function tellOf(root: Group, id: string, spot: Spot): Told | null {
  const group = find(root, spot.group);
  if (group?.kind !== 'group') return null;
  const own = spotOf(root, id);
  const isInside = own?.group === spot.group;
  const levelOf = (node: Node, level: number): number => {
    if (node.id === spot.group) return level;
    return under(node).map((child) => levelOf(child, child.kind === 'group' ? level + 1 : level)).find((found) => found > 0) ?? 0;
  };
  return {
    place: spot.index + (isInside && own.index < spot.index ? 0 : 1), count: group.children.length + (isInside ? 0 : 1),
    of: group.of, level: levelOf(root, 1),
  };
}

/** Where a place lies on the page: a line of this width. */
export interface Mark {
  x: number;
  y: number;
  width: number;
}

/** The place nearest to a point: by height, and a group is left by going to its left. */
export function nearest(marks: (Mark | null)[], point: { x: number; y: number }): number {
  const far = (mark: Mark | null) => (mark === null ? Infinity : Math.abs(mark.y - point.y) + Math.max(0, mark.x - point.x) / 2 + Math.max(0, point.x - mark.x) / 50);
  return marks.reduce((best, mark, index) => (far(mark) < far(marks[best] ?? null) ? index : best), 0);
}
