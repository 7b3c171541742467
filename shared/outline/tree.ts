import type { NodeId } from '../ids.ts';
import type { NodeKind, Outline, OutlineNode } from './outline.ts';

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
