import { inflateSync } from 'node:zlib';

const ENTRY = 20;
const MOST_TABLES = 200;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * A WOFF 1.0 file as the TrueType or OpenType font that it wraps (W3C WOFF File Format 1.0): Typst reads the latter only.
 * @throws Error for anything that is no such file
 */
export function fontOfWoff(bytes: Buffer): Buffer {
  const count = bytes.length < 44 ? 0 : bytes.readUInt16BE(12);
  if (bytes.toString('latin1', 0, 4) !== 'wOFF' || count === 0 || count > MOST_TABLES) throw new Error('This is no WOFF font.');
  const tables = Array.from({ length: count }, (_, index) => {
    const at = 44 + ENTRY * index;
    const [offset, packed, length] = [bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
    const data = bytes.subarray(offset, offset + packed);
    const table = packed < length ? inflateSync(data, { maxOutputLength: MOST_BYTES }) : data;
    if (table.length !== length) throw new Error('A table of the WOFF font has another length than it says.');
    return { tag: bytes.subarray(at, at + 4), checksum: bytes.readUInt32BE(at + 16), table };
  });
  const header = Buffer.alloc(12 + 16 * count);
  const power = Math.floor(Math.log2(count));
  header.writeUInt32BE(bytes.readUInt32BE(4), 0);
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(16 * 2 ** power, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(16 * count - 16 * 2 ** power, 10);
  const parts: Buffer[] = [header];
  let at = header.length;
  tables.forEach(({ tag, checksum, table }, index) => {
    const entry = 12 + 16 * index;
    tag.copy(header, entry);
    header.writeUInt32BE(checksum, entry + 4);
    header.writeUInt32BE(at, entry + 8);
    header.writeUInt32BE(table.length, entry + 12);
    const padding = (4 - (table.length % 4)) % 4;
    parts.push(table, Buffer.alloc(padding));
    at += table.length + padding;
  });
  return Buffer.concat(parts);
}
