import { createHash } from 'node:crypto';
import type {
  Account,
  Checkpoint,
  CommittedEntry,
  Credential,
  EntryDraft,
  InvitationRecord,
  LogListener,
  MemberStore,
  OpenLog,
  Records,
  ReportRecord,
  SessionRecord,
  SignInLink,
  Storage,
} from '../../server/core/ports.ts';
import type { ChapterId, MemberId, ReportId, Seq } from '../../shared/ids.ts';
import { blockStart, LogChain, toHex } from '../../shared/log/chain.ts';
import type { Entry } from '../../shared/log/entry.ts';
import { NO_HOUSE_TERMS } from '../../shared/proofreading/house-terms.ts';

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/**
 * The storage ports over plain arrays, for tests that are about something else. It keeps the promises of server/core/ports.ts (the same
 * contract suite runs on it), and a test may hold its "disk" back or make it fail.
 */
export interface MemoryStorage extends Storage {
  /** From now on nothing becomes durable: appended entries wait. */
  hold(): void;
  /** What waited becomes durable, in order, and things go on as usual. */
  release(): void;
  /** The next commit fails: nothing in flight ever becomes durable, every open log is told `failed`. */
  failNext(error?: Error): void;
  /** Entries appended and not yet durable, over all reports. */
  readonly waiting: number;
}

interface Report {
  readonly entries: Entry[];
  open: MemoryLog | null;
}

export function createMemoryStorage(): MemoryStorage {
  const disk = new MemoryDisk();
  const checkpoints = new Map<string, Checkpoint>();
  return {
    logs: {
      async create(report) {
        if (disk.reports.has(report)) throw new Error(`Report ${report} exists already`);
        disk.reports.set(report, { entries: [], open: null });
      },
      async exists(report) {
        return disk.reports.has(report);
      },
      async open(id, listener) {
        const report = disk.reports.get(id);
        if (report === undefined) throw new Error(`Report ${id} has no log`);
        if (report.open !== null) throw new Error(`Report ${id} is open already`);
        report.open = new MemoryLog(id, report, disk, listener);
        return report.open;
      },
      async close() {
        for (const report of disk.reports.values()) await report.open?.close();
      },
    },
    checkpoints: {
      async load(report, chapter) {
        return checkpoints.get(`${report}/${chapter}`) ?? null;
      },
      async save(report, chapter: ChapterId, checkpoint) {
        checkpoints.set(`${report}/${chapter}`, checkpoint);
      },
    },
    records: createMemoryRecords(),
    members: createMemoryMembers(),
    async close() {
      await this.logs.close();
    },
    hold() {
      disk.held = true;
    },
    release() {
      disk.held = false;
      disk.schedule();
    },
    failNext(error = new Error('The disk failed (asked for by the test)')) {
      disk.failure = error;
    },
    get waiting() {
      return disk.queue.reduce((sum, item) => sum + item.entries.length, 0);
    },
  };
}

interface Waiting {
  readonly log: MemoryLog;
  readonly entries: readonly CommittedEntry[];
  /** Instead of entries: drafts refused because of `expectHead`, told in their turn. */
  readonly refused: readonly EntryDraft[] | null;
}

/** What the reports have in common: one queue of commits. */
class MemoryDisk {
  readonly reports = new Map<ReportId, Report>();
  queue: Waiting[] = [];
  held = false;
  failure: Error | null = null;
  #scheduled = false;
  #idle: (() => void)[] = [];

  push(item: Waiting): void {
    this.queue.push(item);
    this.schedule();
  }

