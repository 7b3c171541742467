import type { ImportBlock, ImportPreview } from '../api.ts';
import type { NodeId } from '../ids.ts';
import type { OutlineNode } from '../outline/outline.ts';
import { invariant } from '../result.ts';

/** What a new report is created from: an outline, and the blocks of each node that has text. */
export interface ReportContent {
  readonly title: string;
  readonly nodes: readonly OutlineNode[];
  readonly texts: ReadonlyMap<NodeId, readonly ImportBlock[]>;
}

/**
 * Gives the recognised tree its ids. Every chapter and passage is in `texts`, also an empty one.
 * @throws Error when a node's parent does not stand before it: recognise never gives such a preview.
 */
export function toReport(preview: Pick<ImportPreview, 'title' | 'nodes'>, newId: () => NodeId): ReportContent {
  const nodes: OutlineNode[] = [];
  const texts = new Map<NodeId, readonly ImportBlock[]>();
  for (const { kind, heading, form, parent, blocks } of preview.nodes) {
    const above = parent === null ? null : (nodes[parent] ?? null);
    invariant(parent === null || above !== null, 'a parent stands before its children');
    const node: OutlineNode = { id: newId(), kind, heading, form, parent: above?.id ?? null };
    nodes.push(node);
    if (kind !== 'part') texts.set(node.id, blocks);
  }
  return { title: preview.title, nodes, texts };
}
