/**
 * The rule as a tree that can be clicked, and its JSON: the form that the program reads and writes.
 * A negation is a mark on a node, and a set that is drawn from (`of`) is a group; an empty group there is everyone.
 */

export type Value = number | string | null;

export interface Comparison {
  /** Empty: nothing written, at least one. */
  op: string;
  values: Value[];
}

export interface Filter extends Comparison {
  field: string;
  /** Only of the field `property`. */
  property: string;
}

export interface Span {
  last?: number | null;
  unit?: string;
  from?: string;
  /** The day after the last one. */
  to?: string;
}

export interface Term {
  fact: string;
  subject: string | null;
  where: Filter[];
  span: Span | null;
}

export interface Amount {
  value: number | null;
  percent: boolean;
}

interface Base {
  id: string;
  not: boolean;
}

export interface Group extends Base {
  kind: 'group';
  of: 'all' | 'any';
  children: Node[];
}
export interface Condition extends Base {
  kind: 'condition';
  term: Term;
  is: Comparison;
}
export interface InSegment extends Base {
  kind: 'segment';
  name: string;
}
export interface Everyone extends Base {
  kind: 'everyone';
}
export interface Top extends Base {
  kind: 'top';
  amount: Amount;
  lowest: boolean;
  by: Term;
  from: Group;
}
export interface Sample extends Base {
  kind: 'sample';
  amount: Amount;
  seed: number;
  from: Group;
}
export type Node = Group | Condition | InSegment | Everyone | Top | Sample;
export type Kind = Node['kind'];

export type Json = Record<string, unknown>;

let made = 0;
export function newId(): string {
  made += 1;
  return `n${made}`;
}

export function groupOf(children: Node[] = [], of: Group['of'] = 'all'): Group {
  return { id: newId(), not: false, kind: 'group', of, children };
}

// ---------------------------------------------------------------- reading

function isObject(json: unknown): json is Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function listOf(json: unknown): unknown[] {
  return Array.isArray(json) ? json : [];
}

/** What is no such thing makes the whole tree none. */
class Unreadable extends Error {}

function text(json: unknown): string {
  if (typeof json !== 'string') throw new Unreadable('a text');
  return json;
}

function comparison(json: Json): Comparison {
  const values = listOf(json.values).map((value) => {
    if (typeof value !== 'number' && typeof value !== 'string' && value !== null) throw new Unreadable('a value');
    return value;
  });
  return { op: json.op === undefined || json.op === null ? '' : text(json.op), values };
}

function spanOf(json: unknown): Span | null {
  if (json === undefined || json === null) return null;
  if (!isObject(json)) throw new Unreadable('a window');
  if ('last' in json) return { last: typeof json.last === 'number' ? json.last : null, unit: text(json.unit ?? 'days') };
  return {
    ...(json.from === undefined || json.from === null ? {} : { from: text(json.from) }),
    ...(json.to === undefined || json.to === null ? {} : { to: text(json.to) }),
  };
}

function term(json: unknown): Term {
  if (!isObject(json) || typeof json.fact !== 'string') throw new Unreadable('a fact');
  return {
    fact: json.fact,
    subject: json.subject === undefined || json.subject === null ? null : text(json.subject),
    where: listOf(json.where).map((each) => {
      if (!isObject(each)) throw new Unreadable('a filter');
      return { field: text(each.field), property: each.property === undefined ? '' : text(each.property), ...comparison(each) };
    }),
    span: spanOf(json.window),
  };
}

function amount(json: unknown): Amount {
  if (typeof json === 'number') return { value: json, percent: false };
  const percent = /^\s*([\d.]+)\s*%\s*$/.exec(text(json));
  if (!percent) throw new Unreadable('an amount');
  return { value: Number(percent[1]), percent: true };
}

function from(json: unknown): Group {
  if (json === undefined) return groupOf();
  const node = read(json);
  if (node.kind === 'everyone' && !node.not) return groupOf();
  return node.kind === 'group' && !node.not ? node : groupOf([node]);
}

