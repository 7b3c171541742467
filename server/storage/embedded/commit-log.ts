import type { ReportId } from '../../../shared/ids.ts';
import type { CommittedEntry } from '../../core/ports.ts';
import { createSegment, END_MARK, recycleSegments, roomFor, type Segment, segmentNumbers } from './commit-segment.ts';
import type { Disk } from './disk.ts';
import { FrameBuilder, Names } from './entry-records.ts';

export interface CommitLogSettings {
  readonly disk: Disk;
  readonly folder: string;
  readonly segmentBytes: number;
  /** Least time between two commit starts, ms; not a delay: on a quiet server an entry is committed at once. */
  readonly windowMs: number;
  readonly now: () => number;
  /** @returns a function that cancels. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** Whose entries these are. */
export interface CommitClient {
  readonly id: ReportId;
  /** These are durable. Calls for one client come in order; entries of one commit together. */
  committed(entries: readonly CommittedEntry[]): void;
}

export interface CommitLogEvents {
  /** Nothing appended and not yet told is durable, nothing more is accepted. Told once. */
  failed(error: Error): void;
  /** A new segment is in use; those up to this number are waiting to be released. */
  rolled(through: number): void;
}

/** In a busy second commits start less often: fewer, larger writes (research: worth a quarter of the CPU there, nothing below). */
const BUSY_ENTRIES = 8_000;
const BUSY_FACTOR = 2;

interface Turn {
  readonly client: CommitClient;
  readonly entries: readonly CommittedEntry[];
  /** Runs in its place among the commits, instead of entries. */
  readonly run: (() => void) | null;
}

interface Batch {
  builder: FrameBuilder;
  readonly turns: Turn[];
  entries: number;
}

/**
 * The one commit log of the process: entries of all reports, made durable together (docs/FORMAT.md §3).
 * Two frames: one gathers, one is being written and synced.
 */
export class CommitLog {
  readonly #settings: CommitLogSettings;
  readonly #events: CommitLogEvents;
  #names = new Names();
  #gathering: Batch;
  #spare: Batch;
  #segment: Segment | null = null;
  #next: Promise<Segment | Error> | null = null;
  #nextNumber: number;
  /** Full segments whose files are still open and whose entries are not at home yet. */
  #full: Segment[] = [];
  #busy = false;
  #scheduled: (() => void) | null = null;
  #lastStart = Number.NEGATIVE_INFINITY;
  #secondStart = Number.NEGATIVE_INFINITY;
  #thisSecond = 0;
  #busySecond = false;
  #failure: Error | null = null;
  #closed = false;
  /** To be woken by a failure too. */
  readonly #waiting = new Set<() => void>();
  #underWay: Promise<void> = Promise.resolve();

  constructor(settings: CommitLogSettings, events: CommitLogEvents, firstNumber: number) {
    this.#settings = settings;
    this.#events = events;
    this.#nextNumber = firstNumber;
    this.#gathering = this.#newBatch();
    this.#spare = this.#newBatch();
    void this.#prepare(settings.segmentBytes);
  }

  get failure(): Error | null {
    return this.#failure;
  }

  /** Ends of what is committed, by segment: what lies beyond was never told to anybody. */
  committedLengths(): ReadonlyMap<number, number> {
    const segments = this.#segment === null ? this.#full : [...this.#full, this.#segment];
    return new Map(segments.map((segment) => [segment.number, segment.used]));
  }

  append(client: CommitClient, entries: readonly CommittedEntry[]): void {
    const batch = this.#gathering;
    for (const entry of entries) batch.builder.add(client.id, entry);
    batch.entries += entries.length;
    batch.turns.push({ client, entries, run: null });
    this.#schedule();
  }

  /** Runs something after everything appended so far was told. */
  inTurn(client: CommitClient, run: () => void): void {
    this.#gathering.turns.push({ client, entries: [], run });
    this.#schedule();
  }

