import type { MemberId, Seq } from '../ids.ts';
import type { Setting } from '../outline/outline.ts';

/**
 * Where a report stands beside its stage: worked on, put away to be read only, or thrown away. Kept apart from the stage, so that a report
 * taken out of the trash is archived or not as it was before.
 */
export interface Lifecycle {
  readonly archived: boolean;
  readonly trashed: boolean;
  /** Who changed it last; null = nobody yet. */
  readonly set: Setting | null;
}

export const FRESH_LIFE: Lifecycle = { archived: false, trashed: false, set: null };

export type LifecycleOp = 'archive' | 'unarchive' | 'trash' | 'restore';
export const LIFECYCLE_OPS: readonly LifecycleOp[] = ['archive', 'unarchive', 'trash', 'restore'];

/** Payload of kind `lifecycle` (JSON). */
export interface LifecycleEvent {
  readonly op: LifecycleOp;
}

/** In which list a report stands. */
export type Standing = 'active' | 'archived' | 'trashed';

export function standingOf(life: Lifecycle): Standing {
  if (life.trashed) return 'trashed';
  return life.archived ? 'archived' : 'active';
}

/** One entry applied; total. */
export function reduceLifecycle(
  life: Lifecycle,
  event: LifecycleEvent,
  header: { readonly author: MemberId; readonly at: number; readonly seq: Seq },
): Lifecycle {
  return { ...afterOp(life, event.op), set: { by: header.author, at: header.at, seq: header.seq } };
}

function afterOp({ archived, trashed }: Lifecycle, op: LifecycleOp): { readonly archived: boolean; readonly trashed: boolean } {
  switch (op) {
    case 'archive':
      return { archived: true, trashed };
    case 'unarchive':
      return { archived: false, trashed };
    case 'trash':
      return { archived, trashed: true };
    case 'restore':
      return { archived, trashed: false };
  }
}

/**
 * Judges what an owner asks for; rights are asked before.
 * @returns the event, or null when the report stands so already: two owners who archive at once both get what they asked for
 */
export function decideLifecycle(life: Lifecycle, op: LifecycleOp): LifecycleEvent | null {
  const after = afterOp(life, op);
  return after.archived === life.archived && after.trashed === life.trashed ? null : { op };
}
