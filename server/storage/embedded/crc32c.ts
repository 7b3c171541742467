/** CRC-32C (Castagnoli), reflected; by table, which beats a native call on the few dozen bytes of a keystroke. */
const TABLE = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  TABLE[byte] = value >>> 0;
}

/**
 * CRC of bytes[from, to), going on from `previous`, so that crc32c(ab) = crc32c(b, 0, b.length, crc32c(a)).
 * @returns an unsigned 32-bit number.
 */
export function crc32c(bytes: Uint8Array, from = 0, to = bytes.length, previous = 0): number {
  let crc = ~previous;
  for (let i = from; i < to; i++) crc = TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
