import type { ClientId, MemberId } from '../../../shared/ids.ts';
import type { IdRanges } from '../../../shared/suggestions/id-ranges.ts';
import type { LaneWrite } from '../../../shared/suggestions/suggestion.ts';
import type { RejectCode } from '../../../shared/wire/codes.ts';
import { fits } from '../admission/admit-update.ts';
import { MAX_NESTING } from '../admission/chapter-schema.ts';
import type { ChapterTables } from '../admission/chapter-tables.ts';
import type { IdOwners } from '../admission/id-owners.ts';
import { type NestedType, nestedType, PLACE } from '../admission/nested-items.ts';
import { CLIENT_LIMITS, OWN_LIMITS, parseUpdate, type UpdateLimits } from '../admission/parse-update.ts';
import { CONTENT, HAS, type ParsedUpdate } from '../admission/parsed-update.ts';
import { type Home, type HomeKey, IN_TEXT, type LaneTables, printOf } from './lane-tables.ts';

/**
 * Why a write is refused, for good: it is dropped, and its writer told.
 * - `foreign-client`: items under another id than the lane's, or a lane under an id that somebody writes text with.
 * - `foreign-lane`: another proposer's lane, or items that stand on words in one.
 * - `fork`: another copy wrote something else under this number.
 * - `lane-shut`: the look was declined, or stands on one that was.
 * - `look-in-text`: a lane of words sets a key of a line that the text holds; declined, it could not be taken back.
 * - `more-than-look`: a lane of a look holds something else than keys of one line.
 */
export type LaneRefusal =
  | Extract<RejectCode, 'bad-update' | 'too-big' | 'schema' | 'foreign-client' | 'too-many-ids' | 'fork'>
  | 'foreign-lane'
  | 'lane-shut'
  | 'look-in-text'
  | 'more-than-look';

/**
 * - `admit`: sound and new; the tables hold it from now on, and it must be appended.
 * - `known`: this very write was admitted before: acknowledge behind what is in flight, make no entry.
 * - `gap`: it stands on something that was not admitted yet, of the text or of the lane: nothing was taken, the writer sends again.
 */
export type LaneVerdict = 'admit' | 'known' | 'gap' | LaneRefusal;

/** What a write is judged by; `main` is read and never changed: nothing that a proposer sends is part of the text. */
export interface LaneDoor {
  readonly main: ChapterTables;
  readonly owners: IdOwners;
  readonly lanes: LaneTables;
}

/**
 * The door's question about a write to a lane: may it become an entry? Pure but for `lanes` and `owners`, which advance when, and only when,
 * the answer is `admit` (docs/decisions/0160). Right and stage are asked before, by `can`.
 *
 * @param proposer the authenticated member
 * @param at server time in ms, for the count of new lanes in a day
 * @param into scratch
 */
export function admitWrite(door: LaneDoor, write: LaneWrite, proposer: MemberId, at: number, into: ParsedUpdate): LaneVerdict {
  const judging = new Judging(door, write, proposer, into);
  const verdict = judging.judge(CLIENT_LIMITS, door.owners.judgeLane(write.lane, proposer, at));
  if (verdict === 'admit') judging.take(at);
  return verdict;
}

/**
 * Takes a write that stands in the log into the tables, as `replayUpdate` does the text's.
 * @returns false when it does not follow from the entries before it: the record is damaged
 */
export function replayWrite(door: LaneDoor, write: LaneWrite, proposer: MemberId, at: number, into: ParsedUpdate): boolean {
  const judging = new Judging(door, write, proposer, into);
  const verdict = judging.judge(OWN_LIMITS, 'admit');
  if (verdict === 'admit') judging.take(at);
  return verdict === 'admit' || verdict === 'known';
}

class Judging {
  readonly #door: LaneDoor;
  readonly #write: LaneWrite;
  readonly #proposer: MemberId;
  readonly #update: ParsedUpdate;
  /** Where each struct of the update stands, as far as it was judged. */
  readonly #homes: Home[] = [];
  /** Clocks of the lane below this were admitted before. */
  readonly #from: number;
  #line: HomeKey | null;

  constructor(door: LaneDoor, write: LaneWrite, proposer: MemberId, into: ParsedUpdate) {
    this.#door = door;
    this.#write = write;
    this.#proposer = proposer;
    this.#update = into;
    const lane = door.lanes.lane(write.lane);
    this.#from = lane?.end ?? 0;
    this.#line = lane?.line ?? null;
  }

