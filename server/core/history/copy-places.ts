import type { IdAt } from '../../../shared/attribution/copy-table.ts';
import type { ChapterId, ClientId } from '../../../shared/ids.ts';

/** One id of one chapter, the first of a stretch. */
export type Place = IdAt;

interface Copied {
  /** Clocks of the first writing. */
  readonly from: number;
  readonly to: number;
  readonly place: Place;
}

/** Clocks of one bucket: a copy is found by looking into those that its first writing meets. */
const BUCKET = 64;

/** The copy table read backwards: ids of a first writing → everywhere it was copied to. */
export class CopyPlaces {
  readonly #chapters = new Map<ChapterId, Map<ClientId, Map<number, Copied[]>>>();

  add(root: Place, length: number, place: Place): void {
    const copied: Copied = { from: root.clock, to: root.clock + length, place };
    let clients = this.#chapters.get(root.chapter);
    if (clients === undefined) {
      clients = new Map();
      this.#chapters.set(root.chapter, clients);
    }
    let buckets = clients.get(root.client);
    if (buckets === undefined) {
      buckets = new Map();
      clients.set(root.client, buckets);
    }
    for (let bucket = Math.floor(copied.from / BUCKET); bucket * BUCKET < copied.to; bucket += 1) {
      const list = buckets.get(bucket);
      if (list === undefined) buckets.set(bucket, [copied]);
      else list.push(copied);
    }
  }

  /** Calls `visit` for each copy of a part of the stretch: where in the stretch it begins, how long it is, where it went. */
  each(root: Place, length: number, visit: (offset: number, length: number, place: Place) => void): void {
    const buckets = this.#chapters.get(root.chapter)?.get(root.client);
    if (buckets === undefined) return;
    const end = root.clock + length;
    const first = Math.floor(root.clock / BUCKET);
    for (let bucket = first; bucket * BUCKET < end; bucket += 1) {
      for (const { from, to, place } of buckets.get(bucket) ?? []) {
        // A copy over several buckets is told in the first one that is looked into.
        if (Math.max(first, Math.floor(from / BUCKET)) !== bucket) continue;
        const start = Math.max(from, root.clock);
        const stop = Math.min(to, end);
        if (start < stop) visit(start - root.clock, stop - start, { ...place, clock: place.clock + start - from });
      }
    }
  }
}
