import type { CloseReason } from '../../shared/wire/codes.ts';

/** Whole messages that leave in one write. One packet may go to many sockets: the adapter keeps its framed form in it. */
export interface Packet {
  readonly messages: readonly Uint8Array[];
  /** The adapter's own: the messages as bytes on the wire. */
  framed?: Uint8Array;
}

/** What the core needs of a connection. Nothing here throws; after the end of the connection all of it does nothing. */
export interface SocketPort {
  send(packet: Packet): void;
  /** Ends the connection with the code of `reason`; nothing is received after it. */
  close(reason: CloseReason): void;
  /** Resolves when little waits to be sent: true to go on, false when the connection has ended. */
  drained(): Promise<boolean>;
}

export function packet(...messages: readonly Uint8Array[]): Packet {
  return { messages };
}
