import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type * as Y from 'yjs';
import { type CopyOf, CopyTable } from '../../../shared/attribution/copy-table.ts';
import { RangeMap } from '../../../shared/attribution/range-map.ts';
import type { ChapterId, ClientId, MemberId, Seq } from '../../../shared/ids.ts';
import type { Via } from '../../../shared/log/entry.ts';
import { TextRecords } from '../attribution/text-records.ts';
import { CopyPlaces, type Place } from './copy-places.ts';

/** When each id of one chapter came and went: id → seq of the entry. With them any past state follows from the items. */
export interface ChapterTimes {
  readonly inserted: RangeMap;
  readonly deleted: RangeMap;
}

/** A text entry as the history needs it: everything but the update, which was applied. */
export interface TimedEntry {
  readonly seq: Seq;
  readonly at: number;
  readonly author: MemberId;
  readonly chapter: ChapterId;
  readonly via: Via;
  readonly wordsOf: MemberId | null;
  readonly offlineSince: number;
}

/**
 * The report's tables behind every question about the past: when ids came and went, who did it, and which ids are the same text as older
 * ones. Taken from what Yjs really did with each entry, so that a past state is what a replay up to that entry would show, also where Yjs
 * deletes by itself (a clash over a marker's key).
 */
export class TextTimes {
  readonly records = new TextRecords();
  readonly copies = new CopyTable();
  readonly #chapters = new Map<ChapterId, ChapterTimes>();
  /** Tables that lie as bytes until they are needed. */
  readonly #resting = new Map<ChapterId, Uint8Array>();
  readonly #places = new CopyPlaces();
  /** Seqs of entries that brought copies, ascending. */
  readonly #copying: Seq[] = [];

  /** Takes what one entry's transaction did, before Yjs cleans up after it. */
  note(entry: TimedEntry, transaction: Y.Transaction): void {
    const { seq, at, author: actor, wordsOf, via, offlineSince } = entry;
    this.records.add({ seq, at, actor, wordsOf, via, offlineSince });
    const { inserted, deleted } = this.of(entry.chapter);
    for (const [client, after] of transaction.afterState) {
      const before = transaction.beforeState.get(client) ?? 0;
      if (after > before) inserted.add(client, before, after, seq);
    }
    for (const [client, ranges] of transaction.deleteSet.clients) {
      for (const { clock, len } of ranges) deleted.add(client, clock, clock + len, seq);
    }
  }

  addCopy(copy: CopyOf): void {
    this.copies.add(copy);
    const { client, clock, length } = copy.to;
    this.copies.overlapping(copy.chapter, client, clock, clock + length, (from, to, source) => {
      this.#places.add(source, to - from, { chapter: copy.chapter, client, clock: from });
    });
    if (this.#copying.at(-1) !== copy.seq) this.#copying.push(copy.seq);
  }

  of(chapter: ChapterId): ChapterTimes {
    let times = this.#chapters.get(chapter);
    if (times === undefined) {
      const bytes = this.#resting.get(chapter);
      this.#resting.delete(chapter);
      times = bytes === undefined ? { inserted: new RangeMap(), deleted: new RangeMap() } : readTimes(bytes);
      this.#chapters.set(chapter, times);
    }
    return times;
  }

  /** Lays a chapter's tables down as bytes, a few for each keystroke instead of dozens; they are taken up again when asked for. */
  rest(chapter: ChapterId): void {
    const times = this.#chapters.get(chapter);
    if (times === undefined) return;
    this.#resting.set(chapter, writeTimes(times));
    this.#chapters.delete(chapter);
  }

  /** Did any entry of (from, to] bring copies? */
  anyCopiesIn(from: Seq, to: Seq): boolean {
    const at = firstAbove(this.#copying, from);
    return at < this.#copying.length && this.#copying[at]! <= to;
  }

  /**
   * Calls `visit` for each stretch of ids with the ids under which its text was written first: itself where it was written here.
   * Stretches come in order and cover `[from, to)`.
   */
  eachRoot(chapter: ChapterId, client: ClientId, from: number, to: number, visit: (from: number, to: number, root: Place) => void): void {
    let at = from;
    this.copies.overlapping(chapter, client, from, to, (start, end, source) => {
      if (start > at) visit(at, start, { chapter, client, clock: at });
      visit(start, end, source);
      at = end;
    });
    if (at < to) visit(at, to, { chapter, client, clock: at });
  }

  /** Calls `visit` for every place where the text first written as `root … root + length` stands or stood, itself included. */
  eachPlace(root: Place, length: number, visit: (offset: number, length: number, place: Place) => void): void {
    visit(0, length, root);
    this.#places.each(root, length, visit);
  }
}

export function writeTimes({ inserted, deleted }: ChapterTimes): Uint8Array {
  const encoder = encoding.createEncoder();
  inserted.write(encoder);
  deleted.write(encoder);
  return encoding.toUint8Array(encoder);
}

export function readTimes(bytes: Uint8Array): ChapterTimes {
  const decoder = decoding.createDecoder(bytes);
  return { inserted: RangeMap.read(decoder), deleted: RangeMap.read(decoder) };
}

function firstAbove(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
