import { describe, expect, it } from 'vitest';
import type { OpenLog } from '../../../server/core/ports.ts';
import { SimDisk } from '../../support/sim-disk.ts';
import { all, draft, Listener, OTHER, REPORT, textOf, turns } from '../samples.ts';
import { FOLDER, openSim, SEGMENTS } from './sim-house.ts';

async function texts(log: OpenLog): Promise<string[]> {
  return (await all(log)).map(textOf);
}

describe('a disk that is full', () => {
  it('[DU6] nobody is told, everything can still be read, and writing goes on without a restart once there is room', async () => {
    const disk = new SimDisk();
    const { storage } = await openSim(disk, { segmentBytes: 1024, fileBytes: 2048 });
    await storage.logs.create(REPORT);
    let listener = new Listener();
    let log = await storage.logs.open(REPORT, listener);
    disk.capacity = disk.paths().reduce((sum, path) => sum + disk.peek(path).length, 0) + 6_000;
    const told: string[] = [];
    for (let i = 1; listener.failures.length === 0; i++) {
      log.append([draft(`第${i}句`.repeat(20))]);
      await listener.until(() => listener.failures.length > 0 || listener.entries.length === i);
    }
    told.push(...listener.entries.map(textOf));
    expect(told.length).toBeGreaterThan(3);
    expect(() => log.append([draft('more')])).toThrow(/failed/);
    expect(await texts(log)).toEqual(told);

    await log.close();
    disk.capacity = disk.paths().reduce((sum, path) => sum + disk.peek(path).length, 0);
    await expect(storage.logs.open(REPORT, new Listener())).rejects.toThrow(/ENOSPC/);

    disk.capacity = Number.POSITIVE_INFINITY;
    listener = new Listener();
    log = await storage.logs.open(REPORT, listener);
    expect(await texts(log)).toEqual(told);
    log.append([draft('有地方了')]);
    await listener.committedUpTo(told.length + 1);
    await storage.close();
    const again = await openSim(disk);
    expect(await texts(await again.storage.logs.open(REPORT, new Listener()))).toEqual([...told, '有地方了']);
    await again.storage.close();
  });

  it('[DU6] there is no half checkpoint and no half record', async () => {
    const disk = new SimDisk();
    const { storage } = await openSim(disk);
    await storage.logs.create(REPORT);
    const chapter = 'chapter0000000000001' as never;
    const old = { seq: 1, join: new Uint8Array([1]), full: new Uint8Array([2]) };
    await storage.checkpoints.save(REPORT, chapter, old);
    disk.capacity = 0;
    await expect(storage.checkpoints.save(REPORT, chapter, { ...old, seq: 2 })).rejects.toThrow(/ENOSPC/);
    expect(await storage.checkpoints.load(REPORT, chapter)).toEqual(old);
    disk.capacity = Number.POSITIVE_INFINITY;
    await storage.close();
  });
});

