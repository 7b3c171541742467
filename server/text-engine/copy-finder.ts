import * as Y from 'yjs';
import { RangeMap } from '../../shared/attribution/range-map.ts';
import type { ChapterId, ClientId, MemberId, Seq } from '../../shared/ids.ts';
import type { CopyRange } from '../core/ports.ts';
import { eachPair, LEAST_LINE, LEAST_RUN, letters, matchLine, matchRuns, StreamBuilder, type TextStream } from './text-stream.ts';

/** How long, in ms, and how much of what a member deleted can come back as the same text. */
const REMEMBERED_MS = 10 * 60_000;
const REMEMBERED_RUNS = 256;
const REMEMBERED_UNITS = 200_000;
/** Dead items looked at on the right of one new item. */
const NEIGHBOURS = 2_000;

interface Remembered {
  readonly chapter: ChapterId;
  readonly at: number;
  readonly stream: TextStream;
}

/** The entry that a transaction applied. */
export interface AppliedEntry {
  readonly seq: Seq;
  readonly at: number;
  readonly author: MemberId;
  readonly chapter: ChapterId;
}

/**
 * Finds new ids that are the same text as older ones (docs/decisions/0021). Yjs has no move: what is cut and pasted, moved, or brought back
 * by undo comes as new items, and without this table its writer would be whoever pressed the key.
 *
 * Identity comes only from text that the server itself held, by three rules:
 * (a) one entry deletes and inserts: runs of at least 8 units in the order of the document, or a whole line of at least 3;
 * (b) restored in place: a new item directly in front of dead text that it spells out whole, up to where one deletion ended, once;
 * (c) brought back later: runs of at least 8 units that the same member deleted, anywhere in the report, in the last ten minutes.
 * Depends on the entries in their order and on nothing else, so a replay finds the same.
 */
export class CopyFinder {
  readonly #remembered = new Map<MemberId, Remembered[]>();
  readonly #deleted: (chapter: ChapterId) => RangeMap;
  /** By chapter: which entry brought a dead id back. Each comes back once; after that it is its copy that can be deleted and restored. */
  readonly #restoredBy = new Map<ChapterId, RangeMap>();

  /** @param deleted which entry deleted an id, by chapter; knows of an entry's deletions when the entry is examined */
  constructor(deleted: (chapter: ChapterId) => RangeMap) {
    this.#deleted = deleted;
  }

  /**
   * @param transaction the one that applied exactly this entry's update, before its clean-up (event `afterTransaction`)
   * @param text the chapter's text; its document keeps deleted content
   */
  examine(transaction: Y.Transaction, text: Y.Text, entry: AppliedEntry): CopyRange[] {
    const fresh = freshText(transaction, text);
    const deleted = deletedText(transaction, text);
    const removed = units(deleted);
    if (fresh.length === 0 && removed < LEAST_RUN) return [];
    const copies: CopyRange[] = [];
    const left = fresh.filter((item) => !this.#restored(transaction, item, entry, copies));
    const inserted = units(left);
    const earlier = inserted >= LEAST_RUN ? this.#earlier(entry) : [];
    const moved = inserted >= LEAST_LINE && (removed >= LEAST_LINE || earlier.length > 0);
    if (!moved && removed < LEAST_RUN) return copies;
    const { runs, taken } = streamsOf(transaction, text, new Set(left), deleted);
    if (moved) this.#moved(runs, taken, earlier, entry, copies);
    if (letters(taken.text) >= LEAST_RUN) this.#remember(entry, taken);
    return copies;
  }

  /** Rule (b). A new item that stands directly in front of what it restores cannot change its order. */
  #restored(transaction: Y.Transaction, item: Y.Item, entry: AppliedEntry, copies: CopyRange[]): boolean {
    const wanted = (item.content as Y.ContentString).str;
    const pairs: { readonly client: ClientId; readonly clock: number; readonly length: number }[] = [];
    const deleted = this.#deleted(entry.chapter);
    let found = 0;
    let seq = 0;
    let steps = NEIGHBOURS;
    for (let other = item.right; other !== null && steps > 0; other = other.right, steps -= 1) {
      if (!other.deleted) {
        if (other.countable) break;
        continue;
      }
      if (!(other.content instanceof Y.ContentString) || isFresh(transaction, other)) continue;
      const { client, clock } = other.id;
      if (found === wanted.length) {
        // The deletion that is undone took more than this: then it is not undone, but typed over.
        if (deleted.get(client, clock) === seq) return false;
        break;
      }
      const length = Math.min(other.length, wanted.length - found);
      if (!other.content.str.startsWith(wanted.slice(found, found + length))) return false;
      seq = deleted.get(client, clock + length - 1);
      if (length < other.length && deleted.get(client, clock + length) === seq) return false;
      pairs.push({ client, clock, length });
      found += length;
      if (length < other.length) break;
    }
    if (found < wanted.length) return false;
    const used = rangesOf(this.#restoredBy, entry.chapter);
    if (pairs.some(({ client, clock, length }) => used.overlaps(client, clock, clock + length))) return false;
    let clock = item.id.clock;
    for (const pair of pairs) {
      used.add(pair.client, pair.clock, pair.clock + pair.length, entry.seq);
      copies.push(copyOf(entry, { client: item.id.client, clock }, entry.chapter, pair, pair.length));
      clock += pair.length;
    }
    return true;
  }

  /** Rules (a) and (c). */
  #moved(runs: readonly TextStream[], taken: TextStream, earlier: readonly Remembered[], entry: AppliedEntry, copies: CopyRange[]): void {
    const sources = [{ chapter: entry.chapter, stream: taken }, ...earlier];
    const streams = sources.map(({ stream }) => stream);
    const cursors = streams.map(() => 0);
    for (const run of runs) {
      const line = runs.length === 1 ? matchLine(run.text, taken.text) : null;
      for (const match of line === null ? matchRuns(run.text, streams, cursors) : [line]) {
        const source = sources[match.from]!;
        eachPair(run, source.stream, match, (to, from, length) => copies.push(copyOf(entry, to, source.chapter, from, length)));
      }
    }
  }

