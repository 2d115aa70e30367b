import { asText, cellAt } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';

export const kinds = ['file', 'source_column', 'column', 'relation', 'metric', 'analysis', 'profile'] as const;
export type Kind = (typeof kinds)[number];

export interface Node {
  id: string;
  kind: Kind;
  name: string;
  layer: number;
  /** Place in its layer, from the top. */
  place: number;
}

export interface Link {
  from: string;
  to: string;
}

export interface Layers {
  nodes: Node[];
  links: Link[];
  /** How many layers, and how many nodes the fullest has. */
  width: number;
  height: number;
}

function linksOf(answer: Answer): Link[] {
  return answer.rows.map((_, row) => {
    const text = (name: string) => asText(cellAt(answer, row, name));
    return { from: `${text('from_kind')} ${text('from')}`, to: `${text('to_kind')} ${text('to')}` };
  });
}

/** What nothing is made from. */
const isLast = (id: string) => ['metric', 'analysis', 'profile'].includes(kindOf(id));

function kindOf(id: string): Kind {
  return kinds.find((kind) => id.startsWith(`${kind} `)) ?? 'relation';
}

/**
 * What is made from what, from left to right: everything stands to the right of all that it is made
 * from, and metrics, analyses and columns of the profile stand last.
 */
export function layersOf(answer: Answer): Layers {
  const links = linksOf(answer);
  const ids = [...new Set(links.flatMap((link) => [link.from, link.to]))];
  const layers = new Map(ids.map((id) => [id, Math.min(3, kinds.indexOf(kindOf(id)))]));
  // No chain is longer than there are nodes.
  for (let round = 0, moved = true; moved && round < ids.length; round += 1) {
    moved = false;
    for (const link of links) {
      const least = (layers.get(link.from) ?? 0) + 1;
      if ((layers.get(link.to) ?? 0) < least) {
        layers.set(link.to, least);
        moved = true;
      }
    }
  }
  const last = Math.max(0, ...layers.values());
  const used = [...new Set(ids.map((id) => (isLast(id) ? last : (layers.get(id) ?? 0))))].sort((a, b) => a - b);
  const filled = used.map(() => 0);
  const nodes = ids.sort().map((id): Node => {
    const layer = used.indexOf(isLast(id) ? last : (layers.get(id) ?? 0));
    const place = filled[layer] ?? 0;
    filled[layer] = place + 1;
    return { id, kind: kindOf(id), name: id.slice(kindOf(id).length + 1), layer, place };
  });
  return { nodes, links, width: used.length, height: Math.max(0, ...filled) };
}
