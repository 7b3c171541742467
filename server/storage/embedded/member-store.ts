import type { MemberStore } from '../../core/ports.ts';
import { type Disk, type DiskFile, joinPath, replaceFile } from './disk.ts';

const FILE = 'members.jsonl';
const FLUSH_MS = 1_000;
/** Written anew when it holds more than four times what counts, but not for less than this. */
const LEAST_TO_COMPACT = 256 * 1024;
const TIMES_TOO_LONG = 4;

export interface MemberStoreSettings {
  readonly disk: Disk;
  readonly folder: string;
  readonly warn: (message: string) => void;
  readonly after: (ms: number, run: () => void) => () => void;
}

export interface ClosableMemberStore extends MemberStore {
  /** Keeps what is waiting, and ends. */
  close(): Promise<void>;
}

/**
 * What concerns one member alone, in `members.jsonl`: a line `[key, value]` for each change, the last one of a key counts, `null` takes it away.
 * Not evidence: it is appended once a second without being synced, so a crash costs its last seconds; a line that cannot be read is left out.
 */
export async function openMemberStore(settings: MemberStoreSettings): Promise<ClosableMemberStore> {
  const path = joinPath(settings.folder, FILE);
  const bytes = await settings.disk.readFile(path);
  return new JsonLines(settings, path, bytes ?? new Uint8Array());
}

class JsonLines implements ClosableMemberStore {
  readonly #settings: MemberStoreSettings;
  readonly #path: string;
  readonly #values = new Map<string, unknown>();
  #waiting = new Map<string, unknown>();
  #length: number;
  #file: DiskFile | null = null;
  #cancel: (() => void) | null = null;
  #work: Promise<void> = Promise.resolve();
  #closed = false;
  /** The file ends within a line: the next one begins on a line of its own. */
  #torn: boolean;

  constructor(settings: MemberStoreSettings, path: string, bytes: Uint8Array) {
    this.#settings = settings;
    this.#path = path;
    this.#length = bytes.length;
    this.#torn = bytes.length > 0 && bytes.at(-1) !== 10;
    for (const line of new TextDecoder().decode(bytes).split('\n')) {
      const read = readLine(line);
      if (read !== null) this.#set(...read);
    }
  }

  read(key: string): unknown {
    return this.#values.get(key) ?? null;
  }

  write(key: string, value: unknown): void {
    if (this.#closed) return;
    this.#set(key, value);
    this.#waiting.set(key, value);
    this.#cancel ??= this.#settings.after(FLUSH_MS, () => {
      this.#cancel = null;
      void this.#flush();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    this.#cancel = null;
    await this.#flush();
    await this.#file?.close();
    this.#file = null;
  }

  #set(key: string, value: unknown): void {
    if (value === null) this.#values.delete(key);
    else this.#values.set(key, value);
  }

  #flush(): Promise<void> {
    this.#work = this.#work
      .then(() => this.#append())
      .catch((error: unknown) => {
        // Read marks are not worth stopping for: what is lost is read again.
        this.#settings.warn(
          `${this.#path} can't be written (${error instanceof Error ? error.message : String(error)}); read marks of the last seconds are lost.`,
        );
      });
    return this.#work;
  }

  async #append(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const lines = encode(this.#waiting, this.#torn);
    this.#waiting = new Map();
    const live = this.#length + lines.length > LEAST_TO_COMPACT ? encode(this.#values, false) : null;
    if (live !== null && this.#length + lines.length > live.length * TIMES_TOO_LONG) {
      await this.#file?.close();
      this.#file = null;
      await replaceFile(this.#settings.disk, this.#path, live);
      this.#length = live.length;
      this.#torn = false;
      return;
    }
    this.#file ??= await this.#settings.disk.open(this.#path, this.#length === 0 && !(await this.#exists()) ? 'create' : 'existing');
    await this.#file.write(lines, this.#length);
    this.#length += lines.length;
    this.#torn = false;
  }

  async #exists(): Promise<boolean> {
    return (await this.#settings.disk.readFile(this.#path)) !== null;
  }
}

function encode(values: ReadonlyMap<string, unknown>, torn: boolean): Uint8Array {
  const lines = [...values].map((entry) => `${JSON.stringify(entry)}\n`).join('');
  return new TextEncoder().encode(torn ? `\n${lines}` : lines);
}

function readLine(line: string): [string, unknown] | null {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' ? [value[0], value[1]] : null;
  } catch {
    return null;
  }
}
