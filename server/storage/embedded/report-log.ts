import type { ReportId, Seq } from '../../../shared/ids.ts';
import { blockStart, LogChain, toHex } from '../../../shared/log/chain.ts';
import type { Entry } from '../../../shared/log/entry.ts';
import { sha256 } from '../sha256.ts';
import { loadChainBlocks, saveChainBlocks } from './chain-file.ts';
import type { Disk } from './disk.ts';
import { folderOf, joinPath, writeAside } from './disk.ts';
import { firstSeqOf, ReportFile, type ScannedFile } from './report-file.ts';
import { WorkLine } from './work-line.ts';

export interface ReportLogSettings {
  readonly disk: Disk;
  /** Something a person should know, and nothing stops for. */
  readonly warn: (message: string) => void;
  /** A report's file that has grown beyond this gets a successor. */
  readonly fileBytes: number;
}

/** A note by which a start (recover.ts) keeps a report read-only. */
export const DAMAGE_NOTE = 'DAMAGE';

/**
 * A report's own files, the home of its record: entries come here once they are durable in the commit log, are kept in memory for up to a
 * second, then written, and synced before the commit log lets go of them (docs/FORMAT.md §3).
 */
export class ReportLog {
  readonly id: ReportId;
  /** Why the report can only be read; null when it is whole. */
  readonly damage: string | null;
  readonly #folder: string;
  readonly #settings: ReportLogSettings;
  readonly #files: ReportFile[];
  readonly #chain: LogChain;
  readonly #savedBlocks: number;
  /** Writing and syncing, one after the other. */
  readonly #work = new WorkLine();
  readonly #chainWork = new WorkLine();
  readonly #unsynced = new Set<ReportFile>();
  /** Committed, not yet in a file: entries written + 1 … head. */
  #pending: Entry[] = [];
  #written: Seq;
  #synced: Seq;
  #lastAt: number;

  private constructor(id: ReportId, folder: string, settings: ReportLogSettings, scan: Scan, blocks: readonly Uint8Array[]) {
    this.id = id;
    this.#folder = folder;
    this.#settings = settings;
    this.#files = scan.files;
    this.damage = scan.damage;
    this.#written = scan.head;
    this.#synced = scan.head;
    this.#lastAt = scan.lastAt;
    this.#chain = new LogChain(id, sha256, blocks);
    this.#savedBlocks = blocks.length;
  }

  /** Reads all files through. A torn end is set aside and cut off; damage makes the log read-only. */
  static async open(id: ReportId, folder: string, settings: ReportLogSettings): Promise<ReportLog> {
    const scan = await scanReport(id, folder, settings);
    const blocks = await loadChainBlocks(settings.disk, folder, scan.head);
    return new ReportLog(id, folder, settings, scan, blocks);
  }

  /** Last committed entry. */
  get head(): Seq {
    return this.#written + this.#pending.length;
  }

  get lastAt(): number {
    return this.#lastAt;
  }

  /** Entries up to this one are on the medium in these files. */
  get synced(): Seq {
    return this.#synced;
  }