function read(json: unknown): Node {
  if (!isObject(json)) throw new Unreadable('a rule');
  const base = { id: newId(), not: false };
  if ('all' in json || 'any' in json) {
    const of = 'all' in json ? 'all' : 'any';
    if (!Array.isArray(json[of])) throw new Unreadable('a list');
    return { ...base, kind: 'group', of, children: (json[of] as unknown[]).map(read) };
  }
  if ('not' in json) {
    const inner = read(json.not);
    return inner.not ? { ...groupOf([inner]), not: true } : { ...inner, not: true };
  }
  if ('everyone' in json) return { ...base, kind: 'everyone' };
  if ('segment' in json) return { ...base, kind: 'segment', name: text(json.segment) };
  if ('top' in json) {
    return { ...base, kind: 'top', amount: amount(json.top), lowest: json.lowest === true, by: term(json.by), from: from(json.of) };
  }
  if ('sample' in json) {
    return { ...base, kind: 'sample', amount: amount(json.sample), seed: typeof json.seed === 'number' ? json.seed : 0, from: from(json.of) };
  }
  return { ...base, kind: 'condition', term: term(json), is: comparison(json) };
}

/** The tree of a rule's JSON, its root a group; null where it is none. */
export function fromJson(json: unknown): Group | null {
  try {
    const node = read(json);
    return node.kind === 'group' && !node.not ? node : groupOf([node]);
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** The tree of a text that is JSON; null where it is words. */
export function treeOfText(rule: string): Group | null {
  if (!rule.trimStart().startsWith('{')) return null;
  try {
    return fromJson(JSON.parse(rule));
  } catch {
    return null;
  }
}

// ---------------------------------------------------------------- writing

export interface Written {
  /** Null where the tree asks nothing, or a group in it is empty. */
  json: Json | null;
  /** The node that each object was written from. */
  nodes: Map<object, string>;
}

function termJson({ fact, subject, where, span }: Term): Json {
  return {
    fact,
    ...(subject === null ? {} : { subject }),
    ...(where.length === 0 ? {} : {
      where: where.map(({ field, property, op, values }) => ({
        field, ...(property === '' ? {} : { property }), ...(op === '' ? {} : { op }), ...(values.length === 0 ? {} : { values }),
      })),
    }),
    ...(span === null ? {} : { window: 'last' in span ? { last: span.last, unit: span.unit } : span }),
  };
}

function amountJson({ value, percent }: Amount): number | string | null {
  return percent ? `${value ?? ''}%` : value;
}

function groupJson(group: Group, nodes: Map<object, string>): Json | null {
  const parts = group.children.map((child) => write(child, nodes));
  if (parts.length === 0 || parts.includes(null)) return null;
  const flat = (parts as Json[]).flatMap((part) => (group.of in part && part[group.of] ? (part[group.of] as Json[]) : [part]));
  return flat.length === 1 ? (flat[0] as Json) : { [group.of]: flat };
}

function ofJson(group: Group, nodes: Map<object, string>): Json | null {
  return group.children.length === 0 ? { everyone: true } : groupJson(group, nodes);
}

function plain(node: Node, nodes: Map<object, string>): Json | null {
  switch (node.kind) {
    case 'group': return groupJson(node, nodes);
    case 'condition':
      return { ...termJson(node.term), ...(node.is.op === '' ? {} : { op: node.is.op }), ...(node.is.values.length === 0 ? {} : { values: node.is.values }) };
    case 'segment': return { segment: node.name };
    case 'everyone': return { everyone: true };
    case 'top': {
      const of = ofJson(node.from, nodes);
      return of && { top: amountJson(node.amount), ...(node.lowest ? { lowest: true } : {}), of, by: termJson(node.by) };
    }
    case 'sample': {
      const of = ofJson(node.from, nodes);
      return of && { sample: amountJson(node.amount), seed: node.seed, of };
    }
  }
}

function write(node: Node, nodes: Map<object, string>): Json | null {
  const json = plain(node, nodes);
  if (json === null) return null;
  if (!nodes.has(json)) nodes.set(json, node.id);
  if (!node.not) return json;
  const negated = { not: json };
  nodes.set(negated, node.id);
  return negated;
}

/** The JSON of a tree in the form the program keeps it: groups of one are their member, equal groups one group. */
export function toJson(root: Group): Written {
  const nodes = new Map<object, string>();
  return { json: write(root, nodes), nodes };
}

/** The node at a path such as `/all/0/values/1`: the innermost one on the way. */
export function nodeAt({ json, nodes }: Written, path: string): string | null {
  let at: unknown = json;
  let found: string | null = json ? (nodes.get(json) ?? null) : null;
  for (const step of path.split('/').filter(Boolean)) {
    at = isObject(at) ? at[step] : Array.isArray(at) ? at[Number(step)] : undefined;
    if (typeof at !== 'object' || at === null) break;
    found = nodes.get(at) ?? found;
  }
  return found;
}