  schedule(): void {
    if (this.#scheduled || this.held) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (!this.held) this.#commit();
    });
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    if (this.queue.length > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #commit(): void {
    const batch = this.queue;
    this.queue = [];
    if (this.failure !== null && batch.some((item) => item.refused === null)) {
      const error = this.failure;
      this.failure = null;
      for (const report of this.reports.values()) report.open?.fail(error);
    } else {
      for (const item of batch) item.log.settle(item.entries, item.refused);
    }
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

class MemoryLog implements OpenLog {
  readonly damage = null;
  readonly #report: Report;
  readonly #disk: MemoryDisk;
  readonly #listener: LogListener;
  readonly #id: ReportId;
  #appended: Seq;
  #at: number;
  #state: 'open' | 'failed' | 'closed' = 'open';

  constructor(id: ReportId, report: Report, disk: MemoryDisk, listener: LogListener) {
    this.#id = id;
    this.#report = report;
    this.#disk = disk;
    this.#listener = listener;
    this.#appended = report.entries.length;
    this.#at = report.entries.at(-1)?.at ?? 0;
  }

  get head(): Seq {
    return this.#report.entries.length;
  }

  append(drafts: readonly EntryDraft[], expectHead?: Seq): void {
    if (this.#state !== 'open') throw new Error(`The log of report ${this.#id} is ${this.#state}`);
    if (expectHead !== undefined) {
      if (this.#listener.refused === undefined) throw new Error('append with expectHead needs a listener with `refused`');
      if (expectHead !== this.#appended) {
        this.#disk.push({ log: this, entries: [], refused: drafts });
        return;
      }
    }
    if (drafts.length === 0) return;
    const entries = drafts.map((draft): CommittedEntry => {
      this.#at = Math.max(this.#at, draft.at);
      this.#appended += 1;
      return { ...draft, seq: this.#appended, at: this.#at };
    });
    this.#disk.push({ log: this, entries, refused: null });
  }

  settle(entries: readonly CommittedEntry[], refused: readonly EntryDraft[] | null): void {
    if (this.#state !== 'open') return;
    if (refused !== null) {
      this.#listener.refused?.(refused);
      return;
    }
    for (const { origin: _, ...entry } of entries) this.#report.entries.push(entry);
    this.#listener.committed(entries);
  }

  fail(error: Error): void {
    if (this.#state !== 'open') return;
    this.#state = 'failed';
    this.#listener.failed(error);
  }

  async *read(after: Seq, upTo: Seq = this.head): AsyncIterable<Entry> {
    for (const entry of this.#report.entries.slice(after, upTo)) yield entry;
  }

  async chainHead(seq: Seq): Promise<string> {
    if (seq > this.head) throw new Error(`Entry ${seq} is not there yet; the head is ${this.head}`);
    const chain = new LogChain(this.#id, sha256);
    const start = seq === 0 ? 1 : blockStart(seq);
    for (const entry of this.#report.entries.slice(0, start - 1)) chain.add(entry);
    return toHex(chain.headAt(this.#report.entries.slice(start - 1, seq)));
  }

  async close(): Promise<void> {
    if (this.#state === 'open') await this.#disk.idle();
    this.#state = 'closed';
    if (this.#report.open === this) this.#report.open = null;
  }
}

function createMemoryRecords(): Records {
  const accounts = new Map<MemberId, Account>();
  const links = new Map<string, SignInLink>();
  const sessions = new Map<string, SessionRecord>();
  const reports = new Map<ReportId, ReportRecord>();
  const credentials = new Map<MemberId, Credential>();
  const invitations = new Map<string, InvitationRecord>();
  let terms = NO_HOUSE_TERMS;
  return {
    accounts: () => [...accounts.values()],
    account: (id) => accounts.get(id) ?? null,
    async putAccount(account) {
      accounts.set(account.id, account);
    },
    link: (hash) => links.get(hash) ?? null,
    links: () => [...links.values()],
    async putLink(link) {
      links.set(link.hash, link);
    },
    session: (hash) => sessions.get(hash) ?? null,
    async putSession(session) {
      sessions.set(session.hash, session);
    },
    sessions: () => [...sessions.values()],
    async touchSession(hash, seenAt) {
      const known = sessions.get(hash);
      if (known !== undefined) sessions.set(hash, { ...known, seenAt });
    },
    async removeSession(hash) {
      sessions.delete(hash);
    },
    credential: (account) => credentials.get(account) ?? null,
    credentials: () => [...credentials.values()],
    terms: () => terms,
    async putTerms(asked) {
      terms = asked;
    },
    invitation: (hash) => invitations.get(hash) ?? null,
    invitations: () => [...invitations.values()],
    async removeInvitation(hash) {
      invitations.delete(hash);
    },
    async change(change) {
      for (const one of change.accounts ?? []) accounts.set(one.id, one);
      for (const one of change.credentials ?? []) credentials.set(one.account, one);
      for (const one of change.links ?? []) links.set(one.hash, one);
      for (const one of change.invitations ?? []) invitations.set(one.hash, one);
      for (const one of change.sessions ?? []) sessions.set(one.hash, one);
      for (const hash of change.endSessions ?? []) sessions.delete(hash);
    },
    reports: () => [...reports.values()],
    async putReport(report) {
      reports.set(report.id, report);
    },
  };
}

function createMemoryMembers(): MemberStore {
  const values = new Map<string, unknown>();
  return {
    read: (key) => values.get(key) ?? null,
    write: (key, value) => {
      if (value === null) values.delete(key);
      else values.set(key, structuredClone(value));
    },
  };
}
