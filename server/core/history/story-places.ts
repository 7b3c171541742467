import * as Y from 'yjs';
import type { Ids } from '../../../shared/api/history.ts';
import type { ChapterId, ClientId, Seq } from '../../../shared/ids.ts';
import { isMarker } from '../../../shared/text/marker.ts';
import type { ChapterTimes, TextTimes } from './text-times.ts';
import { eachPiece } from './walk.ts';

/** Whose story: a paragraph by its key, or the text under some ids. */
export interface StoryOf {
  readonly block: string | null;
  readonly ids: readonly Ids[];
}

/** Units `from … to` (clocks) of one item. */
export interface Span {
  readonly item: Y.Item;
  readonly from: number;
  readonly to: number;
}

/** A stretch of a chapter's units between two borders that stay: its text at any time is what of it stood then. */
export interface Place {
  readonly chapter: ChapterId;
  readonly spans: readonly Span[];
  /** Entries after this one do not count: the text had gone elsewhere. */
  readonly until: Seq;
}

/** Units of a place that came and went together. */
export interface PlacePiece {
  readonly item: Y.Item;
  readonly clock: number;
  /** '\n' for a paragraph's end, '\ufffc' for each unit of something embedded. */
  readonly text: string;
  readonly ins: Seq;
  readonly del: Seq;
}

/** Where a text stands, and where it stood before that, and before that … Of what does not exist nothing is told. */
export function* placesOf(
  times: TextTimes,
  textOf: (chapter: ChapterId) => Y.Text | null,
  chapter: ChapterId,
  asked: StoryOf,
): Generator<{ readonly place: Place; readonly pieces: readonly PlacePiece[] }> {
  const text = textOf(chapter);
  const now = Number.POSITIVE_INFINITY;
  const spans =
    text === null ? null : asked.block === null ? stretch(times.of(chapter), text, asked.ids, now) : paragraph(text, asked.block);
  let place: Place | null = spans === null || spans.length === 0 ? null : { chapter, spans, until: now };
  while (place !== null) {
    const pieces = piecesOf(times.of(place.chapter), place);
    yield { place, pieces };
    place = placeBefore(times, textOf, place, pieces);
  }
}

/** Units from behind the paragraph before up to the paragraph's own marker. */
function paragraph(text: Y.Text, key: string): readonly Span[] | null {
  const spans: Span[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    const { content, id } = item;
    spans.push({ item, from: id.clock, to: id.clock + item.length });
    if (!(content instanceof Y.ContentType) || !isMarker(content.type)) continue;
    if (`${id.client}.${id.clock}` === key) return spans;
    if (!item.deleted) spans.length = 0;
  }
  return key === '' ? spans : null;
}

/**
 * Units from the first to the last of these ids, and beyond both what had been deleted beside them at that time: words that were typed over
 * stand beside those that took their place.
 */
function stretch(times: ChapterTimes, text: Y.Text, ids: readonly Ids[], until: Seq): readonly Span[] | null {
  const wanted = byClient(ids);
  let left = ids.reduce((sum, [, , length]) => sum + length, 0);
  const spans: Span[] = [];
  /** Before the first id: what is gone since the last unit that stands. Behind an id: everything since. */
  let beside: Span[] = [];
  let found = false;
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.countable) continue;
    const { client, clock } = item.id;
    let at = clock;
    const end = clock + item.length;
    for (const [from, to] of wanted.get(client) ?? []) {
      const [low, high] = [Math.max(from, at), Math.min(to, end)];
      if (low >= high) continue;
      pass(item, at, low);
      spans.push(...beside, { item, from: low, to: high });
      beside = [];
      found = true;
      left -= high - low;
      at = high;
    }
    pass(item, at, end);
    if (found && left <= 0 && beside.length !== goneOf(times, beside, until).length) break;
  }
  return found ? [...spans, ...goneOf(times, beside, until)] : null;

  function pass(item: Y.Item, from: number, to: number): void {
    if (from >= to) return;
    if (found) beside.push({ item, from, to });
    else {
      eachStretch(times, { item, from, to }, until, (span, stands) => {
        if (stands) beside = [];
        else beside.push(span);
      });
    }
  }
}

