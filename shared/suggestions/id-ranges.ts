import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { ClientId } from '../ids.ts';

/** `length` ids of one client from `clock` on. */
export type IdRange = readonly [client: ClientId, clock: number, length: number];
/** A set of ids: by client and clock ascending, no two of them touching. Made by the functions below, never by hand. */
export type IdRanges = readonly IdRange[];

export const NO_IDS: IdRanges = [];

/** The ids of ranges in any order, each once. */
export function idRanges(ranges: Iterable<IdRange>): IdRanges {
  const sorted = [...ranges].filter(([, , length]) => length > 0).sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const merged: [ClientId, number, number][] = [];
  for (const [client, clock, length] of sorted) {
    const last = merged[merged.length - 1];
    if (last !== undefined && last[0] === client && clock <= last[1] + last[2]) last[2] = Math.max(last[2], clock + length - last[1]);
    else merged.push([client, clock, length]);
  }
  return merged;
}

export function union(one: IdRanges, other: IdRanges): IdRanges {
  if (other.length === 0) return one;
  return one.length === 0 ? other : idRanges([...one, ...other]);
}

/** The ids of `one` that are in `other` too. */
export function intersect(one: IdRanges, other: IdRanges): IdRanges {
  const shared: IdRange[] = [];
  for (const [client, clock, length] of one) {
    for (let at = firstReaching(other, client, clock); at < other.length; at += 1) {
      const [otherClient, from, count] = other[at]!;
      if (otherClient !== client || from >= clock + length) break;
      const begin = Math.max(clock, from);
      shared.push([client, begin, Math.min(clock + length, from + count) - begin]);
    }
  }
  return shared;
}

/** The ids of `one` that are not in `other`. */
export function subtract(one: IdRanges, other: IdRanges): IdRanges {
  if (one.length === 0 || other.length === 0) return one;
  const left: IdRange[] = [];
  for (const [client, clock, length] of one) {
    let at = clock;
    for (const [, from, count] of intersect([[client, clock, length]], other)) {
      if (from > at) left.push([client, at, from - at]);
      at = from + count;
    }
    if (at < clock + length) left.push([client, at, clock + length - at]);
  }
  return left;
}

export function has(ranges: IdRanges, client: ClientId, clock: number): boolean {
  const range = ranges[firstReaching(ranges, client, clock)];
  return range !== undefined && range[0] === client && range[1] <= clock;
}

/** Do all ids of `one` stand in `other`? */
export function covers(other: IdRanges, one: IdRanges): boolean {
  return subtract(one, other).length === 0;
}

export function meets(one: IdRanges, other: IdRanges): boolean {
  return intersect(one, other).length > 0;
}

export function sizeOf(ranges: IdRanges): number {
  return ranges.reduce((sum, [, , length]) => sum + length, 0);
}

/** Index of the first range of `client` that ends behind `clock`, or of the first of a later client. */
function firstReaching(ranges: IdRanges, client: ClientId, clock: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [at, from, length] = ranges[middle]!;
    if (at < client || (at === client && from + length <= clock)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Only ids that the document holds: a deletion of others would wait in it for ever. */
export function knownTo(doc: Y.Doc, ranges: IdRanges): IdRanges {
  return ranges.flatMap(([client, clock, length]): IdRange[] => {
    const end = Math.min(clock + length, Y.getState(doc.store, client));
    return end > clock ? [[client, clock, end - clock]] : [];
  });
}

/** A Yjs update (format V1) that deletes these ids and holds no structs. */
export function deletionOf(ranges: IdRanges): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  writeDeletes(encoder, ranges);
  return encoding.toUint8Array(encoder);
}

/** Yjs's delete set, clients from the highest down as Yjs writes it. */
export function writeDeletes(encoder: encoding.Encoder, ranges: IdRanges): void {
  const clients = new Map<ClientId, IdRange[]>();
  for (const range of ranges) {
    const list = clients.get(range[0]);
    if (list === undefined) clients.set(range[0], [range]);
    else list.push(range);
  }
  encoding.writeVarUint(encoder, clients.size);
  for (const [client, list] of [...clients].sort(([one], [other]) => other - one)) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, list.length);
    for (const [, clock, length] of list) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, length);
    }
  }
}

/** An update that was encoded here, taken apart: its structs as an update that deletes nothing, and the ids that it deletes. */
export function apart(update: Uint8Array): { readonly structs: Uint8Array; readonly deletes: IdRanges } {
  const { ds } = Y.decodeUpdate(update);
  const deletes: IdRange[] = [];
  const encoder = encoding.createEncoder();
  // As it was written: the same order and the shortest numbers, so that its length tells where the structs end.
  encoding.writeVarUint(encoder, ds.clients.size);
  for (const [client, items] of ds.clients) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, items.length);
    for (const { clock, len } of items) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, len);
      deletes.push([client, clock, len]);
    }
  }
  const end = update.length - encoding.length(encoder);
  const structs = new Uint8Array(end + 1);
  structs.set(update.subarray(0, end));
  return { structs, deletes: idRanges(deletes) };
}

/** Structs of `update`, which deletes nothing, together with a deletion of these ids. */
export function withDeletes(structs: Uint8Array, ranges: IdRanges): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeUint8Array(encoder, structs.subarray(0, structs.length - 1));
  writeDeletes(encoder, ranges);
  return encoding.toUint8Array(encoder);
}

/** An update that says nothing. */
export const NOTHING: Uint8Array = Uint8Array.of(0, 0);

export function saysNothing(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0;
}
