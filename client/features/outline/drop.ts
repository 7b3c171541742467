import type { NodeId } from '../../../shared/ids.ts';
import { moveNode } from '../../../shared/outline/fold.ts';
import type { Outline, OutlineNode } from '../../../shared/outline/outline.ts';
import { findNode } from '../../../shared/outline/tree.ts';
import type { Move } from './model.ts';

/** Where a dragged line would come to stand. */
export interface DropPlace {
  /** The line is drawn before the row of this index; the number of rows = behind the last. */
  readonly gap: number;
  readonly depth: 0 | 1;
  /** null = it stands there already. */
  readonly move: Move | null;
}

interface Candidate {
  readonly depth: 0 | 1;
  readonly parent: NodeId | null;
  readonly before: NodeId | null;
}

/**
 * The place nearest to where the pointer is: a part goes between parts only, anything else to the level that is wanted where two are possible.
 * @param gap before which row the pointer is, counted over all rows, those that are dragged too
 * @returns null when the node is not there any more
 */
export function dropAt(outline: Outline, id: NodeId, gap: number, wanted: number): DropPlace | null {
  const node = findNode(outline, id);
  if (node === null) return null;
  const rows = outline.nodes;
  const first = rows.indexOf(node);
  const dragged = rows.filter((other) => other === node || other.parent === id).length;
  const rest = rows.filter((other) => other !== node && other.parent !== id);
  // counted over the rows that stay
  const index = gap <= first ? gap : Math.max(first, gap - dragged);
  const at = node.kind === 'part' ? nearestTop(rest, index) : index;
  const chosen = choose(candidates(rest, at, node), wanted);
  const isSame = chosen.parent === node.parent && chosen.before === (nextOf(rows, node, dragged)?.id ?? null);
  return {
    gap: at < first ? at : at === first ? (gap <= first ? first : first + dragged) : at + dragged,
    depth: chosen.depth,
    move: isSame ? null : { op: 'move', node: id, parent: chosen.parent, before: chosen.before },
  };
}

/** The sibling behind a node and everything in it. */
function nextOf(rows: readonly OutlineNode[], node: OutlineNode, length: number): OutlineNode | null {
  const next = rows[rows.indexOf(node) + length];
  return next !== undefined && next.parent === node.parent ? next : null;
}

function nearestTop(rest: readonly OutlineNode[], index: number): number {
  const isTop = (at: number) => at >= rest.length || rest[at]?.parent === null;
  for (let distance = 0; distance <= rest.length; distance += 1) {
    if (index - distance >= 0 && isTop(index - distance)) return index - distance;
    if (index + distance <= rest.length && isTop(index + distance)) return index + distance;
  }
  return rest.length;
}

function candidates(rest: readonly OutlineNode[], index: number, node: OutlineNode): readonly Candidate[] {
  const [above, below] = [rest[index - 1], rest[index]];
  const found: Candidate[] = [];
  if (below === undefined || below.parent === null) found.push({ depth: 0, parent: null, before: below?.id ?? null });
  const part = above === undefined ? null : above.kind === 'part' ? above.id : above.parent;
  if (node.kind !== 'part' && part !== null)
    found.push({ depth: 1, parent: part, before: below !== undefined && below.parent === part ? below.id : null });
  return found;
}

function choose(found: readonly Candidate[], wanted: number): Candidate {
  const fitting = found.find(({ depth }) => depth === (wanted >= 1 ? 1 : 0)) ?? found[0];
  if (fitting === undefined) throw new Error('Between any two rows something can stand.');
  return fitting;
}

/** The outline as it would be. */
export function afterMove(outline: Outline, { node, parent, before }: Move): Outline {
  return moveNode(outline, node, parent, before);
}
