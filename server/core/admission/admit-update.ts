import type { MemberId } from '../../../shared/ids.ts';
import type { RejectCode } from '../../../shared/wire/codes.ts';
import { MAX_NESTING } from './chapter-schema.ts';
import type { ChapterTables, ClientColumn } from './chapter-tables.ts';
import type { IdOwners } from './id-owners.ts';
import { type NestedType, nestedType, PLACE } from './nested-items.ts';
import { CLIENT_LIMITS, OWN_LIMITS, parseUpdate } from './parse-update.ts';
import { CONTENT, HAS, type ParsedUpdate, TYPE } from './parsed-update.ts';

/**
 * - `admit`: sound and new; the tables hold it from now on, so the next keystroke finds no gap while this one is being written to disk.
 * - `known`: nothing in it is new (a resend, a relay): acknowledge behind what is in flight, make no entry.
 * - `gap`: it stands on something that was not admitted: answer with SyncStep1 of the admitted vector; nothing was taken.
 * - a reject code: refused whole; nothing was taken.
 */
export type Verdict = 'admit' | 'known' | 'gap' | RejectCode;

/** Who sends an update; the text that the server writes itself comes from `server` and goes under ids below `FIRST_LEASED_CLIENT_ID`. */
export type Sender = MemberId | 'server';

/**
 * The door's one question about an update: may it become an entry? Pure but for the two tables, which advance when, and only when,
 * the answer is `admit` (docs/decisions/0020). Right and stage are asked before, by `can`.
 *
 * @param sender whose ids new text must stand under: the authenticated member (of an accepted suggestion: its proposer)
 * @param at server time in ms, for the count of new ids in a day
 * @param into receives what the update says; valid when the answer is `admit`, `known` or `gap`
 */
export function admitUpdate(
  chapter: ChapterTables,
  owners: IdOwners,
  bytes: Uint8Array,
  sender: Sender,
  at: number,
  into: ParsedUpdate,
): Verdict {
  const refusal = parseUpdate(bytes, into, sender === 'server' ? OWN_LIMITS : CLIENT_LIMITS);
  if (refusal !== null) return refusal;
  const verdict = judgeUpdate(chapter, owners, into, sender, at);
  if (verdict === 'admit') take(chapter, owners, into, sender, at);
  return verdict;
}

/**
 * Takes an update that stands in the log into the tables, as admitted and durable: how a report is opened, and how another machine's entry arrives.
 * @param into receives what the update says, for the folds that follow
 * @returns false when the bytes are not an update that could have been admitted after the entries before it: the record is damaged
 */
export function replayUpdate(
  chapter: ChapterTables,
  owners: IdOwners,
  bytes: Uint8Array,
  sender: Sender,
  at: number,
  into: ParsedUpdate,
): boolean {
  if (parseUpdate(bytes, into, OWN_LIMITS) !== null) return false;
  const verdict = judge(chapter, into);
  if (verdict !== 'admit' && verdict !== 'known') return false;
  if (verdict === 'admit') take(chapter, owners, into, sender, at);
  chapter.commit(into);
  return true;
}

/** Judges a parsed update and changes neither table. Writes the judge's scratch columns of `update`, which `take` reads. */
export function judgeUpdate(chapter: ChapterTables, owners: IdOwners, update: ParsedUpdate, sender: Sender, at: number): Verdict {
  const identity = judgeIdentity(chapter, owners, update, sender, at);
  return identity === 'admit' ? judge(chapter, update) : identity;
}

function take(chapter: ChapterTables, owners: IdOwners, update: ParsedUpdate, sender: Sender, at: number): void {
  if (sender !== 'server') {
    for (let s = 0; s < update.sections; s += 1) {
      const client = update.sectionClient[s]!;
      if (endOf(update, s) > chapter.admitted(client)) owners.bind(client, sender, at);
    }
  }
  chapter.take(update);
}

function endOf(update: ParsedUpdate, section: number): number {
  const last = update.firstStruct[section + 1]! - 1;
  return update.clock[last]! + update.length[last]!;
}

/** New text under another's id is refused whole; the same id with other words is a fork: a cloned or restored tab (history.md §2). */
function judgeIdentity(chapter: ChapterTables, owners: IdOwners, update: ParsedUpdate, sender: Sender, at: number): Verdict {
  let claims = 0;
  for (let s = 0; s < update.sections; s += 1) {
    const client = update.sectionClient[s]!;
    const column = chapter.column(client);
    const known = column?.admitted ?? 0;
    if (endOf(update, s) > known && sender !== 'server') {
      const verdict = owners.judge(client, sender, at, claims);
      if (verdict !== 'admit') return verdict;
      if (owners.ownerOf(client) === null) claims += 1;
    }
    // A relay of others' text is not compared: whoever relays it has not written it, and nothing of it is taken.
    if (column !== undefined && update.clock[update.firstStruct[s]!]! < known && owners.ownerOf(client) === sender) {
      if (!repeats(column, update, s)) return 'fork';
    }
  }
  return 'admit';
}

