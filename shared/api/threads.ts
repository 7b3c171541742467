import type { ChapterId, MemberId, NodeId, Seq } from '../ids.ts';
import type { Disposition, Thread } from '../threads/thread.ts';
import type { Ids } from './history.ts';

/** GET /api/reports/:report/threads: every thread that was not withdrawn, in the order of its beginning, and where each hangs now. */
export interface ThreadsState {
  readonly seq: Seq;
  readonly threads: readonly Thread[];
  readonly places: readonly ThreadPlace[];
}

/** GET /api/reports/:report/threads/places: the places alone, for whoever has the threads already. */
export interface ThreadPlaces {
  readonly seq: Seq;
  readonly places: readonly ThreadPlace[];
}

/** Where a thread hangs now. */
export interface ThreadPlace {
  readonly id: Seq;
  /** `there`; `gone`: 原文已删除; `trashed`: its chapter is in the trash, with the text. */
  readonly state: 'there' | 'gone' | 'trashed';
  /** The chapter in which it stands, or stood last. */
  readonly node: NodeId;
  /** Ids of what stands there, in the order of the text; none for a node. Of a paragraph: what stands in it of what stood in it then. */
  readonly at: readonly Ids[];
  /** Units before it in its chapter; for sorting only. */
  readonly order: number;
  /** The entry that deleted the last of it; 0 where nothing was deleted. */
  readonly goneAt: Seq;
  /** 采纳后又被改动: what was adopted is not as its edit left it. */
  readonly changedSince: boolean;
}

/** What a person wants to hang a thread on, as the server knows it: by ids, never by words. */
export type Target =
  | { readonly on: 'text'; readonly chapter: ChapterId; readonly ids: readonly Ids[] }
  | { readonly on: 'block'; readonly chapter: ChapterId; readonly block: string }
  | { readonly on: 'node'; readonly node: NodeId };

/** A comment as it was written; `mentions` say which of its letters stand for whom. */
export interface Written {
  readonly text: string;
  readonly mentions: readonly { readonly member: MemberId; readonly at: number; readonly length: number }[];
}

/** POST /api/reports/:report/threads */
export type ThreadsCommand =
  | { readonly op: 'start'; readonly target: Target; readonly body: Written; readonly to: MemberId | null; readonly due: string | null }
  | { readonly op: 'reply'; readonly thread: Seq; readonly body: Written }
  | { readonly op: 'edit'; readonly thread: Seq; readonly comment: Seq; readonly body: Written }
  | { readonly op: 'delete'; readonly thread: Seq; readonly comment: Seq }
  | { readonly op: 'assign'; readonly thread: Seq; readonly to: MemberId | null; readonly due: string | null }
  | { readonly op: 'close'; readonly thread: Seq; readonly disposition: Disposition; readonly reason: string }
  | { readonly op: 'reopen'; readonly thread: Seq }
  | { readonly op: 'reattach'; readonly thread: Seq; readonly target: Target }
  /** What I changed after entry `after` where the thread hangs answers it. */
  | { readonly op: 'link'; readonly thread: Seq; readonly after: Seq };

export interface ThreadsDone {
  /** The entry; the head where it stood so already. A new thread is named by it. */
  readonly seq: Seq;
}
