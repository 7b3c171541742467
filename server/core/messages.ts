import * as encoding from 'lib0/encoding';
import { MESSAGE, SYNC } from '../../shared/wire/protocol.ts';

/** Sync messages as y-protocols writes them (docs/PROTOCOL.md §2). */

export function encodeUpdateMessage(update: Uint8Array): Uint8Array {
  return encodeSync(SYNC.update, update);
}

export function encodeStep1Message(vector: Uint8Array): Uint8Array {
  return encodeSync(SYNC.step1, vector);
}

function encodeSync(kind: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

/** The update that says nothing: no structs, no deletes. */
export const EMPTY_UPDATE: Uint8Array = Uint8Array.of(0, 0);
/** The end of an answer to SyncStep1: everything before it is the state. */
export const END_OF_STATE: Uint8Array = encodeSync(SYNC.step2, EMPTY_UPDATE);
/** State vector of an empty document. */
export const EMPTY_VECTOR: Uint8Array = Uint8Array.of(0);

export function isEmptyVector(vector: Uint8Array): boolean {
  return vector.length === 1 && vector[0] === 0;
}
