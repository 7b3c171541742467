import type { ChapterId, ClientId, MemberId, Seq } from '../ids.ts';

/** A stretch of ids under which a mask's letters were written first: it stays the same when the text is moved or brought back. */
export interface BlankIds {
  readonly chapter: ChapterId;
  readonly client: ClientId;
  readonly clock: number;
  readonly length: number;
}

/** What a decision about a blank hangs on, with enough of its sentence to be told when the text is gone. */
export interface BlankAnchor {
  readonly ids: readonly BlankIds[];
  /** As it stood: `**`. */
  readonly mask: string;
  readonly kind: 'number' | 'name';
  readonly unit: string | null;
  readonly before: string;
  readonly after: string;
}

/** Payload of kind `blank`: what was decided about one blank. What stands in the text is told by the text alone. */
export type BlankEvent =
  /** Filled from the list; the text entry before it holds the words. `was`: what stood there. */
  | { readonly op: 'fill'; readonly blank: BlankAnchor; readonly was: string; readonly value: string; readonly source: string }
  /** The filling was taken back. */
  | { readonly op: 'clear'; readonly blank: BlankAnchor }
  /** Where a value comes from that was typed by hand. */
  | { readonly op: 'source'; readonly blank: BlankAnchor; readonly value: string; readonly source: string }
  /** `to` null = nobody any more. `due`: the last day, YYYY-MM-DD. */
  | { readonly op: 'assign'; readonly blank: BlankAnchor; readonly to: MemberId | null; readonly due: string | null }
  /** 不是待填项: the signs are meant as they stand. */
  | { readonly op: 'dismiss'; readonly blank: BlankAnchor; readonly reason: string }
  /** It is one after all; or one that only looked as if it might be. */
  | { readonly op: 'claim'; readonly blank: BlankAnchor };

interface Done {
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

export interface Assigned extends Done {
  readonly to: MemberId;
  readonly due: string | null;
}

export interface Dismissed extends Done {
  readonly reason: string;
}

/** Where a value comes from, as somebody said of exactly this value. */
export interface Sourced extends Done {
  readonly value: string;
  readonly source: string;
}

/** Everything that was decided about one blank. */
export interface BlankRecord {
  readonly anchor: BlankAnchor;
  readonly assigned: Assigned | null;
  readonly dismissed: Dismissed | null;
  /** Somebody said that it is one. */
  readonly claimed: boolean;
  readonly sourced: Sourced | null;
}

/** Names a blank in lists and commands: the first id of its mask. */
export function blankId({ ids }: Pick<BlankAnchor, 'ids'>): string {
  const first = ids[0];
  return first === undefined ? '' : unitName(first.chapter, first.client, first.clock);
}

export function unitName(chapter: ChapterId, client: ClientId, clock: number): string {
  return `${chapter}.${client}.${clock}`;
}

/** The names of every letter of a mask. */
export function unitNames({ ids }: Pick<BlankAnchor, 'ids'>): readonly string[] {
  return ids.flatMap(({ chapter, client, clock, length }) =>
    Array.from({ length }, (_, offset) => unitName(chapter, client, clock + offset)),
  );
}

/** Longest note of a source, reason, and value, in characters. */
export const MAX_SOURCE = 200;
export const MAX_VALUE = 60;
