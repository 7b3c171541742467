import * as Y from 'yjs';
import type { Ids } from '../../../shared/api/history.ts';
import type { ChapterId, Seq } from '../../../shared/ids.ts';
import { isGone, isMarker } from '../../../shared/text/marker.ts';
import type { AnchorIds } from '../../../shared/threads/thread.ts';
import type { TextTimes } from '../history/text-times.ts';
import { markerChangedAt } from '../history/walk.ts';
import type { AnchorPlace, PlacesQuestion } from './questions.ts';

/** A part of a root's units that stands somewhere: `offset` units into the root. */
interface Standing {
  readonly offset: number;
  readonly length: number;
  readonly chapter: ChapterId;
  readonly client: number;
  readonly clock: number;
  /** When it came there: of several places the first keeps the thread, so that a copy does not take it. */
  readonly ins: Seq;
}

/** Finds where the text of anchors stands now. Keeps each chapter's order until it changes. */
export class AnchorFinder {
  readonly #times: TextTimes;
  readonly #textOf: (chapter: ChapterId) => Y.Text | null;
  readonly #orders = new Map<ChapterId, ReadonlyMap<Y.Item, number>>();

  constructor(times: TextTimes, textOf: (chapter: ChapterId) => Y.Text | null) {
    this.#times = times;
    this.#textOf = textOf;
  }

  /** To be told of whatever changes a chapter's document or opens it anew. */
  changed(chapter: ChapterId): void {
    this.#orders.delete(chapter);
  }

  find({ anchors }: PlacesQuestion): readonly AnchorPlace[] {
    return anchors.map((ids) => this.#find(ids));
  }

  #find(ids: readonly AnchorIds[]): AnchorPlace {
    const pieces: { readonly piece: Standing; readonly item: Y.Item; readonly order: number }[] = [];
    let gone: Seq = 0;
    for (const root of ids) {
      const { standing, lost } = this.#standingOf(root);
      gone = Math.max(gone, lost);
      for (const piece of standing) {
        const found = this.#itemOf(piece);
        if (found === null) continue;
        const hidden = this.#hiddenAt(piece.chapter, found.item);
        if (hidden === null) pieces.push({ piece, ...found });
        else gone = Math.max(gone, hidden);
      }
    }
    if (pieces.length === 0) return { state: 'gone', seq: gone };
    // Text that was torn apart over chapters: the thread stays where most of it is.
    const units = new Map<ChapterId, number>();
    for (const { piece } of pieces) units.set(piece.chapter, (units.get(piece.chapter) ?? 0) + piece.length);
    const [chapter] = [...units].reduce((one, other) => (other[1] > one[1] ? other : one));
    const here = pieces.filter(({ piece }) => piece.chapter === chapter).sort((one, other) => one.order - other.order);
    return { state: 'there', chapter, at: joined(here.map(({ piece }) => piece)), order: here[0]!.order };
  }

  /** Each unit of a root in one place where it stands, and the entry that deleted the last of those that stand nowhere. */
  #standingOf(root: AnchorIds): { readonly standing: readonly Standing[]; readonly lost: Seq } {
    const found: Standing[] = [];
    let lost: Seq = 0;
    this.#times.eachPlace(root, root.length, (offset, length, place) => {
      const { inserted, deleted } = this.#times.of(place.chapter);
      const { client, clock } = place;
      const living = (from: number, to: number): void => {
        inserted.overlapping(client, from, to, (start, end, ins) => {
          found.push({ offset: offset + start - clock, length: end - start, chapter: place.chapter, client, clock: start, ins });
        });
      };
      let at = clock;
      deleted.overlapping(client, clock, clock + length, (from, to, del) => {
        if (from > at) living(at, from);
        lost = Math.max(lost, del);
        at = to;
      });
      if (at < clock + length) living(at, clock + length);
    });
    found.sort((one, other) => one.ins - other.ins || one.offset - other.offset);
    return { standing: eachOnce(found, root.length), lost };
  }

  #itemOf({ chapter, client, clock }: Standing): { readonly item: Y.Item; readonly order: number } | null {
    const text = this.#textOf(chapter);
    if (text === null) return null;
    let order = this.#orders.get(chapter);
    if (order === undefined) {
      order = orderOf(text);
      this.#orders.set(chapter, order);
    }
    const structs = text.doc?.store.clients.get(client);
    const item = structs === undefined ? undefined : structs[Y.findIndexSS(structs, clock)];
    const at = item instanceof Y.Item ? order.get(item) : undefined;
    return item instanceof Y.Item && at !== undefined ? { item, order: at + clock - item.id.clock } : null;
  }

  /** A paragraph that was deleted whole may keep its marker; then nothing of it is shown. @returns the entry that hid it */
  #hiddenAt(chapter: ChapterId, { content }: Y.Item): Seq | null {
    if (!(content instanceof Y.ContentType) || !isMarker(content.type) || !isGone(content.type)) return null;
    return markerChangedAt(this.#times.of(chapter), content.type, 0, Number.POSITIVE_INFINITY);
  }
}

/** Where each living item begins among the living units. */
function orderOf(text: Y.Text): ReadonlyMap<Y.Item, number> {
  const order = new Map<Y.Item, number>();
  let at = 0;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    order.set(item, at);
    at += item.length;
  }
  return order;
}

/** The first place of each unit. */
function eachOnce(found: readonly Standing[], length: number): readonly Standing[] {
  if (found.length <= 1) return found;
  const taken = new Uint8Array(length);
  const standing: Standing[] = [];
  for (const piece of found) {
    let from = piece.offset;
    const end = piece.offset + piece.length;
    while (from < end) {
      if (taken[from] === 1) {
        from += 1;
        continue;
      }
      let to = from;
      while (to < end && taken[to] === 0) {
        taken[to] = 1;
        to += 1;
      }
      standing.push({ ...piece, offset: from, length: to - from, clock: piece.clock + from - piece.offset });
      from = to;
    }
  }
  return standing;
}

/** Stretches of one client side by side are told as one. */
function joined(pieces: readonly Standing[]): readonly Ids[] {
  const ids: [number, number, number][] = [];
  for (const { client, clock, length } of pieces) {
    const last = ids.at(-1);
    if (last !== undefined && last[0] === client && last[1] + last[2] === clock) last[2] += length;
    else ids.push([client, clock, length]);
  }
  return ids;
}
