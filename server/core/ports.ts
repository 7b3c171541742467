import type { Role } from '../../shared/access/can.ts';
import type { TextCount } from '../../shared/counting/count.ts';
import type { ChapterId, ClientId, MemberId, NodeId, ReportId, Seq } from '../../shared/ids.ts';
import type { Entry, EntryKind, RestoredRange, Via } from '../../shared/log/entry.ts';
import type { HouseTerms } from '../../shared/proofreading/house-terms.ts';
import type { HistoryAnswers, HistoryOp, HistoryQuestions } from './history/questions.ts';

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

/** The key with which this house seals reports. */
export interface HouseKeys {
  readonly current: HouseKey;
  /** Ed25519 under the current key. @returns 64 bytes */
  sign(bytes: Uint8Array): Uint8Array;
}

export interface HouseKey {
  readonly id: string;
  /** SPKI, DER. */
  readonly publicKey: Uint8Array;
}

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
  /** The name shown. The log keeps the names of the moment. */
  readonly name: string;
  /** May create reports and make accounts. The first owner of the house and whoever they say. */
  readonly admin: boolean;
  readonly createdAt: number;
  /** Set while the account is suspended: it has no sessions and gets none. */
  readonly suspendedAt?: number;
  readonly settings?: AccountSettings;
}

/** What follows a member to every device; a field that is left out follows the device. */
export interface AccountSettings {
  readonly language?: 'zh-CN' | 'en';
  readonly theme?: 'system' | 'light' | 'dark';
}

/** What an account signs in with besides links. */
export interface Credential {
  readonly account: MemberId;
  /** As written, NFC; unique in the house by `loginKey` (account-login.ts). */
  readonly login: string;
  /** null = none: only links sign in, until a password is set. */
  readonly password: PasswordHash | null;
}

/** A password as it is kept, with all that is needed to try one against it later. */
export interface PasswordHash {
  readonly algorithm: 'scrypt';
  readonly cost: number;
  readonly blockSize: number;
  readonly parallel: number;
  /** Hex, 16 bytes. */
  readonly salt: string;
  /** Hex, 64 bytes. */
  readonly hash: string;
}

/** Slow on purpose, few at a time. `busy` = too many wait already, nothing was done. */
export interface Passwords {
  hash(password: string): Promise<PasswordHash | 'busy'>;
  /** @param stored null (nobody has such a name, or no password): takes the same time and says no. A malformed one never fits. */
  fits(password: string, stored: PasswordHash | null): Promise<boolean | 'busy'>;
}

/** A link that signs one account in, once; or, with `account: null`, sets up the house's first owner. */
export interface SignInLink {
  /** Hex SHA-256 of the secret: the secret itself is never stored. */
  readonly hash: string;
  readonly account: MemberId | null;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

/** An invitation into one report, for whoever opens its link first. */
export interface InvitationRecord {
  /** Hex SHA-256 of the secret. */
  readonly hash: string;
  readonly report: ReportId;
  readonly role: Role;
  /** For whom it was made, in the maker's words; may be ''. */
  readonly note: string;
  readonly createdBy: MemberId;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
  readonly usedBy: MemberId | null;
}

/** A browser's session or a script's token; the cookie or bearer secret is stored as its hash. */
export interface SessionRecord {
  readonly hash: string;
  readonly account: MemberId;
  readonly kind: 'browser' | 'token';
  /** A token's name; for a browser what it calls itself (device-name.ts). */
  readonly label: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** To about ten minutes; left out = not since it began. */
  readonly seenAt?: number;
}

/** Records that belong together: written in one go, all or none. */
export interface HouseChange {
  readonly accounts?: readonly Account[];
  readonly credentials?: readonly Credential[];
  readonly links?: readonly SignInLink[];
  readonly invitations?: readonly InvitationRecord[];
  readonly sessions?: readonly SessionRecord[];
  /** Hashes of sessions that end; those that are not there are passed over. */
  readonly endSessions?: readonly string[];
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
  sessions(): readonly SessionRecord[];
  putSession(session: SessionRecord): Promise<void>;
  /** Notes when a session was last seen; does nothing for one that has ended meanwhile. */
  touchSession(hash: string, seenAt: number): Promise<void>;
  removeSession(hash: string): Promise<void>;
  credential(account: MemberId): Credential | null;
  credentials(): readonly Credential[];
  invitation(hash: string): InvitationRecord | null;
  invitations(): readonly InvitationRecord[];
  removeInvitation(hash: string): Promise<void>;
  change(change: HouseChange): Promise<void>;
  /** The office's table of fixed terms; the same object until it changes. */
  terms(): HouseTerms;
  putTerms(terms: HouseTerms): Promise<void>;
  reports(): readonly ReportRecord[];
  putReport(report: ReportRecord): Promise<void>;
}

/** What concerns one member alone, such as read marks: small JSON values by key. Not evidence; may lose its last seconds. */
export interface MemberStore {
  /** @returns null when there is none */
  read(key: string): unknown;
  /** Takes effect at once, is kept a moment later. null takes the key away. */
  write(key: string, value: unknown): void;
}

export interface Storage {
  readonly logs: EntryLogs;
  readonly checkpoints: Checkpoints;
  readonly records: Records;
  readonly members: MemberStore;
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

export interface ChapterFigures extends TextCount {
  /** Masked figures still open. */
  readonly blanks: number;
  readonly text: string;
  /** What each line of `text` is, a letter for each (shared/text/plain-text.ts). */
  readonly kinds: string;
}

/** All text entries of one report, in seq order; the engine keeps what it needs of them. */
export interface TextEngine {
  /** Starts (or restarts) a report from nothing. */
  open(report: ReportId): void;
  /** Feeds committed text entries in seq order. */
  feed(
    report: ReportId,
    entries: readonly {
      readonly seq: Seq;
      readonly at: number;
      readonly author: MemberId;
      readonly chapter: ChapterId;
      readonly update: Uint8Array;
      readonly via: Via;
      readonly wordsOf: MemberId | null;
      readonly offlineSince: number;
      /** Copies that the entry itself tells of: then none are looked for. */
      readonly restored?: readonly RestoredRange[];
    }[],
  ): void;
  checkpoint(report: ReportId, chapter: ChapterId): Promise<Checkpoint | null>;
  /** Copies found up to what was fed when asked, newer than `after`. */
  copies(report: ReportId, after: Seq): Promise<readonly CopyRange[]>;
  figures(report: ReportId): Promise<ReadonlyMap<ChapterId, ChapterFigures>>;
  /** Answers about the past of the text, for everything fed when asked. Reads only. */
  history<Op extends HistoryOp>(report: ReportId, op: Op, question: HistoryQuestions[Op]): Promise<HistoryAnswers[Op]>;
  close(report: ReportId): void;
  /** The engine broke off and began anew with nothing: whoever fed it must open and feed again. One listener. */
  onRestart(listener: () => void): void;
  stop(): Promise<void>;
}
