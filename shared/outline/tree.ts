import type { MemberId, NodeId } from '../ids.ts';
import type { NodeKind, Outline, OutlineNode, RemovedNode } from './outline.ts';

/** @returns the node, or null when it is not (or no longer) in the outline. */
export function findNode(outline: Outline, id: NodeId | null): OutlineNode | null {
  return id === null ? null : (outline.nodes.find((node) => node.id === id) ?? null);
}

/** Nodes directly under `parent` (null = the top), in order. */
export function childrenOf(outline: Outline, parent: NodeId | null): readonly OutlineNode[] {
  return outline.nodes.filter((node) => node.parent === parent);
}

/** Has the node text of its own, and so a room? */
export function isTextRoom(node: OutlineNode): boolean {
  return node.kind !== 'part';
}

/**
 * The rule of places: a part stands at the top only, a chapter or passage at the top or in a part.
 * So the tree is two levels deep and no node can come to stand under itself.
 */
export function mayStandIn(kind: NodeKind, parent: OutlineNode | null): boolean {
  return parent === null || (kind !== 'part' && parent.kind === 'part');
}

/** The sibling that follows, or null for the last. */
export function nextSibling(outline: Outline, node: OutlineNode): NodeId | null {
  const siblings = childrenOf(outline, node.parent);
  return siblings[siblings.findIndex((sibling) => sibling.id === node.id) + 1]?.id ?? null;
}

/**
 * Puts `nodes` (a node and, for a part, its children after it) before the sibling `before` of the first of them.
 * A `before` that is not a sibling means last.
 */
export function insertNodes(
  into: readonly OutlineNode[],
  nodes: readonly [OutlineNode, ...OutlineNode[]],
  before: NodeId | null,
): readonly OutlineNode[] {
  const index = placeOf(into, nodes[0].parent, before);
  return [...into.slice(0, index), ...nodes, ...into.slice(index)];
}

function placeOf(nodes: readonly OutlineNode[], parent: NodeId | null, before: NodeId | null): number {
  const sibling = before === null ? -1 : nodes.findIndex((node) => node.id === before && node.parent === parent);
  if (sibling !== -1) return sibling;
  if (parent === null) return nodes.length;
  const lastInside = nodes.findLastIndex((node) => node.parent === parent || node.id === parent);
  return lastInside + 1;
}

/**
 * What is in the trash by itself: without the children that a part took along, which come back with it.
 * @returns each with everything that comes back with it, itself first, in the order in which they were taken out
 */
export function trashOf({ removed }: Pick<Outline, 'removed'>): readonly (readonly [RemovedNode, ...RemovedNode[]])[] {
  const alone = removed.filter((node, index) => !removed.slice(0, index).some((earlier) => earlier.id === node.parent));
  return alone.map((node) => {
    const index = removed.indexOf(node);
    return [node, ...removed.slice(index + 1).filter((other) => other.parent === node.id)];
  });
}

/**
 * Who is asked for a node: its owner, else its part's; null = nobody in particular.
 * @param belongs an owner who has left the report is asked no more
 */
export function ownerOf(
  outline: Pick<Outline, 'charges'>,
  node: Pick<OutlineNode, 'id' | 'parent'>,
  belongs: (member: MemberId) => boolean,
): MemberId | null {
  for (const id of [node.id, node.parent]) {
    const owner = id === null ? null : (outline.charges[id]?.owner ?? null);
    if (owner !== null && belongs(owner)) return owner;
  }
  return null;
}
