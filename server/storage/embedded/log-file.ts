import { type ByteWriter, getU32, putU32 } from './bytes.ts';
import { crc32c } from './crc32c.ts';

/** Header and frames of log files: docs/FORMAT.md §2. What is inside a frame: entry-records.ts. */
export const HEADER_LENGTH = 64;
export const FRAME_HEADER = 16;
const VERSION = 1;
const SALT_AT = 16;
const SALT_LENGTH = 8;
const NUMBER_AT = 24;
const REPORT_AT = 32;
const REPORT_LENGTH = 26;
const CHECK_AT = 60;
/** Frame numbers of one file stay far below this; it tells a header from chance when a damaged file is searched. */
const MOST_FRAMES = 2 ** 24;

export type FileKind = 'commit' | 'report';
const MAGIC: Record<FileKind, string> = { commit: 'GONGBI-C', report: 'GONGBI-L' };

export interface FileHeader {
  readonly kind: FileKind;
  /** Random for each use of the file: a frame left over from an earlier use does not fit it. */
  readonly salt: Uint8Array;
  /** The segment's number, or the seq of a report file's first entry. */
  readonly number: number;
  /** '' in the commit log. */
  readonly report: string;
}

export function encodeHeader(header: FileHeader): Uint8Array {
  const bytes = new Uint8Array(HEADER_LENGTH);
  putAscii(bytes, 0, MAGIC[header.kind]);
  bytes[8] = VERSION;
  bytes.set(header.salt, SALT_AT);
  putU32(bytes, NUMBER_AT, header.number >>> 0);
  putU32(bytes, NUMBER_AT + 4, Math.floor(header.number / 2 ** 32));
  putAscii(bytes, REPORT_AT, header.report);
  putU32(bytes, CHECK_AT, crc32c(bytes, 0, CHECK_AT));
  return bytes;
}

/** @returns the header, or in words why there is none. */
export function decodeHeader(bytes: Uint8Array, kind: FileKind): FileHeader | string {
  if (bytes.length < HEADER_LENGTH) return 'the file is shorter than its header';
  if (getU32(bytes, CHECK_AT) !== crc32c(bytes, 0, CHECK_AT)) return 'the file header does not fit its check';
  if (ascii(bytes, 0, 8) !== MAGIC[kind]) return 'the file is of another kind';
  if (bytes[8] !== VERSION) return `the file has format version ${bytes[8]}, this program reads version ${VERSION}`;
  return {
    kind,
    salt: bytes.slice(SALT_AT, SALT_AT + SALT_LENGTH),
    number: getU32(bytes, NUMBER_AT) + getU32(bytes, NUMBER_AT + 4) * 2 ** 32,
    report: ascii(bytes, REPORT_AT, REPORT_LENGTH),
  };
}

function putAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  for (let i = at; i < at + length && bytes[i] !== 0; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

/** Checks frames of one file: knows its salt. */
export class FrameSeal {
  readonly #afterSalt: number;
  readonly #place = new Uint8Array(4);

  constructor(salt: Uint8Array) {
    this.#afterSalt = crc32c(salt);
  }

  /** Fills in the header of a frame whose body already stands behind it. `frame` starts with the FRAME_HEADER bytes to fill. */
  close(frame: Uint8Array, offset: number, number: number): void {
    putU32(frame, 0, frame.length - FRAME_HEADER);
    putU32(frame, 4, number);
    putU32(frame, 8, crc32c(frame, FRAME_HEADER));
    putU32(frame, 12, this.#check(frame, 0, offset));
  }

  /** Is there the header of a frame at `at` in `bytes`, which lies at `offset` in the file? */
  fits(bytes: Uint8Array, at: number, offset: number): boolean {
    return getU32(bytes, at + 12) === this.#check(bytes, at, offset);
  }

  #check(bytes: Uint8Array, at: number, offset: number): number {
    putU32(this.#place, 0, offset);
    return crc32c(bytes, at, at + 12, crc32c(this.#place, 0, 4, this.#afterSalt));
  }
}

/** A frame being written: room for its header, then the body. */
export function beginFrame(writer: ByteWriter): void {
  writer.length = 0;
  writer.reserve(FRAME_HEADER);
  writer.length = FRAME_HEADER;
}

export interface Frame {
  readonly number: number;
  readonly offset: number;
  readonly body: Uint8Array;
}

/** Where reading stopped because something did not fit. */
export interface FrameFault {
  readonly offset: number;
  readonly problem: string;
  /** Offset of a later frame that does fit: then it is corruption, not a torn end. */
  readonly followedAt: number | null;
  /** End of the bytes worth keeping aside. */
  readonly end: number;
}

/**
 * All frames of a file, in order, up to its end or to the first thing that does not fit.
 * @param padded the file may end in zeros (commit log): 16 zero bytes are its regular end.
 * @param from where to begin: the frame at `offset` is then taken to have the number it says.
 */
export function* framesOf(
  bytes: Uint8Array,
  header: FileHeader,
  padded: boolean,
  from?: { readonly offset: number },
): Generator<Frame, FrameFault | null> {
  const seal = new FrameSeal(header.salt);
  let offset = from?.offset ?? HEADER_LENGTH;
  let number = from === undefined ? 0 : getU32(bytes, offset + 4) - 1;
  for (;;) {
    const rest = bytes.length - offset;
    if (rest === 0) return null;
    const problem = faultAt(bytes, offset, number + 1, seal);
    if (problem === null) {
      number += 1;
      const length = getU32(bytes, offset);
      yield { number, offset, body: bytes.subarray(offset + FRAME_HEADER, offset + FRAME_HEADER + length) };
      offset += FRAME_HEADER + length;
      continue;
    }
    const followedAt = laterFrame(bytes, offset + 1, number, seal);
    const regularEnd = padded && followedAt === null && allZero(bytes, offset, Math.min(bytes.length, offset + FRAME_HEADER));
    return regularEnd ? null : { offset, problem, followedAt, end: lastNonZero(bytes, offset) };
  }
}

function faultAt(bytes: Uint8Array, offset: number, number: number, seal: FrameSeal): string | null {
  if (bytes.length - offset < FRAME_HEADER) return 'a frame header is cut short';
  if (!seal.fits(bytes, offset, offset)) return 'a frame header does not fit its check';
  if (getU32(bytes, offset + 4) !== number) return `frame ${number} is missing, frame ${getU32(bytes, offset + 4)} stands in its place`;
  const end = offset + FRAME_HEADER + getU32(bytes, offset);
  if (end > bytes.length) return 'a frame is cut short';
  if (crc32c(bytes, offset + FRAME_HEADER, end) !== getU32(bytes, offset + 8)) return 'the content of a frame does not fit its check';
  return null;
}

/** Searches byte by byte. A header that fits is proof enough, even of a frame whose own content is torn. */
function laterFrame(bytes: Uint8Array, from: number, after: number, seal: FrameSeal): number | null {
  for (let offset = from; offset + FRAME_HEADER <= bytes.length; offset++) {
    // Cheap tests first: millions of offsets may be tried.
    if (bytes[offset + 7] !== 0) continue;
    const number = getU32(bytes, offset + 4);
    if (number <= after || number > MOST_FRAMES || getU32(bytes, offset) === 0) continue;
    if (seal.fits(bytes, offset, offset)) return offset;
  }
  return null;
}

function allZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** End of the bytes from `from` on without the zeros behind them. */
function lastNonZero(bytes: Uint8Array, from: number): number {
  let end = bytes.length;
  while (end > from && bytes[end - 1] === 0) end -= 1;
  return end;
}
