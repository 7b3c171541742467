import type { ReportId, Seq } from '../../../shared/ids.ts';
import type { Entry } from '../../../shared/log/entry.ts';
import type { CommittedEntry, EntryDraft, LogListener, OpenLog } from '../../core/ports.ts';
import type { CommitClient, CommitLog } from './commit-log.ts';
import type { ReportLog } from './report-log.ts';

/** What an open report needs of the house it lives in. */
export interface OpenReportHost {
  /** Entries wait to be written to the report's own files. */
  pending(): void;
  /** The report's own files failed; its entries are still in the commit log. */
  ownFilesFailed(report: ReportId, error: Error): void;
  closed(report: OpenReport): void;
}

/** One open report: numbers what is appended, hands it to the commit log, and tells its listener when it is durable. */
export class OpenReport implements OpenLog, CommitClient {
  readonly id: ReportId;
  readonly #log: ReportLog;
  readonly #commits: CommitLog;
  readonly #listener: LogListener;
  readonly #host: OpenReportHost;
  #appended: Seq;
  #at: number;
  #state: 'open' | 'failing' | 'failed' | 'closing' | 'closed' = 'open';

  constructor(log: ReportLog, commits: CommitLog, listener: LogListener, host: OpenReportHost) {
    this.id = log.id;
    this.#log = log;
    this.#commits = commits;
    this.#listener = listener;
    this.#host = host;
    this.#appended = log.head;
    this.#at = log.lastAt;
  }

  get head(): Seq {
    return this.#log.head;
  }

  get damage(): string | null {
    return this.#log.damage;
  }

  append(drafts: readonly EntryDraft[], expectHead?: Seq): void {
    this.#mayAppend(expectHead);
    // Told already, or about to be: what comes now is "appended and not yet committed".
    if (this.#state === 'failing' || drafts.length === 0) return;
    if (expectHead !== undefined && expectHead !== this.#appended) {
      this.#commits.inTurn(this, () => {
        if (this.#state === 'open' || this.#state === 'closing') this.#listener.refused?.(drafts);
      });
      return;
    }
    const entries: CommittedEntry[] = [];
    for (const draft of drafts) {
      if (draft.at > this.#at) this.#at = draft.at;
      this.#appended += 1;
      entries.push({
        seq: this.#appended,
        at: this.#at,
        author: draft.author,
        kind: draft.kind,
        subject: draft.subject,
        payload: draft.payload,
        origin: draft.origin,
      });
    }
    this.#commits.append(this, entries);
  }

  #mayAppend(expectHead: Seq | undefined): void {
    if (this.damage !== null) throw new Error(`The log of report ${this.id} is damaged and can't be written: ${this.damage}`);
    if (this.#state !== 'open' && this.#state !== 'failing') throw new Error(`The log of report ${this.id} is ${this.#state}`);
    if (expectHead !== undefined && this.#listener.refused === undefined) {
      throw new Error('append with expectHead needs a listener with `refused`');
    }
  }

  /** CommitClient: these are durable. */
  committed(entries: readonly CommittedEntry[]): void {
    if (this.#state === 'failed' || this.#state === 'closed') return;
    this.#log.add(entries);
    this.#host.pending();
    this.#listener.committed(entries);
  }

  /** Nothing in flight will be durable, and nothing more is accepted. */
  fail(error: Error): void {
    if (this.#state === 'failed' || this.#state === 'closed') return;
    this.#state = 'failed';
    this.#listener.failed(error);
  }

  async *read(after: Seq, upTo: Seq = this.head): AsyncIterable<Entry> {
    for await (const entry of this.#log.read(after, upTo)) yield withoutOrigin(entry);
  }

  chainHead(seq: Seq): Promise<string> {
    return this.#log.chainHead(seq);
  }

  /** Writes pending entries to the report's own files. Never rejects. */
  async flush(): Promise<void> {
    if (!this.#healthy || !this.#log.hasPending) return;
    await this.#ownFiles(() => this.#log.flush());
  }

  /** Makes sure that everything committed is on the medium in the report's own files. Never rejects. @returns false when it failed. */
  async sync(): Promise<boolean> {
    if (!this.#healthy) return false;
    return this.#ownFiles(() => this.#log.sync());
  }

  async #ownFiles(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#failOwnFiles(error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  }

  get #healthy(): boolean {
    return this.#state === 'open' || this.#state === 'closing';
  }

  /** What is in flight still goes through the commit log and is told; then the report fails. */
  #failOwnFiles(error: Error): void {
    if (!this.#healthy) return;
    this.#state = 'failing';
    this.#host.ownFilesFailed(this.id, error);
    this.#commits.inTurn(this, () => this.fail(error));
  }

  /** Resolves when nothing touches the report's files any more. */
  async settled(): Promise<void> {
    await this.#log.settled();
  }

  async close(): Promise<void> {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    if (this.#state === 'open') this.#state = 'closing';
    await this.#commits.told(this);
    const synced = this.#state === 'closing' && this.damage === null && (await this.sync());
    this.#state = 'closed';
    await this.#log.close(!synced);
    this.#host.closed(this);
  }
}

/** Entries that are still in memory know who waits for them; readers have no business with that. */
function withoutOrigin(entry: Entry & { readonly origin?: unknown }): Entry {
  if (!('origin' in entry)) return entry;
  const { origin: _, ...plain } = entry;
  return plain;
}