  /** What this member deleted lately, newest first. */
  #earlier(entry: AppliedEntry): Remembered[] {
    const remembered = this.#remembered.get(entry.author);
    return remembered === undefined ? [] : remembered.filter(({ at }) => at >= entry.at - REMEMBERED_MS).reverse();
  }

  #remember(entry: AppliedEntry, stream: TextStream): void {
    const kept = (this.#remembered.get(entry.author) ?? []).filter(({ at }) => at >= entry.at - REMEMBERED_MS);
    kept.push({ chapter: entry.chapter, at: entry.at, stream });
    let units = kept.reduce((sum, run) => sum + run.stream.text.length, 0);
    while (kept.length > REMEMBERED_RUNS || (units > REMEMBERED_UNITS && kept.length > 1)) units -= kept.shift()!.stream.text.length;
    this.#remembered.set(entry.author, kept);
  }
}

const NOTHING: ReadonlySet<Y.Item> = new Set();

/** The text that a transaction deleted and had not brought itself. */
function deletedText(transaction: Y.Transaction, text: Y.Text): ReadonlySet<Y.Item> {
  if (transaction.deleteSet.clients.size === 0) return NOTHING;
  const found = new Set<Y.Item>();
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    const ours = struct instanceof Y.Item && struct.parent === text && struct.content instanceof Y.ContentString;
    if (ours && !isFresh(transaction, struct)) found.add(struct);
  });
  return found;
}

function units(items: Iterable<Y.Item>): number {
  let sum = 0;
  for (const item of items) sum += item.length;
  return sum;
}

function rangesOf(byChapter: Map<ChapterId, RangeMap>, chapter: ChapterId): RangeMap {
  let ranges = byChapter.get(chapter);
  if (ranges === undefined) {
    ranges = new RangeMap();
    byChapter.set(chapter, ranges);
  }
  return ranges;
}

function isFresh(transaction: Y.Transaction, item: Y.Item): boolean {
  return item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
}

/** New, living text of a transaction. */
function freshText(transaction: Y.Transaction, text: Y.Text): Y.Item[] {
  const found: Y.Item[] = [];
  for (const [client, after] of transaction.afterState) {
    const before = transaction.beforeState.get(client) ?? 0;
    if (after <= before) continue;
    const structs = transaction.doc.store.clients.get(client)!;
    for (let index = Y.findIndexSS(structs, before); index < structs.length; index += 1) {
      const item = structs[index]!;
      if (item instanceof Y.Item && item.parent === text && !item.deleted && item.content instanceof Y.ContentString) found.push(item);
    }
  }
  return found;
}

interface Streams {
  /** What was inserted, one stream for each place. */
  readonly runs: readonly TextStream[];
  /** What was deleted, all in one. */
  readonly taken: TextStream;
}

/** Living items passed before the search begins anew at the chapter's start. */
const NEARBY = 500;

/**
 * Inserted and deleted text in the order of the document.
 * @param inserted the inserted items that count
 */
function streamsOf(transaction: Y.Transaction, text: Y.Text, inserted: ReadonlySet<Y.Item>, deleted: ReadonlySet<Y.Item>): Streams {
  // Mostly it all stands in one place: look there before walking through the chapter.
  const [first] = inserted.size > 0 ? inserted : deleted;
  let start = first!;
  while (start.left !== null && (start.left.deleted || isFresh(transaction, start.left))) start = start.left;
  return (
    walk(transaction, start, inserted, deleted, NEARBY) ?? walk(transaction, text._start, inserted, deleted, Number.POSITIVE_INFINITY)!
  );
}

/** @returns null when `most` living items were passed before all was found. */
function walk(
  transaction: Y.Transaction,
  start: Y.Item | null,
  inserted: ReadonlySet<Y.Item>,
  deleted: ReadonlySet<Y.Item>,
  most: number,
): Streams | null {
  const runs: TextStream[] = [];
  const run = new StreamBuilder();
  const taken = new StreamBuilder();
  let wanted = inserted.size + deleted.size;
  let passed = 0;
  const flush = () => {
    const stream = run.take();
    if (stream.segments.length > 0) runs.push(stream);
  };
  for (let item = start; item !== null; item = item.right) {
    if (inserted.has(item)) {
      run.add((item.content as Y.ContentString).str, item.id.client, item.id.clock);
      wanted -= 1;
    } else if (deleted.has(item)) {
      taken.add((item.content as Y.ContentString).str, item.id.client, item.id.clock);
      wanted -= 1;
    } else if (item.countable && isFresh(transaction, item)) {
      if (!item.deleted) run.endLine();
    } else if (!item.deleted && item.countable) {
      if (wanted === 0) break;
      passed += 1;
      if (passed > most) return null;
      flush();
      taken.endLine();
    } else if (item.deleted && item.content instanceof Y.ContentType && Y.isDeleted(transaction.deleteSet, item.id)) taken.endLine();
  }
  if (wanted > 0) return null;
  flush();
  return { runs, taken: taken.take() };
}

function copyOf(
  entry: AppliedEntry,
  to: { readonly client: ClientId; readonly clock: number },
  fromChapter: ChapterId,
  from: { readonly client: ClientId; readonly clock: number },
  length: number,
): CopyRange {
  return {
    chapter: entry.chapter,
    to: { client: to.client, clock: to.clock, length },
    fromChapter,
    fromClient: from.client,
    fromClock: from.clock,
    seq: entry.seq,
  };
}
