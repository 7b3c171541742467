import type { ChapterId, ClientId, MemberId, NodeId, ReportId, Seq } from '../../shared/ids.ts';
import type { Entry, EntryKind } from '../../shared/log/entry.ts';

/**
 * Everything the core needs from outside, on one page. Adapters: storage/embedded now, storage/cluster (PostgreSQL, Redis) later;
 * so no port lets the core know a seq before the log has given it, and no port speaks of files.
 */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** Repeats and delays live outside the core. @returns a function that cancels. */
export interface Scheduler {
  after(ms: number, run: () => void): () => void;
}

export interface Ids {
  /** 20 characters of [a-z0-9], unguessable. */
  next(): string;
  /** A client id for a lease: random, at least 2^16 (lower ones are kept for seeds and the server), below 2^32. */
  nextClientId(): ClientId;
}

/** SHA-256 of the concatenation of `parts`; 32 bytes. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;

// ---------------------------------------------------------------- the log

/** What the core asks to append. The log adds `seq` and keeps `at` from running backwards. */
export interface EntryDraft {
  readonly at: number;
  readonly author: MemberId;
  readonly kind: EntryKind;
  readonly subject: NodeId | '';
  readonly payload: Uint8Array;
  /** Told back with the committed entry, so that the core finds who waits for it. Never stored. */
  readonly origin?: unknown;
}

export interface CommittedEntry extends Entry {
  readonly origin?: unknown;
}

/** Who is told. Calls come in seq order, one at a time, each entry exactly once. */
export interface LogListener {
  /** These entries are durable (fsynced here, or committed by another machine). */
  committed(entries: readonly CommittedEntry[]): void;
  /** The storage failed: what was appended and not yet committed never will be. Nothing more may be appended until the report is opened again. */
  failed(error: Error): void;
  /**
   * These drafts, one `append` with `expectHead`, were not appended: others came first. Told after `committed` told those others, never
   * from inside `append`, so the core reads its state, judges anew and appends again. Needed by whoever passes `expectHead`.
   */
  refused?(drafts: readonly EntryDraft[]): void;
}

export interface OpenLog {
  /** Last durable entry; 0 = empty. */
  readonly head: Seq;
  /** Set when the stored record is damaged in its middle: it can be read, never written. */
  readonly damage: string | null;
  /**
   * Takes entries into the next commit, together: all durable or none. Returns at once; `LogListener.committed` tells when they are.
   * Payloads belong to the log from now on: the caller never changes their bytes.
   * @param expectHead when given and anyone appended beyond it (committed or still in flight), nothing is appended and
   *   `LogListener.refused` says so. One way of hearing it for every adapter: a database knows only afterwards.
   * @throws Error when the log has failed, is damaged or closed, or `expectHead` is given to a listener without `refused`: the core checks first.
   */
  append(drafts: readonly EntryDraft[], expectHead?: Seq): void;
  /** Committed entries with after < seq ≤ upTo, in order. */
  read(after: Seq, upTo?: Seq): AsyncIterable<Entry>;
  /** Hex of the chain head at `seq` ≤ head (docs/FORMAT.md). */
  chainHead(seq: Seq): Promise<string>;
  close(): Promise<void>;
}

export interface EntryLogs {
  /** Makes the (empty) log of a new report. */
  create(report: ReportId): Promise<void>;
  exists(report: ReportId): Promise<boolean>;
  /** One opener at a time for each report in a process. Backfill by `read`; news by `listener`, from head + 1 on. */
  open(report: ReportId, listener: LogListener): Promise<OpenLog>;
  /** Flushes and closes all. */
  close(): Promise<void>;
}

// ---------------------------------------------------------------- checkpoints: derived, only for fast opening

export interface Checkpoint {
  /** Text entries of this chapter up to and with this seq are inside. */
  readonly seq: Seq;
  /** State for joiners, deleted content collected (update V1). */
  readonly join: Uint8Array;
  /** Full state, nothing collected (update V1). */
  readonly full: Uint8Array;
}

