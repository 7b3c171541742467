import type { ClientId, ReportId } from '../../shared/ids.ts';
import type { LocalDatabase } from './local-database.ts';
import type { Locks } from './locks.ts';

/**
 * The Yjs client id that this tab writes under, in all chapters of one report. Every id is bound for ever to its member and costs every
 * reader a little, so ids are kept and used again over reconnects and reloads; a lock that ends with the tab keeps two tabs apart.
 */
export class ClientIdentity {
  readonly #database: LocalDatabase | null;
  readonly #locks: Locks | null;
  readonly #report: ReportId;
  #current: ClientId | null = null;
  /** Began in this tab: nothing can have been written under it elsewhere. */
  #fresh = false;
  readonly #releases: (() => void)[] = [];
  readonly #listeners = new Set<() => void>();
  #writing: Promise<void> = Promise.resolve();

  constructor(database: LocalDatabase | null, locks: Locks | null, report: ReportId) {
    this.#database = database;
    this.#locks = locks;
    this.#report = report;
  }

  /** The id to write under; null until the first writing of a tab that found no free one. */
  get current(): ClientId | null {
    return this.#current;
  }

  /** True when nothing can have been written under the current id before this tab began. */
  get fresh(): boolean {
    return this.#fresh;
  }

  /** Takes the first stored id that no other tab holds. To be awaited before a local copy is read: its clocks must not move afterwards. */
  async acquire(): Promise<void> {
    if (this.#database === null || this.#locks === null) return;
    const row = await this.#database.get('identities', this.#report).catch(() => undefined);
    for (const id of row?.ids ?? []) {
      const release = await this.#locks.tryHold(this.#lockName(id)).catch(() => null);
      if (release === null) continue;
      this.#releases.push(release);
      this.#current = id;
      return;
    }
  }

  /**
   * The first writing of this tab happens under `id`, new to everybody: it becomes the tab's id.
   * @param keep false where the local copy fails: a reload would not know what was written under it
   */
  claim(id: ClientId, keep: boolean): void {
    if (this.#current !== null) return;
    this.#current = id;
    this.#fresh = true;
    if (keep)
      this.#store(async () => {
        // Without locks it cannot be told whether another tab uses it too: then it is not kept.
        const release = await this.#locks?.tryHold(this.#lockName(id));
        if (release === undefined || release === null) return;
        this.#releases.push(release);
        await this.#changeIds((ids) => [...ids, id]);
      });
    for (const listener of this.#listeners) listener();
  }

  /** Nothing may be written under `id` again: a document that held unacknowledged text of it has ended. */
  retire(id: ClientId): void {
    if (this.#current === id) {
      this.#current = null;
      this.#fresh = false;
    }
    this.#store(() => this.#changeIds((ids) => ids.filter((other) => other !== id)));
  }

  /** @returns a function that ends it. */
  onClaim(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.#writing;
    for (const release of this.#releases.splice(0)) release();
  }

  #lockName(id: ClientId): string {
    return `gongbi/id/${this.#report}/${id}`;
  }

  #store(work: () => Promise<void>): void {
    // A browser that cannot keep the id gets another one next time; nothing else depends on it.
    this.#writing = this.#writing.then(work).catch(() => undefined);
  }

  async #changeIds(change: (ids: readonly ClientId[]) => readonly ClientId[]): Promise<void> {
    if (this.#database === null) return;
    const tx = this.#database.transaction('identities', 'readwrite');
    const row = await tx.store.get(this.#report);
    await tx.store.put({ report: this.#report, ids: change(row?.ids ?? []) });
    await tx.done;
  }
}
