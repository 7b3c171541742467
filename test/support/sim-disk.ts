import type { Disk, DiskFile } from '../../server/storage/embedded/disk.ts';
import { folderOf } from '../../server/storage/embedded/disk.ts';

/**
 * A disk that can lose power (docs/FORMAT.md §4 "What is relied on"). Everything random follows from the seed.
 *
 * What was written and not synced is kept in sectors of 512 bytes: at a crash each of them may or may not have reached the medium, in any
 * order. Names made, changed or removed and not synced survive in a prefix of their order. A sync that fails leaves the pages readable and
 * forgets that they were never written, as Linux does: a second sync "succeeds" and writes nothing.
 */
const SECTOR = 512;

interface Inode {
  content: Uint8Array;
  length: number;
  durable: Uint8Array;
  durableLength: number;
  readonly dirty: Set<number>;
}

interface NameChange {
  readonly folder: string;
  readonly sets: readonly (readonly [path: string, inode: Inode | null])[];
}

export type Operation = 'write' | 'datasync' | 'rename' | 'syncFolder' | 'create' | 'truncate';

interface Fault {
  readonly operation: Operation | 'any';
  countdown: number;
  readonly code: string;
  readonly path: RegExp;
}

export class DiskError extends Error {
  readonly code: string;
  constructor(code: string, what: string) {
    super(`${code}: ${what} (simulated)`);
    this.code = code;
  }
}