/** Do the structs of a section that were admitted before say the same again? */
function repeats(column: ClientColumn, update: ParsedUpdate, section: number): boolean {
  for (let row = update.firstStruct[section]!; row < update.firstStruct[section + 1]!; row += 1) {
    if (update.clock[row]! >= column.admitted) return true;
    if (!column.prints.repeat(update, row, column.admitted)) return false;
  }
  return true;
}

/** Dependencies, places and schema. Only one update at a time is judged, so the tables are handed to the helpers by this object. */
function judge(chapter: ChapterTables, update: ParsedUpdate): 'admit' | 'known' | 'gap' | 'bad-update' | 'schema' {
  const judging = JUDGING;
  judging.begin(chapter, update);
  let fresh = false;
  for (let s = 0; s < update.sections; s += 1) {
    const reached = judging.reachOf(s);
    if (reached < 0) return 'gap';
    if (reached > update.reach[s]!) fresh = true;
    update.next[s] = update.firstStruct[s]!;
  }
  const order = judging.integrate();
  if (order !== 'admit') return order;
  for (let d = 0; d < update.deletes; d += 1) {
    const client = update.deleteClient[d]!;
    const clock = update.deleteClock[d]!;
    const to = clock + update.deleteLength[d]!;
    if (to > judging.stateOf(client)) return 'gap';
    if (!fresh && !chapter.column(client)!.gone.covers(clock, to)) fresh = true;
  }
  return fresh ? 'admit' : 'known';
}

class Judging {
  #chapter!: ChapterTables;
  #update!: ParsedUpdate;
  /** The column met last: a keystroke asks for the same client several times. */
  #client = -1;
  #column: ClientColumn | undefined;
  /** Sections that wait for another, and the clock each must reach for the one below it to go on. */
  readonly #waiting: number[] = [];
  readonly #target: number[] = [];

  begin(chapter: ChapterTables, update: ParsedUpdate): void {
    this.#chapter = chapter;
    this.#update = update;
    this.#client = -1;
    this.#waiting.length = 0;
    this.#target.length = 0;
    update.fresh = 0;
  }

  /** @returns the clock after a section, or -1 when it does not follow on from what was admitted. Leaves what was admitted in `reach`. */
  reachOf(section: number): number {
    const update = this.#update;
    const known = this.#columnOf(update.sectionClient[section]!)?.admitted ?? 0;
    update.reach[section] = known;
    let reached = known;
    for (let row = update.firstStruct[section]!; row < update.firstStruct[section + 1]!; row += 1) {
      const end = update.clock[row]! + update.length[row]!;
      if (end <= reached || update.content[row] === CONTENT.skip) continue;
      if (update.clock[row]! > reached) return -1;
      reached = end;
    }
    return reached;
  }

  /** The clock of a client after the update as far as it is integrated. */
  stateOf(client: number): number {
    const section = this.#update.sectionOf(client);
    return section >= 0 ? this.#update.reach[section]! : (this.#columnOf(client)?.admitted ?? 0);
  }

  /**
   * Goes through the structs in the order in which Yjs will integrate them, each after what it stands on, so that nothing can be left pending:
   * a circle of structs that wait for each other is refused.
   */
  integrate(): 'admit' | 'gap' | 'bad-update' | 'schema' {
    const update = this.#update;
    for (let s = 0; s < update.sections; s += 1) {
      this.#waiting.push(s);
      this.#target.push(Number.POSITIVE_INFINITY);
      while (this.#waiting.length > 0) {
        const top = this.#waiting.length - 1;
        const section = this.#waiting[top]!;
        if (update.next[section]! >= update.firstStruct[section + 1]! || update.reach[section]! > this.#target[top]!) {
          this.#waiting.pop();
          this.#target.pop();
          continue;
        }
        const row = update.next[section]!;
        const wanted = this.#missing(row);
        if (wanted === PRESENT) {
          const verdict = this.#settle(section, row);
          if (verdict !== 'admit') return verdict;
          continue;
        }
        if (wanted === ABSENT) return 'gap';
        if (wanted === CIRCLE || this.#waiting.includes(wanted)) return 'bad-update';
        this.#waiting.push(wanted);
        this.#target.push(this.#wantedClock);
      }
    }
    return 'admit';
  }

  #wantedClock = 0;

  /** @returns PRESENT, ABSENT, CIRCLE, or the section that must be integrated further first. */
  #missing(row: number): number {
    const update = this.#update;
    const has = update.has[row]!;
    if ((has & HAS.origin) !== 0) {
      const wanted = this.#depends(row, update.originClient[row]!, update.originClock[row]!);
      if (wanted !== PRESENT) return wanted;
    }
    if ((has & HAS.rightOrigin) !== 0) {
      const wanted = this.#depends(row, update.rightClient[row]!, update.rightClock[row]!);
      if (wanted !== PRESENT) return wanted;
    }
    return (has & HAS.parentId) !== 0 ? this.#depends(row, update.parentClient[row]!, update.parentClock[row]!) : PRESENT;
  }

