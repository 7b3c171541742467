import * as encoding from 'lib0/encoding';
import { RangeList } from '../../../shared/attribution/range-list.ts';
import type { ClientId } from '../../../shared/ids.ts';
import { CONTENT, HAS, type ParsedUpdate } from './parsed-update.ts';

/**
 * Where an item stands: 0 = in the chapter's text itself, else inside a nested type: twice its depth, plus 1 for a map's entry.
 * A nested type's own mark is its depth times 4 plus its kind (TYPE).
 */
export const PLACE = {
  text: 0,
  of: (depth: number, entry: boolean): number => depth * 2 + (entry ? 1 : 0),
  depth: (place: number): number => place >> 1,
  isEntry: (place: number): boolean => (place & 1) === 1,
} as const;

/** What is known of one client id in one chapter. */
export class ClientColumn {
  readonly client: ClientId;
  /** Clocks below this were admitted; a struct that starts above is a gap. */
  admitted = 0;
  /** Clocks below this are durable. */
  committed = 0;
  /** One 16-bit print for each admitted clock: a text unit's own value, else a hash of the content; 0 = content unknown (GC, deleted). */
  #prints = new Uint16Array(0);
  /** Items that are nested types. */
  readonly types = new RangeList();
  /** Items that stand inside nested types. */
  readonly places = new RangeList();
  /** Items that are gone: deleted by an admitted update, born deleted, or overwritten. */
  readonly gone = new RangeList();

  constructor(client: ClientId) {
    this.client = client;
  }

  print(clock: number): number {
    return this.#prints[clock]!;
  }

  /** Makes room for prints below `end` and returns the column to write them in. */
  printsUpTo(end: number): Uint16Array {
    if (end > this.#prints.length) {
      const larger = new Uint16Array(Math.max(16, end + (end >> 1)));
      larger.set(this.#prints);
      this.#prints = larger;
    }
    return this.#prints;
  }
}

/**
 * All that admission knows of one chapter, in place of a live Y.Doc (docs/decisions/0020): a state vector for what was admitted, another
 * for what is durable, which items are types, where nested items stand, what is gone, and a print of each unit.
 * A fold over the chapter's text entries: rebuild it with `replay` (admit-update.ts).
 */
export class ChapterTables {
  readonly #columns = new Map<ClientId, ClientColumn>();

  column(client: ClientId): ClientColumn | undefined {
    return this.#columns.get(client);
  }

  /** How many client ids wrote in this chapter. */
  get clients(): number {
    return this.#columns.size;
  }

  /** Is there any admitted content? A chapter without its seed has none. */
  get isEmpty(): boolean {
    return this.#columns.size === 0;
  }

  /** Clocks below the result were admitted under this id. */
  admitted(client: ClientId): number {
    return this.#columns.get(client)?.admitted ?? 0;
  }

  /** Advances the admitted state by an update that was just judged `admit`. */
  take(update: ParsedUpdate): void {
    for (let s = 0; s < update.sections; s += 1) {
      const column = this.#claim(update.sectionClient[s]!);
      for (let row = update.firstStruct[s]!; row < update.firstStruct[s + 1]!; row += 1) this.#takeStruct(column, update, row);
    }
    for (let d = 0; d < update.deletes; d += 1) {
      const clock = update.deleteClock[d]!;
      this.#columns.get(update.deleteClient[d]!)!.gone.add(clock, clock + update.deleteLength[d]!, 0);
    }
  }

  /** Advances the durable state by an update that has been committed. Idempotent. */
  commit(update: ParsedUpdate): void {
    for (let s = 0; s < update.sections; s += 1) {
      const column = this.#columns.get(update.sectionClient[s]!);
      const last = update.firstStruct[s + 1]! - 1;
      if (column !== undefined) column.committed = Math.max(column.committed, update.clock[last]! + update.length[last]!);
    }
  }

  /**
   * State vector in Yjs's encoding.
   * @param which `admitted` for a SyncStep1 to a writer (asks for what is missing), `committed` for what a joiner may be told.
   */
  stateVector(which: 'admitted' | 'committed'): Uint8Array {
    const encoder = encoding.createEncoder();
    const columns = [...this.#columns.values()].filter((column) => column[which] > 0);
    encoding.writeVarUint(encoder, columns.length);
    for (const column of columns) {
      encoding.writeVarUint(encoder, column.client);
      encoding.writeVarUint(encoder, column[which]);
    }
    return encoding.toUint8Array(encoder);
  }

  #claim(client: ClientId): ClientColumn {
    let column = this.#columns.get(client);
    if (column === undefined) {
      column = new ClientColumn(client);
      this.#columns.set(client, column);
    }
    return column;
  }

  #isGone(client: ClientId, clock: number): boolean {
    return (this.#columns.get(client)?.gone.get(clock) ?? -1) >= 0;
  }

