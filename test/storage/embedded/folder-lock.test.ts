import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../server/storage/embedded/folder-lock.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { draft, Listener, REPORT } from '../samples.ts';

let folder: string;
let other: ChildProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongbi-lock-'));
});

afterEach(async () => {
  other?.kill('SIGKILL');
  other = null;
  await rm(folder, { recursive: true, force: true });
});

/** A process that does nothing but live. */
async function living(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
  other = child;
  return child;
}

async function dead(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await gone;
}

describe('the lock of a data folder', () => {
  it('[DU11] one process cannot open a folder twice, and can again once it was closed', async () => {
    const open = () => openStorage({ adapter: 'embedded', folder, warn: () => {}, segmentBytes: 4096 });
    const storage = await open();
    await expect(open()).rejects.toThrow(/already open/);
    await storage.close();
    await (await open()).close();
  });

  it('[DU11] a folder that a living process holds is refused, in words that say who', async () => {
    const child = await living();
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: child.pid, started: null, boot: null }));
    await expect(lockFolder(folder)).rejects.toThrow(new RegExp(`in use by process ${child.pid}.*stop the other one`));
    await dead(child);
    const unlock = await lockFolder(folder);
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await unlock();
    await expect(stat(join(folder, 'lock'))).rejects.toThrow(/ENOENT/);
  });

  it('[DU11] a lock left by a killed process, by an earlier start under the same number, or unreadable, is taken over', async () => {
    const child = await living();
    for (const left of [
      JSON.stringify({ pid: process.pid, started: '1', boot: null }),
      JSON.stringify({ pid: 2 ** 22 + 5, started: null, boot: null }),
      // Its number lives, but as another process: it started at another time, or before the machine did.
      JSON.stringify({ pid: child.pid, started: '1', boot: null }),
      JSON.stringify({ pid: child.pid, started: null, boot: 'another start of the machine' }),
      'nonsense',
      '',
    ]) {
      await writeFile(join(folder, 'lock'), left);
      const unlock = await lockFolder(folder);
      await unlock();
    }
  });

  it('[DU11] of many who find a dead lock at once, one gets it', async () => {
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 5, started: null, boot: null }));
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder)));
    const won = tries.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    await won[0]?.value();
  });
});

describe('on a real disk', () => {
  it('[AC9] files belong to the server alone', async () => {
    const storage = await openStorage({ adapter: 'embedded', folder: join(folder, 'data'), warn: () => {}, segmentBytes: 4096 });
    await storage.logs.create(REPORT);
    const log = await storage.logs.open(REPORT, new Listener());
    log.append([draft('句')]);
    await storage.records.putReport({ id: REPORT, title: '报告', createdAt: 1, createdBy: draft('').author, members: [] });
    await storage.close();
    const mode = async (...path: string[]) => ((await stat(join(folder, 'data', ...path))).mode & 0o777).toString(8);
    expect(await mode()).toBe('700');
    expect(await mode('reports', REPORT)).toBe('700');
    expect(await mode('reports', REPORT, 'log-0000000001.gyl')).toBe('600');
    expect(await mode('records.json')).toBe('600');
    expect(await mode('commit', 'spare.gyc')).toBe('600');
  });

  it('a folder that cannot be made is said plainly', async () => {
    await writeFile(join(folder, 'file'), '');
    const open = openStorage({ adapter: 'embedded', folder: join(folder, 'file', 'data'), warn: () => {} });
    await expect(open).rejects.toThrow(/can't be written/);
  });

  it('[LG5] 100,000 entries are written, told in order, and read back with the same chain', async () => {
    const open = () => openStorage({ adapter: 'embedded', folder, warn: () => {} });
    let storage = await open();
    await storage.logs.create(REPORT);
    const listener = new Listener();
    let log = await storage.logs.open(REPORT, listener);
    for (let i = 0; i < 100_000; i += 100) {
      for (let j = 1; j <= 100; j++) log.append([draft(`${i + j}`)]);
      if (i % 5_000 === 0) await listener.committedUpTo(i + 100);
    }
    await listener.committedUpTo(100_000);
    expect(listener.entries.every((entry, i) => entry.seq === i + 1)).toBe(true);
    const head = await log.chainHead(100_000);
    await storage.close();
    storage = await open();
    log = await storage.logs.open(REPORT, new Listener());
    expect(log.head).toBe(100_000);
    let expected = 0;
    for await (const entry of log.read(0)) {
      expected += 1;
      if (entry.seq !== expected || Buffer.from(entry.payload).toString() !== String(expected))
        throw new Error(`Entry ${expected} is wrong`);
    }
    expect(expected).toBe(100_000);
    expect(await log.chainHead(100_000)).toBe(head);
    await storage.close();
  });
});
