import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { duplicate, find, move, negate, removeAndLook, under, wrap } from '@/features/segments/edits';
import { fromJson, nodeAt, toJson, treeOfText, type Group, type Json, type Node } from '@/features/segments/tree';

const fixtures = '../src/segments/fixtures/';

/** Rules of the fixtures and others, with the JSON that the program gives for them. */
const rules = JSON.parse(readFileSync('test/fixtures/rules.json', 'utf8')) as { rule: string; json: Json }[];

function tree(json: unknown): Group {
  const root = fromJson(json);
  if (root === null) throw new Error('a tree was expected');
  return root;
}

/** a, b, (c, d), e as conditions on facts of these names. */
const fact = (name: string): Json => ({ fact: name, op: '>=', values: [1] });
const nested = { all: [fact('a'), fact('b'), { any: [fact('c'), fact('d')] }, fact('e')] };

function written(node: Node): string {
  const inner = node.kind === 'condition' ? node.term.fact : `(${under(node).map(written).join(' ')})`;
  return node.not ? `!${inner}` : inner;
}
function idOf(root: Node, name: string): string {
  for (const child of under(root)) {
    if (child.kind === 'condition' && child.term.fact === name) return child.id;
    const inner = idOf(child, name);
    if (inner !== '') return inner;
  }
  return '';
}

describe('a tree', () => {
  it.each(rules.map((each) => [each.rule, each.json]))('is written as it was read: %s', (_, json) => {
    expect(toJson(tree(json)).json).toEqual(json);
  });

  it('reads the JSON of a text, and none that is no rule', () => {
    const of = (name: string) => treeOfText(readFileSync(fixtures + name, 'utf8'));
    expect(toJson(of('tree.json') as Group).json).toEqual({
      all: [
        { fact: 'orders', op: '>=', values: [3], window: { last: 30, unit: 'days' } }, { not: { segment: 'a' } },
        { top: '10%', of: { everyone: true }, by: { fact: 'units' } },
      ],
    });
    expect(of('by_without_fact.json')).toBeNull();
    expect(of('english.txt')).toBeNull();
    expect(fromJson({ all: [{ fact: 'orders', values: [{}] }] })).toBeNull();
    expect(fromJson([])).toBeNull();
  });

  it('covers every fixture', () => {
    for (const name of ['chinese.txt', 'english.txt', 'sets.txt']) {
      expect(rules.map((each) => each.rule)).toContain(readFileSync(fixtures + name, 'utf8').trim());
    }
  });

  it('is written as the program keeps it: groups of one and equal groups melt', () => {
    const root = tree({ all: [{ all: [fact('a'), { any: [fact('b')] }] }, { not: { not: fact('c') } }] });
    expect(toJson(root).json).toEqual({ all: [fact('a'), fact('b'), { not: { not: fact('c') } }] });
  });

  it('is no rule while a group in it is empty; the root alone may be', () => {
    expect(toJson(tree({ all: [] })).json).toBeNull();
    expect(toJson(tree({ all: [fact('a'), { any: [] }] })).json).toBeNull();
    expect(toJson(tree({ top: 3, by: { fact: 'orders' } })).json).toEqual({ top: 3, of: { everyone: true }, by: { fact: 'orders' } });
  });

  it('finds the node of a path that the program gives', () => {
    const root = tree({ all: [{ all: [fact('a'), fact('b')] }, { not: { top: 3, of: fact('c'), by: { fact: 'd' } } }] });
    const json = toJson(root);
    expect(nodeAt(json, '/all/1/values/0')).toBe(idOf(root, 'b'));
    expect(nodeAt(json, '/all/2/not/of/values/0')).toBe(idOf(root, 'c'));
    expect(nodeAt(json, '/all/2/not/by')).toBe(root.children[1]?.id);
    expect(nodeAt(json, '/all/9')).toBe(root.id);
  });
});

describe('a step up or down', () => {
  const steps = (name: string, step: -1 | 1, times: number) => {
    let root = tree(nested);
    const seen: string[] = [];
    for (let time = 0; time < times; time += 1) {
      root = move(root, idOf(root, name), step);
      seen.push(written(root));
    }
    return seen;
  };

  it('passes neighbours, goes into groups and out of them, and stops at the ends', () => {
    expect(steps('b', 1, 5)).toEqual(['(a (b c d) e)', '(a (c b d) e)', '(a (c d b) e)', '(a (c d) b e)', '(a (c d) e b)']);
    expect(steps('e', -1, 4)).toEqual(['(a b (c d e))', '(a b (c e d))', '(a b (e c d))', '(a b e (c d))']);
    expect(steps('a', -1, 1)).toEqual(['(a b (c d) e)']);
    expect(steps('e', 1, 1)).toEqual(['(a b (c d) e)']);
  });

  it('goes out of a set that is drawn from', () => {
    const root = tree({ all: [fact('a'), { top: 3, of: { all: [fact('b'), fact('c')] }, by: { fact: 'd' } }] });
    expect(written(move(root, idOf(root, 'b'), -1))).toBe('(a b ((c)))');
    expect(written(move(root, idOf(root, 'c'), 1))).toBe('(a ((b)) c)');
  });
});

describe('other changes', () => {
  it('copy, take out, negate and wrap, and look where the eye goes', () => {
    const root = tree(nested);
    const copied = duplicate(root, idOf(root, 'c'));
    expect(written(copied.root)).toBe('(a b (c c d) e)');
    expect(copied.focus).not.toBe(idOf(root, 'c'));
    expect(find(copied.root, copied.focus)?.kind).toBe('condition');
    const taken = removeAndLook(root, idOf(root, 'd'));
    expect(written(taken.root)).toBe('(a b (c) e)');
    expect(taken.focus).toBe(idOf(root, 'c'));
    expect(written(negate(negate(root, idOf(root, 'a')), root.children[2]?.id ?? ''))).toBe('(!a b !(c d) e)');
    expect(written(wrap(root, idOf(root, 'a')).root)).toBe('((a) b (c d) e)');
    expect(written(root)).toBe('(a b (c d) e)');
  });
});
