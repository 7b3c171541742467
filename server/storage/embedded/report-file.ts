import { randomBytes } from 'node:crypto';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import type { Entry } from '../../../shared/log/entry.ts';
import { getU32 } from './bytes.ts';
import { crc32c } from './crc32c.ts';
import type { Disk, DiskFile } from './disk.ts';
import { folderOf, joinPath } from './disk.ts';
import { FrameBuilder, FrameContentError, Names, readFrame } from './entry-records.ts';
import { decodeHeader, encodeHeader, FRAME_HEADER, FrameSeal, framesOf, HEADER_LENGTH } from './log-file.ts';

/** One file of a report's own log, for reading at any place and for writing at its end (docs/FORMAT.md §2). */
const FILE_NAME = /^log-(\d{10})\.gyl$/;
/** Every so many bytes the start of a frame is remembered, so that reading from the middle starts near. */
const INDEX_STEP = 32 * 1024;
const READ_STEP = 128 * 1024;

export function fileName(firstSeq: Seq): string {
  return `log-${String(firstSeq).padStart(10, '0')}.gyl`;
}

/** @returns null for a name that is none of a log file. */
export function firstSeqOf(name: string): Seq | null {
  const digits = FILE_NAME.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

export interface FileFault {
  readonly offset: number;
  readonly problem: string;
  /** Nothing valid follows: an end that may be cut off. */
  readonly torn: boolean;
  readonly end: number;
}

/** What reading a file through found. */
export interface ScannedFile {
  readonly path: string;
  readonly firstSeq: Seq;
  /** Last entry before the end or the fault; firstSeq − 1 when there is none. */
  readonly lastSeq: Seq;
  /** Time of that entry; 0 when there is none. */
  readonly lastAt: number;
  readonly fault: FileFault | null;
  /** null when even the header can't be read. */
  readonly file: ReportFile | null;
}

export class ReportFile {
  readonly path: string;
  readonly firstSeq: Seq;
  readonly #disk: Disk;
  readonly #report: ReportId;
  readonly #seal: FrameSeal;
  readonly #names = new Names();
  readonly #builder = new FrameBuilder(this.#names);
  readonly #index: { readonly seq: Seq; readonly offset: number }[] = [];
  #frames = 0;
  #length = HEADER_LENGTH;
  #open: DiskFile | null = null;
  #nameSynced = true;

  private constructor(disk: Disk, report: ReportId, path: string, firstSeq: Seq, salt: Uint8Array) {
    this.#disk = disk;
    this.#report = report;
    this.path = path;
    this.firstSeq = firstSeq;
    this.#seal = new FrameSeal(salt);
  }

  /** Makes an empty file; whoever needs it to last syncs it and its folder. */
  static async create(disk: Disk, folder: string, report: ReportId, firstSeq: Seq, suffix = ''): Promise<ReportFile> {
    const path = joinPath(folder, fileName(firstSeq) + suffix);
    const salt = new Uint8Array(randomBytes(8));
    const made = new ReportFile(disk, report, path, firstSeq, salt);
    made.#nameSynced = false;
    made.#open = await disk.open(path, 'create');
    await made.#open.write(encodeHeader({ kind: 'report', salt, number: firstSeq, report }), 0);
    return made;
  }

  /** Reads a file through: checks every frame and every entry's place. */
  static async scan(disk: Disk, report: ReportId, path: string): Promise<ScannedFile> {
    const firstSeq = firstSeqOf(path.slice(path.lastIndexOf('/') + 1)) ?? 1;
    const bytes = (await disk.readFile(path)) ?? new Uint8Array(0);
    const header = decodeHeader(bytes, 'report');
    const unreadable = (problem: string): ScannedFile => {
      const torn = bytes.length <= HEADER_LENGTH;
      return { path, firstSeq, lastSeq: firstSeq - 1, lastAt: 0, fault: { offset: 0, problem, torn, end: bytes.length }, file: null };
    };
    if (typeof header === 'string') return unreadable(header);
    if (header.report !== report) return unreadable('the file belongs to another report');
    if (header.number !== firstSeq) return unreadable("the file's name does not fit its header");
    return new ReportFile(disk, report, path, firstSeq, header.salt).#scan(bytes, header);
  }

  #scan(bytes: Uint8Array, header: Exclude<ReturnType<typeof decodeHeader>, string>): ScannedFile {
    let lastSeq = this.firstSeq - 1;
    let lastAt = 0;
    const found = (fault: FileFault | null): ScannedFile => ({
      path: this.path,
      firstSeq: this.firstSeq,
      lastSeq,
      lastAt,
      fault,
      file: this,
    });
    const frames = framesOf(bytes, header, false);
    for (;;) {
      const next = frames.next();
      if (next.done) {
        const fault = next.value;
        if (fault === null) return found(null);
        return found({ offset: fault.offset, problem: fault.problem, torn: fault.followedAt === null, end: bytes.length });
      }
      const frame = next.value;
      const before = lastSeq;
      try {
        readFrame(frame.body, this.#names, {
          entry: (report, entry) => {
            if (report !== this.#report) throw new FrameContentError('an entry belongs to another report');
            if (entry.seq !== lastSeq + 1)
              throw new FrameContentError(`entry ${lastSeq + 1} is missing, entry ${entry.seq} stands in its place`);
            lastSeq = entry.seq;
            lastAt = entry.at;
          },
        });
      } catch (error) {
        if (!(error instanceof FrameContentError)) throw error;
        lastSeq = before;
        return found({ offset: frame.offset, problem: error.message, torn: false, end: bytes.length });
      }
      this.#remember(before + 1, frame.offset);
      this.#frames = frame.number;
      this.#length = frame.offset + FRAME_HEADER + frame.body.length;
    }
  }

  /** Bytes up to the end of the last whole frame. */
  get length(): number {
    return this.#length;
  }

  /** Cuts off what follows the last whole frame. */
  async cutTail(): Promise<void> {
    const file = await this.#opened();
    await file.truncate(this.#length);
    await file.datasync();
  }

  /** Writes one frame at the end; not synced. After a rejection the file must not be written again. */
  async write(entries: readonly Entry[]): Promise<void> {
    const first = entries[0];
    if (first === undefined) return;
    const file = await this.#opened();
    this.#builder.clear();
    for (const entry of entries) this.#builder.add(this.#report, entry);
    const frame = this.#builder.close(this.#seal, this.#length, this.#frames + 1, 0);
    await file.write(frame, this.#length);
    this.#remember(first.seq, this.#length);
    this.#frames += 1;
    this.#length += frame.length;
  }

  /** Resolves when everything written is on the medium, the file's name included. */
  async sync(): Promise<void> {
    await (await this.#opened()).datasync();
    if (this.#nameSynced) return;
    await this.#disk.syncFolder(folderOf(this.path));
    this.#nameSynced = true;
  }

  async close(): Promise<void> {
    const file = this.#open;
    this.#open = null;
    await file?.close();
  }

  /** Entries with after < seq ≤ upTo that are in this file, as far as it is written when asked. */
  async *read(after: Seq, upTo: Seq): AsyncGenerator<Entry> {
    const end = this.#length;
    const file = await this.#disk.open(this.path, 'existing');
    try {
      for await (const body of bodiesBetween(file, this.#offsetFor(after + 1), end)) {
        const entries: Entry[] = [];
        readFrame(body, this.#names, { entry: (_, entry) => entries.push(entry) });
        for (const entry of entries) {
          if (entry.seq > upTo) return;
          if (entry.seq > after) yield entry;
        }
      }
    } finally {
      await file.close();
    }
  }

  async #opened(): Promise<DiskFile> {
    this.#open ??= await this.#disk.open(this.path, 'existing');
    return this.#open;
  }

  #remember(seq: Seq, offset: number): void {
    const last = this.#index.at(-1);
    if (last === undefined || offset - last.offset >= INDEX_STEP) this.#index.push({ seq, offset });
  }

  /** Offset of a frame at or before the one that holds `seq`. */
  #offsetFor(seq: Seq): number {
    let low = 0;
    let high = this.#index.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#index[middle]!.seq <= seq) low = middle + 1;
      else high = middle;
    }
    return this.#index[low - 1]?.offset ?? HEADER_LENGTH;
  }
}

/** Bodies of the frames from one offset to another; they were checked when they were scanned or written. */
async function* bodiesBetween(file: DiskFile, from: number, end: number): AsyncGenerator<Uint8Array> {
  let offset = from;
  let window: Uint8Array = new Uint8Array(0);
  while (offset < end) {
    if (window.length < FRAME_HEADER) window = await readMore(file, offset, FRAME_HEADER, end);
    const length = FRAME_HEADER + getU32(window, 0);
    if (window.length < length) window = await readMore(file, offset, length, end);
    if (crc32c(window, FRAME_HEADER, length) !== getU32(window, 8))
      throw new Error(`The log changed at offset ${offset} since it was opened`);
    yield window.subarray(FRAME_HEADER, length);
    window = window.subarray(length);
    offset += length;
  }
}

async function readMore(file: DiskFile, offset: number, atLeast: number, end: number): Promise<Uint8Array> {
  const bytes = await file.read(offset, Math.min(Math.max(atLeast, READ_STEP), end - offset));
  if (bytes.length < atLeast) throw new Error('A log file became shorter while it was read');
  return bytes;
}
