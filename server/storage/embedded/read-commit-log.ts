import type { ReportId, Seq } from '../../../shared/ids.ts';
import type { Entry } from '../../../shared/log/entry.ts';
import { segmentNumbers, segmentPath } from './commit-segment.ts';
import type { Disk } from './disk.ts';
import { writeAside } from './disk.ts';
import { FrameContentError, Names, readFrame } from './entry-records.ts';
import { decodeHeader, type FileHeader, type Frame, type FrameFault, framesOf, HEADER_LENGTH } from './log-file.ts';

/** What the commit log holds of one report. */
export interface ReportTail {
  readonly entries: Map<Seq, Entry>;
  /** Some of its entries stand after the damage, if there is any. */
  afterDamage: boolean;
}

export interface CommitContents {
  readonly segments: readonly number[];
  readonly reports: Map<ReportId, ReportTail>;
  /** What and where, for people; null when all is well. */
  damage: string | null;
  /** The damage may have held entries of reports that can't be named. */
  anyReport: boolean;
}

export interface ReadOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly warn: (message: string) => void;
  /** How far each segment is to be read (the others not at all): what lies beyond was never told to anybody, a failed commit or one under way. */
  readonly limits?: ReadonlyMap<number, number>;
  /** Leave out all other reports. */
  readonly only?: ReportId;
}

/** Reads all segments. Changes nothing, but copies a torn end aside. */
export async function readCommitLog(options: ReadOptions): Promise<CommitContents> {
  const { disk, folder } = options;
  const segments = await segmentNumbers(disk, folder);
  const reading = new CommitReading(options, segments);
  for (const number of segments) {
    const bytes = (await disk.readFile(segmentPath(folder, number))) ?? new Uint8Array(0);
    const limit = options.limits === undefined ? bytes.length : (options.limits.get(number) ?? HEADER_LENGTH);
    reading.segment(number, bytes.subarray(0, limit));
  }
  await reading.finish();
  return reading.contents;
}

interface Torn {
  readonly number: number;
  readonly problem: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

class CommitReading {
  readonly contents: CommitContents;
  readonly #options: ReadOptions;
  /** An end that is torn, unless a later segment has frames: then it is damage. */
  #torn: Torn | null = null;
  #previous: number | null = null;

  constructor(options: ReadOptions, segments: readonly number[]) {
    this.#options = options;
    this.contents = { segments, reports: new Map(), damage: null, anyReport: false };
  }

  segment(number: number, bytes: Uint8Array): void {
    if (this.#previous !== null && number !== this.#previous + 1) {
      this.#damaged(number, `segments ${this.#previous + 1} to ${number - 1} are missing before it`);
      this.contents.anyReport = true;
    }
    this.#previous = number;
    const header = decodeHeader(bytes, 'commit');
    if (typeof header === 'string' || header.number !== number) {
      this.#unreadable(number, bytes, typeof header === 'string' ? header : "its name doesn't fit its header");
      return;
    }
    this.#frames(number, bytes, header);
  }

  #unreadable(number: number, bytes: Uint8Array, problem: string): void {
    // A segment gets its name only when its header is on the medium, so this is no torn writing, unless there is nothing in it at all.
    const empty = bytes.subarray(HEADER_LENGTH).every((byte) => byte === 0);
    if (empty) {
      this.#torn = { number, problem, offset: 0, bytes: bytes.subarray(0, HEADER_LENGTH) };
      return;
    }
    this.#damaged(number, problem);
    this.contents.anyReport = true;
  }

  #frames(number: number, bytes: Uint8Array, header: FileHeader): void {
    const names = new Names();
    let from: { offset: number } | undefined;
    for (;;) {
      const fault = this.#framesUpToFault(number, framesOf(bytes, header, true, from), names);
      if (fault === null) return;
      if (fault.followedAt === null) {
        this.#torn = { number, problem: fault.problem, offset: fault.offset, bytes: bytes.subarray(fault.offset, fault.end) };
        return;
      }
      this.#damaged(number, `damaged at offset ${fault.offset}, ${fault.problem}, and more follows at ${fault.followedAt}`);
      from = { offset: fault.followedAt };
    }
  }

  #framesUpToFault(number: number, frames: Generator<Frame, FrameFault | null>, names: Names): FrameFault | null {
    for (;;) {
      const next = frames.next();
      if (next.done) return next.value;
      if (this.#torn !== null) {
        this.#damaged(this.#torn.number, `damaged at offset ${this.#torn.offset}, ${this.#torn.problem}, and segment ${number} follows`);
        if (this.#torn.offset === 0) this.contents.anyReport = true;
        this.#torn = null;
      }
      this.#frame(number, next.value, names);
    }
  }

  #frame(number: number, frame: Frame, names: Names): void {
    try {
      readFrame(frame.body, names, {
        entry: (report, entry) => this.#entry(report, entry),
        nameless: () => {
          // Without damage before it, a name can't be missing: the frame itself is wrong.
          if (this.contents.damage === null) throw new FrameContentError('an entry uses a name that was never given');
          this.contents.anyReport = true;
        },
      });
    } catch (error) {
      if (!(error instanceof FrameContentError)) throw error;
      this.#damaged(number, `the frame at offset ${frame.offset} can't be read: ${error.message}`);
      this.contents.anyReport = true;
    }
  }

  #entry(report: ReportId, entry: Entry): void {
    if (this.#options.only !== undefined && report !== this.#options.only) return;
    let tail = this.contents.reports.get(report);
    if (tail === undefined) {
      tail = { entries: new Map(), afterDamage: false };
      this.contents.reports.set(report, tail);
    }
    tail.entries.set(entry.seq, entry);
    tail.afterDamage = this.contents.damage !== null;
  }

  #damaged(number: number, problem: string): void {
    const path = segmentPath(this.#options.folder, number);
    this.contents.damage = this.contents.damage === null ? `${path}: ${problem}` : `${this.contents.damage}; ${path}: ${problem}`;
    for (const tail of this.contents.reports.values()) tail.afterDamage = false;
  }

  async finish(): Promise<void> {
    const torn = this.#torn;
    if (torn === null || torn.bytes.length === 0) return;
    const { disk, folder, warn } = this.#options;
    const path = segmentPath(folder, torn.number);
    const aside = `${path}-${torn.offset}.torn`;
    await writeAside(disk, aside, torn.bytes);
    await disk.syncFolder(folder);
    warn(`${path}: torn end at offset ${torn.offset} (${torn.problem}); ${torn.bytes.length} bytes set aside as ${aside}`);
  }
}
