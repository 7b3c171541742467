import type { NodeId } from '../ids.ts';
import type { Outline, OutlineNode } from '../outline/outline.ts';

/** A node's place in the one row of both outlines. `left` and `moved` are the two places of one node. */
export interface NodePlace {
  readonly node: OutlineNode;
  readonly op: 'keep' | 'came' | 'went' | 'moved' | 'left';
}

/**
 * Both outlines in one row: nodes that kept their place, and between them first what stood there before, then what stands there now.
 * @param placed nodes that were put somewhere in between; the others kept their place towards each other
 */
export function mergeOutlines(before: Outline, after: Outline, placed: { has(id: NodeId): boolean }): readonly NodePlace[] {
  const kept = keptNodes(before, after, placed);
  const beforeIds = new Set(before.nodes.map(({ id }) => id));
  const afterById = new Map(after.nodes.map((node) => [node.id, node] as const));
  const row: NodePlace[] = [];
  let oldAt = 0;
  const takeOld = (until: NodeId | null) => {
    for (; oldAt < before.nodes.length && before.nodes[oldAt]!.id !== until; oldAt += 1) {
      const node = before.nodes[oldAt]!;
      row.push({ node, op: afterById.has(node.id) ? 'left' : 'went' });
    }
    oldAt += 1;
  };
  // What came stands behind what went at the same place, so it waits for the next node that kept its place.
  let waiting: NodePlace[] = [];
  for (const node of after.nodes) {
    if (kept.has(node.id)) {
      takeOld(node.id);
      row.push(...waiting, { node, op: 'keep' });
      waiting = [];
    } else waiting.push({ node, op: beforeIds.has(node.id) ? 'moved' : 'came' });
  }
  takeOld(null);
  row.push(...waiting);
  return row;
}

/** Nodes of both outlines that stand under the same parent and in the same order; those nobody placed first, then whoever fits. */
function keptNodes(before: Outline, after: Outline, placed: { has(id: NodeId): boolean }): ReadonlySet<NodeId> {
  const places = new Map(before.nodes.map((node, index) => [node.id, { index, parent: node.parent }] as const));
  const both = after.nodes.flatMap((node, index) => {
    const was = places.get(node.id);
    return was === undefined || was.parent !== node.parent ? [] : [{ id: node.id, parent: node.parent, old: was.index, now: index }];
  });
  const kept: typeof both = [];
  const ids = new Set<NodeId>();
  const take = (one: (typeof both)[number]) => {
    if (one.parent !== null && !ids.has(one.parent)) return;
    const at = kept.findIndex(({ now }) => now > one.now);
    const index = at < 0 ? kept.length : at;
    if ((kept[index - 1]?.old ?? -1) > one.old || (kept[index]?.old ?? Number.POSITIVE_INFINITY) < one.old) return;
    kept.splice(index, 0, one);
    ids.add(one.id);
  };
  const still = both.filter(({ id }) => !placed.has(id));
  const other = both.filter(({ id }) => placed.has(id));
  // Parents before their children: a chapter cannot have kept its place in a part that did not.
  for (const group of [still, other]) for (const one of group) if (one.parent === null) take(one);
  for (const group of [still, other]) for (const one of group) if (one.parent !== null) take(one);
  return ids;
}