/** A small repeatable generator (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class SimDisk implements Disk {
  readonly #random: () => number;
  readonly #folders = new Set<string>();
  #names = new Map<string, Inode>();
  #durableNames = new Map<string, Inode>();
  #changes: NameChange[] = [];
  #faults: Fault[] = [];
  #held: (() => void)[] | null = null;
  /** Grows with each power loss; handles of an earlier life are dead. */
  #life = 0;
  #powerOff = false;
  #locked = false;
  /** Bytes that fit; files count with their length. */
  capacity = Number.POSITIVE_INFINITY;
  /** Changing operations so far, to choose a moment for a crash. */
  operations = 0;
  /** The power goes out within this operation. */
  powerOffAt = Number.POSITIVE_INFINITY;

  constructor(seed = 1) {
    this.#random = seeded(seed);
  }

  // ------------------------------------------------------------ what tests do to it

  /** The k-th operation of this kind from now on (1 = the next) on a path that fits fails; `ENOSPC`, `EIO`, … */
  failNth(operation: Operation | 'any', k: number, code: string, path = /./): void {
    this.#faults.push({ operation, countdown: k, code, path });
  }

  /** Syncs of file contents wait until `releaseSyncs`. */
  holdSyncs(): void {
    this.#held ??= [];
  }

  get syncsHeld(): number {
    return this.#held?.length ?? 0;
  }

  releaseSyncs(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const go of held) go();
  }

  /** Power loss, then power again: what is on the medium is all there is. */
  crash(): void {
    this.#life += 1;
    this.#powerOff = false;
    this.#locked = false;
    this.#faults = [];
    this.#held = null;
    this.powerOffAt = Number.POSITIVE_INFINITY;
    const kept = Math.floor(this.#random() * (this.#changes.length + 1));
    for (const change of this.#changes.slice(0, kept)) applyTo(this.#durableNames, change);
    this.#changes = [];
    for (const inode of new Set(this.#durableNames.values())) this.#losePages(inode);
    this.#names = new Map(this.#durableNames);
  }

  /** The process dies, the machine does not: all that was written is there. */
  kill(): void {
    this.#life += 1;
    this.#powerOff = false;
    this.#locked = false;
    this.#faults = [];
    this.#held = null;
    this.powerOffAt = Number.POSITIVE_INFINITY;
  }

  paths(): string[] {
    return [...this.#names.keys()].sort();
  }

  /** A file as it is now; for tests that look or garble. */
  peek(path: string): Uint8Array {
    const inode = this.#names.get(path);
    if (inode === undefined) throw new DiskError('ENOENT', path);
    return inode.content.slice(0, inode.length);
  }

  /** Changes a file behind everybody's back, on the medium too. */
  poke(path: string, bytes: Uint8Array): void {
    const inode: Inode = this.#names.get(path) ?? newInode();
    inode.content = bytes.slice();
    inode.length = bytes.length;
    inode.durable = bytes.slice();
    inode.durableLength = bytes.length;
    inode.dirty.clear();
    this.#names.set(path, inode);
    this.#durableNames.set(path, inode);
  }

  delete(path: string): void {
    this.#names.delete(path);
    this.#durableNames.delete(path);
  }

  // ------------------------------------------------------------ Disk

  async open(path: string, how: 'existing' | 'create' | 'synced'): Promise<DiskFile> {
    const life = this.#life;
    if (how === 'create') {
      await this.#step('create', path, life);
      if (this.#names.has(path)) throw new DiskError('EEXIST', path);
      if (!this.#folders.has(folderOf(path))) throw new DiskError('ENOENT', folderOf(path));
      this.#change(folderOf(path), [[path, newInode()]]);
    } else {
      await this.#pause();
      this.#alive(life);
    }
    const inode = this.#names.get(path);
    if (inode === undefined) throw new DiskError('ENOENT', path);
    return this.#handle(inode, life);
  }

  #handle(inode: Inode, life: number): DiskFile {
    // By the name it has now: a file may have been renamed since it was opened.
    const path = (): string => [...this.#names].find(([, other]) => other === inode)?.[0] ?? '(removed)';
    const file: DiskFile = {
      commit: async (bytes, position) => {
        await file.write(bytes, position);
        await file.datasync();
      },
      read: async (position, length) => {
        await this.#pause();
        this.#alive(life);
        return inode.content.slice(position, Math.min(position + length, inode.length));
      },
      write: async (bytes, position) => {
        const copy = bytes.slice();
        const cut = await this.#partly(() => this.#step('write', path(), life), copy.length);
        this.#room(Math.max(0, position + copy.length - inode.length), path());
        write(inode, cut === null ? copy : copy.subarray(0, cut.length), position);
        if (cut !== null) throw cut.error;
      },
      datasync: async () => {
        if (this.#held !== null) await new Promise<void>((resolve) => this.#held?.push(resolve));
        try {
          await this.#step('datasync', path(), life);
        } catch (error) {
          // The pages stay readable and count as clean from now on.
          if (!this.#powerOff) inode.dirty.clear();
          throw error;
        }
        syncPages(inode);
      },
      truncate: async (length) => {
        await this.#step('truncate', path(), life);
        truncate(inode, length);
      },
      size: async () => {
        this.#alive(life);
        return inode.length;
      },
      close: async () => {},
    };
    return file;
  }

  async readFile(path: string): Promise<Uint8Array | null> {
    const life = this.#life;
    await this.#pause();
    this.#alive(life);
    return this.#names.has(path) ? this.peek(path) : null;
  }

  async list(folder: string): Promise<string[]> {
    const life = this.#life;
    await this.#pause();
    this.#alive(life);
    const inside = [...this.#names.keys(), ...this.#folders].filter((path) => folderOf(path) === folder && path !== folder);
    return inside.map((path) => path.slice(folder.length + 1)).sort();
  }

  /** Folders are durable at once: nothing is proved by losing them, and files in them are lost all the same. */
  async makeFolder(path: string): Promise<void> {
    this.#alive(this.#life);
    for (let folder = path; folder !== ''; folder = folderOf(folder)) this.#folders.add(folder);
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#step('rename', to, this.#life);
    const inode = this.#names.get(from);
    if (inode === undefined) throw new DiskError('ENOENT', from);
    this.#change(folderOf(to), [
      [from, null],
      [to, inode],
    ]);
  }

  async remove(path: string): Promise<void> {
    const life = this.#life;
    await this.#pause();
    this.#alive(life);
    if (this.#names.has(path)) this.#change(folderOf(path), [[path, null]]);
  }

  async syncFolder(path: string): Promise<void> {
    await this.#step('syncFolder', path, this.#life);
    for (const change of this.#changes) if (change.folder === path) applyTo(this.#durableNames, change);
    this.#changes = this.#changes.filter((change) => change.folder !== path);
  }

  async lock(folder: string): Promise<() => Promise<void>> {
    if (this.#locked) throw new Error(`The data folder ${folder} is in use`);
    this.#locked = true;
    const life = this.#life;
    return async () => {
      if (life === this.#life) this.#locked = false;
    };
  }

  // ------------------------------------------------------------ inside

  #change(folder: string, sets: NameChange['sets']): void {
    const change = { folder, sets };
    applyTo(this.#names, change);
    this.#changes.push(change);
  }

  #alive(life: number): void {
    if (this.#powerOff || life !== this.#life) throw new DiskError('EPOWER', 'the power is out');
  }

  /** Others get their turn before and after, in an order that follows from the seed. */
  async #pause(): Promise<void> {
    for (let turns = Math.floor(this.#random() * 4); turns >= 0; turns--) await Promise.resolve();
  }

  async #step(operation: Operation, path: string, life: number): Promise<void> {
    await this.#pause();
    this.#alive(life);
    this.operations += 1;
    if (this.operations >= this.powerOffAt) {
      this.#powerOff = true;
      throw new DiskError('EPOWER', 'the power went out');
    }
    for (const fault of this.#faults) {
      if ((fault.operation !== 'any' && fault.operation !== operation) || !fault.path.test(path)) continue;
      fault.countdown -= 1;
      if (fault.countdown === 0) throw new DiskError(fault.code, `${operation} ${path}`);
    }
  }

  /** A write that fails may have written any part. */
  async #partly(step: () => Promise<void>, length: number): Promise<{ length: number; error: unknown } | null> {
    try {
      await step();
      return null;
    } catch (error) {
      if (error instanceof DiskError && error.code === 'EPOWER' && !this.#powerOff) throw error;
      return { length: Math.floor(this.#random() * (length + 1)), error };
    }
  }

  #room(more: number, path: string): void {
    if (more === 0 || this.capacity === Number.POSITIVE_INFINITY) return;
    const used = [...new Set(this.#names.values())].reduce((sum, inode) => sum + inode.length, 0);
    if (used + more > this.capacity) throw new DiskError('ENOSPC', path);
  }

  #losePages(inode: Inode): void {
    const length = this.#random() < 0.5 ? inode.length : inode.durableLength;
    const survived = new Uint8Array(length);
    survived.set(inode.durable.subarray(0, Math.min(length, inode.durableLength)));
    const all = this.#random();
    for (const sector of inode.dirty) {
      if (all > 0.25 && (all > 0.9 || this.#random() < 0.5)) continue;
      const from = sector * SECTOR;
      const to = Math.min(from + SECTOR, length, inode.length);
      if (from < to) survived.set(inode.content.subarray(from, to), from);
    }
    inode.content = survived.slice();
    inode.length = length;
    inode.durable = survived;
    inode.durableLength = length;
    inode.dirty.clear();
  }
}

function newInode(): Inode {
  return { content: new Uint8Array(0), length: 0, durable: new Uint8Array(0), durableLength: 0, dirty: new Set() };
}

function applyTo(names: Map<string, Inode>, change: NameChange): void {
  for (const [path, inode] of change.sets) {
    if (inode === null) names.delete(path);
    else names.set(path, inode);
  }
}

function write(inode: Inode, bytes: Uint8Array, position: number): void {
  if (bytes.length === 0) return;
  const end = position + bytes.length;
  if (end > inode.content.length) {
    const grown = new Uint8Array(Math.max(end, inode.content.length * 2));
    grown.set(inode.content.subarray(0, inode.length));
    inode.content = grown;
  }
  inode.content.set(bytes, position);
  inode.length = Math.max(inode.length, end);
  for (let sector = Math.floor(position / SECTOR); sector * SECTOR < end; sector++) inode.dirty.add(sector);
}

function truncate(inode: Inode, length: number): void {
  inode.content = inode.content.slice(0, Math.max(length, 0));
  inode.length = Math.min(inode.length, length);
}

function syncPages(inode: Inode): void {
  if (inode.durable.length < inode.length) {
    const grown = new Uint8Array(Math.max(inode.length, inode.durable.length * 2));
    grown.set(inode.durable.subarray(0, inode.durableLength));
    inode.durable = grown;
  }
  if (inode.durableLength > inode.length) inode.durable.fill(0, inode.length);
  inode.durableLength = inode.length;
  for (const sector of inode.dirty) {
    const from = sector * SECTOR;
    const to = Math.min(from + SECTOR, inode.length);
    if (from < to) inode.durable.set(inode.content.subarray(from, to), from);
  }
  inode.dirty.clear();
}