  #takeStruct(column: ClientColumn, update: ParsedUpdate, row: number): void {
    const clock = update.clock[row]!;
    const end = clock + update.length[row]!;
    const content = update.content[row]!;
    if (end <= column.admitted || content === CONTENT.skip) return;
    const from = Math.max(clock, column.admitted);
    const prints = column.printsUpTo(end);
    writePrints(update, row, from - clock, prints, from);
    column.admitted = end;
    if (content === CONTENT.gc || content === CONTENT.deleted) column.gone.add(from, end, 0);
    if (content === CONTENT.gc) return;
    const place = update.place[row]!;
    if (place !== PLACE.text) {
      column.places.add(from, end, place);
      if (PLACE.isEntry(place)) this.#overwrite(column, update, row, from, end);
      if ((update.has[row]! & HAS.parentId) !== 0 && this.#isGone(update.parentClient[row]!, update.parentClock[row]!)) {
        column.gone.add(from, end, 0);
      }
    }
    if (content === CONTENT.type) column.types.add(from, end, (PLACE.depth(place) + 1) * 4 + update.type[row]!);
  }

  /** A map's entry with something to its right is deleted by Yjs itself, in nobody's delete set (suggestions.md §7.6). */
  #overwrite(column: ClientColumn, update: ParsedUpdate, row: number, from: number, end: number): void {
    if (end - from > 1) column.gone.add(from, end - 1, 0);
    if ((update.has[row]! & HAS.origin) === 0) return;
    const clock = update.originClock[row]!;
    this.#columns.get(update.originClient[row]!)?.gone.add(clock, clock + 1, 0);
  }
}

/** Units that cannot be compared: what a client has collected says nothing about what it was. */
const UNKNOWN_PRINT = 0;
/** Yjs puts this in place of both halves of a surrogate pair that somebody's edit has cut, so it says nothing either. */
const REPLACEMENT = 0xfffd;

/**
 * Writes the prints of a struct's units from unit `skip` on into `out` at `at`.
 * Text: the UTF-16 unit itself, so that equal prints mean equal text. (U+0000 prints as 1; nothing else is confused with "unknown".)
 */
function writePrints(update: ParsedUpdate, row: number, skip: number, out: Uint16Array, at: number): void {
  const content = update.content[row]!;
  if (content === CONTENT.string) {
    eachUnit(update.bytes, update.from[row]!, update.to[row]!, (unit, index) => {
      if (index >= skip) out[at + index - skip] = unit;
      return true;
    });
    return;
  }
  const print = content === CONTENT.gc || content === CONTENT.deleted ? UNKNOWN_PRINT : hash(update, row);
  out.fill(print, at, at + update.length[row]! - skip);
}

/** Does the part of a struct that was admitted before say the same again? Content that one side has collected counts as the same. */
export function saysTheSame(column: ClientColumn, update: ParsedUpdate, row: number): boolean {
  const clock = update.clock[row]!;
  const known = Math.min(update.length[row]!, column.admitted - clock);
  const content = update.content[row]!;
  if (content === CONTENT.gc || content === CONTENT.deleted || content === CONTENT.skip) return true;
  if (content === CONTENT.string) {
    return eachUnit(update.bytes, update.from[row]!, update.to[row]!, (unit, index) => {
      const print = index < known ? column.print(clock + index) : UNKNOWN_PRINT;
      return print === UNKNOWN_PRINT || print === unit || print === REPLACEMENT || unit === REPLACEMENT;
    });
  }
  const print = column.print(clock);
  const again = hash(update, row);
  return print === UNKNOWN_PRINT || again === UNKNOWN_PRINT || print === again;
}

/** FNV-1a over kind and bytes of the content, folded to 1…65535; a struct of several values is not told apart into them and prints as unknown. */
function hash(update: ParsedUpdate, row: number): number {
  if (update.length[row]! > 1) return UNKNOWN_PRINT;
  let value = 0x811c9dc5 ^ update.content[row]!;
  for (let at = update.from[row]!; at < update.to[row]!; at += 1) value = Math.imul(value ^ update.bytes[at]!, 0x01000193);
  return ((value >>> 16) ^ value) & 0xffff || 1;
}

/** Calls `visit` for each UTF-16 unit of sound UTF-8, until it says false. @returns false when it was stopped. */
function eachUnit(bytes: Uint8Array, from: number, to: number, visit: (unit: number, index: number) => boolean): boolean {
  let index = 0;
  for (let at = from; at < to; ) {
    const first = bytes[at]!;
    let point: number;
    if (first < 0x80) {
      point = first;
      at += 1;
    } else if (first < 0xe0) {
      point = ((first & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
      at += 2;
    } else if (first < 0xf0) {
      point = ((first & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
      at += 3;
    } else {
      point = ((first & 0x07) << 18) | ((bytes[at + 1]! & 0x3f) << 12) | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f);
      at += 4;
    }
    if (point < 0x10000) {
      if (!visit(point || 1, index)) return false;
      index += 1;
    } else {
      const rest = point - 0x10000;
      if (!visit(0xd800 | (rest >> 10), index) || !visit(0xdc00 | (rest & 0x3ff), index + 1)) return false;
      index += 2;
    }
  }
  return true;
}
