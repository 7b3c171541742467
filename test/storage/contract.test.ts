import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeDisk } from '../../server/storage/embedded/node-disk.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { createMemoryStorage } from '../support/memory-storage.ts';
import { SimDisk } from '../support/sim-disk.ts';
import { createFaultyDisk } from './faulty-disk.ts';
import { storageContract } from './storage-contract.ts';

const SMALL = { adapter: 'embedded', segmentBytes: 32 * 1024, fileBytes: 16 * 1024, flushMs: 5, warn: () => {} } as const;

storageContract('in memory', async () => {
  const memory = createMemoryStorage();
  return {
    open: async () => memory,
    hold: () => memory.hold(),
    release: () => memory.release(),
    failNextCommit: () => memory.failNext(),
    cleanUp: async () => {},
  };
});

storageContract('embedded on a real disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gongbi-storage-'));
  const disk = createFaultyDisk(nodeDisk);
  return {
    open: () => openStorage({ ...SMALL, folder, disk }),
    hold: () => disk.hold(),
    release: () => disk.release(),
    failNextCommit: () => disk.failNextCommit(),
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  };
});

storageContract('embedded on a simulated disk', async () => {
  const disk = new SimDisk(7);
  return {
    open: () => openStorage({ ...SMALL, folder: '/data', disk }),
    hold: () => disk.holdSyncs(),
    release: () => disk.releaseSyncs(),
    failNextCommit: () => disk.failNth('datasync', 1, 'EIO', /\d\.gyc$/),
    cleanUp: async () => {},
  };
});
