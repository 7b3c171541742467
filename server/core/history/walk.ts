import * as Y from 'yjs';
import type { RangeMap } from '../../../shared/attribution/range-map.ts';
import type { Seq } from '../../../shared/ids.ts';
import { applyFormat, markOfKey } from '../../../shared/text/formats.ts';
import { isMarker, type Marker } from '../../../shared/text/marker.ts';
import { MARK_NAMES, type MarkName } from '../../../shared/text/schema.ts';
import type { CoarseTimes, Groups } from './coarse-times.ts';
import type { ChapterTimes } from './text-times.ts';

/** The `del` of what nobody deleted. */
export const NEVER = Number.POSITIVE_INFINITY;

/**
 * Some ids of an item that came together and went together: with one entry each, or with entries that are told as one (`groupOf`); then
 * the last of them is named. One object is used for all: take what you need from it.
 */
export interface Piece {
  readonly item: Y.Item;
  /** Where in the item it begins, and its units. */
  readonly offset: number;
  readonly length: number;
  readonly ins: Seq;
  /** NEVER for what stands. */
  readonly del: Seq;
  readonly inA: boolean;
  readonly inB: boolean;
}

export interface WalkSink {
  /** Letters or something embedded, standing at A or at B. */
  piece(piece: Piece, walker: Walker): void;
  /** A block's end, standing at A or at B, be it shown or not. */
  end(marker: Marker, piece: Piece, walker: Walker): void;
}

/** Calls `visit` for each piece of an item, in order. */
export function eachPiece(times: ChapterTimes, item: Y.Item, visit: (from: number, to: number, ins: Seq, del: Seq) => void): void {
  const { client, clock } = item.id;
  if (item.length === 1) {
    visit(clock, clock + 1, seqAt(times.inserted, client, clock), item.deleted ? seqAt(times.deleted, client, clock) : NEVER);
    return;
  }
  const end = clock + item.length;
  if (!item.deleted) {
    times.inserted.overlapping(client, clock, end, (from, to, ins) => visit(from, to, ins, NEVER));
    return;
  }
  // Within one item, insertions and deletions each cover every id.
  times.inserted.overlapping(client, clock, end, (from, to, ins) => {
    times.deleted.overlapping(client, from, to, (start, stop, del) => visit(start, stop, ins, del));
  });
}

function seqAt(table: RangeMap, client: number, clock: number): Seq {
  return Math.max(0, table.get(client, clock));
}

/** Format items that may be in force, told apart by key: what a walk that starts in the middle needs. */
export type OpenFormats = readonly Y.Item[];

/** The format item that decides about a key at one point. */
interface Deciding {
  readonly value: unknown;
  readonly ins: Seq;
  readonly del: Seq;
}

class Formats {
  readonly values = new Map<string, unknown>();
  readonly deciding = new Map<string, Deciding>();
  #marks: readonly MarkName[] | null = null;

  apply(content: Y.ContentFormat, ins: Seq, del: Seq): void {
    applyFormat(this.values, content);
    this.deciding.set(content.key, { value: content.value, ins, del });
    this.#marks = null;
  }

  clear(): void {
    this.values.clear();
    this.deciding.clear();
    this.#marks = null;
  }

  get marks(): readonly MarkName[] {
    this.#marks ??= marksOf(this.values);
    return this.#marks;
  }
}

const NO_MARKS: readonly MarkName[] = [];

function marksOf(values: ReadonlyMap<string, unknown>): readonly MarkName[] {
  if (values.size === 0) return NO_MARKS;
  const names = new Set<MarkName>();
  for (const [key, value] of values) {
    const name = value === null || value === false ? null : markOfKey(key);
    if (name !== null) names.add(name);
  }
  return MARK_NAMES.filter((name) => names.has(name));
}

/**
 * Walks through a chapter's items and tells what stood after entry `a` and after entry `b`, in the order of the document, with the
 * formats in force at both points. It reads and never writes: what it tells of a point is what a replay up to there would show.
 */
export class Walker {
  readonly a: Seq;
  readonly b: Seq;
  readonly times: ChapterTimes;
  readonly #sink: WalkSink;
  readonly #formatsA = new Formats();
  readonly #formatsB = new Formats();
  readonly #piece = { item: null as unknown as Y.Item, offset: 0, length: 0, ins: 0, del: 0, inA: false, inB: false };
  readonly #visit: (from: number, to: number, ins: Seq, del: Seq) => void;
  readonly #visitStanding: (from: number, to: number, ins: Seq) => void;
  #format: Y.ContentFormat | null = null;

  readonly #groups: Groups;
  readonly #coarse: CoarseTimes;

  constructor(times: ChapterTimes, coarse: CoarseTimes, groups: Groups, a: Seq, b: Seq, sink: WalkSink) {
    this.times = times;
    this.#coarse = coarse;
    this.#groups = groups;
    this.a = a;
    this.b = b;
    this.#sink = sink;
    this.#visit = (from, to, ins, del) => this.#take(from, to, ins, del);
    this.#visitStanding = (from, to, ins) => this.#take(from, to, ins, NEVER);
  }

  /** @param until the first item that is not looked at; null = to the end */
  walk(start: Y.Item | null, until: Y.Item | null, open: OpenFormats): void {
    this.#formatsA.clear();
    this.#formatsB.clear();
    for (const item of open) this.#item(item);
    for (let item = start; item !== null && item !== until; item = item.right) this.#item(item);
  }

