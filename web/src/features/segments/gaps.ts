import { valuesOf, type Fact } from './catalogue';
import { under } from './edits';
import type { Comparison, Group, Node, Term } from './tree';

/** What a tree still lacks before it is a rule. */
export type Lack = 'fact' | 'subject' | 'value' | 'field' | 'segment' | 'conditions' | 'amount' | 'days';
export interface Gap {
  node: string;
  lack: Lack;
}

function lacksValue({ op, values }: Comparison): boolean {
  const count = valuesOf(op);
  if (count === 0) return false;
  return values.length < count || values.some((value) => value === null || (typeof value === 'string' && op !== '=' && op !== '!=' && value.trim() === ''));
}

function ofTerm({ fact, subject, where, span }: Term, facts: Fact[]): Lack[] {
  const known = facts.find((each) => each.name === fact);
  const lacks: Lack[] = [];
  if (fact === '') lacks.push('fact');
  if (known?.needsSubject && (subject ?? '') === '') lacks.push('subject');
  for (const filter of where) {
    if (filter.field === '' || (filter.field === 'property' && filter.property === '')) lacks.push('field');
    else if (filter.op === '' || lacksValue(filter)) lacks.push('value');
  }
  if (span && ('last' in span ? !span.last : !span.from && !span.to)) lacks.push('days');
  return lacks;
}

function ofNode(node: Node, facts: Fact[]): Lack[] {
  switch (node.kind) {
    case 'group': return node.children.length === 0 ? ['conditions'] : [];
    case 'segment': return node.name === '' ? ['segment'] : [];
    case 'condition': {
      const lacks = ofTerm(node.term, facts);
      return node.term.fact !== '' && lacksValue(node.is) ? [...lacks, 'value'] : lacks;
    }
    case 'top': return [...(node.amount.value ? [] : ['amount' as const]), ...ofTerm(node.by, facts)];
    case 'sample': return node.amount.value ? [] : ['amount'];
    case 'everyone': return [];
  }
}

/** The first thing that lacks in each node, from top to bottom. An empty root is an empty rule and lacks nothing. */
export function gapsOf(root: Group, facts: Fact[]): Gap[] {
  const gaps: Gap[] = [];
  const look = (node: Node, mayBeEmpty: boolean) => {
    const lack = mayBeEmpty && node.kind === 'group' && node.children.length === 0 ? undefined : ofNode(node, facts)[0];
    if (lack) gaps.push({ node: node.id, lack });
    const drawn = node.kind === 'top' || node.kind === 'sample';
    under(node).forEach((child) => look(child, drawn));
  };
  look(root, true);
  return gaps;
}
