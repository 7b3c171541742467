import { decodeUtf8 } from 'lib0/string';
import { ROOT_NAME } from '../../../shared/text/render.ts';
import type { RejectCode } from '../../../shared/wire/codes.ts';
import { isKnownFormat, isKnownKey } from './chapter-schema.ts';
import { CONTENT, HAS, type ParsedUpdate, TYPE } from './parsed-update.ts';

/**
 * Bounds of one update (docs/SPEC.md AD1; research/reliability.md R2).
 */
export interface UpdateLimits {
  readonly bytes: number;
  readonly structs: number;
  /** Sum of the lengths of structs without content of their own (GC, Skip, Deleted), which cost nothing to claim. */
  readonly hollow: number;
}

export const CLIENT_LIMITS: UpdateLimits = { bytes: 1 << 20, structs: 50_000, hollow: 1_000_000 };
/** For what the server wrote itself or has admitted before: an import is one update. */
export const OWN_LIMITS: UpdateLimits = { bytes: 1 << 28, structs: 1 << 24, hollow: 1 << 30 };

const MAX_CLIENT = 2 ** 32 - 1;
const MAX_CLOCK = 2 ** 31 - 1;
const MAX_DEPTH = 32;
const MAX_KEY_BYTES = 96;
/** Least bytes of a section (count, client, clock, one struct of two), of a struct, of a delete range. */
const SECTION_BYTES = 5;
const STRUCT_BYTES = 2;
const RANGE_BYTES = 2;

const BIT_ORIGIN = 0x80;
const BIT_RIGHT = 0x40;
const BIT_KEY = 0x20;
const KIND_BITS = 0x1f;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Thrown and caught inside this file only: for callers the outcome is a value. */
class Refusal {
  readonly code: RejectCode;
  constructor(code: RejectCode) {
    this.code = code;
  }
}
const BAD = new Refusal('bad-update');
const BIG = new Refusal('too-big');
const UNKNOWN = new Refusal('schema');

/**
 * Reads a Yjs update (format V1) into columns, in one walk over the bytes: no number in them is believed before it was
 * measured against the bytes that are left, nothing is allocated but where the columns must grow, and every byte must be used.
 * What it accepts, `Y.applyUpdate` decodes without an error.
 *
 * @param into overwritten; valid only when null is returned.
 * @returns null when the update is sound, else why it is not.
 */
