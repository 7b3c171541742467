/** The few number forms of docs/FORMAT.md, on buffers that are used again: lib0's encoder allocates for each message, which a commit need not. */

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A growing buffer. */
export class ByteWriter {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  u32(value: number): void {
    this.reserve(4);
    putU32(this.bytes, this.length, value);
    this.length += 4;
  }

  varuint(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.length++] = 0x80 | (rest % 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }

  /** Sign in bit 6 of the first byte. */
  varint(value: number): void {
    this.reserve(8);
    let rest = Math.abs(value);
    const sign = value < 0 ? 0x40 : 0;
    this.bytes[this.length++] = (rest > 0x3f ? 0x80 : 0) | sign | (rest % 64);
    rest = Math.floor(rest / 64);
    while (rest > 0) {
      this.bytes[this.length++] = (rest > 0x7f ? 0x80 : 0) | (rest % 128);
      rest = Math.floor(rest / 128);
    }
  }

  put(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  string(text: string): void {
    const bytes = utf8.encode(text);
    this.varuint(bytes.length);
    this.put(bytes);
  }

  /** What was written; a view, valid until the next write. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** Bytes that end too early, or a number no writer of ours makes. */
export class BytesError extends Error {
  override readonly name = 'BytesError';
}

export class ByteReader {
  readonly bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  get done(): boolean {
    return this.position >= this.bytes.length;
  }

  u8(): number {
    const value = this.bytes[this.position];
    if (value === undefined) throw new BytesError('the bytes end too early');
    this.position += 1;
    return value;
  }

  varuint(): number {
    return this.#more(0, 1);
  }

  varint(): number {
    const first = this.u8();
    const low = first & 0x3f;
    const value = first & 0x80 ? this.#more(low, 64) : low;
    return first & 0x40 ? -value : value;
  }

  #more(low: number, factor: number): number {
    let value = low;
    for (let place = factor; ; place *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * place;
      if (value > Number.MAX_SAFE_INTEGER) throw new BytesError('a number is too large');
      if (byte < 0x80) return value;
    }
  }

  /** A view, not a copy. */
  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.position) throw new BytesError('the bytes end too early');
    const taken = this.bytes.subarray(this.position, this.position + length);
    this.position += length;
    return taken;
  }

  string(): string {
    try {
      return fromUtf8.decode(this.take(this.varuint()));
    } catch (error) {
      if (error instanceof BytesError) throw error;
      throw new BytesError('a text is not UTF-8');
    }
  }
}

export function putU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value & 0xff;
  bytes[at + 1] = (value >>> 8) & 0xff;
  bytes[at + 2] = (value >>> 16) & 0xff;
  bytes[at + 3] = value >>> 24;
}

export function getU32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
