import { describe, expect, it } from 'vitest';
import { SimDisk, seeded } from '../../support/sim-disk.ts';
import { MEMBERS } from '../samples.ts';
import { FOLDER, openSim } from './sim-house.ts';

const PATH = `${FOLDER}/records.json`;
const account = (name: string) => ({ id: MEMBERS[0]!, name, admin: true, createdAt: 1 });

async function written(...names: string[]): Promise<SimDisk> {
  const disk = new SimDisk();
  const { storage } = await openSim(disk);
  for (const name of names) await storage.records.putAccount(account(name));
  await storage.close();
  return disk;
}

function text(disk: SimDisk, path: string): string {
  return new TextDecoder().decode(disk.peek(path));
}

const DAMAGED: Record<string, string> = {
  'cut off': '{"version": 1, "accounts": [{"id": "mem',
  empty: '',
  'an empty object': '{}',
  'of another shape': '{"version":1,"accounts":"none","links":[],"sessions":[],"reports":[]}',
  'of a newer version': '{"version":2,"accounts":[],"links":[],"sessions":[],"reports":[]}',
  'with a field that is not known': '{"version":1,"accounts":[],"links":[],"sessions":[],"reports":[],"extra":1}',
  'with a prototype in it': '{"version":1,"accounts":[],"links":[],"sessions":[],"reports":[],"__proto__":{"admin":true}}',
  'not text': '\u0000\u0001\u0002',
};