  get marksA(): readonly MarkName[] {
    return this.#formatsA.marks;
  }

  get marksB(): readonly MarkName[] {
    return this.#formatsB.marks;
  }

  /** The last entry that made the formats at b other than at a; 0 when they are the same. */
  formatsChangedAt(): Seq {
    const [before, after] = [this.#formatsA.deciding, this.#formatsB.deciding];
    let seq = 0;
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const was = before.get(key);
      const is = after.get(key);
      if ((was?.value ?? null) === (is?.value ?? null)) continue;
      if (is !== undefined && is.ins > this.a) seq = Math.max(seq, is.ins);
      if (was !== undefined && was.del <= this.b) seq = Math.max(seq, was.del);
    }
    return seq;
  }

  /** Where an item, or its first id, stands at the two points. */
  #item(item: Y.Item): void {
    this.#format = item.content instanceof Y.ContentFormat ? item.content : null;
    if (!item.countable && this.#format === null) return;
    this.#piece.item = item;
    this.#piece.length = 0;
    const { client, clock } = item.id;
    if (item.length === 1) eachPiece(this.times, item, this.#visit);
    else if (!item.deleted) this.#coarse.overlapping(client, clock, clock + item.length, this.a, this.b, this.#visitStanding);
    else {
      this.#coarse.overlapping(client, clock, clock + item.length, this.a, this.b, (from, to, ins) => {
        // What came after b is at neither point, whenever it went.
        if (ins > this.b) this.#take(from, to, ins, NEVER);
        else this.times.deleted.overlapping(client, from, to, (start, stop, del) => this.#take(start, stop, ins, del));
      });
    }
    this.#tell();
  }

  #take(from: number, to: number, ins: Seq, del: Seq): void {
    const { a, b } = this;
    const inA = ins <= a && a < del;
    const inB = ins <= b && b < del;
    const piece = this.#piece;
    const content = this.#format;
    if (content !== null) {
      if (inA) this.#formatsA.apply(content, ins, del);
      if (inB) this.#formatsB.apply(content, ins, del);
      this.#forget(content.key);
      return;
    }
    if (!inA && !inB) {
      this.#tell();
      return;
    }
    const offset = from - piece.item.id.clock;
    if (piece.length > 0) {
      const groups = this.#groups;
      if (
        piece.offset + piece.length === offset &&
        piece.inA === inA &&
        piece.inB === inB &&
        groups.groupOf(piece.ins) === groups.groupOf(ins) &&
        // What stands at b was not deleted before it; when it goes later does not matter.
        (inB || piece.del === del || groups.groupOf(piece.del) === groups.groupOf(del))
      ) {
        piece.length += to - from;
        if (ins > piece.ins) piece.ins = ins;
        if (del > piece.del) piece.del = del;
        return;
      }
      this.#tell();
    }
    piece.offset = offset;
    piece.length = to - from;
    piece.ins = ins;
    piece.del = del;
    piece.inA = inA;
    piece.inB = inB;
  }

  /** What is off at both points says nothing about what follows. */
  #forget(key: string): void {
    const [before, after] = [this.#formatsA.deciding, this.#formatsB.deciding];
    if ((before.get(key)?.value ?? null) !== null || (after.get(key)?.value ?? null) !== null) return;
    before.delete(key);
    after.delete(key);
  }

  #tell(): void {
    const piece = this.#piece;
    if (piece.length === 0) return;
    const { content } = piece.item;
    if (content instanceof Y.ContentType && isMarker(content.type)) this.#sink.end(content.type, piece, this);
    else this.#sink.piece(piece, this);
    piece.length = 0;
  }
}

/** The letters of a piece; U+FFFC for each unit of anything else. */
export function lettersOf({ item, offset, length }: Piece): string {
  const { content } = item;
  return content instanceof Y.ContentString ? content.str.slice(offset, offset + length) : '\ufffc'.repeat(length);
}

/** What a marker said after entry `seq`, key by key. Newest values hang last in their key's chain; at most one of them stands. */
export function valuesAt(times: ChapterTimes, marker: Marker, seq: Seq): ReadonlyMap<string, unknown> {
  if (marker._map.size === 0) return NO_VALUES;
  const values = new Map<string, unknown>();
  for (const [key, newest] of marker._map) {
    for (let item: Y.Item | null = newest; item !== null && !values.has(key); item = item.left) {
      const { content, id } = item;
      eachPiece(times, item, (from, _to, ins, del) => {
        if (ins <= seq && seq < del) values.set(key, content.getContent()[from - id.clock]);
      });
    }
  }
  return values;
}

const NO_VALUES: ReadonlyMap<string, unknown> = new Map();

/** The last entry of (a, b] that changed something about a marker; 0 when none did. */
export function markerChangedAt(times: ChapterTimes, marker: Marker, a: Seq, b: Seq): Seq {
  let seq = 0;
  for (const newest of marker._map.values()) {
    for (let item: Y.Item | null = newest; item !== null; item = item.left) {
      eachPiece(times, item, (_from, _to, ins, del) => {
        if (ins > a && ins <= b) seq = Math.max(seq, ins);
        if (del > a && del <= b) seq = Math.max(seq, del);
      });
    }
  }
  return seq;
}
