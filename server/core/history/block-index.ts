import * as Y from 'yjs';
import type { Seq } from '../../../shared/ids.ts';
import { isMarker } from '../../../shared/text/marker.ts';
import type { ChapterTimes } from './text-times.ts';
import { eachPiece, NEVER, type OpenFormats } from './walk.ts';

/** Entries told apart by the index: fine enough that a hundred keystrokes meet few blocks, coarse enough that a block keeps few numbers. */
const GRAIN = 16;

/** What lies between two markers, dead ones included: a block as the items have it. */
interface IndexedBlock {
  readonly start: Y.Item | null;
  /** The item behind its marker; null for the last. */
  readonly until: Y.Item | null;
  readonly markerIns: Seq;
  readonly markerDel: Seq;
  /** Format items before it that may reach into it. */
  readonly open: OpenFormats;
  /** Ascending: `floor(seq / GRAIN)` of every entry that changed something in it, or the formats in force over it. */
  readonly touched: readonly number[];
}

/** A stretch of items to walk through. */
export interface Stretch {
  readonly start: Y.Item | null;
  readonly until: Y.Item | null;
  readonly open: OpenFormats;
}

interface OpenFormat {
  readonly item: Y.Item;
  readonly ins: Seq;
  readonly del: Seq;
}

/**
 * Which entries touched which block of a chapter, so that a small window in a long chapter costs little. Made in one walk; any later
 * entry of the chapter makes it worthless (markers move on, items are split).
 */
export class BlockIndex {
  readonly #blocks: IndexedBlock[] = [];

  constructor(text: Y.Text, times: ChapterTimes) {
    let start = text._start;
    let touched = new Set<number>();
    let open: readonly OpenFormat[] = [];
    let first = open;
    const finish = (until: Y.Item | null, markerIns: Seq, markerDel: Seq) => {
      for (const { ins, del } of first) {
        touched.add(Math.floor(ins / GRAIN));
        if (del !== NEVER) touched.add(Math.floor(del / GRAIN));
      }
      const sorted = [...touched].sort((one, other) => one - other);
      this.#blocks.push({ start, until, markerIns, markerDel, open: first.map(({ item }) => item), touched: sorted });
      touched = new Set();
      start = until;
      first = open;
    };
    let lastIns = -1;
    let lastDel = -1;
    const note = (ins: Seq, del: Seq) => {
      const insGrain = Math.floor(ins / GRAIN);
      if (insGrain !== lastIns) touched.add(insGrain);
      lastIns = insGrain;
      if (del === NEVER) return;
      const delGrain = Math.floor(del / GRAIN);
      if (delGrain !== lastDel) touched.add(delGrain);
      lastDel = delGrain;
    };
    const visit = (_from: number, _to: number, ins: Seq, del: Seq) => note(ins, del);
    for (let item = text._start; item !== null; item = item.right) {
      const { content } = item;
      if (content instanceof Y.ContentFormat) {
        const [ins, del] = pieceOf(times, item);
        note(ins, del);
        open = reached(open, { item, ins, del }, content);
      } else if (content instanceof Y.ContentType && isMarker(content.type)) {
        const [ins, del] = pieceOf(times, item);
        note(ins, del);
        for (const newest of content.type._map.values()) {
          for (let value: Y.Item | null = newest; value !== null; value = value.left) eachPiece(times, value, visit);
        }
        finish(item.right, ins, del);
        lastIns = -1;
        lastDel = -1;
      } else if (item.countable) eachPiece(times, item, visit);
    }
    finish(null, 0, NEVER);
  }

  /**
   * The places where entries of (a, b] changed anything, in order: each a row of stretches that follow each other, with whole blocks on
   * both sides. What lies between two stretches of a row came after b.
   */
  touchedIn(a: Seq, b: Seq): Stretch[][] {
    const low = Math.floor((a + 1) / GRAIN);
    const high = Math.floor(b / GRAIN);
    const blocks = this.#blocks;
    // Where a marker is missing at one of the two points, the block goes on in the next one.
    const closes = ({ markerIns, markerDel }: IndexedBlock) => markerIns <= a && b < markerDel;
    const rows: Stretch[][] = [];
    for (let index = 0; index < blocks.length; index += 1) {
      if (!anyWithin(blocks[index]!.touched, low, high)) continue;
      let first = index;
      while (first > 0 && !closes(blocks[first - 1]!)) first -= 1;
      let last = index;
      while (last + 1 < blocks.length && (!closes(blocks[last]!) || anyWithin(blocks[last + 1]!.touched, low, high))) last += 1;
      rows.push(stretchesOf(blocks.slice(first, last + 1), high));
      index = last;
    }
    return rows;
  }
}

/** Neighbouring blocks as few stretches as may be, without those in which nothing had happened yet. */
function stretchesOf(blocks: readonly IndexedBlock[], high: number): Stretch[] {
  const stretches: { start: Y.Item | null; until: Y.Item | null; open: OpenFormats }[] = [];
  let joins = false;
  for (const { start, until, open, touched } of blocks) {
    const begun = touched.length > 0 && touched[0]! <= high;
    const last = stretches.at(-1);
    if (begun && joins && last !== undefined) last.until = until;
    else if (begun) stretches.push({ start, until, open });
    joins = begun;
  }
  return stretches;
}

function pieceOf(times: ChapterTimes, item: Y.Item): readonly [Seq, Seq] {
  let piece: readonly [Seq, Seq] = [0, NEVER];
  eachPiece(times, item, (_from, _to, ins, del) => {
    piece = [ins, del];
  });
  return piece;
}

/** The open formats behind one more format item: what it overrules at every point of time is dropped, and so is an end of nothing. */
function reached(open: readonly OpenFormat[], next: OpenFormat, content: Y.ContentFormat): readonly OpenFormat[] {
  const kept = open.filter(({ item, ins, del }) => keyOf(item) !== content.key || next.ins > ins || next.del < del);
  if (content.value === null && !kept.some(({ item }) => keyOf(item) === content.key)) return kept;
  return [...kept, next];
}

function keyOf(item: Y.Item): string {
  return (item.content as Y.ContentFormat).key;
}

function anyWithin(sorted: readonly number[], low: number, high: number): boolean {
  let left = 0;
  let right = sorted.length;
  while (left < right) {
    const middle = (left + right) >> 1;
    if (sorted[middle]! < low) left = middle + 1;
    else right = middle;
  }
  return left < sorted.length && sorted[left]! <= high;
}
