import type { Disk, DiskFile } from '../../server/storage/embedded/disk.ts';

/** A real disk whose syncs a test may hold back or let fail. */
export interface FaultyDisk extends Disk {
  hold(): void;
  release(): void;
  /** The next sync of a commit-log segment fails. */
  failNextCommit(): void;
}

export function createFaultyDisk(disk: Disk): FaultyDisk {
  let held: (() => void)[] | null = null;
  let fail = false;
  /** A segment gets its name after it was opened. */
  const renamed = new Map<string, string>();
  const wrap = (file: DiskFile, path: string): DiskFile => ({
    async commit(bytes, position) {
      await file.write(bytes, position);
      await this.datasync();
    },
    read: (position, length) => file.read(position, length),
    write: (bytes, position) => file.write(bytes, position),
    truncate: (length) => file.truncate(length),
    size: () => file.size(),
    close: () => file.close(),
    async datasync() {
      if (held !== null) await new Promise<void>((resolve) => held?.push(resolve));
      if (fail && (renamed.get(path) ?? path).endsWith('.gyc')) {
        fail = false;
        throw new Error('EIO: the sync failed (asked for by the test)');
      }
      await file.datasync();
    },
  });
  return {
    ...disk,
    async open(path, how) {
      return wrap(await disk.open(path, how), path);
    },
    async rename(from, to) {
      await disk.rename(from, to);
      renamed.set(from, to);
    },
    hold() {
      held ??= [];
    },
    release() {
      const waiting = held ?? [];
      held = null;
      for (const go of waiting) go();
    },
    failNextCommit() {
      fail = true;
    },
  };
}
