import * as encoding from 'lib0/encoding';
import { RangeList } from '../../../shared/attribution/range-list.ts';
import type { ClientId } from '../../../shared/ids.ts';
import { type Chain, type EntryNode, type NestedType, nestedType, PLACE, takeEntry } from './nested-items.ts';
import { CONTENT, HAS, type ParsedUpdate } from './parsed-update.ts';
import { Prints } from './prints.ts';

/** Of a struct that claims a long row of collected values, so many are remembered: others name the last. */
const MOST_VALUES = 64;

/** What is known of one client id in one chapter. */
export class ClientColumn {
  readonly client: ClientId;
  /** Clocks below this were admitted; a struct that starts above is a gap. */
  admitted = 0;
  /** Clocks below this are durable. */
  committed = 0;
  readonly prints = new Prints();
  /** Items that are nested types, by their number in the chapter. */
  readonly types = new RangeList();
  /** Items that stand inside a nested type, by its number. */
  readonly homes = new RangeList();
  /** Items that are gone: deleted by an admitted update, born deleted, or deleted by Yjs itself. */
  readonly gone = new RangeList();
  /** Items that are values of a map's key. */
  readonly entries = new Map<number, EntryNode>();

  constructor(client: ClientId) {
    this.client = client;
  }
}

/**
 * All that admission knows of one chapter, in place of a live Y.Doc (docs/decisions/0020): a state vector for what was admitted, another
 * for what is durable, which items are types, where nested items stand, what is gone, and a print of each unit.
 * A fold over the chapter's text entries: rebuild it with `replayUpdate` (admit-update.ts).
 */
export class ChapterTables {
  readonly #columns = new Map<ClientId, ClientColumn>();
  readonly #types: NestedType[] = [];

  column(client: ClientId): ClientColumn | undefined {
    return this.#columns.get(client);
  }

  /** How many client ids wrote in this chapter. */
  get clients(): number {
    return this.#columns.size;
  }

  /** Clocks below the result were admitted under this id. */
  admitted(client: ClientId): number {
    return this.#columns.get(client)?.admitted ?? 0;
  }

  /** The type with this id, or undefined when the id is another thing. */
  typeAt(column: ClientColumn, clock: number): NestedType | undefined {
    return this.#types[column.types.get(clock)];
  }

  /** Where an admitted item stands (PLACE). */
  placeAt(column: ClientColumn, clock: number): number {
    if (column.homes.size === 0) return PLACE.text;
    const home = this.#types[column.homes.get(clock)];
    return home === undefined ? PLACE.text : PLACE.inside(home);
  }

  /** Advances the admitted state by an update that was just judged `admit`. */
  take(update: ParsedUpdate): void {
    for (let index = 0; index < update.fresh; index += 1) this.#takeStruct(update, update.order[index]!);
    for (let d = 0; d < update.deletes; d += 1) {
      const clock = update.deleteClock[d]!;
      this.#lose(this.#columns.get(update.deleteClient[d]!)!, clock, clock + update.deleteLength[d]!);
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

  #takeStruct(update: ParsedUpdate, row: number): void {
    const column = this.#claim(update.client[row]!);
    const clock = update.clock[row]!;
    const end = clock + update.length[row]!;
    const content = update.content[row]!;
    const from = Math.max(clock, column.admitted);
    column.prints.write(update, row, from - clock, from);
    column.admitted = end;
    if (content !== CONTENT.gc) {
      const place = update.place[row]!;
      const home = place === PLACE.text ? -1 : this.#homeOf(update, row);
      if (content === CONTENT.type) {
        this.#types.push(nestedType(PLACE.depth(place) + 1, update.type[row]!));
        column.types.add(from, end, this.#types.length - 1);
      }
      if (home >= 0) this.#nest(column, update, row, from, end, home);
    }
    if (content === CONTENT.gc || content === CONTENT.deleted) this.#lose(column, from, end);
  }

  /** Number of the type in which a nested item stands. */
  #homeOf(update: ParsedUpdate, row: number): number {
    const has = update.has[row]!;
    if ((has & HAS.parentId) !== 0) return this.#columns.get(update.parentClient[row]!)?.types.get(update.parentClock[row]!) ?? -1;
    if ((has & HAS.origin) !== 0) return this.#columns.get(update.originClient[row]!)?.homes.get(update.originClock[row]!) ?? -1;
    return this.#columns.get(update.rightClient[row]!)?.homes.get(update.rightClock[row]!) ?? -1;
  }

  #nest(column: ClientColumn, update: ParsedUpdate, row: number, from: number, end: number, home: number): void {
    const type = this.#types[home]!;
    column.homes.add(from, end, home);
    type.items.push(column.client, from, end);
    if (PLACE.isEntry(PLACE.inside(type))) this.#enter(column, update, row, from, end, type);
    if (type.gone) this.#lose(column, from, end);
  }

  /** A value of a map's key. Several in one struct are values that their writer had replaced and collected before anybody saw them. */
  #enter(column: ClientColumn, update: ParsedUpdate, row: number, from: number, end: number, type: NestedType): void {
    let replaces: EntryNode | null = null;
    let chain: Chain | undefined;
    if ((update.has[row]! & HAS.origin) !== 0) {
      replaces = this.#columns.get(update.originClient[row]!)?.entries.get(update.originClock[row]!) ?? null;
      chain = replaces?.chain;
    } else chain = type.entries.get(update.key[row]!);
    if (chain === undefined) {
      chain = { winner: null, exact: true };
      if ((update.has[row]! & HAS.origin) === 0) type.entries.set(update.key[row]!, chain);
    }
    for (let clock = Math.max(from, end - MOST_VALUES); clock < end; clock += 1) {
      const node: EntryNode = { client: column.client, clock, replaces, chain };
      column.entries.set(clock, node);
      const gone = takeEntry(node);
      if (gone !== null) this.#lose(this.#columns.get(gone.client)!, gone.clock, gone.clock + 1);
      replaces = node;
    }
  }

  /** Items are gone, and with a type everything inside it. */
  #lose(column: ClientColumn, from: number, to: number): void {
    const fresh: number[] = [];
    if (column.gone.add(from, to, 0, fresh) === 0 || column.types.size === 0) return;
    for (let pair = 0; pair < fresh.length; pair += 2) {
      column.types.overlapping(fresh[pair]!, fresh[pair + 1]!, (_from, _to, number) => this.#bury(this.#types[number]!));
    }
  }

  #bury(type: NestedType): void {
    if (type.gone) return;
    type.gone = true;
    for (let item = 0; item < type.items.length; item += 3) {
      this.#lose(this.#columns.get(type.items[item]!)!, type.items[item + 1]!, type.items[item + 2]!);
    }
  }
}
