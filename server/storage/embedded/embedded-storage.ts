import type { ReportId } from '../../../shared/ids.ts';
import type { Storage } from '../../core/ports.ts';
import { createCheckpointFiles } from './checkpoint-files.ts';
import type { Disk } from './disk.ts';
import { joinPath, writeAside } from './disk.ts';
import { openEntryLogs } from './entry-logs.ts';
import { openHouseRecords } from './house-records.ts';
import { openMemberStore } from './member-store.ts';

export interface EmbeddedSettings {
  /** The data folder; made when missing. */
  readonly folder: string;
  readonly disk: Disk;
  /** Sentences for the operator: something was repaired, set aside, or can't be written. */
  readonly warn: (message: string) => void;
  /** Milliseconds that never run backwards, for the commit window. */
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly windowMs: number;
  readonly flushMs: number;
  readonly segmentBytes: number;
  readonly fileBytes: number;
}

/**
 * Opens a data folder (docs/FORMAT.md): takes it for this process, brings home what the last run left in the commit log, reads the records.
 * @throws Error when another process has the folder, when it can't be read or written, or when the records can't be read.
 */
export async function openEmbeddedStorage(settings: EmbeddedSettings): Promise<Storage> {
  const { disk, folder, warn } = settings;
  const commitFolder = joinPath(folder, 'commit');
  const reportsFolder = joinPath(folder, 'reports');
  await makeWritable(disk, folder);
  const unlock = await disk.lock(folder);
  try {
    await disk.makeFolder(commitFolder);
    await disk.makeFolder(reportsFolder);
    await disk.syncFolder(folder);
    const records = await openHouseRecords({ disk, folder, warn, now: () => Date.now() });
    const logs = await openEntryLogs({ ...settings, commitFolder, reportsFolder });
    const members = await openMemberStore(settings);
    const checkpoints = createCheckpointFiles(disk, (report: ReportId) => joinPath(reportsFolder, report), warn);
    let closing: Promise<void> | null = null;
    const close = async (): Promise<void> => {
      try {
        await logs.close();
        await records.settled();
        await members.close();
      } finally {
        await unlock();
      }
    };
    return {
      logs,
      checkpoints,
      records,
      members,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

const NOT_WRITABLE = new Set<unknown>(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

async function makeWritable(disk: Disk, folder: string): Promise<void> {
  const probe = joinPath(folder, 'writable.tmp');
  try {
    await disk.makeFolder(folder);
    await writeAside(disk, probe, new Uint8Array(1));
    await disk.remove(probe);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!NOT_WRITABLE.has(code)) throw error;
    throw new Error(
      `The data folder ${folder} can't be written (${String(code)}). Give this user the right to write there, or choose another folder.`,
    );
  }
}
