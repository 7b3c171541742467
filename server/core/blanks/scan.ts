import * as Y from 'yjs';
import { findHints, type Guess, guessesOf } from '../../../shared/blanks/hints.ts';
import { findBlanks } from '../../../shared/counting/count.ts';
import type { ChapterId, ClientId } from '../../../shared/ids.ts';
import { isMarker } from '../../../shared/text/marker.ts';
import type { TextTimes } from '../history/text-times.ts';

/** Units of one item. */
export interface Units {
  readonly item: Y.Item;
  readonly offset: number;
  readonly length: number;
}

/** A paragraph as it stands: its letters, each as long as its Yjs units (something embedded is U+FFFC). */
export interface ScannedLine {
  /** Place of its first unit among the chapter's living units. */
  readonly start: number;
  readonly words: string;
}

export interface ScannedMask {
  readonly kind: 'number' | 'name';
  readonly unit: string | null;
  /** A place that only looks as if it might be one. */
  readonly hint: boolean;
  readonly guess: Guess | null;
  readonly line: ScannedLine;
  /** In the line. */
  readonly offset: number;
  readonly length: number;
  readonly units: readonly Units[];
}

/** Text that stands here and was written elsewhere first. */
export interface Moved {
  readonly root: { readonly chapter: ChapterId; readonly client: ClientId; readonly clock: number };
  readonly item: Y.Item;
  readonly offset: number;
  readonly length: number;
}

/** What one chapter holds that has to do with blanks, read in one walk. Good until the chapter changes. */
export interface ChapterScan {
  readonly chapter: ChapterId;
  readonly lines: readonly ScannedLine[];
  readonly masks: readonly ScannedMask[];
  /** Asterisks that do not stand any more, in the order of the document. */
  readonly dead: readonly Units[];
  readonly moved: readonly Moved[];
  /** Where each living item begins among the living units. */
  readonly places: ReadonlyMap<Y.Item, number>;
}

const STARS = /\*+/g;

export function scanChapter(chapter: ChapterId, text: Y.Text, times: TextTimes): ChapterScan {
  const lines: ScannedLine[] = [];
  const masks: ScannedMask[] = [];
  const dead: Units[] = [];
  const moved: Moved[] = [];
  const places = new Map<Y.Item, number>();
  let index = 0;
  let start = 0;
  let words = '';
  let items: Y.Item[] = [];
  const endLine = (): void => {
    if (items.length > 0) {
      const line = { start, words };
      lines.push(line);
      masks.push(...masksOf(line, items, places));
    }
    words = '';
    items = [];
  };
  for (let item = text._start; item !== null; item = item.right) {
    const { content } = item;
    if (!item.countable) continue;
    if (item.deleted) {
      if (!(content instanceof Y.ContentString)) continue;
      for (const match of content.str.matchAll(STARS)) dead.push({ item, offset: match.index, length: match[0].length });
      continue;
    }
    places.set(item, index);
    const at = item;
    times.copies.overlapping(chapter, item.id.client, item.id.clock, item.id.clock + item.length, (from, to, root) => {
      moved.push({ root, item: at, offset: from - at.id.clock, length: to - from });
    });
    index += item.length;
    if (content instanceof Y.ContentType && isMarker(content.type)) {
      endLine();
      start = index;
    } else {
      items.push(item);
      words += content instanceof Y.ContentString ? content.str : '\ufffc'.repeat(item.length);
    }
  }
  endLine();
  return { chapter, lines, masks, dead, moved, places };
}

function masksOf(line: ScannedLine, items: readonly Y.Item[], places: ReadonlyMap<Y.Item, number>): readonly ScannedMask[] {
  const { words } = line;
  const found = words.includes('*') ? findBlanks(words) : [];
  const guesses = guessesOf(words, found);
  const blanks = found.map((blank, index) => ({ ...blank, hint: false, guess: guesses[index] ?? null }));
  const hints = /[xX×]/.test(words)
    ? findHints(words).map((hint) => ({ ...hint, kind: 'name' as const, unit: null, hint: true, guess: null }))
    : [];
  if (blanks.length + hints.length === 0) return [];
  const pieces = items.map((item) => ({ item, at: places.get(item)! - line.start }));
  return [...blanks, ...hints].map(({ kind, unit, hint, guess, offset, length }) => ({
    kind,
    unit,
    hint,
    guess,
    line,
    offset,
    length,
    units: unitsIn(pieces, offset, length),
  }));
}

/** @param pieces a line's items and where in it they begin, in order */
function unitsIn(pieces: readonly { readonly item: Y.Item; readonly at: number }[], offset: number, length: number): readonly Units[] {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.at <= offset) low = middle;
    else high = middle - 1;
  }
  const units: Units[] = [];
  for (let index = low; index < pieces.length && pieces[index]!.at < offset + length; index += 1) {
    const { item, at } = pieces[index]!;
    const from = Math.max(0, offset - at);
    const to = Math.min(item.length, offset + length - at);
    if (from < to) units.push({ item, offset: from, length: to - from });
  }
  return units;
}

/** The line in which a place among the living units stands. */
export function lineAt({ lines }: ChapterScan, index: number): ScannedLine | null {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]!.start <= index) low = middle;
    else high = middle - 1;
  }
  return lines[low] ?? null;
}
