import type { NodeId } from '../../../shared/ids.ts';
import type { Outline } from '../../../shared/outline/outline.ts';

/** Nodes of both states in one order: that of the later one, and what is gone behind what it stood behind. */
export function outlineOrder(before: Outline, after: Outline): readonly NodeId[] {
  const order = after.nodes.map((node) => node.id);
  const standing = new Set(order);
  let behind: NodeId | null = null;
  for (const { id } of before.nodes) {
    if (!standing.has(id)) order.splice(behind === null ? 0 : order.indexOf(behind) + 1, 0, id);
    behind = id;
  }
  return order;
}