  /** Resolves when everything this client appended so far was told, or never will be. */
  async told(client: CommitClient): Promise<void> {
    if (this.#failure !== null || this.#closed) return;
    await new Promise<void>((resolve) => {
      this.#waiting.add(resolve);
      this.inTurn(client, () => {
        this.#waiting.delete(resolve);
        resolve();
      });
    });
  }

  /** Deletes segments up to `through`, or keeps one for use. Their entries must be at home. What could not go stays for the next time. */
  async release(through: number): Promise<void> {
    const { disk, folder } = this.#settings;
    const released = this.#full.filter((segment) => segment.number <= through);
    for (const segment of released) await segment.file.close().catch(() => {});
    try {
      await recycleSegments(
        disk,
        folder,
        released.map((segment) => segment.number),
        true,
      );
    } finally {
      const left = new Set(await segmentNumbers(disk, folder));
      this.#full = this.#full.filter((segment) => left.has(segment.number));
    }
  }

  /** Stops, waits for the commit under way, and closes the files: whoever appended waits for `told` before. @returns numbers of the segments on the disk. */
  async stop(): Promise<number[]> {
    this.#closed = true;
    this.#scheduled?.();
    await this.#underWay;
    const next = await this.#next;
    const segments = [...this.#full, ...(this.#segment === null ? [] : [this.#segment])];
    if (next !== null && !(next instanceof Error)) segments.push(next);
    for (const segment of segments) await segment.file.close().catch(() => {});
    return segments.map((segment) => segment.number);
  }

  #newBatch(): Batch {
    return { builder: new FrameBuilder(this.#names), turns: [], entries: 0 };
  }

  #schedule(): void {
    if (this.#busy || this.#scheduled !== null || this.#closed || this.#failure !== null) return;
    const wait = this.#lastStart + this.#window() - this.#settings.now();
    if (wait > 0) {
      this.#scheduled = this.#settings.after(wait, () => this.#start());
      return;
    }
    // At the end of this turn of the loop's callback, so that what one frame brings is committed together.
    let cancelled = false;
    this.#scheduled = () => {
      cancelled = true;
    };
    queueMicrotask(() => {
      if (!cancelled) this.#start();
    });
  }

  #window(): number {
    return this.#busySecond ? this.#settings.windowMs * BUSY_FACTOR : this.#settings.windowMs;
  }

  #start(): void {
    this.#scheduled = null;
    if (this.#busy || this.#failure !== null || this.#gathering.turns.length === 0) return;
    const batch = this.#gathering;
    this.#gathering = this.#spare;
    this.#busy = true;
    this.#lastStart = this.#settings.now();
    this.#countSecond(batch.entries);
    this.#underWay = this.#commit(batch);
  }

  #countSecond(entries: number): void {
    const now = this.#lastStart;
    if (now - this.#secondStart >= 1000) {
      this.#busySecond = now - this.#secondStart < 2000 && this.#thisSecond > BUSY_ENTRIES;
      this.#secondStart = now;
      this.#thisSecond = 0;
    }
    this.#thisSecond += entries;
  }

  async #commit(batch: Batch): Promise<void> {
    try {
      if (batch.entries > 0) await this.#write(batch);
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    const turns = batch.turns.splice(0);
    batch.builder.clear();
    batch.entries = 0;
    this.#spare = batch;
    this.#busy = false;
    tell(turns);
    if (this.#gathering.turns.length > 0) this.#schedule();
  }

  async #write(batch: Batch): Promise<void> {
    let segment = this.#segment;
    if (segment === null || segment.used + batch.builder.length + END_MARK > segment.capacity) {
      segment = await this.#roll(batch);
    }
    const frame = batch.builder.close(segment.seal, segment.used, segment.frames + 1, END_MARK);
    await segment.file.commit(frame, segment.used);
    segment.used += frame.length - END_MARK;
    segment.frames += 1;
    if (segment.used > segment.capacity / 2) void this.#prepare(this.#settings.segmentBytes);
  }

  /** Takes the next segment into use. Names are numbered anew in it, so the waiting frame is built again, before anything else gathers. */
  async #roll(batch: Batch): Promise<Segment> {
    this.#names = new Names();
    const late = this.#gathering;
    this.#rebuild(batch);
    this.#rebuild(late);
    const room = roomFor(batch.builder.length);
    let next = await (this.#next ?? this.#prepare(Math.max(room, this.#settings.segmentBytes)));
    this.#next = null;
    if (next instanceof Error) next = await this.#create(room);
    const before = this.#segment;
    if (before !== null) this.#full.push(before);
    this.#segment = next;
    if (next.capacity < room) {
      // An unusually large append: the prepared one stays, empty, and one of its size follows.
      this.#full.push(next);
      this.#segment = await this.#create(room);
    }
    const through = this.#segment.number - 1;
    if (this.#full.length > 0) queueMicrotask(() => this.#events.rolled(through));
    return this.#segment;
  }

  #rebuild(batch: Batch): void {
    batch.builder = new FrameBuilder(this.#names);
    for (const turn of batch.turns) for (const entry of turn.entries) batch.builder.add(turn.client.id, entry);
  }

  #prepare(capacity: number): Promise<Segment | Error> {
    this.#next ??= this.#create(capacity).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    return this.#next;
  }

  async #create(room: number): Promise<Segment> {
    const { disk, folder, segmentBytes } = this.#settings;
    const number = this.#nextNumber;
    this.#nextNumber += 1;
    try {
      return await createSegment(disk, folder, number, Math.max(room, segmentBytes));
    } catch (error) {
      // The number was not used after all: numbers on the disk have no gaps.
      this.#nextNumber = number;
      throw error;
    }
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#busy = false;
    this.#gathering.turns.length = 0;
    this.#events.failed(error);
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** Entries of one client are told together, but for what must run between them. */
function tell(turns: readonly Turn[]): void {
  const [only] = turns;
  if (turns.length === 1 && only !== undefined && only.run === null) {
    guarded(() => only.client.committed(only.entries));
    return;
  }
  const ready = new Map<CommitClient, CommittedEntry[]>();
  const tellOne = (client: CommitClient): void => {
    const entries = ready.get(client);
    ready.delete(client);
    if (entries !== undefined) guarded(() => client.committed(entries));
  };
  for (const turn of turns) {
    if (turn.run !== null) {
      tellOne(turn.client);
      guarded(turn.run);
      continue;
    }
    const entries = ready.get(turn.client);
    if (entries === undefined) ready.set(turn.client, [...turn.entries]);
    else for (const entry of turn.entries) entries.push(entry);
  }
  for (const client of [...ready.keys()]) tellOne(client);
}

/** A fault of one listener must not keep the others from hearing what is durable; it still surfaces, as an uncaught exception. */
function guarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
