import type { ChapterId, ClientId, MemberId, Seq } from '../ids.ts';
import type { IdRanges } from './id-ranges.ts';

/**
 * A suggestion is a fork of its chapter's text made of lanes (design §5): each is written under a Yjs client id of its own, so that
 * accepting it sends the text exactly those items, with their ids, and its author is the proposer. What a lane strikes out is a set of ids
 * beside it, because Yjs cannot bring back what was deleted: a decline, a withdrawal and an undo take ids out of that set.
 */

/** What a lane holds: words, marks and lines; or the look of one line (heading, list, alignment), which has no tombstones. */
export type LaneKind = 'text' | 'look';

/** `overtaken`: the text has changed underneath, so that it no longer means anything. */
export type SuggestionStatus = 'open' | 'accepted' | 'declined' | 'withdrawn' | 'superseded' | 'overtaken';
export type Verdict = Exclude<SuggestionStatus, 'open'>;

/** One act of a proposer in one lane. */
export interface LaneWrite {
  readonly lane: ClientId;
  readonly kind: LaneKind;
  /** 1, 2, 3 … in each lane: one that is sent again is known by it. */
  readonly number: number;
  /** Further lanes of the same proposer that belong to the same suggestion from now on; strangers' are passed over. */
  readonly merge: readonly ClientId[];
  /** New items, all under the lane's id: a Yjs update (V1) that deletes nothing. */
  readonly update: Uint8Array;
  /** Ids that the lane strikes out from now on, and ids that it strikes no longer (undo). */
  readonly strike: IdRanges;
  readonly unstrike: IdRanges;
}

/** How far a decision reaches in one lane: what was written later is a suggestion of its own. */
export interface LaneCut {
  readonly lane: ClientId;
  readonly to: number;
  readonly strikes: IdRanges;
}

/** What stood there and what was to stand there, as the decider saw it. */
export interface Shown {
  readonly quote: string;
  readonly replacement: string;
}

/** What the log says about suggestions of a chapter (entry kind `suggestion`). The entry's author wrote, decided or explained. */
export type SuggestionEvent =
  | ({ readonly op: 'write' } & LaneWrite)
  | {
      readonly op: 'decide';
      readonly suggestion: Seq;
      readonly verdict: Verdict;
      readonly reason: string;
      readonly cuts: readonly LaneCut[];
      readonly shown: Shown;
      /** Of a superseded one: the suggestion that was accepted. */
      readonly by: Seq | null;
    }
  /** Why it is proposed, and the thread that it answers. */
  | { readonly op: 'explain'; readonly suggestion: Seq; readonly reason: string; readonly thread: Seq | null };

export interface Decision {
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
  readonly reason: string;
  readonly shown: Shown;
  readonly supersededBy: Seq | null;
}

export interface Suggestion {
  /** Seq of its first entry. */
  readonly id: Seq;
  readonly chapter: ChapterId;
  readonly proposer: MemberId;
  readonly at: number;
  /** Its newest entry: a decision names what the decider saw, and is refused when this has moved. */
  readonly rev: Seq;
  readonly changedAt: number;
  readonly status: SuggestionStatus;
  readonly lanes: readonly ClientId[];
  readonly reason: string;
  readonly thread: Seq | null;
  readonly decision: Decision | null;
}

/** One write's items: the clocks `from` up to, not including, `to`. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly update: Uint8Array;
}

export interface Lane {
  readonly id: ClientId;
  readonly proposer: MemberId;
  readonly kind: LaneKind;
  /** Clocks below this were decided about. */
  readonly base: number;
  readonly end: number;
  /** Ids struck out that nobody has decided about. */
  readonly strikes: IdRanges;
  /** Number of its newest write. */
  readonly writes: number;
  /** Own ids of declined words: they stand in no text. */
  readonly dead: IdRanges;
  /** All of its items, oldest first. */
  readonly pieces: readonly Piece[];
  /** The open suggestion that it belongs to. */
  readonly suggestion: Seq | null;
  /** A declined look: it is left out of the fork whole, and nothing more is written under its id. */
  readonly shut: boolean;
}
