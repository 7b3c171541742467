import * as Y from 'yjs';
import type { ChapterId, ClientId, Seq } from '../../../shared/ids.ts';
import { isMarker } from '../../../shared/text/marker.ts';
import type { ChapterTimes, TextTimes } from '../history/text-times.ts';
import { NEVER } from '../history/walk.ts';
import type { Units } from './scan.ts';

/** One unit of text that stands somewhere now. */
export interface StandingUnit {
  readonly letter: string;
  readonly chapter: ChapterId;
  readonly item: Y.Item;
  readonly offset: number;
  /** The entry that wrote it. */
  readonly ins: Seq;
  /** Where it was written. */
  readonly here: Y.Item;
}

/** A place where a mask stood that does not stand any more, with what was written there since. */
export interface Slot {
  readonly chapter: ChapterId;
  /** The mask's letters, in order. */
  readonly stars: readonly { readonly client: ClientId; readonly clock: number }[];
  readonly mask: string;
  /** The first entry that took letters of it away, and when it had come. */
  readonly deleted: Seq;
  readonly inserted: Seq;
  /** What stands there now, in order. */
  readonly value: readonly StandingUnit[];
  /** Letters beside it that the same entry took away: more than the mask was rewritten. */
  readonly goneBefore: string;
  readonly goneAfter: string;
}

/** Looks for units that stand elsewhere now because their text was moved. */
export type MovedUnits = (
  chapter: ChapterId,
  client: ClientId,
  clock: number,
) => { chapter: ChapterId; item: Y.Item; offset: number } | null;

/** At most so many units are looked at on either side of a mask: hostile texts find less, never cost more. */
const REACH = 200;
/** Whoever writes the figure first and takes the mask away next does so at once, ms. */
const AT_ONCE_MS = 120_000;

interface Unit {
  readonly item: Y.Item;
  readonly offset: number;
  readonly ins: Seq;
  readonly del: Seq;
}

/** Reads slots out of a chapter's items, deleted ones too. Every asterisk belongs to one slot. */
export class SlotReader {
  readonly #chapter: ChapterId;
  readonly #times: TextTimes;
  readonly #own: ChapterTimes;
  readonly #moved: MovedUnits;
  readonly #taken = new Set<string>();

  constructor(chapter: ChapterId, times: TextTimes, moved: MovedUnits) {
    this.#chapter = chapter;
    this.#times = times;
    this.#own = times.of(chapter);
    this.#moved = moved;
  }

  /** @returns null for letters that stand elsewhere now or belong to a slot told before */
  read({ item, offset }: Units): Slot | null {
    const seed = this.#unitAt(item, offset);
    if (this.#taken.has(nameOf(seed)) || this.#standing(seed) !== null) return null;
    const left = this.#side(seed, 'left');
    const right = this.#side(seed, 'right');
    const stars = [...left.stars.reverse(), seed, ...right.stars];
    for (const star of stars) this.#taken.add(nameOf(star));
    const first = stars.reduce((one, other) => (other.del < one.del ? other : one));
    return {
      chapter: this.#chapter,
      stars: stars.map((star) => ({ client: star.item.id.client, clock: star.item.id.clock + star.offset })),
      mask: stars.map(letterOf).join(''),
      deleted: first.del,
      inserted: first.ins,
      value: [...left.value.reverse(), ...right.value],
      goneBefore: left.gone.reverse().join(''),
      goneAfter: right.gone.join(''),
    };
  }

  /** One way from the mask, up to the first letter that stood there before it went. */
  #side(seed: Unit, way: 'left' | 'right'): { stars: Unit[]; value: StandingUnit[]; gone: string[] } {
    const stars: Unit[] = [];
    const value: StandingUnit[] = [];
    const gone: string[] = [];
    let { del } = seed;
    let steps = REACH;
    for (const unit of this.#walk(seed, way)) {
      steps -= 1;
      if (steps === 0) break;
      const standing = this.#standing(unit);
      if (standing !== null) {
        if (standing.ins < del && !this.#wroteAtOnce(standing, del)) break;
        value.push(standing);
        continue;
      }
      const letter = letterOf(unit);
      if (gone.length === 0 && !this.#taken.has(nameOf(unit)) && isMaskPart(unit, letter, seed)) {
        stars.push(unit);
        del = Math.min(del, unit.del);
      } else if (unit.del === seed.del) gone.push(letter);
      else if (unit.ins < seed.del && unit.del > seed.ins) break;
    }
    return { stars, value, gone };
  }

  /** Units beside the seed, nearest first, to the end of its paragraph. */
  *#walk(seed: Unit, way: 'left' | 'right'): Generator<Unit> {
    const next = (item: Y.Item) => (way === 'left' ? item.left : item.right);
    const step = way === 'left' ? -1 : 1;
    for (let item: Y.Item | null = seed.item; item !== null; item = next(item)) {
      if (!item.countable) continue;
      if (item.content instanceof Y.ContentType && isMarker(item.content.type)) {
        // Paragraphs that were joined are one.
        if (item.deleted) continue;
        return;
      }
      const first = item === seed.item ? seed.offset + step : way === 'left' ? item.length - 1 : 0;
      for (let at = first; at >= 0 && at < item.length; at += step) yield this.#unitAt(item, at);
    }
  }

  #unitAt(item: Y.Item, offset: number): Unit {
    const { client, clock } = item.id;
    const { inserted, deleted } = this.#own;
    const at = clock + offset;
    return { item, offset, ins: Math.max(0, inserted.get(client, at)), del: item.deleted ? Math.max(0, deleted.get(client, at)) : NEVER };
  }

  #standing(unit: Unit): StandingUnit | null {
    const { item, offset, ins } = unit;
    const letter = letterOf(unit);
    if (!item.deleted) return { letter, chapter: this.#chapter, item, offset, ins, here: item };
    const { client, clock } = item.id;
    const found = this.#moved(this.#chapter, client, clock + offset);
    return found === null ? null : { letter, ...found, ins, here: item };
  }

  /** A figure beside the mask, written by whoever took the mask away right after. */
  #wroteAtOnce({ letter, ins }: StandingUnit, del: Seq): boolean {
    if (!/[\d.,，．]/.test(letter)) return false;
    const { records } = this.#times;
    const wrote = records.get(ins);
    const took = records.get(del);
    return wrote !== null && took !== null && wrote.author === took.actor && took.at - wrote.at <= AT_ONCE_MS;
  }
}

/** A point belongs to a mask only where it came and went with it. */
function isMaskPart(unit: Unit, letter: string, seed: Unit): boolean {
  return letter === '*' || (letter === '.' && unit.del === seed.del && unit.item === seed.item);
}

function nameOf({ item, offset }: Pick<Unit, 'item' | 'offset'>): string {
  return `${item.id.client}.${item.id.clock + offset}`;
}

function letterOf({ item, offset }: Pick<Unit, 'item' | 'offset'>): string {
  return item.content instanceof Y.ContentString ? item.content.str.charAt(offset) : '\ufffc';
}