export interface Checkpoints {
  /** @returns null when there is none or it does not verify; never throws for a bad one. */
  load(report: ReportId, chapter: ChapterId): Promise<Checkpoint | null>;
  save(report: ReportId, chapter: ChapterId, checkpoint: Checkpoint): Promise<void>;
}

// ---------------------------------------------------------------- records: small, rarely written (lowdb when embedded)

export interface Account {
  readonly id: MemberId;
  readonly name: string;
  /** May create reports and invite people. The first owner of the house and whoever they say. */
  readonly admin: boolean;
  readonly createdAt: number;
}

/** A link that signs one account in, once; or, with `account: null`, sets up the house's first owner. */
export interface SignInLink {
  /** Hex SHA-256 of the secret: the secret itself is never stored. */
  readonly hash: string;
  readonly account: MemberId | null;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

/** A browser's session or a script's token; the cookie or bearer secret is stored as its hash. */
export interface SessionRecord {
  readonly hash: string;
  readonly account: MemberId;
  readonly kind: 'browser' | 'token';
  readonly label: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Index of reports: a rebuildable copy for listing; the log is the record. */
export interface ReportRecord {
  readonly id: ReportId;
  readonly title: string;
  readonly createdAt: number;
  readonly createdBy: MemberId;
  readonly members: readonly MemberId[];
}

export interface Records {
  accounts(): readonly Account[];
  account(id: MemberId): Account | null;
  putAccount(account: Account): Promise<void>;
  link(hash: string): SignInLink | null;
  links(): readonly SignInLink[];
  putLink(link: SignInLink): Promise<void>;
  session(hash: string): SessionRecord | null;
  putSession(session: SessionRecord): Promise<void>;
  removeSession(hash: string): Promise<void>;
  reports(): readonly ReportRecord[];
  putReport(report: ReportRecord): Promise<void>;
}

export interface Storage {
  readonly logs: EntryLogs;
  readonly checkpoints: Checkpoints;
  readonly records: Records;
  close(): Promise<void>;
}

// ---------------------------------------------------------------- documents: live only behind this port (a worker thread), never on the main loop

/** A stretch of one client's items: `clock` up to, not including, `clock + length`. */
export interface IdRange {
  readonly client: ClientId;
  readonly clock: number;
  readonly length: number;
}

/** New ids that are the same text as old ids: moved, cut and pasted, or restored by undo (research/history.md §2). */
export interface CopyRange {
  readonly chapter: ChapterId;
  readonly to: IdRange;
  readonly fromChapter: ChapterId;
  readonly fromClient: ClientId;
  readonly fromClock: number;
  readonly seq: Seq;
}

export interface ChapterFigures {
  /** Characters as offices count them, punctuation included, white space and markers not. */
  readonly characters: number;
  /** Masked figures still open. */
  readonly blanks: number;
  readonly text: string;
}

/** All text entries of one report, in seq order; the engine keeps what it needs of them. */
export interface TextEngine {
  /** Starts (or restarts) a report from nothing. */
  open(report: ReportId): void;
  /** Feeds committed text entries in seq order. `author` matters for copies only. */
  feed(
    report: ReportId,
    entries: readonly {
      readonly seq: Seq;
      readonly at: number;
      readonly author: MemberId;
      readonly chapter: ChapterId;
      readonly update: Uint8Array;
    }[],
  ): void;
  checkpoint(report: ReportId, chapter: ChapterId): Promise<Checkpoint | null>;
  /** Copies found up to what was fed when asked, newer than `after`. */
  copies(report: ReportId, after: Seq): Promise<readonly CopyRange[]>;
  figures(report: ReportId): Promise<ReadonlyMap<ChapterId, ChapterFigures>>;
  close(report: ReportId): void;
  stop(): Promise<void>;
}
