import type { ChapterId, MemberId, Seq } from '../ids.ts';
import type { Ids } from './history.ts';

/**
 * Bringing text back (docs/API.md). It is a new entry like any other: nothing of the log changes, others may type meanwhile, and it can be
 * undone by another restore.
 */
export type RestoreCommand =
  /** The chapter as it stood after entry `seq`. */
  | { readonly what: 'chapter'; readonly seq: Seq }
  /**
   * One paragraph as it stood after entry `seq`, everything around it as it is. `block` is its key now; of a paragraph that is gone, its
   * key then. `from` names the chapter in which the wording stood, where that was another one.
   */
  | { readonly what: 'paragraph'; readonly block: string; readonly seq: Seq; readonly from?: ChapterId | undefined }
  /**
   * Only the text under some ids, as it read after entry `seq` (what its story told). `from` names the chapter in which that wording stood,
   * where it was at another place then; left out, the text is where it was.
   */
  | { readonly what: 'text'; readonly ids: readonly Ids[]; readonly seq: Seq; readonly from?: ChapterId | undefined }
  /** Takes back the restore that is entry `seq`, and nothing that came since. */
  | { readonly what: 'undo'; readonly seq: Seq };

/** POST /api/reports/:report/chapters/:chapter/restore/preview (RestoreCommand): what it would do. Changes nothing. */
export interface RestorePreview {
  readonly head: Seq;
  /** The last entry that touched what would be replaced. Send it with the restore: when something came since, it is refused. */
  readonly expect: Seq;
  /** Characters, punctuation included, white space not. */
  readonly added: number;
  readonly removed: number;
  /** Paragraphs that would change, in order; at most 40. */
  readonly paragraphs: readonly RestoredParagraph[];
  /** How many more there are. */
  readonly more: number;
  /** Whose characters would go; null = nobody's (imported). */
  readonly replaces: readonly { readonly member: MemberId | null; readonly characters: number }[];
  /** Who else has this chapter open now. */
  readonly here: readonly MemberId[];
}

export interface RestoredParagraph {
  /** `back`: not in the text now; `out`: in the text now and not then. */
  readonly op: 'changed' | 'back' | 'out';
  readonly segments: readonly RestoredSegment[];
}

export interface RestoredSegment {
  readonly op: 'keep' | 'ins' | 'del';
  readonly text: string;
}

/** POST /api/reports/:report/chapters/:chapter/restore {command, expect} → 201. 409 `restore-moved` when something came since the preview. */
export interface RestoreDone {
  readonly seq: Seq;
  /** The restore that undoes this one. */
  readonly undo: RestoreCommand;
}
