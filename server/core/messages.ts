import * as encoding from 'lib0/encoding';
import { MESSAGE, SYNC } from '../../shared/wire/protocol.ts';

/** Sync messages as y-protocols writes them (docs/PROTOCOL.md §2). */

/** Made for every keystroke: the bytes are counted first and written once, where an encoder would grow and copy. */
export function encodeUpdateMessage(update: Uint8Array): Uint8Array {
  let digits = 1;
  for (let rest = update.length >>> 7; rest > 0; rest >>>= 7) digits += 1;
  const message = new Uint8Array(2 + digits + update.length);
  message[0] = MESSAGE.sync;
  message[1] = SYNC.update;
  let rest = update.length;
  for (let at = 2; at < 2 + digits; at += 1) {
    message[at] = rest > 0x7f ? 0x80 | (rest & 0x7f) : rest;
    rest >>>= 7;
  }
  message.set(update, 2 + digits);
  return message;
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
