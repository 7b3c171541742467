import type { ChapterId, Seq } from '../ids.ts';
import type { ChangedBlock } from './history.ts';

/**
 * GET /api/reports/:report/unread: what others changed since this member last looked, less what they have read since, on any device.
 * The first time nothing is unread: looking begins here.
 */
export interface Unread {
  /** The entry up to which everything counts as looked at. */
  readonly since: Seq;
  readonly seq: Seq;
  /** In the order of the outline; only chapters with something unread. */
  readonly chapters: readonly UnreadChapter[];
}

export interface UnreadChapter {
  readonly chapter: ChapterId;
  readonly blocks: readonly ChangedBlock[];
  /** Paragraphs that others took out. */
  readonly removed: number;
}

/** POST /api/reports/:report/read-marks. Either paragraphs that were read in the wording that `unread` told, or everything up to an entry. */
export type ReadMarks = { readonly blocks: readonly ReadMark[] } | { readonly upTo: Seq };

export interface ReadMark {
  readonly chapter: ChapterId;
  readonly key: string;
  /** Of the wording that was seen. */
  readonly hash: string;
  /** `seq` of the answer that told it: what others did before is in the wording that was seen. */
  readonly seq: Seq;
}
