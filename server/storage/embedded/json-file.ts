import type { Adapter } from 'lowdb';
import type { Disk } from './disk.ts';
import { folderOf, replaceFile } from './disk.ts';

/** Older generations that are kept beside the file. */
const GENERATIONS = 3;

export interface JsonFileSettings<Data> {
  readonly disk: Disk;
  readonly path: string;
  readonly warn: (message: string) => void;
  /** @throws when the value isn't what the file should hold. */
  readonly parse: (value: unknown) => Data;
  readonly now: () => number;
}

type Found<Data> = { readonly data: Data; readonly text: string } | { readonly problem: string } | null;

/**
 * lowdb's adapter for one JSON file that survives crashes: a write is on the medium when it resolves, and at no moment is there no whole file.
 * The last few contents are kept; a file that can't be read is set aside and the youngest readable one taken instead.
 */
export class JsonFile<Data> implements Adapter<Data> {
  readonly #settings: JsonFileSettings<Data>;
  /** What the file holds now, to become the first backup. */
  #text: string | null = null;

  constructor(settings: JsonFileSettings<Data>) {
    this.#settings = settings;
  }

  /** @throws Error saying which file to look at, when there are files and none can be read. */
  async read(): Promise<Data | null> {
    const { path, disk, warn, now } = this.#settings;
    const current = await this.#load(path);
    if (current !== null && 'data' in current) {
      this.#text = current.text;
      return current.data;
    }
    const problem = current?.problem ?? 'the file is missing';
    for (let generation = 1; generation <= GENERATIONS; generation++) {
      const backup = await this.#load(`${path}.bak${generation}`);
      if (backup === null || !('data' in backup)) continue;
      if (current !== null) await disk.rename(path, `${path}.damaged-${now()}`);
      await replaceFile(disk, path, encode(backup.text));
      this.#text = backup.text;
      warn(`${path}: ${problem}; took the older ${path}.bak${generation} instead. The newest changes to accounts may be missing.`);
      return backup.data;
    }
    if (current === null && !(await this.#anyBackup())) return null;
    throw new Error(
      `${path}: ${problem}, and no readable backup (.bak1 to .bak${GENERATIONS}) lies beside it. Nothing was changed. Restore the file from a backup, or move it away to begin without accounts.`,
    );
  }

  async write(data: Data): Promise<void> {
    const { disk, path } = this.#settings;
    const text = `${JSON.stringify(data, null, 2)}\n`;
    if (text === this.#text) return;
    if (this.#text !== null) {
      await this.#shiftBackups();
      await replaceFile(disk, `${path}.bak1`, encode(this.#text));
    }
    await replaceFile(disk, path, encode(text));
    this.#text = text;
  }

  async #shiftBackups(): Promise<void> {
    const { disk, path } = this.#settings;
    const names = new Set(await disk.list(folderOf(path)));
    const name = path.slice(path.lastIndexOf('/') + 1);
    for (let generation = GENERATIONS - 1; generation >= 1; generation--) {
      if (names.has(`${name}.bak${generation}`)) await disk.rename(`${path}.bak${generation}`, `${path}.bak${generation + 1}`);
    }
  }

  async #anyBackup(): Promise<boolean> {
    for (let generation = 1; generation <= GENERATIONS; generation++) {
      if ((await this.#settings.disk.readFile(`${this.#settings.path}.bak${generation}`)) !== null) return true;
    }
    return false;
  }

  async #load(path: string): Promise<Found<Data>> {
    const bytes = await this.#settings.disk.readFile(path);
    if (bytes === null) return null;
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return { data: this.#settings.parse(JSON.parse(text)), text };
    } catch (error) {
      return { problem: `the file can't be read (${error instanceof Error ? firstLine(error.message) : String(error)})` };
    }
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function firstLine(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
