import type { ChapterId, ClientId, Seq } from '../ids.ts';
import { RangeMap } from './range-map.ts';

/** New ids that are the same text as older ids: moved, cut and pasted, or brought back by undo (docs/decisions/0021). */
export interface CopyOf {
  readonly chapter: ChapterId;
  readonly to: { readonly client: ClientId; readonly clock: number; readonly length: number };
  readonly fromChapter: ChapterId;
  readonly fromClient: ClientId;
  readonly fromClock: number;
  /** The entry that brought the new ids. */
  readonly seq: Seq;
}

/** One id of one chapter. */
export interface IdAt {
  readonly chapter: ChapterId;
  readonly client: ClientId;
  readonly clock: number;
}

interface Source {
  readonly chapter: ChapterId;
  readonly client: ClientId;
  /** Clock there minus clock here. */
  readonly shift: number;
}

/**
 * The report's copy table. Text is always traced to the ids under which it was written first: a copy of a copy is stored as a copy of the
 * first, so that a paragraph moved a thousand times costs one step.
 */
export class CopyTable {
  readonly #chapters = new Map<ChapterId, RangeMap>();
  readonly #sources: Source[] = [];

  /** Add copies in the order of their entries. An id is a copy of one text for ever: what was said first stays. */
  add(copy: CopyOf): void {
    const { clock, length } = copy.to;
    const shift = copy.fromClock - clock;
    const direct = { chapter: copy.fromChapter, client: copy.fromClient, shift };
    const pieces: { readonly from: number; readonly to: number; readonly source: Source }[] = [];
    let at = clock;
    this.#chapters.get(copy.fromChapter)?.overlapping(copy.fromClient, copy.fromClock, copy.fromClock + length, (from, to, index) => {
      const first = this.#sources[index]!;
      pieces.push({ from: at, to: from - shift, source: direct });
      pieces.push({ from: from - shift, to: to - shift, source: { ...first, shift: first.shift + shift } });
      at = to - shift;
    });
    pieces.push({ from: at, to: clock + length, source: direct });
    for (const piece of pieces) this.#put(copy, piece.from, piece.to, piece.source);
  }

  /** @returns where this id's text was written first, or null when it was written here. */
  source(chapter: ChapterId, client: ClientId, clock: number): IdAt | null {
    const index = this.#chapters.get(chapter)?.get(client, clock) ?? -1;
    if (index < 0) return null;
    const source = this.#sources[index]!;
    return { chapter: source.chapter, client: source.client, clock: clock + source.shift };
  }

  /** Calls `visit` for each copied stretch of `[from, to)`, in order, with the chapter, client and clock of its first writing. */
  overlapping(
    chapter: ChapterId,
    client: ClientId,
    from: number,
    to: number,
    visit: (from: number, to: number, source: IdAt) => void,
  ): void {
    this.#chapters.get(chapter)?.overlapping(client, from, to, (start, end, index) => {
      const source = this.#sources[index]!;
      visit(start, end, { chapter: source.chapter, client: source.client, clock: start + source.shift });
    });
  }

  #put(copy: CopyOf, from: number, to: number, source: Source): void {
    if (from >= to) return;
    let ranges = this.#chapters.get(copy.chapter);
    if (ranges === undefined) {
      ranges = new RangeMap();
      this.#chapters.set(copy.chapter, ranges);
    }
    ranges.add(copy.to.client, from, to, this.#sources.push(source) - 1);
  }
}
