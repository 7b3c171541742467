/**
 * All that the embedded storage asks of a disk, so that tests can put a simulated one in its place (test/support/sim-disk.ts).
 * Every function rejects with the system's error (`code` ENOSPC, EIO, …). Paths are joined with '/'.
 */
export interface DiskFile {
  /** Fewer bytes than asked for only at the end of the file. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** All bytes, or it rejects; then any part of them may have been written. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** `write`, then `datasync`: in one trip where the file was opened as `synced`. */
  commit(bytes: Uint8Array, position: number): Promise<void>;
  /** Resolves when content and length are on the medium. After a rejection the file is never synced again: a second try may lie. */
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

export interface Disk {
  /** For reading and writing. `create` refuses a name that exists; `synced` is for a file that exists and is only written by `commit`. */
  open(path: string, how: 'existing' | 'create' | 'synced'): Promise<DiskFile>;
  /** @returns null when there is no such file. */
  readFile(path: string): Promise<Uint8Array | null>;
  /** Names in a folder, sorted; none when the folder is missing. */
  list(folder: string): Promise<string[]>;
  /** With its parents; no matter whether it exists. */
  makeFolder(path: string): Promise<void>;
  /** Takes the place of what has the new name. */
  rename(from: string, to: string): Promise<void>;
  /** No matter whether it exists. */
  remove(path: string): Promise<void>;
  /** Resolves when the names in the folder are on the medium. */
  syncFolder(path: string): Promise<void>;
  /**
   * Takes a folder for this process alone.
   * @returns the function that gives it back.
   * @throws Error saying who has it.
   */
  lock(folder: string): Promise<() => Promise<void>>;
}

export function joinPath(...parts: readonly string[]): string {
  return parts.join('/');
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** A whole small file, whole or not at all: temporary name, sync, rename, sync of the folder. */
export async function replaceFile(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  await writeAside(disk, `${path}.tmp`, bytes);
  await disk.rename(`${path}.tmp`, path);
  await disk.syncFolder(folderOf(path));
}

/** Writes and syncs a file under a name that nothing is read from. */
export async function writeAside(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  await disk.remove(path);
  const file = await disk.open(path, 'create');
  try {
    await file.write(bytes, 0);
    await file.datasync();
  } finally {
    await file.close();
  }
}