describe('a sync that fails', () => {
  it('[DU2] the failed segment is never written again, and the failed entries do not come back after power loss either', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const disk = new SimDisk(seed);
      const { storage } = await openSim(disk, { flush: false });
      await storage.logs.create(REPORT);
      let listener = new Listener();
      let log = await storage.logs.open(REPORT, listener);
      log.append([draft('kept')]);
      await listener.committedUpTo(1);
      disk.failNth('datasync', 1, 'EIO', /\d\.gyc$/);
      log.append([draft('lost')]);
      await listener.until(() => listener.failures.length > 0);
      const segment = `${SEGMENTS}/0000000001.gyc`;
      const before = disk.peek(segment);
      await turns(3);
      expect(disk.peek(segment)).toEqual(before);
      await log.close();
      listener = new Listener();
      log = await storage.logs.open(REPORT, listener);
      expect(disk.paths()).not.toContain(segment);
      log.append([draft('after')]);
      await listener.committedUpTo(2);
      disk.crash();
      const again = await openSim(disk);
      expect(await texts(await again.storage.logs.open(REPORT, new Listener()))).toEqual(['kept', 'after']);
      await again.storage.close();
    }
  });

  it('[DU7] a report whose own files fail is read-only alone; opened again it is whole, even when the failed pages never reached the medium', async () => {
    for (const operation of ['write', 'datasync'] as const) {
      for (let seed = 1; seed <= 20; seed++) {
        const disk = new SimDisk(seed);
        const { storage, warnings } = await openSim(disk, { segmentBytes: 1024 });
        const listeners = [new Listener(), new Listener()];
        const logs: OpenLog[] = [];
        for (const [i, report] of [REPORT, OTHER].entries()) {
          await storage.logs.create(report);
          logs.push(await storage.logs.open(report, listeners[i]!));
        }
        disk.failNth(operation, 1, 'EIO', new RegExp(`${REPORT}/log`));
        const told: string[] = [];
        for (let i = 1; listeners[0]!.failures.length === 0; i++) {
          logs[0]!.append([draft(`甲${i}`.repeat(10))]);
          logs[1]!.append([draft(`乙${i}`.repeat(10))]);
          await listeners[1]!.committedUpTo(i);
          await turns(1);
        }
        told.push(...listeners[0]!.entries.map(textOf));
        expect(listeners[1]!.failures).toEqual([]);
        expect(warnings.join()).toContain(REPORT);
        expect(await texts(logs[0]!)).toEqual(told);
        await logs[0]!.close();
        const again = new Listener();
        const log = await storage.logs.open(REPORT, again);
        expect(await texts(log)).toEqual(told);
        log.append([draft('后来')]);
        await again.committedUpTo(told.length + 1);
        // Released segments mean that everything must be on the medium by now.
        for (let i = 0; i < 30; i++) {
          logs[1]!.append([draft(`乙${i}`.repeat(30))]);
          await turns(1);
        }
        disk.crash();
        const after = await openSim(disk);
        const reread = await after.storage.logs.open(REPORT, new Listener());
        expect(reread.damage).toBeNull();
        expect(await texts(reread)).toEqual([...told, '后来']);
        await after.storage.close();
      }
    }
  });

  it('[DU2] whichever operation fails: what was told is there, what failed is not, and opening again works', async () => {
    for (const code of ['EIO', 'ENOSPC']) {
      for (let k = 1; k < 120; k += code === 'EIO' ? 1 : 7) {
        const disk = new SimDisk(k);
        const { storage } = await openSim(disk, { segmentBytes: 700, fileBytes: 900 });
        await storage.logs.create(REPORT);
        disk.failNth('any', k, code);
        let listener = new Listener();
        let log = await storage.logs.open(REPORT, listener);
        const kept: string[] = [];
        for (let i = 1; i <= 25; i++) {
          if (listener.failures.length > 0) {
            await log.close();
            kept.push(...listener.entries.map(textOf));
            listener = new Listener();
            log = await opened(() => storage.logs.open(REPORT, listener));
            expect(await texts(log)).toEqual(kept);
          }
          log.append([draft(`第${i}笔`.repeat(3))]);
          const count = listener.entries.length;
          await listener.until(() => listener.failures.length > 0 || listener.entries.length > count);
          await turns(1);
        }
        kept.push(...listener.entries.map(textOf));
        await log.close();
        await storage.close().catch(() => {});
        disk.kill();
        const again = await openSim(disk);
        const reread = await again.storage.logs.open(REPORT, new Listener());
        expect(reread.damage, `k=${k}`).toBeNull();
        const found = await texts(reread);
        expect(found.slice(0, kept.length), `k=${k}`).toEqual(kept);
        expect(found.length - kept.length, `k=${k}`).toBeLessThanOrEqual(1);
        await again.storage.close();
      }
    }
  });
});

/** Opening may itself meet the one fault; the next try doesn't. */
async function opened(open: () => Promise<OpenLog>): Promise<OpenLog> {
  try {
    return await open();
  } catch {
    return open();
  }
}

