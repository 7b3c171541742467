import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { MESSAGE, SYNC } from '../../shared/wire/protocol.ts';
import type { SocketClass, SocketLike } from './environment.ts';

/** A socket on which everything that bears an update is counted, and leaves only when the outbox says so. */
export interface CountingSocket extends SocketLike {
  /** Update-bearing frames sent on this socket (docs/PROTOCOL.md §4). */
  readonly count: number;
  readonly opened: boolean;
  /** @returns n of the frame */
  sendUpdate(update: Uint8Array): number;
  /** @returns n of the frame */
  sendStep2(update: Uint8Array): number;
  /** Any other frame of ours. */
  sendFrame(frame: Uint8Array): void;
}

export interface CountingSocketHooks {
  /** A socket was made; the ones before it are done with. */
  created(socket: CountingSocket): void;
  /** The client id whose presence this tab may tell; null while it is not settled. */
  ownPresence(): number | null;
}

/**
 * Wraps the socket class that the y-websocket provider is given. The provider writes sync frames whenever it likes; of these only its
 * SyncStep1 passes. Updates and SyncStep2 leave through `sendUpdate` and `sendStep2` alone, so that every frame has its number, nothing
 * leaves before `hello`, and an acknowledgement can be told to the outbox. Presence passes for our own client id only: the provider
 * repeats everybody's.
 */
export function countingSocketClass(Base: SocketClass, hooks: CountingSocketHooks): typeof WebSocket {
  class Counting extends Base implements CountingSocket {
    #count = 0;
    #opened = false;

    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols);
      hooks.created(this);
    }

    get count(): number {
      return this.#count;
    }

    get opened(): boolean {
      return this.#opened;
    }

    override send(data: Uint8Array<ArrayBuffer>): void {
      this.#opened = true;
      if (this.readyState !== this.OPEN) return;
      const frame = passable(data, hooks.ownPresence());
      if (frame !== null) super.send(frame);
    }

    sendUpdate(update: Uint8Array): number {
      return this.#bear(SYNC.update, update);
    }

    sendStep2(update: Uint8Array): number {
      return this.#bear(SYNC.step2, update);
    }

    sendFrame(frame: Uint8Array): void {
      if (this.readyState === this.OPEN) super.send(frame as Uint8Array<ArrayBuffer>);
    }

    #bear(kind: number, update: Uint8Array): number {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, MESSAGE.sync);
      encoding.writeVarUint(encoder, kind);
      encoding.writeVarUint8Array(encoder, update);
      this.#count += 1;
      this.sendFrame(encoding.toUint8Array(encoder));
      return this.#count;
    }
  }
  // The provider uses exactly what SocketLike names; the rest of the browser's class is there when Base is that class.
  return Counting as unknown as typeof WebSocket;
}

/** @returns what may leave of a frame that the provider wrote, or null. */
function passable(frame: Uint8Array<ArrayBuffer>, own: number | null): Uint8Array<ArrayBuffer> | null {
  const decoder = decoding.createDecoder(frame);
  const type = decoding.readVarUint(decoder);
  if (type === MESSAGE.sync) return decoding.readVarUint(decoder) === SYNC.step1 ? frame : null;
  if (type !== MESSAGE.awareness) return frame;
  if (own === null) return null;
  const kept = keepPresence(decoding.readVarUint8Array(decoder), (client) => client === own);
  if (kept === null) return null;
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.awareness);
  encoding.writeVarUint8Array(encoder, kept);
  return encoding.toUint8Array(encoder);
}

/** An awareness update with some clients' states only; null when none is left. */
export function keepPresence(update: Uint8Array, keep: (client: number) => boolean): Uint8Array | null {
  const decoder = decoding.createDecoder(update);
  const total = decoding.readVarUint(decoder);
  const body = encoding.createEncoder();
  let kept = 0;
  for (let index = 0; index < total; index += 1) {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const state = decoding.readVarString(decoder);
    if (!keep(client)) continue;
    kept += 1;
    encoding.writeVarUint(body, client);
    encoding.writeVarUint(body, clock);
    encoding.writeVarString(body, state);
  }
  if (kept === 0) return null;
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, kept);
  encoding.writeUint8Array(encoder, encoding.toUint8Array(body));
  return encoding.toUint8Array(encoder);
}