  #depends(row: number, client: number, clock: number): number {
    const update = this.#update;
    if (client === update.client[row]!) return clock < update.clock[row]! ? PRESENT : CIRCLE;
    const section = update.sectionOf(client);
    if (section < 0) return clock < (this.#columnOf(client)?.admitted ?? 0) ? PRESENT : ABSENT;
    if (clock < update.reach[section]!) return PRESENT;
    if (clock >= endOf(update, section)) return ABSENT;
    this.#wantedClock = clock;
    return section;
  }

  /** Decides where a struct stands and whether the schema has such a thing there; counts it as integrated. */
  #settle(section: number, row: number): 'admit' | 'bad-update' | 'schema' {
    const update = this.#update;
    update.next[section] = row + 1;
    const end = update.clock[row]! + update.length[row]!;
    const content = update.content[row]!;
    if (content === CONTENT.skip || end <= update.reach[section]!) return 'admit';
    update.reach[section] = end;
    update.order[update.fresh] = row;
    update.fresh += 1;
    update.place[row] = PLACE.text;
    if (content === CONTENT.gc) return 'admit';
    const place = this.#placeOf(row);
    if (place === UNFIT) return 'schema';
    if (place === WRONG) return 'bad-update';
    update.place[row] = place;
    return content === CONTENT.deleted || fits(content, update.type[row]!, place) ? 'admit' : 'schema';
  }

  #placeOf(row: number): number {
    const update = this.#update;
    const has = update.has[row]!;
    if ((has & HAS.root) !== 0) return PLACE.text;
    if ((has & HAS.parentId) !== 0) {
      const type = this.#typeAt(update.parentClient[row]!, update.parentClock[row]!);
      if (type === undefined) return WRONG;
      const place = PLACE.inside(type);
      return PLACE.isEntry(place) === ((has & HAS.key) !== 0) && type.depth <= MAX_NESTING ? place : UNFIT;
    }
    const left = (has & HAS.origin) !== 0 ? this.#placeAt(update.originClient[row]!, update.originClock[row]!) : -1;
    const right = (has & HAS.rightOrigin) !== 0 ? this.#placeAt(update.rightClient[row]!, update.rightClock[row]!) : -1;
    if (left >= 0 && right >= 0 && left !== right) return WRONG;
    const place = left >= 0 ? left : right;
    const entry = PLACE.isEntry(place);
    // A map's entry stands to the right of the value that it replaces and to the left of nothing. (Its key may be left out: merged updates do.)
    if ((!entry && (has & HAS.key) !== 0) || (entry && right >= 0)) return WRONG;
    return place;
  }

  /** Where the item with this id stands. It is admitted, or integrated before. */
  #placeAt(client: number, clock: number): number {
    const column = this.#columnOf(client);
    if (column !== undefined && clock < column.admitted) return this.#chapter.placeAt(column, clock);
    return this.#update.place[this.#update.structAt(client, clock)]!;
  }

  /** @returns the type with this id, or undefined when that id is no type. */
  #typeAt(client: number, clock: number): NestedType | undefined {
    const column = this.#columnOf(client);
    if (column !== undefined && clock < column.admitted) return this.#chapter.typeAt(column, clock);
    const update = this.#update;
    const row = update.structAt(client, clock);
    return update.content[row] === CONTENT.type ? nestedType(PLACE.depth(update.place[row]!) + 1, update.type[row]!) : undefined;
  }

  #columnOf(client: number): ClientColumn | undefined {
    if (client !== this.#client) {
      this.#client = client;
      this.#column = this.#chapter.column(client);
    }
    return this.#column;
  }
}

const PRESENT = -1;
const ABSENT = -2;
const CIRCLE = -3;
const WRONG = -1;
const UNFIT = -2;
const JUDGING = new Judging();

/** May this content stand at this place? Text and block marks in the text, plain values and types in a map, anything in a nested sequence. */
export function fits(content: number, type: number, place: number): boolean {
  if (place === PLACE.text) return content === CONTENT.type ? type === TYPE.map : content !== CONTENT.any;
  return !PLACE.isEntry(place) || content === CONTENT.any || content === CONTENT.type;
}
