import type { ChapterCount } from '../../../shared/api.ts';
import { addCounts, countText, NO_TEXT, type TextCount } from '../../../shared/counting/count.ts';
import type { ChapterId, NodeId } from '../../../shared/ids.ts';
import { numbersOf } from '../../../shared/outline/numbering.ts';
import type { NodeKind, Outline, OutlineCommand, OutlineNode } from '../../../shared/outline/outline.ts';
import { childrenOf, findNode, nextSibling } from '../../../shared/outline/tree.ts';

/** What a passage is called by its place: 导语 opens the report, 结语 closes the report or a part. */
export type PassagePlace = 'preamble' | 'closing' | 'passage';

/** One line of the outline as it is shown. */
export interface OutlineRow {
  readonly node: OutlineNode;
  /** 一、 or （一）; '' for a passage. */
  readonly number: string;
  readonly depth: 0 | 1;
  /** null for a part, which has no text of its own. */
  readonly count: TextCount | null;
  readonly blanks: number;
  readonly passage: PassagePlace | null;
}

/** A heading as a name: one that opens its paragraph loses its closing mark. */
export function headingName(node: Pick<OutlineNode, 'heading' | 'form'>): string {
  return node.form === 'run-in' ? node.heading.replace(/[。．.：:；;]$/u, '') : node.heading;
}

export type Figures = Readonly<Record<ChapterId, ChapterCount>>;

export function rowsOf(outline: Outline, figures: Figures): readonly OutlineRow[] {
  const numbers = numbersOf(outline);
  return outline.nodes.map((node) => ({
    node,
    number: numbers.get(node.id) ?? '',
    depth: node.parent === null ? 0 : 1,
    count: node.kind === 'part' ? null : (figures[node.id] ?? NO_TEXT),
    blanks: figures[node.id]?.blanks ?? 0,
    passage: node.kind === 'passage' ? passagePlace(outline, node) : null,
  }));
}

export function passagePlace(outline: Pick<Outline, 'nodes'>, node: Pick<OutlineNode, 'id' | 'parent'>): PassagePlace {
  if (outline.nodes[0]?.id === node.id) return 'preamble';
  const siblings = outline.nodes.filter((other) => other.parent === node.parent);
  return siblings.length > 1 && siblings.at(-1)?.id === node.id ? 'closing' : 'passage';
}

export interface OutlineTotals {
  readonly parts: number;
  readonly chapters: number;
  readonly count: TextCount;
  readonly blanks: number;
}

/** The report in figures: the count of title, headings and bodies, as the import's preview counts them; numbers by place are not counted. */
export function totalsOf(title: string, rows: readonly OutlineRow[]): OutlineTotals {
  const count = (kind: NodeKind) => rows.filter((row) => row.node.kind === kind).length;
  const sum = (value: (row: OutlineRow) => number) => rows.reduce((total, row) => total + value(row), 0);
  const lines = countText([title, ...rows.map((row) => row.node.heading)].join('\n'));
  return {
    parts: count('part'),
    chapters: count('chapter'),
    count: rows.reduce((total, row) => addCounts(total, row.count ?? NO_TEXT), lines),
    blanks: sum((row) => row.blanks),
  };
}

export type Move = Extract<OutlineCommand, { op: 'move' }>;
export type Direction = 'up' | 'down' | 'promote' | 'demote';

/** The move that a direction means for this node, or null where it can go no further. */
export function moveOf(outline: Outline, id: NodeId, direction: Direction): Move | null {
  const node = findNode(outline, id);
  if (node === null) return null;
  switch (direction) {
    case 'up':
      return moveUp(outline, node);
    case 'down':
      return moveDown(outline, node);
    case 'promote':
      return node.parent === null ? null : to(node, null, nextSibling(outline, parentOf(outline, node)));
    case 'demote': {
      const before = siblingBefore(outline, node);
      return node.kind !== 'part' && before?.kind === 'part' ? to(node, before.id, null) : null;
    }
  }
}

function to(node: OutlineNode, parent: NodeId | null, before: NodeId | null): Move {
  return { op: 'move', node: node.id, parent, before };
}

function parentOf(outline: Outline, node: OutlineNode): OutlineNode {
  const parent = findNode(outline, node.parent);
  if (parent === null) throw new Error(`Node ${node.id} has no parent in this outline.`);
  return parent;
}

function siblingBefore(outline: Outline, node: OutlineNode): OutlineNode | null {
  const siblings = childrenOf(outline, node.parent);
  return siblings[siblings.findIndex((sibling) => sibling.id === node.id) - 1] ?? null;
}

/** Before the sibling above; the first of a part goes to the end of the part above, or out of its part. */
function moveUp(outline: Outline, node: OutlineNode): Move | null {
  const before = siblingBefore(outline, node);
  if (before !== null) return to(node, node.parent, before.id);
  if (node.parent === null) return null;
  const part = parentOf(outline, node);
  const above = siblingBefore(outline, part);
  return above?.kind === 'part' ? to(node, above.id, null) : to(node, null, part.id);
}

/** Behind the sibling below; the last of a part goes to the head of the part below, or out of its part. */
function moveDown(outline: Outline, node: OutlineNode): Move | null {
  const after = nextSibling(outline, node);
  const afterNode = findNode(outline, after);
  if (afterNode !== null) return to(node, node.parent, nextSibling(outline, afterNode));
  if (node.parent === null) return null;
  const part = parentOf(outline, node);
  const below = findNode(outline, nextSibling(outline, part));
  if (below?.kind === 'part') return to(node, below.id, childrenOf(outline, below.id)[0]?.id ?? null);
  return to(node, null, below?.id ?? null);
}

/** Where a new node goes when `after` is the current one: behind it, a chapter inside the current part, a part at the top. */
export function placeForNew(
  outline: Outline,
  kind: NodeKind,
  after: NodeId | null,
): { readonly parent: NodeId | null; readonly before: NodeId | null } {
  const current = findNode(outline, after);
  if (current === null) return { parent: null, before: null };
  if (kind === 'part') {
    const top = current.parent === null ? current : parentOf(outline, current);
    return { parent: null, before: nextSibling(outline, top) };
  }
  // right under its heading would be before everything that is written there: behind it is what people mean
  if (current.kind === 'part') return { parent: current.id, before: null };
  return { parent: current.parent, before: nextSibling(outline, current) };
}

/**
 * The rows with one kept where it stood, though it is gone from them: behind the nearest of those before it that still stand.
 * @param before the rows when it was still among them
 */
export function keepRow(rows: readonly OutlineRow[], before: readonly OutlineRow[], kept: NodeId): readonly OutlineRow[] {
  const index = before.findIndex((row) => row.node.id === kept);
  const row = before[index];
  if (row === undefined || rows.some((other) => other.node.id === kept)) return rows;
  const standing = before.slice(0, index).findLast((other) => rows.some((now) => now.node.id === other.node.id));
  const at = standing === undefined ? 0 : rows.findIndex((other) => other.node.id === standing.node.id) + 1;
  return [...rows.slice(0, at), { ...row, number: '' }, ...rows.slice(at)];
}

/** Text nodes in document order: the way the caret walks. */
export function textNodes(outline: Outline): readonly OutlineNode[] {
  return outline.nodes.filter((node) => node.kind !== 'part');
}
