import { groupOf, newId, type Group, type Node } from './tree';

/** Changes of the tree: a tree goes in, another one comes out. */

/** The nodes under a node. */
export function under(node: Node): Node[] {
  if (node.kind === 'group') return node.children;
  return node.kind === 'top' || node.kind === 'sample' ? [node.from] : [];
}

export function find(root: Node, id: string): Node | null {
  if (root.id === id) return root;
  for (const child of under(root)) {
    const found = find(child, id);
    if (found) return found;
  }
  return null;
}

/** The group that a node stands in; null of the root and of what a set is drawn from. */
export function groupAround(root: Node, id: string): Group | null {
  if (root.kind === 'group' && root.children.some((child) => child.id === id)) return root;
  for (const child of under(root)) {
    const found = groupAround(child, id);
    if (found) return found;
  }
  return null;
}

/** The node right above: a group, or the set that is drawn. */
function parentOf(root: Node, id: string): Node | null {
  for (const child of under(root)) {
    if (child.id === id) return root;
    const found = parentOf(child, id);
    if (found) return found;
  }
  return null;
}

function mapNode(node: Node, id: string, change: (node: Node) => Node): Node {
  if (node.id === id) return change(node);
  if (node.kind === 'group') return { ...node, children: node.children.map((child) => mapNode(child, id, change)) };
  if (node.kind === 'top' || node.kind === 'sample') return { ...node, from: mapNode(node.from, id, change) as Group };
  return node;
}

export function replace(root: Group, id: string, node: Node): Group {
  return mapNode(root, id, () => node) as Group;
}

export function withChildren(root: Group, group: string, change: (children: Node[]) => Node[]): Group {
  return mapNode(root, group, (node) => (node.kind === 'group' ? { ...node, children: change(node.children) } : node)) as Group;
}

export function add(root: Group, group: string, node: Node): Group {
  return withChildren(root, group, (children) => [...children, node]);
}

export function remove(root: Group, id: string): Group {
  const group = groupAround(root, id);
  return group ? withChildren(root, group.id, (children) => children.filter((child) => child.id !== id)) : root;
}

/**
 * The tree without this group if nothing is left in it, and without the groups that this leaves empty. A set that is drawn
 * from stays: empty, it is everyone.
 */
export function withoutEmpty(root: Group, id: string): Group {
  const outer = groupAround(root, id);
  const group = find(root, id);
  if (!outer || group?.kind !== 'group' || group.children.length > 0) return root;
  return withoutEmpty(remove(root, id), outer.id);
}

/** The same with new numbers all through. */
export function copyOf(node: Node): Node {
  const id = newId();
  if (node.kind === 'group') return { ...node, id, children: node.children.map(copyOf) };
  if (node.kind === 'top' || node.kind === 'sample') return { ...node, id, from: copyOf(node.from) as Group };
  return { ...node, id };
}

export interface Edited {
  root: Group;
  /** Where the eye goes: the copy, the moved, or what stands beside the removed. */
  focus: string;
}

export function duplicate(root: Group, id: string): Edited {
  const group = groupAround(root, id);
  const node = find(root, id);
  if (!group || !node) return { root, focus: id };
  const copy = copyOf(node);
  const changed = withChildren(root, group.id, (children) => children.flatMap((child) => (child.id === id ? [child, copy] : [child])));
  return { root: changed, focus: copy.id };
}

export function removeAndLook(root: Group, id: string): Edited {
  const group = groupAround(root, id);
  if (!group) return { root, focus: id };
  const place = group.children.findIndex((child) => child.id === id);
  const beside = group.children[place + 1] ?? group.children[place - 1] ?? group;
  return { root: remove(root, id), focus: beside.id };
}

/** One step up or down: past a neighbour, into a group, or out of the own one, which goes if it is empty then. */
export function move(root: Group, id: string, step: -1 | 1): Group {
  const group = groupAround(root, id);
  const node = find(root, id);
  if (!group || !node) return root;
  return withoutEmpty(moved(root, group, node, step), group.id);
}

function moved(root: Group, group: Group, node: Node, step: -1 | 1): Group {
  const { id } = node;
  const place = group.children.findIndex((child) => child.id === id);
  const neighbour = group.children[place + step];
  if (neighbour?.kind === 'group') {
    const without = remove(root, id);
    return withChildren(without, neighbour.id, (children) => (step < 0 ? [...children, node] : [node, ...children]));
  }
  if (neighbour) {
    return withChildren(root, group.id, (children) => {
      const others = children.filter((child) => child.id !== id);
      others.splice(place + step, 0, node);
      return others;
    });
  }
  return out(root, group, node, step);
}

/** Before or after the group, in what holds the group; out of the root nothing goes. */
function out(root: Group, group: Group, node: Node, step: -1 | 1): Group {
  const outer = parentOf(root, group.id);
  if (!outer) return root;
  const target = outer.kind === 'group' ? outer : groupAround(root, outer.id);
  const beside = outer.kind === 'group' ? group.id : outer.id;
  if (!target) return root;
  return withChildren(remove(root, node.id), target.id, (children) => children.flatMap((child) => {
    if (child.id !== beside) return [child];
    return step < 0 ? [node, child] : [child, node];
  }));
}

export function negate(root: Group, id: string): Group {
  return mapNode(root, id, (node) => ({ ...node, not: !node.not })) as Group;
}

/** The node in a group of its own, which can then take more. */
export function wrap(root: Group, id: string): Edited {
  const group = groupAround(root, id);
  const node = find(root, id);
  if (!group || !node) return { root, focus: id };
  const box = groupOf([node], group.of === 'all' ? 'any' : 'all');
  return { root: replace(root, id, box), focus: box.id };
}

/** Where a node stands among its kind: second of three. */
export function placeOf(root: Group, id: string): { place: number; count: number } | null {
  const group = groupAround(root, id);
  return group ? { place: group.children.findIndex((child) => child.id === id) + 1, count: group.children.length } : null;
}