/** The beginning of these spans that did not stand, up to the first unit that did. */
function goneOf(times: ChapterTimes, spans: readonly Span[], until: Seq): readonly Span[] {
  const gone: Span[] = [];
  for (const whole of spans) {
    let goes = true;
    eachStretch(times, whole, until, (span, stands) => {
      goes &&= !stands;
      if (goes) gone.push(span);
    });
    if (!goes) break;
  }
  return gone;
}

function eachStretch(times: ChapterTimes, { item, from, to }: Span, until: Seq, visit: (span: Span, stands: boolean) => void): void {
  if (until === Number.POSITIVE_INFINITY || !item.deleted) {
    visit({ item, from, to }, !item.deleted);
    return;
  }
  eachPiece(times, item, (low, high, ins, del) => {
    const [start, end] = [Math.max(low, from), Math.min(high, to)];
    if (start < end) visit({ item, from: start, to: end }, ins <= until && until < del);
  });
}

function isEnd({ content }: Y.Item): boolean {
  return content instanceof Y.ContentType && isMarker(content.type);
}

/** Ranges of clocks by client, in order. */
function byClient(ids: readonly Ids[]): ReadonlyMap<ClientId, readonly (readonly [from: number, to: number])[]> {
  const ranges = new Map<ClientId, [number, number][]>();
  for (const [client, clock, length] of ids) {
    const list = ranges.get(client) ?? [];
    list.push([clock, clock + length]);
    ranges.set(client, list);
  }
  for (const list of ranges.values()) list.sort(([one], [other]) => one - other);
  return ranges;
}

function piecesOf(times: ChapterTimes, { spans, until }: Place): readonly PlacePiece[] {
  const pieces: PlacePiece[] = [];
  for (const { item, from, to } of spans) {
    const { content, id } = item;
    if (!item.countable) continue;
    eachPiece(times, item, (low, high, ins, del) => {
      const [start, end] = [Math.max(low, from), Math.min(high, to)];
      if (start >= end || ins > until) return;
      const letters =
        content instanceof Y.ContentString
          ? content.str.slice(start - id.clock, end - id.clock)
          : isEnd(item)
            ? '\n'
            : '\ufffc'.repeat(end - start);
      pieces.push({ item, clock: start, text: letters, ins, del });
    });
  }
  return pieces;
}

/** Where the text stood before it was brought here: the stretch around the ids it was copied from. */
function placeBefore(
  times: TextTimes,
  textOf: (chapter: ChapterId) => Y.Text | null,
  { chapter }: Place,
  pieces: readonly PlacePiece[],
): Place | null {
  const texts = pieces.filter(({ item }) => item.content instanceof Y.ContentString);
  const first = texts.reduce((least, { ins }) => Math.min(least, ins), Number.POSITIVE_INFINITY);
  let found: { readonly chapter: ChapterId; readonly ids: Ids[]; readonly until: Seq } | null = null;
  for (const { item, clock, text, ins } of texts) {
    if (ins !== first) continue;
    times.eachRoot(chapter, item.id.client, clock, clock + text.length, (start, end, root) => {
      if (root.chapter === chapter && root.client === item.id.client && root.clock === start) return;
      times.eachPlace(root, end - start, (_offset, length, place) => {
        const { deleted } = times.of(place.chapter);
        deleted.overlapping(place.client, place.clock, place.clock + length, (low, high, del) => {
          if (del > first || (found !== null && found.until > del - 1)) return;
          if (found?.until === del - 1) {
            if (found.chapter === place.chapter) found.ids.push([place.client, low, high - low]);
            return;
          }
          found = { chapter: place.chapter, ids: [[place.client, low, high - low]], until: del - 1 };
        });
      });
    });
  }
  const source = found as { readonly chapter: ChapterId; readonly ids: Ids[]; readonly until: Seq } | null;
  const there = source === null ? null : textOf(source.chapter);
  if (source === null || there === null) return null;
  const spans = stretch(times.of(source.chapter), there, source.ids, source.until);
  return spans === null ? null : { chapter: source.chapter, spans, until: source.until };
}
