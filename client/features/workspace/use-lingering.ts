import { useEffect, useRef } from 'react';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import type { Outline, RemovedNode } from '../../../shared/outline/outline.ts';
import { trashOf } from '../../../shared/outline/tree.ts';
import { keepRow, type OutlineRow } from '../outline/index.ts';

/** A chapter that somebody else moved to the trash while this person had the caret in it. */
export interface Lingering {
  readonly node: RemovedNode;
  /** What is to be restored to have it back: itself, or the part that took it along. */
  readonly restore: NodeId;
}

/**
 * The chapter under the caret is not pulled from under anybody's hands: it stays on the page until they leave it, and what is typed into it
 * goes on being saved (docs/decisions/0100).
 * @param focused where the caret is
 * @returns the rows of the page with it, and what to say about it; null when there is none
 */
export function useLingering(
  outline: Outline,
  rows: readonly OutlineRow[],
  focused: NodeId | null,
  me: MemberId,
): { readonly rows: readonly OutlineRow[]; readonly lingering: Lingering | null } {
  const before = useRef(rows);
  const isThere = rows.some((row) => row.node.id === focused);
  useEffect(() => {
    if (isThere) before.current = rows;
  }, [isThere, rows]);

  if (focused === null || isThere) return { rows, lingering: null };
  const bundle = trashOf(outline).find((nodes) => nodes.some((node) => node.id === focused));
  const node = bundle?.find((other) => other.id === focused);
  // Who did it themselves knows.
  if (bundle === undefined || node === undefined || node.removed.by === me) return { rows, lingering: null };
  const shown = keepRow(rows, before.current, focused);
  return shown === rows ? { rows, lingering: null } : { rows: shown, lingering: { node, restore: bundle[0].id } };
}
