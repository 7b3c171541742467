import type { MemberId, NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import { parseMemberId, parseNodeId, parseReportId } from '../../../shared/ids.ts';
import { entryKindOf } from '../../../shared/log/codec.ts';
import type { Entry } from '../../../shared/log/entry.ts';
import { ENTRY_KINDS } from '../../../shared/log/entry.ts';
import { ByteReader, BytesError, ByteWriter } from './bytes.ts';
import { beginFrame, type FrameSeal } from './log-file.ts';

/** What stands in a frame: docs/FORMAT.md §2. */
const NAME = 0xf0;
const REDACTED = 0xf1;
const TURN = 0xf2;
const HASH_LENGTH = 32;
/** A builder's buffer; one that grew beyond this for a large import is let go afterwards. */
const BUFFER_AT_FIRST = 4096;
const BUFFER_KEPT = 64 * 1024;
/** More names than a file can hold: a larger number is nonsense. */
const MOST_NAMES = 2 ** 20;
/** Room at once for what an entry needs beside its payload. */
const HEADROOM = 64;

/**
 * Names of one file, numbered as they come; '' is 0. One table for the writer and for readers of the same file.
 * A hole means that a name was lost with a damaged frame.
 */
export class Names {
  readonly #numbers = new Map<string, number>([['', 0]]);
  readonly #list: (string | undefined)[] = [''];

  get count(): number {
    return this.#list.length;
  }

  number(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  name(number: number): string | undefined {
    return this.#list[number];
  }

  add(name: string): number {
    const number = this.#list.length;
    this.set(number, name);
    return number;
  }

  set(number: number, name: string): void {
    this.#list[number] = name;
    this.#numbers.set(name, number);
  }
}

/** Gathers the entries of one frame. A builder may be used again after `close`. */
export class FrameBuilder {
  readonly #writer = new ByteWriter(BUFFER_AT_FIRST);
  readonly #names: Names;
  #base = -1;
  #report: ReportId | null = null;
  #seq: Seq = 0;
  #at = 0;

  /** @param names of the file the frame will stand in. Should that change, the frame must be built anew. */
  constructor(names: Names) {
    this.#names = names;
    beginFrame(this.#writer);
  }

  /** Bytes so far, with the frame's header. */
  get length(): number {
    return this.#writer.length;
  }

  add(report: ReportId, entry: Entry): void {
    const writer = this.#writer;
    if (this.#base < 0) {
      this.#base = entry.at;
      writer.varuint(entry.at);
    }
    const author = this.#name(entry.author);
    const subject = this.#name(entry.subject);
    if (report !== this.#report || entry.seq !== this.#seq + 1) this.#turn(report, entry);
    if (entry.redactedHash !== undefined) {
      writer.u8(REDACTED);
      writer.put(entry.redactedHash);
    }
    writer.reserve(HEADROOM + entry.payload.length);
    writer.u8(ENTRY_KINDS[entry.kind]);
    writer.varuint(author);
    writer.varuint(subject);
    writer.varuint(entry.at - this.#at);
    writer.varuint(entry.payload.length);
    writer.put(entry.payload);
    this.#seq = entry.seq;
    this.#at = entry.at;
  }

  #turn(report: ReportId, entry: Entry): void {
    const number = this.#name(report);
    this.#writer.u8(TURN);
    this.#writer.varuint(number);
    this.#writer.varuint(entry.seq);
    this.#writer.varint(entry.at - this.#base);
    this.#report = report;
    this.#at = entry.at;
  }

  #name(name: string): number {
    const known = this.#names.number(name);
    if (known !== undefined) return known;
    const number = this.#names.add(name);
    this.#writer.u8(NAME);
    this.#writer.varuint(number);
    this.#writer.string(name);
    return number;
  }

  /** @returns the whole frame, ready to be written at `offset`, with `padding` zeros behind it; a view until `clear`. */
  close(seal: FrameSeal, offset: number, number: number, padding: number): Uint8Array {
    const length = this.#writer.length;
    seal.close(this.#writer.view(), offset, number);
    this.#writer.reserve(padding);
    this.#writer.bytes.fill(0, length, length + padding);
    return this.#writer.bytes.subarray(0, length + padding);
  }

  clear(): void {
    if (this.#writer.bytes.length > BUFFER_KEPT) this.#writer.bytes = new Uint8Array(BUFFER_AT_FIRST);
    beginFrame(this.#writer);
    this.#base = -1;
    this.#report = null;
  }
}

/** A frame that fits its checks and still can't be understood. */
export class FrameContentError extends Error {
  override readonly name = 'FrameContentError';
}

export interface FrameReader {
  entry(report: ReportId, entry: Entry): void;
  /** An entry that uses a name which is not known. `report` is null when it is the report's own. Left out: such an entry is an error. */
  nameless?(report: ReportId | null): void;
}

/**
 * Reads a frame's body. Payloads are copied, so that an entry doesn't keep a whole file in memory.
 * @param names of the file, as the frames before gave them; those of this frame are added.
 * @throws FrameContentError
 */
export function readFrame(body: Uint8Array, names: Names, reader: FrameReader): void {
  try {
    new BodyReader(body, names, reader).run();
  } catch (error) {
    if (error instanceof BytesError) throw new FrameContentError(error.message);
    throw error;
  }
}

class BodyReader {
  readonly #bytes: ByteReader;
  readonly #names: Names;
  readonly #reader: FrameReader;
  #base = 0;
  #turned = false;
  #report: ReportId | null = null;
  #seq: Seq = 0;
  #at = 0;
  #redactedHash: Uint8Array | null = null;

  constructor(body: Uint8Array, names: Names, reader: FrameReader) {
    this.#bytes = new ByteReader(body);
    this.#names = names;
    this.#reader = reader;
  }

  run(): void {
    this.#base = this.#bytes.varuint();
    while (!this.#bytes.done) this.#record(this.#bytes.u8());
  }

  #record(tag: number): void {
    switch (tag) {
      case NAME: {
        const number = this.#bytes.varuint();
        const name = this.#bytes.string();
        this.#checkName(number, name);
        this.#names.set(number, name);
        return;
      }
      case REDACTED:
        this.#redactedHash = this.#bytes.take(HASH_LENGTH).slice();
        return;
      case TURN:
        this.#turn();
        return;
      default:
        this.#entry(tag);
    }
  }

  /** A name already known is met again when a file is read from its middle; then it must be the same. */
  #checkName(number: number, name: string): void {
    const known = this.#names.name(number);
    const inTurn = this.#reader.nameless === undefined ? number <= this.#names.count : number <= MOST_NAMES;
    if (!inTurn || (known !== undefined && known !== name)) throw new FrameContentError(`name ${number} comes out of turn`);
  }

  #turn(): void {
    const name = this.#names.name(this.#bytes.varuint());
    const report = name === undefined ? null : parseReportId(name);
    if (name !== undefined && report === null) throw new FrameContentError('an entry belongs to no report');
    this.#report = report;
    this.#seq = this.#bytes.varuint() - 1;
    this.#at = this.#base + this.#bytes.varint();
    this.#turned = true;
  }

  #entry(kindNumber: number): void {
    if (!this.#turned) throw new FrameContentError('an entry belongs to no report');
    const kind = entryKindOf(kindNumber);
    if (kind === undefined) throw new FrameContentError(`entry kind ${kindNumber} is not known to this version`);
    const author = this.#names.name(this.#bytes.varuint());
    const subject = this.#names.name(this.#bytes.varuint());
    this.#at += this.#bytes.varuint();
    const payload = this.#bytes.take(this.#bytes.varuint()).slice();
    this.#seq += 1;
    const redactedHash = this.#redactedHash;
    this.#redactedHash = null;
    if (this.#report === null || author === undefined || subject === undefined) {
      if (this.#reader.nameless === undefined) throw new FrameContentError('an entry uses a name that was never given');
      this.#reader.nameless(this.#report);
      return;
    }
    const header = { seq: this.#seq, at: this.#at, author: memberOf(author), kind, subject: subjectOf(subject) };
    this.#reader.entry(this.#report, redactedHash === null ? { ...header, payload } : { ...header, payload, redactedHash });
  }
}

function memberOf(name: string): MemberId {
  const member = parseMemberId(name);
  if (member === null) throw new FrameContentError("an entry's author is not a member id");
  return member;
}

function subjectOf(name: string): NodeId | '' {
  if (name === '') return '';
  const node = parseNodeId(name);
  if (node === null) throw new FrameContentError("an entry's subject is not an id");
  return node;
}