  judge(limits: UpdateLimits, identity: 'admit' | 'foreign-client' | 'foreign-lane' | 'too-many-ids'): LaneVerdict {
    const { lane: id, kind, number, merge, update: bytes, strike, unstrike } = this.#write;
    const update = this.#update;
    const malformed = parseUpdate(bytes, update, limits);
    if (malformed !== null) return malformed === 'too-big' || malformed === 'schema' ? malformed : 'bad-update';
    if (strike.length + unstrike.length + merge.length > limits.structs) return 'too-big';
    if (update.deletes > 0) return 'bad-update';
    for (let s = 0; s < update.sections; s += 1) if (update.sectionClient[s] !== id) return 'foreign-client';
    if (identity !== 'admit') return identity;
    const lane = this.#door.lanes.lane(id);
    if (lane !== undefined) {
      if (lane.proposer !== this.#proposer) return 'foreign-lane';
      if (number <= lane.prints.length) return lane.prints[number - 1] === printOf(this.#write) ? 'known' : 'fork';
      if (lane.shut) return 'lane-shut';
      if (lane.kind !== kind) return 'bad-update';
    }
    if (number !== (lane?.prints.length ?? 0) + 1) return 'gap';
    return this.#judgeStructs() ?? this.#judgeStrikes(strike);
  }

  /** Advances the tables by a write that was just judged `admit`. */
  take(at: number): void {
    const { lane: id, kind } = this.#write;
    const update = this.#update;
    this.#door.owners.bindLane(id, this.#proposer, at);
    const lane = this.#door.lanes.claim(id, this.#proposer, kind);
    for (let row = 0; row < update.structs; row += 1) {
      const clock = update.clock[row]!;
      const home = this.#homes[row]!;
      if (update.content[row] === CONTENT.type) lane.types.set(clock, nestedType(PLACE.depth(home.place) + 1, update.type[row]!));
      lane.settle(clock, clock + update.length[row]!, home);
    }
    lane.end = this.#end;
    lane.line = this.#line;
    lane.prints.push(printOf(this.#write));
  }

  get #end(): number {
    const { structs, clock, length } = this.#update;
    return structs === 0 ? this.#from : clock[structs - 1]! + length[structs - 1]!;
  }

  /** @returns null when each struct follows on, stands on what is known, and fits where it stands. */
  #judgeStructs(): LaneVerdict | null {
    const update = this.#update;
    if (update.structs > 0 && update.clock[0] !== this.#from) return update.clock[0]! > this.#from ? 'gap' : 'fork';
    for (let row = 0; row < update.structs; row += 1) {
      const content = update.content[row]!;
      // A lane holds what its suggestion shows: nothing that was collected, nothing left out.
      if (content === CONTENT.gc || content === CONTENT.skip || content === CONTENT.deleted) return 'bad-update';
      const missing = this.#missing(row);
      if (missing !== null) return missing;
      const home = this.#homeOf(row);
      if (typeof home === 'string') return home;
      if (!fits(content, update.type[row]!, home.place)) return 'schema';
      const misplaced = this.#write.kind === 'look' ? this.#judgeLook(row, home) : this.#judgeWords(home);
      if (misplaced !== null) return misplaced;
      this.#homes.push(home);
    }
    return null;
  }

  #judgeWords({ place, key }: Home): 'look-in-text' | null {
    return PLACE.isEntry(place) && key !== null && this.#isOfText(key) ? 'look-in-text' : null;
  }

  #judgeLook(row: number, { place, key }: Home): 'more-than-look' | null {
    if (!PLACE.isEntry(place) || PLACE.depth(place) !== 1 || this.#update.content[row] !== CONTENT.any) return 'more-than-look';
    // The line may have become part of the text since: it goes by the name that it has there.
    const line = this.#line === null ? key : this.#nameNow(this.#line);
    if (line !== key) return 'more-than-look';
    this.#line = line;
    return null;
  }

  #judgeStrikes(strike: IdRanges): 'admit' | 'gap' {
    const { main, lanes } = this.#door;
    for (const [client, clock, length] of strike) {
      const lane = lanes.lane(client);
      const own = client === this.#write.lane ? this.#end : lane?.proposer === this.#proposer ? lane.end : 0;
      if (clock + length > Math.max(own, main.admitted(client))) return 'gap';
    }
    return 'admit';
  }

  #missing(row: number): LaneVerdict | null {
    const update = this.#update;
    const has = update.has[row]!;
    const origin = (has & HAS.origin) === 0 ? null : this.#depends(row, update.originClient[row]!, update.originClock[row]!);
    if (origin !== null) return origin;
    const right = (has & HAS.rightOrigin) === 0 ? null : this.#depends(row, update.rightClient[row]!, update.rightClock[row]!);
    if (right !== null) return right;
    return (has & HAS.parentId) === 0 ? null : this.#depends(row, update.parentClient[row]!, update.parentClock[row]!);
  }

