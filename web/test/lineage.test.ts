import { describe, expect, it } from 'vitest';
import { layersOf } from '@/features/lineage/layers';
import type { Answer, Cell } from '@/shared/api/types';

function answer(rows: Cell[][]): Answer {
  const columns = ['from_kind', 'from', 'to_kind', 'to'].map((name) => ({ name, unit: 'none', role: 'detail', label: { en: name, zh: name } }));
  return { columns, rows, notes: [], view: 'flow', currency: '' } as unknown as Answer;
}

describe('layers of a lineage', () => {
  it('put everything to the right of what it is made from, and metrics last', () => {
    const { nodes, links, width, height } = layersOf(answer([
      ['file', 'a.csv', 'source_column', 'a.csv: x'],
      ['source_column', 'a.csv: x', 'column', 'orders.x'],
      ['column', 'orders.x', 'relation', 'low'],
      ['relation', 'low', 'relation', 'high'],
      ['relation', 'high', 'metric', 'far'],
      ['relation', 'low', 'metric', 'near'],
      ['column', 'orders.x', 'profile', 'net_minor'],
    ]));
    const layer = (name: string) => nodes.find((node) => node.name === name)?.layer;
    expect(['a.csv', 'a.csv: x', 'orders.x', 'low', 'high', 'far', 'near', 'net_minor'].map(layer)).toEqual([0, 1, 2, 3, 4, 5, 5, 5]);
    expect(links).toHaveLength(7);
    expect([width, height]).toEqual([6, 3]);
    expect(nodes.filter((node) => node.layer === 5).map((node) => node.place)).toEqual([0, 1, 2]);
  });

  it('need no files', () => {
    const { nodes, width } = layersOf(answer([['column', 'orders.x', 'relation', 'low'], ['relation', 'low', 'metric', 'm']]));
    expect(nodes.map((node) => node.layer).sort()).toEqual([0, 1, 2]);
    expect(width).toBe(3);
    expect(layersOf(answer([])).nodes).toEqual([]);
  });
});
