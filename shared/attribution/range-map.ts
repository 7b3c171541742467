import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ClientId } from '../ids.ts';
import { RangeList } from './range-list.ts';

/** Ranges of ids, by client: `(client, [from, to)) → value`. First sight wins, as in `RangeList`. */
export class RangeMap {
  readonly #lists = new Map<ClientId, RangeList>();

  /** @returns the value of one id, or -1. */
  get(client: ClientId, clock: number): number {
    return this.#lists.get(client)?.get(clock) ?? -1;
  }

  covers(client: ClientId, from: number, to: number): boolean {
    return this.#lists.get(client)?.covers(from, to) ?? from >= to;
  }

  /** Has any id of the range a value? */
  overlaps(client: ClientId, from: number, to: number): boolean {
    let found = false;
    this.overlapping(client, from, to, () => {
      found = true;
    });
    return found;
  }

  /** As `RangeList.add`. */
  add(client: ClientId, from: number, to: number, value: number, fresh?: number[]): number {
    let list = this.#lists.get(client);
    if (list === undefined) {
      list = new RangeList();
      this.#lists.set(client, list);
    }
    return list.add(from, to, value, fresh);
  }

  overlapping(client: ClientId, from: number, to: number, visit: (from: number, to: number, value: number) => void): void {
    this.#lists.get(client)?.overlapping(from, to, visit);
  }

  /** Every range, clients in ascending order: the same table is always told in the same order. */
  each(visit: (client: ClientId, from: number, to: number, value: number) => void): void {
    for (const client of [...this.#lists.keys()].sort((a, b) => a - b)) {
      this.#lists.get(client)!.each((from, to, value) => visit(client, from, to, value));
    }
  }

  /** Stored form: varuint clients ‖ (varuint client ‖ list)*, clients ascending. */
  write(encoder: encoding.Encoder): void {
    encoding.writeVarUint(encoder, this.#lists.size);
    for (const client of [...this.#lists.keys()].sort((a, b) => a - b)) {
      encoding.writeVarUint(encoder, client);
      this.#lists.get(client)!.write(encoder);
    }
  }

  static read(decoder: decoding.Decoder): RangeMap {
    const map = new RangeMap();
    for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) {
      map.#lists.set(decoding.readVarUint(decoder), RangeList.read(decoder));
    }
    return map;
  }

  /** Number of stored ranges, all clients together. */
  get size(): number {
    let size = 0;
    for (const list of this.#lists.values()) size += list.size;
    return size;
  }
}