  /** Takes over entries that are durable elsewhere. */
  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.seq !== this.head + 1) throw new Error(`Report ${this.id}: entry ${entry.seq} cannot follow entry ${this.head}`);
      this.#pending.push(entry);
      this.#lastAt = entry.at;
    }
  }

  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /** Writes what is pending; not synced. */
  flush(): Promise<void> {
    return this.#work.run(() => this.#flush());
  }

  /** Resolves when all that was added before the call is on the medium in these files. */
  sync(): Promise<void> {
    return this.#work.run(async () => {
      await this.#flush();
      const head = this.#written;
      for (const file of [...this.#unsynced]) {
        await file.sync();
        this.#unsynced.delete(file);
      }
      this.#synced = head;
    });
  }

  async #flush(): Promise<void> {
    const entries = this.#pending;
    const first = entries[0];
    if (first === undefined) return;
    const file = await this.#fileFor(first.seq);
    const count = entries.length;
    this.#unsynced.add(file);
    await file.write(entries.slice(0, count));
    this.#extendChain(entries, count);
    this.#pending = entries.slice(count);
    this.#written += count;
  }

  async #fileFor(seq: Seq): Promise<ReportFile> {
    const last = this.#files.at(-1);
    if (last !== undefined && last.length < this.#settings.fileBytes) return last;
    const made = await ReportFile.create(this.#settings.disk, this.#folder, this.id, seq);
    this.#files.push(made);
    return made;
  }

  /** Resolves when no writing is under way; for whoever is about to deal with the files otherwise. */
  async settled(): Promise<void> {
    await this.#work.run(async () => {});
  }

  /** Entries with after < seq ≤ upTo. */
  async *read(after: Seq, upTo: Seq): AsyncGenerator<Entry> {
    const end = Math.min(upTo, this.head);
    let at = after;
    while (at < end) {
      const written = this.#written;
      if (at >= written) {
        yield* this.#pending.slice(at - written, end - written);
        return;
      }
      yield* readFiles(this.#files, at, Math.min(end, written));
      at = Math.min(end, written);
    }
  }

  /** Head of the hash chain at `seq`, hex. */
  chainHead(seq: Seq): Promise<string> {
    if (seq > this.head) return Promise.reject(new Error(`Entry ${seq} is not there yet; the head is ${this.head}`));
    return this.#chainWork.run(async () => {
      if (this.#chain.seq < seq) {
        for await (const entry of this.read(this.#chain.seq, seq)) if (entry.seq > this.#chain.seq) this.#chain.add(entry);
      }
      if (this.#chain.seq === seq) return toHex(this.#chain.head());
      const block: Entry[] = [];
      if (seq > 0) for await (const entry of this.read(blockStart(seq) - 1, seq)) block.push(entry);
      return toHex(this.#chain.headAt(block));
    });
  }

  /** Written entries are hashed while they are at hand, unless nobody has asked for this chain since the report was opened. */
  #extendChain(entries: readonly Entry[], count: number): void {
    for (let i = 0; i < count; i++) if (entries[i]!.seq === this.#chain.seq + 1) this.#chain.add(entries[i]!);
  }

  /** Syncs (unless `broken`) and lets go of the files. */
  async close(broken = false): Promise<void> {
    try {
      if (!broken) {
        await this.sync();
        if (this.#chain.blocks.length > this.#savedBlocks) await saveChainBlocks(this.#settings.disk, this.#folder, this.#chain.blocks);
      }
    } finally {
      await this.settled();
      for (const file of this.#files) await file.close().catch(() => {});
    }
  }
}

export interface Scan {
  readonly files: ReportFile[];
  readonly head: Seq;
  readonly lastAt: number;
  readonly damage: string | null;
}

/** Entries with after < seq ≤ upTo, all of which the files must hold: a file's entries end where the next one begins. */
export async function* readFiles(files: readonly ReportFile[], after: Seq, upTo: Seq): AsyncGenerator<Entry> {
  let at = after;
  for (const [index, file] of [...files].entries()) {
    const last = Math.min(upTo, (files[index + 1]?.firstSeq ?? Number.POSITIVE_INFINITY) - 1);
    if (file.firstSeq > upTo || last <= at) continue;
    for await (const entry of file.read(at, last)) {
      yield entry;
      at = entry.seq;
    }
    if (at < last) throw new Error(`${file.path} no longer holds entry ${at + 1}`);
  }
}

/** Paths of a report's log files, in order of their first entries. */
export async function logFiles(disk: Disk, folder: string): Promise<string[]> {
  const names = await disk.list(folder);
  return names.filter((name) => firstSeqOf(name) !== null).map((name) => joinPath(folder, name));
}

async function scanReport(id: ReportId, folder: string, settings: ReportLogSettings): Promise<Scan> {
  const { disk } = settings;
  const paths = await logFiles(disk, folder);
  const scanned: ScannedFile[] = [];
  for (const path of paths) scanned.push(await ReportFile.scan(disk, id, path));
  const scan = joinFiles(scanned);
  const last = scanned.at(-1);
  if (scan.damage === null && last?.fault?.torn) await setAside(last, settings);
  const note = await disk.readFile(joinPath(folder, DAMAGE_NOTE));
  const damage = scan.damage ?? (note === null ? null : new TextDecoder().decode(note).trim());
  return { ...scan, damage };
}

/** Which entries the files hold together: a file's entries end where the next file begins. Cuts nothing. */
export function joinFiles(scanned: readonly ScannedFile[]): Scan {
  const files: ReportFile[] = [];
  let head = 0;
  let lastAt = 0;
  for (const [index, one] of scanned.entries()) {
    const next = scanned[index + 1];
    const damaged = (problem: string): Scan => ({ files, head, lastAt, damage: `${one.path}: ${problem}` });
    if (one.firstSeq > head + 1) return damaged(`entries ${head + 1} to ${one.firstSeq - 1} are missing before this file`);
    if (one.file !== null) files.push(one.file);
    const superseded = next !== undefined && one.lastSeq >= next.firstSeq - 1;
    head = superseded ? next.firstSeq - 1 : Math.max(one.lastSeq, one.firstSeq - 1);
    lastAt = Math.max(lastAt, one.lastAt);
    if (one.fault !== null && !superseded && (next !== undefined || !one.fault.torn)) {
      return damaged(`damaged at offset ${one.fault.offset}, ${one.fault.problem}, and more follows; readable up to entry ${head}`);
    }
  }
  if (scanned.length === 0) return { files, head, lastAt, damage: 'the report has no log file' };
  return { files, head, lastAt, damage: null };
}

/** Copies a torn end to a file of its own, then cuts it off. A file without even a header goes altogether. */
async function setAside(scanned: ScannedFile, settings: ReportLogSettings): Promise<void> {
  const { disk, warn } = settings;
  const { path, fault, file } = scanned;
  if (fault === null) return;
  const bytes = (await disk.readFile(path)) ?? new Uint8Array(0);
  const aside = `${path}-${fault.offset}.torn`;
  await writeAside(disk, aside, bytes.slice(fault.offset, fault.end));
  await disk.syncFolder(folderOf(path));
  if (file === null) {
    await disk.remove(path);
    await disk.syncFolder(folderOf(path));
  } else {
    await file.cutTail();
  }
  warn(
    `${path}: torn end at offset ${fault.offset} (${fault.problem}); ${fault.end - fault.offset} bytes set aside as ${aside} and cut off`,
  );
}
