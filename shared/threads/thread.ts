import type { ChapterId, ClientId, MemberId, NodeId, Seq } from '../ids.ts';

/** A stretch of ids under which text was written first: it stays the same when the text is moved or brought back. */
export interface AnchorIds {
  readonly chapter: ChapterId;
  readonly client: ClientId;
  readonly clock: number;
  readonly length: number;
}

/** What a thread hangs on. Quote and surroundings were read by the server from its own text, so nobody can put words into it. */
export interface Anchor {
  /** Some text; the whole paragraph in which it stands; or a chapter, part or passage as such (then without ids). */
  readonly on: 'text' | 'block' | 'node';
  /** Where it stood when it was hung there. */
  readonly node: NodeId;
  readonly ids: readonly AnchorIds[];
  /** Its words, '\n' between paragraphs, at most MAX_QUOTE units; of a node its heading. */
  readonly quote: string;
  /** Up to CONTEXT units of its paragraph on either side. */
  readonly before: string;
  readonly after: string;
}

/** Somebody named in a comment: `length` units of its text, from `at` on, stand for them. */
export interface Mention {
  readonly member: MemberId;
  readonly at: number;
  readonly length: number;
}

/** Plain words with line ends; never markup. */
export interface CommentBody {
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** 采纳, 部分采纳, 未采纳, 已答复 */
export type Disposition = 'adopted' | 'partly' | 'declined' | 'answered';
export const DISPOSITIONS: readonly Disposition[] = ['adopted', 'partly', 'declined', 'answered'];

/** What answers a thread: a person's entries `from` … `to` in one chapter, or a suggestion. */
export type Answer =
  | { readonly by: 'edit'; readonly chapter: ChapterId; readonly from: Seq; readonly to: Seq }
  | { readonly by: 'suggestion'; readonly suggestion: string };

/** Payload of kind `thread`. A thread is named by the seq of its `start`, a comment by that of the entry that brought it. */
export type ThreadEvent =
  | {
      readonly op: 'start';
      readonly anchor: Anchor;
      readonly body: CommentBody;
      readonly to: MemberId | null;
      /** The last day, YYYY-MM-DD. */
      readonly due: string | null;
    }
  | { readonly op: 'reply'; readonly thread: Seq; readonly body: CommentBody }
  | { readonly op: 'edit'; readonly thread: Seq; readonly comment: Seq; readonly body: CommentBody }
  | { readonly op: 'delete'; readonly thread: Seq; readonly comment: Seq }
  /** `to` null = nobody any more. */
  | { readonly op: 'assign'; readonly thread: Seq; readonly to: MemberId | null; readonly due: string | null }
  | { readonly op: 'close'; readonly thread: Seq; readonly disposition: Disposition; readonly reason: string }
  | { readonly op: 'reopen'; readonly thread: Seq }
  | { readonly op: 'reattach'; readonly thread: Seq; readonly anchor: Anchor }
  | { readonly op: 'link'; readonly thread: Seq; readonly answer: Answer };

interface Done {
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

export interface Comment extends Done {
  /** Emptied when it was deleted. */
  readonly body: CommentBody;
  /** Its last change. */
  readonly edited: { readonly at: number; readonly seq: Seq } | null;
  /** Its writer took it back; it stands as a mark while others answered it. */
  readonly deleted: { readonly at: number; readonly seq: Seq } | null;
  /** Whom it names, with the entry that named them first: somebody named by a later change hears of it then. */
  readonly named: readonly { readonly member: MemberId; readonly at: number; readonly seq: Seq }[];
}

export interface Assignment extends Done {
  readonly to: MemberId;
  readonly due: string | null;
}

export interface Closure extends Done {
  readonly disposition: Disposition;
  /** '' where none was asked for. */
  readonly reason: string;
}

export interface Link extends Done {
  readonly answer: Answer;
}

/** A conversation about some place. */
export interface Thread {
  /** The seq of its beginning. */
  readonly id: Seq;
  readonly by: MemberId;
  readonly at: number;
  readonly anchor: Anchor;
  /** The first is the comment it began with, be it deleted. */
  readonly comments: readonly Comment[];
  readonly assigned: Assignment | null;
  /** null = open. */
  readonly closed: Closure | null;
  /** How often it was opened again, and by whom last. */
  readonly reopened: Done | null;
  readonly links: readonly Link[];
  /** Every comment was taken back: it is nowhere shown. */
  readonly withdrawn: boolean;
}

/** In the order of their beginning. */
export type Threads = readonly Thread[];
export const NO_THREADS: Threads = [];

/** Bounds, in UTF-16 units where text is meant. */
export const MAX_BODY = 10_000;
export const MAX_REASON = 1_000;
export const MAX_COMMENTS = 1_000;
export const MAX_THREADS = 20_000;
export const MAX_MENTIONS = 50;
export const MAX_LINKS = 50;
export const MAX_QUOTE = 500;
export const CONTEXT = 32;
/** Stretches of ids that one anchor may have. */
export const MAX_ANCHOR_IDS = 400;

/** @returns its place in the list, or -1. */
export function threadIndex(threads: Threads, id: Seq): number {
  let low = 0;
  let high = threads.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = threads[middle]!.id;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export function threadOf(threads: Threads, id: Seq): Thread | null {
  return threads[threadIndex(threads, id)] ?? null;
}

/** Everybody who wrote in it. */
export function speakersOf({ by, comments }: Thread): ReadonlySet<MemberId> {
  return new Set([by, ...comments.map((comment) => comment.by)]);
}

/** It was adopted, in whole or in part. */
export function isAdopted({ closed }: Pick<Thread, 'closed'>): boolean {
  return closed?.disposition === 'adopted' || closed?.disposition === 'partly';
}

/** A reason must be given where an opinion was not taken as it is. */
export function asksReason(disposition: Disposition): boolean {
  return disposition === 'partly' || disposition === 'declined';
}
