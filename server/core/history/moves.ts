import { RangeList } from '../../../shared/attribution/range-list.ts';
import type { ChapterId, ClientId, Seq } from '../../../shared/ids.ts';
import type { TextTimes } from './text-times.ts';

/**
 * Which text of a window was moved: what stands only after it, is a copy, and stood elsewhere before it; and what stood only before it
 * and stands elsewhere after. Both are asked by first writing, over all chapters of the report.
 */
export class Moves {
  readonly #times: TextTimes;
  readonly #a: Seq;
  readonly #b: Seq;
  readonly #any: boolean;

  constructor(times: TextTimes, a: Seq, b: Seq) {
    this.#times = times;
    this.#a = a;
    this.#b = b;
    this.#any = times.anyCopiesIn(a, b);
  }

  /**
   * Calls `visit` for each stretch of ids, in order, saying whether it was moved.
   * @param side `came`: the ids stand at b and not at a; `went`: the other way round
   */
  each(
    chapter: ChapterId,
    client: ClientId,
    from: number,
    to: number,
    side: 'came' | 'went',
    visit: (from: number, to: number, moved: boolean) => void,
  ): void {
    if (!this.#any) {
      visit(from, to, false);
      return;
    }
    this.#times.eachRoot(chapter, client, from, to, (start, end, root) => {
      const length = end - start;
      const counterpart = new RangeList();
      this.#times.eachPlace(root, length, (offset, stretch, place) => {
        // The stretch itself is not its own counterpart.
        if (place.chapter === chapter && place.client === client && place.clock - offset === start) return;
        const found = (low: number, high: number) => counterpart.add(offset + low - place.clock, offset + high - place.clock, 1);
        if (side === 'came') this.#left(place.chapter, place.client, place.clock, place.clock + stretch, found);
        else this.#arrived(place.chapter, place.client, place.clock, place.clock + stretch, found);
      });
      let at = 0;
      counterpart.overlapping(0, length, (low, high) => {
        if (low > at) visit(start + at, start + low, false);
        visit(start + low, start + high, true);
        at = high;
      });
      if (at < length) visit(start + at, end, false);
    });
  }

  /** Ids that stood at a and do not at b. */
  #left(chapter: ChapterId, client: ClientId, from: number, to: number, found: (from: number, to: number) => void): void {
    const { inserted, deleted } = this.#times.of(chapter);
    deleted.overlapping(client, from, to, (low, high, del) => {
      if (del <= this.#a || del > this.#b) return;
      inserted.overlapping(client, low, high, (start, end, ins) => {
        if (ins <= this.#a) found(start, end);
      });
    });
  }

  /** Ids that stand at b and did not at a. */
  #arrived(chapter: ChapterId, client: ClientId, from: number, to: number, found: (from: number, to: number) => void): void {
    const { inserted, deleted } = this.#times.of(chapter);
    inserted.overlapping(client, from, to, (low, high, ins) => {
      if (ins <= this.#a || ins > this.#b) return;
      let at = low;
      deleted.overlapping(client, low, high, (start, end, del) => {
        if (del > this.#b) return;
        if (start > at) found(at, start);
        at = end;
      });
      if (at < high) found(at, high);
    });
  }
}
