import type { ChapterId, ReportId, Seq } from '../../shared/ids.ts';
import type { Environment } from './environment.ts';
import type { CopyRecord, LocalDatabase, OutboxRow } from './local-database.ts';
import type { OutboxItem } from './outbox.ts';
import type { Rescue } from './rescue.ts';

/** Storing takes a few milliseconds. When it takes longer than this, text leaves for the server before it is stored here. */
const STORE_GRACE = 250;
/** What others write may wait this long, to be stored together; it can be fetched again. */
const REMOTE_DELAY = 400;
/** Rows after which they are replaced by one merged state. */
const COMPACT_AT = 200;

export interface LoadedCopy {
  readonly record: CopyRecord;
  /** False: nothing was kept of this chapter before. */
  readonly existed: boolean;
  readonly updates: readonly Uint8Array[];
  readonly unsent: readonly OutboxItem[];
}

export interface LocalCopyOptions {
  readonly environment: Environment;
  readonly database: LocalDatabase | null;
  readonly report: ReportId;
  readonly chapter: ChapterId;
  /** This tab; see `Tab.token`. */
  readonly owner: string;
  /** The whole document now (Yjs V1), for a merged state. */
  readonly wholeState: () => Uint8Array;
  /** Something became ready to be sent, or the copy stopped being durable. */
  readonly onChange: () => void;
}

interface Pending {
  readonly update: Uint8Array;
  readonly item: OutboxItem | null;
}

/**
 * A chapter as this browser keeps it: content and outbox in one IndexedDB transaction, so that after a reload both are there or neither is.
 * Local text leaves for the server only once it is in here: whatever the server may know under this tab's client id, a reload knows too,
 * and its clocks go on without a fork.
 */
export class LocalCopy {
  readonly #options: LocalCopyOptions;
  #record: CopyRecord;
  #pending: Pending[] = [];
  #forget: number[] = [];
  #recordChanged = false;
  /** Rows of `updates` that our document holds and that may be replaced by a merged state. */
  #rows: number[] = [];
  #flushing: Promise<void> | null = null;
  #cancelDelay: (() => void) | null = null;
  #cancelGrace = new Set<() => void>();
  #dropped = false;
  #failed = false;

  constructor(options: LocalCopyOptions) {
    this.#options = options;
    const { report, chapter, environment } = options;
    this.#record = { report, chapter, copy: environment.newName(), epoch: null, seen: null, savedSeq: 0, mayWrite: true };
  }

  /** False: the browser keeps nothing (private window, full disk); text is safe only once the server has it. */
  get durable(): boolean {
    return this.#options.database !== null && !this.#failed;
  }

  /** Keeping worked, or seemed to, and stopped working. */
  get failed(): boolean {
    return this.#failed;
  }

  get record(): CopyRecord {
    return this.#record;
  }

