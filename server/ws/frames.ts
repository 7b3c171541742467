import type { Packet } from '../core/socket-port.ts';

/**
 * A server's WebSocket framing (RFC 6455 §5.2): binary, final, unmasked, uncompressed.
 * Done here and not in `ws`, so that the frames of one commit are built once for a whole room and leave in one write.
 */
const BINARY_FINAL = 0x82;

function headerLength(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

function writeHeader(target: Buffer, at: number, length: number): number {
  target[at] = BINARY_FINAL;
  if (length < 126) {
    target[at + 1] = length;
    return at + 2;
  }
  if (length < 65_536) {
    target[at + 1] = 126;
    return target.writeUInt16BE(length, at + 2);
  }
  target[at + 1] = 127;
  return target.writeUInt32BE(length, target.writeUInt32BE(0, at + 2));
}

/** @returns the packet's messages as one run of frames; built at the first call, the same bytes for every further socket. */
export function framesOf(packet: Packet): Uint8Array {
  if (packet.framed !== undefined) return packet.framed;
  let total = 0;
  for (const message of packet.messages) total += headerLength(message.length) + message.length;
  const bytes = Buffer.allocUnsafe(total);
  let at = 0;
  for (const message of packet.messages) {
    at = writeHeader(bytes, at, message.length);
    bytes.set(message, at);
    at += message.length;
  }
  packet.framed = bytes;
  return bytes;
}
