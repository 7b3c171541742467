import * as Y from 'yjs';
import type { Ids, Story, Wording } from '../../../shared/api/history.ts';
import type { ChapterId, Seq } from '../../../shared/ids.ts';
import { isMarker } from '../../../shared/text/marker.ts';
import type { TextTimes } from './text-times.ts';
import { eachPiece } from './walk.ts';

/** Wordings told at most, and places followed back at most. */
const MOST_WORDINGS = 200;
const MOST_PLACES = 8;
/** A person's wordings within this time (ms) are one: the last of them. */
const SITTING_MS = 10 * 60_000;

/** Whose story: a paragraph by its key, or the text under some ids. */
export interface StoryOf {
  readonly block: string | null;
  readonly ids: readonly Ids[];
}

/** A stretch of a chapter's items between two borders that stay: its text at any time is what of it stood then. */
interface Place {
  readonly chapter: ChapterId;
  readonly items: readonly Y.Item[];
  /** Entries after this one do not count: the text had gone elsewhere. */
  readonly until: Seq;
}

interface Told {
  readonly text: string;
  readonly ins: Seq;
  readonly del: Seq;
  readonly item: Y.Item;
  readonly clock: number;
}

/** @returns null when there is no such paragraph or text. */
export function storyOf(times: TextTimes, textOf: (chapter: ChapterId) => Y.Text | null, chapter: ChapterId, asked: StoryOf): Story | null {
  const text = textOf(chapter);
  const items = text === null ? null : asked.block === null ? between(text, asked.ids) : paragraph(text, asked.block);
  if (items === null || items.length === 0) return null;
  const wordings: Wording[] = [];
  let place: Place | null = { chapter, items, until: Number.POSITIVE_INFINITY };
  for (let hop = 0; place !== null && hop < MOST_PLACES && wordings.length < MOST_WORDINGS; hop += 1) {
    const pieces: readonly Told[] = piecesOf(times, place);
    wordings.push(...wordingsOf(times, place, pieces, hop > 0));
    place = placeBefore(times, textOf, place, pieces);
  }
  const told = wordings.filter(({ text: words }, index) => words !== wordings[index + 1]?.text);
  return { chapter, seq: told[0]?.seq ?? 0, wordings: told.slice(0, MOST_WORDINGS), more: place !== null || told.length > MOST_WORDINGS };
}

/** Items from behind the paragraph before up to the paragraph's own marker. */
function paragraph(text: Y.Text, key: string): readonly Y.Item[] | null {
  const items: Y.Item[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    const { content, id } = item;
    items.push(item);
    if (!(content instanceof Y.ContentType) || !isMarker(content.type)) continue;
    if (`${id.client}.${id.clock}` === key) return items;
    if (!item.deleted) items.length = 0;
  }
  return key === '' ? items : null;
}

/** Items from the first to the last of these ids, in the order of the document. */
function between(text: Y.Text, ids: readonly Ids[]): readonly Y.Item[] | null {
  const items: Y.Item[] = [];
  let last = 0;
  for (let item = text._start; item !== null; item = item.right) {
    const { client, clock } = item.id;
    const end = clock + item.length;
    const asked = ids.some(([of, from, length]) => of === client && from < end && from + length > clock);
    if (!asked && items.length === 0) continue;
    items.push(item);
    if (asked) last = items.length;
  }
  return last === 0 ? null : items.slice(0, last);
}

function piecesOf(times: TextTimes, { chapter, items, until }: Place): readonly Told[] {
  const pieces: Told[] = [];
  for (const item of items) {
    const { content, id } = item;
    if (!item.countable) continue;
    const marker = content instanceof Y.ContentType && isMarker(content.type);
    eachPiece(times.of(chapter), item, (from, to, ins, del) => {
      if (ins > until) return;
      const letters = content instanceof Y.ContentString ? content.str.slice(from - id.clock, to - id.clock) : marker ? '\n' : '\ufffc';
      pieces.push({ text: letters, ins, del, item, clock: from });
    });
  }
  return pieces;
}

/** Newest first. */
function wordingsOf(times: TextTimes, { chapter, until }: Place, pieces: readonly Told[], elsewhere: boolean): Wording[] {
  const seqs = new Set<Seq>();
  for (const { ins, del } of pieces) {
    seqs.add(ins);
    if (del <= until) seqs.add(del);
  }
  const wordings: Wording[] = [];
  const sorted = [...seqs].sort((one, other) => other - one);
  let last: { readonly actor: string; readonly at: number } | null = null;
  for (const seq of sorted) {
    const record = times.records.get(seq);
    if (record === null) continue;
    const { at, actor, via } = record;
    const same: boolean = last !== null && last.actor === actor && last.at - at <= SITTING_MS;
    last = { actor, at };
    if (same) continue;
    if (wordings.length > MOST_WORDINGS) break;
    const text = pieces.reduce((sum, piece) => (piece.ins <= seq && seq < piece.del ? sum + piece.text : sum), '').trim();
    wordings.push({ chapter, text, seq, at, by: actor, via, elsewhere });
  }
  return wordings;
}

/** Where the text stood before it was brought here: the paragraph around the ids it was copied from. */
function placeBefore(
  times: TextTimes,
  textOf: (chapter: ChapterId) => Y.Text | null,
  { chapter }: Place,
  pieces: readonly Told[],
): Place | null {
  const texts = pieces.filter(({ item }) => item.content instanceof Y.ContentString);
  const first = texts.reduce((least, { ins }) => Math.min(least, ins), Number.POSITIVE_INFINITY);
  let found: { readonly chapter: ChapterId; readonly ids: Ids[]; until: Seq } | null = null;
  for (const { item, clock, text, ins } of texts) {
    if (ins !== first) continue;
    times.eachRoot(chapter, item.id.client, clock, clock + text.length, (start, end, root) => {
      if (root.chapter === chapter && root.client === item.id.client && root.clock === start) return;
      times.eachPlace(root, end - start, (_offset, length, place) => {
        const { deleted } = times.of(place.chapter);
        deleted.overlapping(place.client, place.clock, place.clock + length, (low, high, del) => {
          if (del > first || (found !== null && found.until >= del)) {
            if (found !== null && found.chapter === place.chapter && found.until === del - 1)
              found.ids.push([place.client, low, high - low]);
            return;
          }
          found = { chapter: place.chapter, ids: [[place.client, low, high - low]], until: del - 1 };
        });
      });
    });
  }
  const source = found as { readonly chapter: ChapterId; readonly ids: Ids[]; readonly until: Seq } | null;
  const there = source === null ? null : textOf(source.chapter);
  const items = source === null || there === null ? null : between(there, source.ids);
  return source === null || items === null ? null : { chapter: source.chapter, items, until: source.until };
}
