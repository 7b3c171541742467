import { constants, fdatasync, write } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';
import { lockFolder } from './folder-lock.ts';

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** The machine's own file system. */
export const nodeDisk: Disk = {
  async open(path, how) {
    if (how === 'create') return new NodeFile(await fs.open(path, 'wx+', FILE_MODE), false);
    // O_DSYNC: the write returns when it is on the medium. One trip through the thread pool instead of two, for every keystroke.
    if (how === 'synced') return new NodeFile(await fs.open(path, constants.O_RDWR | constants.O_DSYNC), true);
    return new NodeFile(await fs.open(path, 'r+'), false);
  },
  async readFile(path) {
    try {
      // A plain view: a Buffer's slice() would not copy.
      const buffer = await fs.readFile(path);
      return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  async list(folder) {
    try {
      return (await fs.readdir(folder)).sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  },
  makeFolder,
  async rename(from, to) {
    await fs.rename(from, to);
  },
  async remove(path) {
    await fs.rm(path, { force: true });
  },
  async syncFolder(path) {
    const folder = await fs.open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
  lock: lockFolder,
};

/** Makes a folder and those above it. Node's own `recursive` turns for ever where a file system takes no folders (/proc). */
async function makeFolder(path: string): Promise<void> {
  try {
    await fs.mkdir(path, { mode: FOLDER_MODE });
  } catch (error) {
    if (isMissing(error) && dirname(path) !== path && !(await exists(dirname(path)))) {
      await makeFolder(dirname(path));
      await fs.mkdir(path, { mode: FOLDER_MODE });
    } else if (!isThere(error) || !(await fs.stat(path)).isDirectory()) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return fs.stat(path).then(
    () => true,
    () => false,
  );
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

class NodeFile implements DiskFile {
  readonly #handle: fs.FileHandle;
  readonly #synced: boolean;

  constructor(handle: fs.FileHandle, synced: boolean) {
    this.#handle = handle;
    this.#synced = synced;
  }

  async read(position: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      written += await this.#writeSome(bytes, written, position + written);
    }
  }

  async commit(bytes: Uint8Array, position: number): Promise<void> {
    await this.write(bytes, position);
    if (!this.#synced) await this.datasync();
  }

  // Every keystroke passes here: the callback calls cost about half of what those of the promise interface do.
  #writeSome(bytes: Uint8Array, from: number, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.#handle.fd, bytes, from, bytes.length - from, position, (error, count) => (error ? reject(error) : resolve(count)));
    });
  }

  datasync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.#handle.fd, (error) => (error ? reject(error) : resolve()));
    });
  }

  async truncate(length: number): Promise<void> {
    await this.#handle.truncate(length);
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
