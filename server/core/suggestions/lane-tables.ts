import { RangeList } from '../../../shared/attribution/range-list.ts';
import type { ClientId, MemberId } from '../../../shared/ids.ts';
import type { IdRanges } from '../../../shared/suggestions/id-ranges.ts';
import type { LaneKind, LaneWrite } from '../../../shared/suggestions/suggestion.ts';
import { type NestedType, PLACE } from '../admission/nested-items.ts';

/** Inside which type a nested item stands: `m<number>` of a type that the text holds, `<client>.<clock>` of one that only lanes hold. */
export type HomeKey = string;

/** Where an item stands: PLACE, and inside which type; null = in the chapter's text itself. */
export interface Home {
  readonly place: number;
  readonly key: HomeKey | null;
}

export const IN_TEXT: Home = { place: PLACE.text, key: null };

/** What the door knows of one lane. */
export class LaneTable {
  readonly proposer: MemberId;
  readonly kind: LaneKind;
  /** Clocks below this were admitted. */
  end = 0;
  /** A declined look takes nothing more. */
  shut = false;
  /** Of a look: the type whose keys it sets. */
  line: HomeKey | null = null;
  /** A print of each write, by its number less one: two copies that wrote under one number are told apart by it. */
  readonly prints: number[] = [];
  readonly types = new Map<number, NestedType>();
  /** Items that do not stand in the text itself, by their number in `homes`. */
  readonly nested = new RangeList();
  readonly homes: Home[] = [];

  constructor(proposer: MemberId, kind: LaneKind) {
    this.proposer = proposer;
    this.kind = kind;
  }

  /** Where an admitted item of the lane stands. */
  homeAt(clock: number): Home {
    return this.homes[this.nested.get(clock)] ?? IN_TEXT;
  }

  settle(from: number, to: number, home: Home): void {
    if (home.key === null) return;
    this.homes.push(home);
    this.nested.add(from, to, this.homes.length - 1);
  }
}

/**
 * All that the door knows of a chapter's lanes, durable or still on its way to the disk: the counterpart of `ChapterTables`, which it never
 * changes. A fold over the chapter's `suggestion` entries, with the text's between them: rebuild it with `replayWrite` (judge.ts).
 */
export class LaneTables {
  readonly #lanes = new Map<ClientId, LaneTable>();

  lane(id: ClientId): LaneTable | undefined {
    return this.#lanes.get(id);
  }

  claim(id: ClientId, proposer: MemberId, kind: LaneKind): LaneTable {
    let lane = this.#lanes.get(id);
    if (lane === undefined) {
      lane = new LaneTable(proposer, kind);
      this.#lanes.set(id, lane);
    }
    return lane;
  }

  /** Its suggestion was decided otherwise than by accepting: a look takes nothing more from the moment that the decision is appended. */
  close(id: ClientId): void {
    const lane = this.#lanes.get(id);
    if (lane?.kind === 'look') lane.shut = true;
  }
}

/** FNV-1a over everything that a write says. */
export function printOf({ update, strike, unstrike }: LaneWrite): number {
  let value = 0x811c9dc5;
  const mix = (number: number): void => {
    value = Math.imul(value ^ (number & 0xffff), 0x01000193);
    value = Math.imul(value ^ (number >>> 16), 0x01000193);
  };
  for (const byte of update) value = Math.imul(value ^ byte, 0x01000193);
  const mixAll = (ids: IdRanges): void => {
    mix(ids.length);
    for (const range of ids) range.forEach(mix);
  };
  mixAll(strike);
  mixAll(unstrike);
  return value >>> 0;
}
