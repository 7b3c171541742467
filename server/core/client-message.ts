import * as decoding from 'lib0/decoding';
import { GONGBI, MESSAGE, SYNC } from '../../shared/wire/protocol.ts';

/** What a client may say (docs/PROTOCOL.md §2). Byte arrays are views into the received message: copy what is kept. */
export type ClientMessage =
  | { readonly kind: 'step1'; readonly vector: Uint8Array }
  | { readonly kind: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly states: Uint8Array }
  | { readonly kind: 'query-awareness' }
  | { readonly kind: 'ask-lease' }
  | { readonly kind: 'ask-attribution'; readonly on: boolean };

/** @returns null for bytes that are not exactly one message that a client may send. */
export function parseClientMessage(bytes: Uint8Array): ClientMessage | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const message = parseBody(decoder);
    return message !== null && !decoding.hasContent(decoder) ? message : null;
  } catch {
    // lib0 throws on bytes that end too early.
    return null;
  }
}

function parseBody(decoder: decoding.Decoder): ClientMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE.sync:
      return parseSync(decoder);
    case MESSAGE.awareness:
      return { kind: 'awareness', states: decoding.readVarUint8Array(decoder) };
    case MESSAGE.queryAwareness:
      return { kind: 'query-awareness' };
    case MESSAGE.gongbi:
      return parseOurs(decoder);
    default:
      return null;
  }
}

function parseOurs(decoder: decoding.Decoder): ClientMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case GONGBI.askLease:
      return { kind: 'ask-lease' };
    case GONGBI.askAttribution: {
      const on = decoding.readVarUint(decoder);
      return on <= 1 ? { kind: 'ask-attribution', on: on === 1 } : null;
    }
    default:
      return null;
  }
}

function parseSync(decoder: decoding.Decoder): ClientMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case SYNC.step1: {
      const vector = decoding.readVarUint8Array(decoder);
      return isVector(vector) ? { kind: 'step1', vector } : null;
    }
    case SYNC.step2:
      return { kind: 'step2', update: decoding.readVarUint8Array(decoder) };
    case SYNC.update:
      return { kind: 'update', update: decoding.readVarUint8Array(decoder) };
    default:
      return null;
  }
}

/** A vector of more bytes than this names more writers than any chapter has. */
const MAX_VECTOR_BYTES = 64 * 1024;

/** Is this a state vector as Yjs writes it, and nothing else? The count inside is believed only as far as there are bytes. */
function isVector(bytes: Uint8Array): boolean {
  if (bytes.length > MAX_VECTOR_BYTES) return false;
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  if (count > bytes.length / 2) return false;
  for (let i = 0; i < count; i += 1) {
    if (decoding.readVarUint(decoder) >= 2 ** 32) return false;
    decoding.readVarUint(decoder);
  }
  return !decoding.hasContent(decoder);
}