describe('segments', () => {
  it('[DU8] full segments are released and used again, the report rolls over to new files, and everything is there', async () => {
    const disk = new SimDisk();
    const { storage } = await openSim(disk, { segmentBytes: 4_096, fileBytes: 8_192 });
    const listeners = [new Listener(), new Listener()];
    const logs: OpenLog[] = [];
    for (const [i, report] of [REPORT, OTHER].entries()) {
      await storage.logs.create(report);
      logs.push(await storage.logs.open(report, listeners[i]!));
    }
    const most = { segments: 0 };
    for (let i = 1; i <= 2_000; i++) {
      for (const [j, log] of logs.entries()) log.append([draft(`${j}·${i}`)]);
      if (i % 20 === 0) {
        await listeners[1]!.committedUpTo(i);
        await turns(1);
        most.segments = Math.max(most.segments, disk.paths().filter((path) => path.startsWith(SEGMENTS)).length);
      }
    }
    for (const listener of listeners) await listener.committedUpTo(2_000);
    expect(most.segments).toBeLessThan(12);
    await storage.close();
    expect(disk.paths().filter((path) => path.startsWith(SEGMENTS))).toEqual([`${SEGMENTS}/spare.gyc`]);
    expect(disk.paths().filter((path) => path.startsWith(`${FOLDER}/reports/${REPORT}/log-`)).length).toBeGreaterThan(2);
    const again = await openSim(disk);
    for (const [j, report] of [REPORT, OTHER].entries()) {
      const log = await again.storage.logs.open(report, new Listener());
      expect(await texts(log)).toEqual(Array.from({ length: 2_000 }, (_, i) => `${j}·${i + 1}`));
      expect(await log.chainHead(2_000)).toBe(await logs[j]!.chainHead(2_000));
    }
    await again.storage.close();
  });

  it('an append that is larger than a segment gets one of its size', async () => {
    const disk = new SimDisk();
    const { storage } = await openSim(disk, { segmentBytes: 1_024 });
    await storage.logs.create(REPORT);
    const listener = new Listener();
    const log = await storage.logs.open(REPORT, listener);
    const long = '长'.repeat(5_000);
    log.append([draft('短')]);
    await listener.committedUpTo(1);
    log.append([draft(long), draft('尾')]);
    await listener.committedUpTo(3);
    log.append([draft('后')]);
    await listener.committedUpTo(4);
    disk.kill();
    const again = await openSim(disk);
    expect(again.warnings).toEqual([]);
    expect(await texts(await again.storage.logs.open(REPORT, new Listener()))).toEqual(['短', long, '尾', '后']);
    await again.storage.close();
  });

  it('[DU12] a copy of the folder made while the server writes is a whole report, when commit/ is copied last', async () => {
    const disk = new SimDisk();
    const { storage } = await openSim(disk, { segmentBytes: 4_096 });
    await storage.logs.create(REPORT);
    const listener = new Listener();
    const log = await storage.logs.open(REPORT, listener);
    let tried = 0;
    for (let round = 1; round <= 8; round++) {
      const segments = () =>
        disk
          .paths()
          .filter((path) => path.startsWith(SEGMENTS))
          .join();
      const copy = new SimDisk();
      for (const folder of [SEGMENTS, `${FOLDER}/reports/${REPORT}`]) await copy.makeFolder(folder);
      const before = segments();
      const told = listener.entries.length;
      for (const path of disk.paths()) if (!path.startsWith(SEGMENTS)) copy.poke(path, disk.peek(path));
      for (let i = 1; i <= 5; i++) log.append([draft(`第${told + i}笔`)]);
      await listener.committedUpTo(told + 5);
      await turns(2);
      for (const path of disk.paths()) if (path.startsWith(SEGMENTS)) copy.poke(path, disk.peek(path));
      if (segments() !== before) continue;
      tried += 1;
      const restored = await openSim(copy);
      const found = await restored.storage.logs.open(REPORT, new Listener());
      expect(found.damage).toBeNull();
      expect(await texts(found)).toEqual(Array.from({ length: told + 5 }, (_, i) => `第${i + 1}笔`));
      await restored.storage.close();
    }
    expect(tried).toBeGreaterThan(4);
    await storage.close();
  });
});
