import type { Storage } from '../../../server/core/ports.ts';
import { openEmbeddedStorage } from '../../../server/storage/embedded/embedded-storage.ts';
import type { SimDisk } from '../../support/sim-disk.ts';

export const FOLDER = '/data';
export const SEGMENTS = `${FOLDER}/commit`;

export interface SimHouse {
  readonly storage: Storage;
  readonly warnings: string[];
}

export interface SimOptions {
  readonly segmentBytes?: number;
  readonly fileBytes?: number;
  /** false: committed entries stay in the commit log until something needs them at home. */
  readonly flush?: boolean;
}

/** The embedded storage on a simulated disk, with a clock that stands still and delays that last one turn of the loop. */
export async function openSim(disk: SimDisk, options: SimOptions = {}): Promise<SimHouse> {
  const warnings: string[] = [];
  const flushMs = 1_000;
  const storage = await openEmbeddedStorage({
    folder: FOLDER,
    disk,
    warn: (message) => warnings.push(message),
    now: () => 0,
    after: (ms, run) => {
      if (ms === flushMs && options.flush === false) return () => {};
      const timer = setImmediate(run);
      return () => clearImmediate(timer);
    },
    windowMs: 0,
    flushMs,
    segmentBytes: options.segmentBytes ?? 2_048,
    fileBytes: options.fileBytes ?? 4_096,
  });
  return { storage, warnings };
}
