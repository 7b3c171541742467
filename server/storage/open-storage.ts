import type { Storage } from '../core/ports.ts';
import type { Disk } from './embedded/disk.ts';
import { openEmbeddedStorage } from './embedded/embedded-storage.ts';
import { nodeDisk } from './embedded/node-disk.ts';

/** Which storage, and where. A later issue adds `{ adapter: 'cluster', … }` beside it. */
export interface StorageConfig {
  readonly adapter: 'embedded';
  /** The data folder; made when missing. */
  readonly folder: string;
  /** Sentences for the operator. */
  readonly warn: (message: string) => void;
  /** Least time between two commit starts, ms. */
  readonly windowMs?: number;
  /** How long committed entries wait before they are written to their reports' own files, ms. */
  readonly flushMs?: number;
  readonly segmentBytes?: number;
  readonly fileBytes?: number;
  /** Tests put a simulated disk here. */
  readonly disk?: Disk;
}

const DEFAULTS = { windowMs: 2, flushMs: 1_000, segmentBytes: 8 * 1024 * 1024, fileBytes: 16 * 1024 * 1024 };

/** @throws Error that says what is wrong with the folder and what to do. */
export function openStorage(config: StorageConfig): Promise<Storage> {
  return openEmbeddedStorage({
    ...DEFAULTS,
    disk: nodeDisk,
    now: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    ...config,
  });
}