  /**
   * Reads what is kept, and takes over what tabs that no longer live left unsent.
   * @param hold takes a lock by name, as `Locks.tryHold`; tells whether another tab still lives
   */
  async load(hold: (name: string) => Promise<(() => void) | null>): Promise<LoadedCopy> {
    const { database } = this.#options;
    if (database === null) return { record: this.#record, existed: false, updates: [], unsent: [] };
    try {
      return await this.#read(database, hold);
    } catch {
      this.#fail();
      return { record: this.#record, existed: false, updates: [], unsent: [] };
    }
  }

  async #read(database: LocalDatabase, hold: (name: string) => Promise<(() => void) | null>): Promise<LoadedCopy> {
    const key: [string, string] = [this.#record.report, this.#record.chapter];
    const tx = database.transaction(['copies', 'updates', 'outbox'], 'readwrite');
    const kept = await tx.objectStore('copies').get(key);
    if (kept === undefined) await tx.objectStore('copies').put(this.#record);
    else this.#record = kept;
    const updateStore = tx.objectStore('updates').index('chapter');
    const outboxStore = tx.objectStore('outbox').index('chapter');
    const [updates, updateKeys, rows, rowKeys] = await Promise.all([
      updateStore.getAll(key),
      updateStore.getAllKeys(key),
      outboxStore.getAll(key),
      outboxStore.getAllKeys(key),
    ]);
    await tx.done;
    this.#rows = [...updateKeys];
    const unsent = await this.#takeOver(database, rows, rowKeys, hold);
    return {
      record: this.#record,
      existed: kept !== undefined,
      updates: [...updates.map((row) => row.update), ...rows.map((row) => row.update)],
      unsent,
    };
  }

  /** What tabs that have gone meanwhile left unsent. To be applied to the document and sent. */
  async takeOverOrphans(hold: (name: string) => Promise<(() => void) | null>): Promise<readonly OutboxItem[]> {
    const { database, owner } = this.#options;
    if (database === null || !this.durable || this.#dropped) return [];
    try {
      const key: [string, string] = [this.#record.report, this.#record.chapter];
      const index = database.transaction('outbox').store.index('chapter');
      const [rows, keys] = await Promise.all([index.getAll(key), index.getAllKeys(key)]);
      const others = rows.map((row, at) => ({ row, key: keys[at] ?? -1 })).filter(({ row }) => row.owner !== owner);
      if (others.length === 0) return [];
      return await this.#takeOver(
        database,
        others.map(({ row }) => row),
        others.map((other) => other.key),
        hold,
      );
    } catch {
      return [];
    }
  }

  async #takeOver(
    database: LocalDatabase,
    rows: readonly OutboxRow[],
    keys: readonly number[],
    hold: (name: string) => Promise<(() => void) | null>,
  ): Promise<OutboxItem[]> {
    const { owner } = this.#options;
    const mine = new Set([owner]);
    const held: (() => void)[] = [];
    for (const other of new Set(rows.map((row) => row.owner))) {
      if (mine.has(other)) continue;
      const release = await hold(tabLock(other));
      if (release === null) continue;
      held.push(release);
      mine.add(other);
    }
    const tx = database.transaction('outbox', 'readwrite');
    const items: OutboxItem[] = [];
    for (const [index, row] of rows.entries()) {
      const key = keys[index];
      if (key === undefined || !mine.has(row.owner)) continue;
      // Gone meanwhile: its tab sent it in its last moment.
      if ((await tx.store.getKey(key)) === undefined) continue;
      if (row.owner !== owner) await tx.store.put({ ...row, owner }, key);
      items.push({ update: row.update, at: row.at, offline: true, key, ready: true, sentAs: null });
    }
    await tx.done;
    for (const release of held) release();
    return items;
  }

  /** Keeps a change; `item` when it was made here and is to be sent. */
  append(update: Uint8Array, item: OutboxItem | null): void {
    if (!this.durable || this.#dropped) {
      if (item !== null) this.#makeReady(item);
      return;
    }
    this.#pending.push({ update, item });
    if (item === null) {
      this.#flushLater();
      return;
    }
    const cancel = this.#options.environment.after(STORE_GRACE, () => {
      this.#cancelGrace.delete(cancel);
      if (!item.ready) this.#makeReady(item);
    });
    this.#cancelGrace.add(cancel);
    this.#flushNow();
  }

  /** These are safe on the server. */
  acknowledged(items: readonly OutboxItem[], seq: Seq): void {
    for (const item of items) if (item.key !== null) this.#forget.push(item.key);
    this.remember({ savedSeq: Math.max(this.#record.savedSeq, seq) });
  }

  remember(known: Partial<Pick<CopyRecord, 'epoch' | 'seen' | 'savedSeq' | 'mayWrite'>>): void {
    this.#record = { ...this.#record, ...known };
    this.#recordChanged = true;
    if (this.durable && !this.#dropped) this.#flushNow();
  }

  /** Resolves once everything appended so far is stored, or storing has failed. */
  async settled(): Promise<void> {
    if (this.#hasWork() && this.durable && !this.#dropped) this.#flushNow();
    while (this.#flushing !== null) await this.#flushing;
  }

  /** Ends the copy: content and this tab's outbox go, and the rescue copy is stored, in one transaction. */
  async drop(rescue: Rescue | null): Promise<boolean> {
    this.#dropped = true;
    this.#stopTimers();
    while (this.#flushing !== null) await this.#flushing;
    const { database, owner } = this.#options;
    if (database === null) return false;
    const key: [string, string] = [this.#record.report, this.#record.chapter];
    try {
      const tx = database.transaction(['copies', 'updates', 'outbox', 'rescues'], 'readwrite');
      await tx.objectStore('copies').delete(key);
      for (const row of await tx.objectStore('updates').index('chapter').getAllKeys(key)) await tx.objectStore('updates').delete(row);
      let cursor = await tx.objectStore('outbox').index('chapter').openCursor(key);
      while (cursor !== null) {
        if (cursor.value.owner === owner) await cursor.delete();
        cursor = await cursor.continue();
      }
      if (rescue !== null) await tx.objectStore('rescues').put(rescue);
      await tx.done;
      return true;
    } catch {
      return false;
    }
  }

  /** Stores what is pending and stops. */
  async close(): Promise<void> {
    await this.settled();
    this.#stopTimers();
    this.#dropped = true;
  }

  #stopTimers(): void {
    this.#cancelDelay?.();
    this.#cancelDelay = null;
    for (const cancel of this.#cancelGrace) cancel();
    this.#cancelGrace.clear();
  }

  #makeReady(item: OutboxItem): void {
    item.ready = true;
    this.#options.onChange();
  }

  #flushLater(): void {
    this.#cancelDelay ??= this.#options.environment.after(REMOTE_DELAY, () => this.#flushNow());
  }

  #flushNow(): void {
    this.#cancelDelay?.();
    this.#cancelDelay = null;
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
      // What came in between the last look and now.
      if (this.#hasWork() && this.durable && !this.#dropped) this.#flushNow();
    });
  }

  #hasWork(): boolean {
    return this.#pending.length > 0 || this.#forget.length > 0 || this.#recordChanged;
  }

  async #flush(): Promise<void> {
    const { database } = this.#options;
    while (this.#hasWork() && database !== null && !this.#failed) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#write(database, batch);
        for (const { item } of batch) if (item !== null) item.ready = true;
        if (batch.some(({ item }) => item !== null)) this.#options.onChange();
      } catch {
        for (const { item } of [...batch, ...this.#pending]) if (item !== null) item.ready = true;
        this.#pending = [];
        this.#fail();
      }
    }
  }

  async #write(database: LocalDatabase, batch: readonly Pending[]): Promise<void> {
    const forget = this.#forget;
    this.#forget = [];
    this.#recordChanged = false;
    const { report, chapter } = this.#record;
    const { owner, wholeState } = this.#options;
    const tx = database.transaction(['copies', 'updates', 'outbox'], 'readwrite');
    const updates = tx.objectStore('updates');
    const kept = await tx.objectStore('copies').get([report, chapter]);
    const added: number[] = [];
    let rows = this.#rows;
    if (kept?.copy !== this.#record.copy) {
      // Another tab dropped the copy. Ours is of the same document, or our own connection will soon say otherwise: begin it again, whole.
      if (kept !== undefined && kept.epoch !== this.#record.epoch) throw new Error('another tab keeps another document');
      if (kept !== undefined) this.#record = { ...this.#record, copy: kept.copy };
      rows = [];
      added.push(await updates.add({ report, chapter, update: wholeState() }));
    } else if (rows.length + batch.length > COMPACT_AT) {
      for (const row of rows) await updates.delete(row);
      rows = [];
      added.push(await updates.add({ report, chapter, update: wholeState() }));
    } else {
      for (const { update } of batch) added.push(await updates.add({ report, chapter, update }));
    }
    await tx.objectStore('copies').put(this.#record);
    const outbox = tx.objectStore('outbox');
    for (const { update, item } of batch) {
      if (item !== null) item.key = await outbox.add({ report, chapter, update, owner, at: item.at });
    }
    for (const key of forget) await outbox.delete(key);
    await tx.done;
    this.#rows = [...rows, ...added];
  }

  #fail(): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#options.onChange();
  }
}

/** Name of the lock that a living tab holds. */
export function tabLock(token: string): string {
  return `gongbi/tab/${token}`;
}
