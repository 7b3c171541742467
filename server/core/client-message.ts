import * as decoding from 'lib0/decoding';
import { GONGBI, MESSAGE, SYNC } from '../../shared/wire/protocol.ts';

/** What a client may say (docs/PROTOCOL.md §2). Byte arrays are views into the received message: copy what is kept. */
export type ClientMessage =
  | { readonly kind: 'step1'; readonly vector: Uint8Array }
  | { readonly kind: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly states: Uint8Array }
  | { readonly kind: 'query-awareness' }
  | { readonly kind: 'ask-lease' };

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
      return decoding.readVarUint(decoder) === GONGBI.askLease ? { kind: 'ask-lease' } : null;
    default:
      return null;
  }
}

function parseSync(decoder: decoding.Decoder): ClientMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case SYNC.step1:
      return { kind: 'step1', vector: decoding.readVarUint8Array(decoder) };
    case SYNC.step2:
      return { kind: 'step2', update: decoding.readVarUint8Array(decoder) };
    case SYNC.update:
      return { kind: 'update', update: decoding.readVarUint8Array(decoder) };
    default:
      return null;
  }
}