export function parseUpdate(bytes: Uint8Array, into: ParsedUpdate, limits: UpdateLimits = CLIENT_LIMITS): RejectCode | null {
  if (bytes.length > limits.bytes) return 'too-big';
  const cursor = CURSOR;
  cursor.bytes = bytes;
  cursor.at = 0;
  cursor.end = bytes.length;
  cursor.hollow = limits.hollow;
  into.bytes = bytes;
  try {
    readStructs(cursor, into, limits);
    readDeletes(cursor, into);
    return cursor.at === cursor.end ? null : 'bad-update';
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
}

function readStructs(cursor: Cursor, into: ParsedUpdate, limits: UpdateLimits): void {
  into.sections = 0;
  into.structs = 0;
  const sections = cursor.count(SECTION_BYTES);
  let above = MAX_CLIENT + 1;
  for (let s = 0; s < sections; s += 1) {
    const structs = cursor.count(STRUCT_BYTES);
    if (structs === 0) throw BAD;
    if (into.structs + structs > limits.structs) throw BIG;
    const client = cursor.uint(MAX_CLIENT);
    // Yjs writes sections from the highest client down, and silently forgets the first of two sections of one client.
    if (client >= above) throw BAD;
    above = client;
    into.growSections();
    into.sectionClient[s] = client;
    into.firstStruct[s] = into.structs;
    into.sections = s + 1;
    let clock = cursor.uint(MAX_CLOCK);
    for (let i = 0; i < structs; i += 1) clock = readStruct(cursor, into, client, clock);
    into.firstStruct[s + 1] = into.structs;
  }
}

/** @returns the clock after the struct. */
function readStruct(cursor: Cursor, into: ParsedUpdate, client: number, clock: number): number {
  into.growStructs();
  const row = into.structs;
  const info = cursor.byte();
  const content = info & KIND_BITS;
  let has = 0;
  into.client[row] = client;
  into.clock[row] = clock;
  into.content[row] = content;
  into.type[row] = 0;
  if (content === CONTENT.gc || content === CONTENT.skip) {
    if (info !== content) throw BAD;
  } else if (content > CONTENT.skip) {
    throw BAD;
  } else {
    if ((info & BIT_ORIGIN) !== 0) {
      has |= HAS.origin;
      into.originClient[row] = cursor.uint(MAX_CLIENT);
      into.originClock[row] = cursor.uint(MAX_CLOCK);
    }
    if ((info & BIT_RIGHT) !== 0) {
      has |= HAS.rightOrigin;
      into.rightClient[row] = cursor.uint(MAX_CLIENT);
      into.rightClock[row] = cursor.uint(MAX_CLOCK);
    }
    if ((info & BIT_KEY) !== 0) has |= HAS.key;
    if (has === 0 || has === HAS.key) has |= readParent(cursor, into, row, has === HAS.key);
  }
  into.has[row] = has;
  into.from[row] = cursor.at;
  const length = readContent(cursor, into, row, content);
  into.to[row] = cursor.at;
  if (length === 0 || clock + length > MAX_CLOCK) throw BAD;
  into.length[row] = length;
  into.structs = row + 1;
  return clock + length;
}

/** Reads where a struct without neighbours stands. @returns the HAS bits. */
function readParent(cursor: Cursor, into: ParsedUpdate, row: number, keyed: boolean): number {
  const named = cursor.uint(1) === 1;
  if (named) {
    if (cursor.text(MAX_KEY_BYTES) !== ROOT_NAME) throw UNKNOWN;
    if (keyed) throw UNKNOWN;
    return HAS.root;
  }
  into.parentClient[row] = cursor.uint(MAX_CLIENT);
  into.parentClock[row] = cursor.uint(MAX_CLOCK);
  if (keyed) {
    const key = cursor.text(MAX_KEY_BYTES);
    if (!isKnownKey(key)) throw UNKNOWN;
    into.key[row] = key;
  }
  return HAS.parentId;
}

/** Walks over a struct's content. @returns its length in clocks. */
function readContent(cursor: Cursor, into: ParsedUpdate, row: number, content: number): number {
  switch (content) {
    case CONTENT.gc:
    case CONTENT.skip:
    case CONTENT.deleted: {
      const length = cursor.uint(MAX_CLOCK);
      cursor.hollow -= length;
      if (cursor.hollow < 0) throw BIG;
      return length;
    }
    case CONTENT.string: {
      const size = cursor.size();
      into.from[row] = cursor.at;
      return cursor.utf8(size);
    }
    case CONTENT.embed:
      cursor.json();
      return 1;
    case CONTENT.format: {
      if (!isKnownFormat(cursor.text(MAX_KEY_BYTES))) throw UNKNOWN;
      cursor.json();
      return 1;
    }
    case CONTENT.type: {
      const type = cursor.uint(MAX_CLOCK);
      if (type > TYPE.text) throw UNKNOWN;
      into.type[row] = type;
      return 1;
    }
    case CONTENT.any: {
      const length = cursor.count(1);
      for (let i = 0; i < length; i += 1) cursor.any(MAX_DEPTH);
      return length;
    }
    default:
      // JSON (2) and binary (3) are never written by this schema, a document within the document (9) never shall be.
      throw UNKNOWN;
  }
}

function readDeletes(cursor: Cursor, into: ParsedUpdate): void {
  into.deletes = 0;
  const clients = cursor.count(RANGE_BYTES);
  for (let c = 0; c < clients; c += 1) {
    const client = cursor.uint(MAX_CLIENT);
    const ranges = cursor.count(RANGE_BYTES);
    for (let i = 0; i < ranges; i += 1) {
      into.growDeletes();
      const row = into.deletes;
      const clock = cursor.uint(MAX_CLOCK);
      const length = cursor.uint(MAX_CLOCK);
      if (length === 0 || clock + length > MAX_CLOCK) throw BAD;
      into.deleteClient[row] = client;
      into.deleteClock[row] = clock;
      into.deleteLength[row] = length;
      into.deletes = row + 1;
    }
  }
}

class Cursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  hollow = 0;

  byte(): number {
    if (this.at >= this.end) throw BAD;
    return this.bytes[this.at++]!;
  }

  /** A number of 7-bit groups, lowest first, at most `max`. */
  uint(max: number): number {
    let value = 0;
    let unit = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (value > max) throw BAD;
      if (byte < 0x80) return value;
      unit *= 128;
      // Seven groups hold 2^49; more can only be padding.
      if (unit > 2 ** 42) throw BAD;
    }
  }

  /** A count of things that take at least `each` bytes. */
  count(each: number): number {
    const count = this.uint(MAX_CLOCK);
    if (count * each > this.end - this.at) throw BAD;
    return count;
  }

  /** A byte length that the rest can hold. */
  size(): number {
    return this.count(1);
  }

  skip(size: number): void {
    if (size > this.end - this.at) throw BAD;
    this.at += size;
  }

  /** A short string, decoded. */
  text(maxBytes: number): string {
    const size = this.size();
    if (size > maxBytes) throw UNKNOWN;
    const from = this.at;
    this.utf8(size);
    return decodeUtf8(this.bytes.subarray(from, this.at));
  }

  /**
   * Walks over `size` bytes of UTF-8. Strict, because every reader decodes them with a strict decoder and would throw:
   * no overlong form, no surrogate, nothing above U+10FFFF (RFC 3629 §4).
   * @returns their length in UTF-16 units.
   */
  utf8(size: number): number {
    const bytes = this.bytes;
    const stop = this.at + size;
    let at = this.at;
    let units = 0;
    while (at < stop) {
      const first = bytes[at]!;
      if (first < 0x80) {
        at += 1;
        units += 1;
        continue;
      }
      const more = first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0;
      if (more === 0 || at + more >= stop) throw BAD;
      const second = bytes[at + 1]!;
      const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
      const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
      if (second < low || second > high) throw BAD;
      if (more > 1 && (bytes[at + 2]! & 0xc0) !== 0x80) throw BAD;
      if (more > 2 && (bytes[at + 3]! & 0xc0) !== 0x80) throw BAD;
      at += more + 1;
      units += more === 3 ? 2 : 1;
    }
    this.at = at;
    return units;
  }

  /** A string that holds JSON. */
  json(): void {
    const size = this.size();
    const from = this.at;
    this.utf8(size);
    let depth = 0;
    let quoted = false;
    for (let at = from; at < this.at; at += 1) {
      const byte = this.bytes[at]!;
      if (byte === QUOTE) quoted = !quoted;
      else if (quoted) at += byte === BACKSLASH ? 1 : 0;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        depth += 1;
        if (depth > MAX_DEPTH) throw BAD;
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
    }
    try {
      JSON.parse(decodeUtf8(this.bytes.subarray(from, this.at)));
    } catch {
      throw BAD;
    }
  }

  /** A value of lib0's `any` encoding. */
  any(depth: number): void {
    if (depth === 0) throw BAD;
    switch (this.byte()) {
      case 127: // undefined
      case 126: // null
      case 121: // false
      case 120: // true
        return;
      case 125:
        this.integer();
        return;
      case 124:
        this.skip(4);
        return;
      case 123:
      case 122:
        this.skip(8);
        return;
      case 119:
        this.utf8(this.size());
        return;
      case 118: {
        const entries = this.count(2);
        for (let i = 0; i < entries; i += 1) {
          if (this.text(MAX_KEY_BYTES) === '__proto__') throw UNKNOWN;
          this.any(depth - 1);
        }
        return;
      }
      case 117: {
        const entries = this.count(1);
        for (let i = 0; i < entries; i += 1) this.any(depth - 1);
        return;
      }
      case 116:
        this.skip(this.size());
        return;
      default:
        throw BAD;
    }
  }

  /** A signed number: six bits and a sign, then groups of seven. */
  integer(): void {
    let byte = this.byte();
    let value = byte & 0x3f;
    let unit = 64;
    while (byte >= 0x80) {
      byte = this.byte();
      value += (byte & 0x7f) * unit;
      unit *= 128;
      if (value > Number.MAX_SAFE_INTEGER || unit > 2 ** 55) throw BAD;
    }
  }
}

const CURSOR = new Cursor();