  #depends(row: number, client: ClientId, clock: number): LaneVerdict | null {
    if (client === this.#write.lane) return clock < this.#update.clock[row]! ? null : 'bad-update';
    if (clock < this.#door.main.admitted(client)) return null;
    const lane = this.#door.lanes.lane(client);
    if (lane === undefined) return 'gap';
    if (lane.proposer !== this.#proposer) return 'foreign-lane';
    if (lane.shut) return 'lane-shut';
    return clock < lane.end ? null : 'gap';
  }

  /** As the text's judge finds it (admit-update.ts), over the text and the lanes together. */
  #homeOf(row: number): Home | 'schema' | 'bad-update' {
    const update = this.#update;
    const has = update.has[row]!;
    if ((has & HAS.root) !== 0) return IN_TEXT;
    const keyed = (has & HAS.key) !== 0;
    if ((has & HAS.parentId) !== 0) {
      const [client, clock] = [update.parentClient[row]!, update.parentClock[row]!];
      const type = this.#typeAt(client, clock);
      if (type === undefined) return 'bad-update';
      const place = PLACE.inside(type);
      return PLACE.isEntry(place) === keyed && type.depth <= MAX_NESTING ? { place, key: this.#nameOf(client, clock) } : 'schema';
    }
    const left = (has & HAS.origin) === 0 ? null : this.#homeAt(update.originClient[row]!, update.originClock[row]!);
    const right = (has & HAS.rightOrigin) === 0 ? null : this.#homeAt(update.rightClient[row]!, update.rightClock[row]!);
    if (left !== null && right !== null && (left.place !== right.place || left.key !== right.key)) return 'bad-update';
    const home = left ?? right!;
    const entry = PLACE.isEntry(home.place);
    return (!entry && keyed) || (entry && right !== null) ? 'bad-update' : home;
  }

  #homeAt(client: ClientId, clock: number): Home {
    if (client === this.#write.lane && clock >= this.#from) return this.#homes[this.#update.structAt(client, clock)]!;
    const lane = this.#door.lanes.lane(client);
    if (lane !== undefined) {
      const home = lane.homeAt(clock);
      return home.key === null ? home : { place: home.place, key: this.#nameNow(home.key) };
    }
    const column = this.#door.main.column(client)!;
    const home = column.homes.get(clock);
    return home < 0 ? IN_TEXT : { place: this.#door.main.placeAt(column, clock), key: `${OF_TEXT}${home}` };
  }

  #typeAt(client: ClientId, clock: number): NestedType | undefined {
    if (client === this.#write.lane && clock >= this.#from) {
      const row = this.#update.structAt(client, clock);
      if (this.#update.content[row] !== CONTENT.type) return undefined;
      return nestedType(PLACE.depth(this.#homes[row]!.place) + 1, this.#update.type[row]!);
    }
    const lane = this.#door.lanes.lane(client);
    if (lane !== undefined) return lane.types.get(clock);
    const column = this.#door.main.column(client);
    return column === undefined ? undefined : this.#door.main.typeAt(column, clock);
  }

  #nameOf(client: ClientId, clock: number): HomeKey {
    const inText = this.#door.main.column(client)?.types.get(clock) ?? -1;
    return inText < 0 ? `${client}.${clock}` : `${OF_TEXT}${inText}`;
  }

  #nameNow(key: HomeKey): HomeKey {
    if (this.#isOfText(key)) return key;
    const [client, clock] = key.split('.');
    return this.#nameOf(Number(client), Number(clock));
  }

  #isOfText(key: HomeKey): boolean {
    return key.startsWith(OF_TEXT);
  }
}

const OF_TEXT = 'm';