describe('records.json', () => {
  it('[DU9] one of before there were passwords and invitations opens, and is kept', async () => {
    const disk = await written('甲');
    const before = JSON.stringify({ version: 1, accounts: [account('旧')], links: [], sessions: [], reports: [] });
    disk.poke(PATH, new TextEncoder().encode(before));
    const { storage, warnings } = await openSim(disk);
    expect(warnings).toEqual([]);
    expect(storage.records.account(MEMBERS[0]!)).toEqual(account('旧'));
    expect([storage.records.credentials(), storage.records.invitations()]).toEqual([[], []]);
    await storage.close();
  });

  it.each(Object.keys(DAMAGED))('[DU9] one that is %s is set aside and the last good generation taken, with a warning', async (how) => {
    const disk = await written('甲', '乙', '丙');
    disk.poke(PATH, new TextEncoder().encode(DAMAGED[how]!));
    const { storage, warnings } = await openSim(disk);
    expect(storage.records.account(MEMBERS[0]!)?.name).toBe('乙');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(PATH);
    await storage.records.putAccount(account('丁'));
    await storage.close();
    const aside = disk.paths().filter((path) => path.startsWith(`${PATH}.damaged-`));
    expect(aside.map((path) => text(disk, path))).toEqual([DAMAGED[how]]);
    const again = await openSim(disk);
    expect(again.warnings).toEqual([]);
    expect(again.storage.records.account(MEMBERS[0]!)?.name).toBe('丁');
    await again.storage.close();
  });

  it('[DU9] an older generation is taken when the newer ones are damaged too', async () => {
    const disk = await written('甲', '乙', '丙', '丁', '戊');
    for (const path of [PATH, `${PATH}.bak1`, `${PATH}.bak2`]) disk.poke(path, new TextEncoder().encode('{'));
    const { storage } = await openSim(disk);
    expect(storage.records.account(MEMBERS[0]!)?.name).toBe('乙');
    await storage.close();
  });

  it('[DU9] when nothing can be read the storage refuses to open, says which file to look at, and changes nothing', async () => {
    const disk = await written('甲', '乙');
    for (const path of disk.paths().filter((one) => one.startsWith(PATH))) disk.poke(path, new TextEncoder().encode('[]'));
    const before = disk.paths();
    await expect(openSim(disk)).rejects.toThrow(/records\.json: the file can't be read.*Restore the file/);
    expect(disk.paths()).toEqual(before);
    // The folder is free again for whoever restores the file.
    disk.poke(PATH, new TextEncoder().encode('{"version":1,"accounts":[],"links":[],"sessions":[],"reports":[]}'));
    await (await openSim(disk)).storage.close();
  });

  it('[DU9] power loss at any moment of a write leaves the old content or the new, and what was confirmed', async () => {
    for (let seed = 1; seed <= 150; seed++) {
      const random = seeded(seed);
      const disk = new SimDisk(seed);
      const { storage } = await openSim(disk);
      await storage.records.putAccount(account('0'));
      disk.powerOffAt = disk.operations + 1 + Math.floor(random() * 40);
      let confirmed = 0;
      try {
        for (let i = 1; i <= 6; i++) {
          await storage.records.putAccount(account(String(i)));
          confirmed = i;
        }
      } catch {
        // The power went out.
      }
      disk.crash();
      const again = await openSim(disk);
      expect(again.warnings).toEqual([]);
      expect([String(confirmed), String(confirmed + 1)]).toContain(again.storage.records.account(MEMBERS[0]!)?.name);
      await again.storage.close();
    }
  });

  it('[DU9] a write that fails is told, changes nothing, and the next one works', async () => {
    const disk = new SimDisk();
    const { storage } = await openSim(disk);
    await storage.records.putAccount(account('甲'));
    for (const operation of ['write', 'datasync', 'rename'] as const) {
      disk.failNth(operation, 1, 'EIO', /records/);
      await expect(storage.records.putAccount(account('乙'))).rejects.toThrow(/EIO/);
      expect(storage.records.account(MEMBERS[0]!)?.name).toBe('甲');
    }
    await storage.records.putAccount(account('丙'));
    expect(storage.records.account(MEMBERS[0]!)?.name).toBe('丙');
    await storage.close();
  });

  it('what is not a record is refused before it is written', async () => {
    const disk = await written('甲');
    const before = text(disk, PATH);
    const { storage } = await openSim(disk);
    await expect(storage.records.putAccount({ ...account('乙'), id: '../../etc' as never })).rejects.toThrow(/member id/);
    await expect(storage.records.putLink({ hash: 'secret', account: null, expiresAt: 1, usedAt: null })).rejects.toThrow(/SHA-256/);
    await storage.close();
    expect(text(disk, PATH)).toBe(before);
  });

  it('sessions that are over are dropped when a new one begins', async () => {
    const disk = new SimDisk();
    const { storage } = await openSim(disk);
    const session = (digit: string, createdAt: number, expiresAt: number) => ({
      hash: digit.repeat(64),
      account: MEMBERS[0]!,
      kind: 'browser' as const,
      label: '',
      createdAt,
      expiresAt,
    });
    await storage.records.putSession(session('a', 0, 100));
    await storage.records.putSession(session('b', 0, 300));
    await storage.records.putSession(session('c', 200, 400));
    expect(storage.records.session('a'.repeat(64))).toBeNull();
    expect(storage.records.session('b'.repeat(64))).not.toBeNull();
    await storage.close();
  });
});

describe('checkpoints', () => {
  it('[DU10] with any byte changed or any end cut, a checkpoint counts as none', async () => {
    const disk = new SimDisk();
    const { storage, warnings } = await openSim(disk);
    const report = 'report0000000000001a' as never;
    const chapter = 'chapter0000000000001' as never;
    await storage.logs.create(report);
    await storage.checkpoints.save(report, chapter, { seq: 300, join: new Uint8Array([1, 2, 3]), full: new Uint8Array([4]) });
    const path = `${FOLDER}/reports/${report}/checkpoints/${chapter}.gyk`;
    const bytes = disk.peek(path);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = changed[at]! ^ 1;
      disk.poke(path, changed);
      expect(await storage.checkpoints.load(report, chapter)).toBeNull();
      disk.poke(path, bytes.slice(0, at));
      expect(await storage.checkpoints.load(report, chapter)).toBeNull();
    }
    expect(warnings.length).toBe(bytes.length * 2);
    disk.poke(path, bytes);
    expect((await storage.checkpoints.load(report, chapter))?.seq).toBe(300);
    await storage.close();
  });
});
