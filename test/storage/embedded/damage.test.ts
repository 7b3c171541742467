import { describe, expect, it } from 'vitest';
import type { OpenLog, Storage } from '../../../server/core/ports.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { SimDisk } from '../../support/sim-disk.ts';
import { all, draft, Listener, MEMBERS, OTHER, REPORT, textOf } from '../samples.ts';
import { FOLDER, openSim, SEGMENTS } from './sim-house.ts';

const folderOf = (report: ReportId) => `${FOLDER}/reports/${report}`;
const OWN = `${folderOf(REPORT)}/log-0000000001.gyl`;
const SEGMENT = `${SEGMENTS}/0000000001.gyc`;
const THIRD = 'report0000000000003c' as ReportId;

/** Reports with three sentences each, one frame a sentence, cleanly closed; ends of the first report's frames. */
async function closedReports(disk: SimDisk): Promise<number[]> {
  const ends: number[] = [];
  for (let i = 1; i <= 3; i++) {
    const { storage } = await openSim(disk);
    for (const report of [REPORT, OTHER]) {
      if (i === 1) await storage.logs.create(report);
      const log = await storage.logs.open(report, new Listener());
      log.append([draft(`第${i}句`)]);
    }
    await storage.close();
    ends.push(disk.peek(OWN).length);
  }
  return ends;
}

function flip(disk: SimDisk, path: string, at: number): void {
  const bytes = disk.peek(path);
  bytes[at] = bytes[at]! ^ 0xff;
  disk.poke(path, bytes);
}

async function texts(log: OpenLog): Promise<string[]> {
  return (await all(log)).map(textOf);
}

async function expectReadOnly(storage: Storage, report: ReportId, sentences: string[]): Promise<string> {
  const log = await storage.logs.open(report, new Listener());
  expect(await texts(log)).toEqual(sentences);
  expect(log.head).toBe(sentences.length);
  expect(() => log.append([draft('neu')])).toThrow(/damaged/);
  await log.close();
  return log.damage ?? '';
}

async function expectWhole(storage: Storage, report: ReportId, sentences: string[]): Promise<void> {
  const listener = new Listener();
  const log = await storage.logs.open(report, listener);
  expect(log.damage).toBeNull();
  expect(await texts(log)).toEqual(sentences);
  log.append([draft('又一句')]);
  await listener.committedUpTo(sentences.length + 1);
  await log.close();
}

describe("damage in the middle of a report's own file", () => {
  it('[DU5] any byte of an earlier frame: read-only up to there, naming file and offset, nothing cut, the other report goes on', async () => {
    const disk = new SimDisk();
    const [first = 0, second = 0] = await closedReports(disk);
    for (let at = first; at < second; at++) {
      const copy = new SimDisk();
      void copy.makeFolder(SEGMENTS);
      void copy.makeFolder(folderOf(REPORT));
      void copy.makeFolder(folderOf(OTHER));
      for (const path of disk.paths()) copy.poke(path, disk.peek(path));
      flip(copy, OWN, at);
      const before = copy.peek(OWN);
      const { storage, warnings } = await openSim(copy);
      const damage = await expectReadOnly(storage, REPORT, ['第1句']);
      expect(damage).toContain(OWN);
      expect(damage).toContain(`offset ${first}`);
      if (at % 16 === 0) await expectWhole(storage, OTHER, ['第1句', '第2句', '第3句']);
      await storage.close();
      expect(copy.peek(OWN)).toEqual(before);
      expect(warnings).toEqual([]);
      expect(copy.paths().filter((path) => path.endsWith('.torn'))).toEqual([]);
    }
  });

  it('[DU5] a header that does not fit is damage, not an empty report', async () => {
    for (const at of [0, 8, 20, 40, 62]) {
      const disk = new SimDisk();
      await closedReports(disk);
      flip(disk, OWN, at);
      const { storage } = await openSim(disk);
      expect(await expectReadOnly(storage, REPORT, [])).toContain(OWN);
      await storage.close();
    }
  });

  it('[DU5] a later file missing, swapped or foreign is damage', async () => {
    const make = async (): Promise<{ disk: SimDisk; paths: string[] }> => {
      const disk = new SimDisk();
      const { storage } = await openSim(disk, { fileBytes: 100 });
      for (const report of [REPORT, OTHER]) {
        await storage.logs.create(report);
        for (let i = 1; i <= 4; i++) {
          const log = await storage.logs.open(report, new Listener());
          log.append([draft(`第${i}句`)]);
          await log.close();
        }
      }
      await storage.close();
      const paths = disk.paths().filter((path) => path.startsWith(`${folderOf(REPORT)}/log-`));
      expect(paths.length).toBeGreaterThan(2);
      return { disk, paths };
    };
    const broken: Record<string, (disk: SimDisk, paths: string[]) => void> = {
      missing: (disk, paths) => disk.delete(paths[1]!),
      swapped: (disk, paths) => {
        const [one, two] = [disk.peek(paths[1]!), disk.peek(paths[2]!)];
        disk.poke(paths[1]!, two);
        disk.poke(paths[2]!, one);
      },
      foreign: (disk, paths) => disk.poke(paths[1]!, disk.peek(paths[1]!.replace(REPORT, OTHER))),
      shortened: (disk, paths) => disk.poke(paths[1]!, disk.peek(paths[1]!).slice(0, 70)),
    };
    for (const [how, breakIt] of Object.entries(broken)) {
      const { disk, paths } = await make();
      breakIt(disk, paths);
      const { storage } = await openSim(disk);
      const log = await storage.logs.open(REPORT, new Listener());
      expect(log.damage, how).toContain(folderOf(REPORT));
      expect(log.head, how).toBeLessThan(4);
      expect(await texts(log), how).toEqual(['第1句', '第2句', '第3句', '第4句'].slice(0, log.head));
      await storage.close();
    }
  });
});

/** Commits of three reports, in the commit log only: their first bytes there. */
async function killed(disk: SimDisk, steps: readonly (readonly [ReportId, string])[]): Promise<number[]> {
  const { storage } = await openSim(disk, { flush: false, segmentBytes: 4096 });
  const open = new Map<ReportId, { log: OpenLog; listener: Listener; count: number }>();
  for (const report of [REPORT, OTHER, THIRD]) {
    await storage.logs.create(report);
    const listener = new Listener();
    open.set(report, { log: await storage.logs.open(report, listener), listener, count: 0 });
  }
  const starts: number[] = [];
  for (const [report, text] of steps) {
    const one = open.get(report)!;
    starts.push(end(disk));
    one.log.append([draft(text)]);
    one.count += 1;
    await one.listener.committedUpTo(one.count);
  }
  disk.kill();
  return starts;
}

function end(disk: SimDisk): number {
  if (!disk.paths().includes(SEGMENT)) return 64;
  const bytes = disk.peek(SEGMENT);
  let at = bytes.length;
  while (at > 64 && bytes[at - 1] === 0) at -= 1;
  return at;
}

describe('damage in the middle of the commit log', () => {
  const steps = [
    [REPORT, '甲一'],
    [OTHER, '乙一'],
    [REPORT, '甲二'],
    [REPORT, '甲三'],
    [OTHER, '乙二'],
  ] as const;

  it('[DU5] who misses an entry is read-only until somebody has looked, who is provably complete goes on, untouched reports too', async () => {
    const disk = new SimDisk();
    const starts = await killed(disk, steps);
    flip(disk, SEGMENT, starts[2]! + 20);
    const first = await openSim(disk);
    expect(first.warnings.join()).toContain(`${SEGMENT}: damaged at offset ${starts[2]}`);
    expect(await expectReadOnly(first.storage, REPORT, ['甲一'])).toContain(SEGMENT);
    await expectWhole(first.storage, OTHER, ['乙一', '乙二']);
    await expectWhole(first.storage, THIRD, []);
    await first.storage.close();

    const second = await openSim(disk);
    expect(await expectReadOnly(second.storage, REPORT, ['甲一'])).toContain(SEGMENT);
    await expectWhole(second.storage, OTHER, ['乙一', '乙二', '又一句']);
    await second.storage.close();
    expect(disk.paths()).toContain(`${SEGMENT}.damaged`);

    disk.delete(`${folderOf(REPORT)}/DAMAGE`);
    const third = await openSim(disk);
    await expectWhole(third.storage, REPORT, ['甲一']);
    await third.storage.close();
  });

  it('[DU5] a report whose entries may have stood there last is read-only, for nothing proves that they did not', async () => {
    const disk = new SimDisk();
    const starts = await killed(disk, steps);
    flip(disk, SEGMENT, starts[3]! + 20);
    const { storage } = await openSim(disk);
    expect(await expectReadOnly(storage, REPORT, ['甲一', '甲二'])).toContain(SEGMENT);
    await expectWhole(storage, OTHER, ['乙一', '乙二']);
    await storage.close();
  });

  it('[DU5] when names were lost, every report that is not provably complete is read-only', async () => {
    const disk = new SimDisk();
    // The names of the member, the chapter and the first report stand in the first frame.
    const starts = await killed(disk, steps);
    flip(disk, SEGMENT, starts[0]! + 20);
    const { storage } = await openSim(disk);
    for (const report of [REPORT, OTHER, THIRD]) expect(await expectReadOnly(storage, report, [])).toContain(SEGMENT);
    await storage.close();
  });

  it("[DU5] what the commit log lost and the report's own file has is not lost", async () => {
    const disk = new SimDisk();
    const { storage } = await openSim(disk, { segmentBytes: 4096 });
    await storage.logs.create(REPORT);
    const listener = new Listener();
    const log = await storage.logs.open(REPORT, listener);
    const starts: number[] = [];
    for (let i = 1; i <= 3; i++) {
      starts.push(end(disk));
      log.append([draft(`第${i}句`)]);
      await listener.committedUpTo(i);
      const before = disk.peek(OWN).length;
      while (disk.peek(OWN).length === before) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    disk.kill();
    const copy = (): SimDisk => {
      const made = new SimDisk();
      void made.makeFolder(SEGMENTS);
      void made.makeFolder(folderOf(REPORT));
      for (const path of disk.paths()) made.poke(path, disk.peek(path));
      return made;
    };
    // In the middle: the later entry proves that nothing else is missing. At the end: a torn frame, and the own file knows better.
    for (const [frame, warning] of [
      [1, /damaged at offset/],
      [2, /torn end/],
    ] as const) {
      const changed = copy();
      flip(changed, SEGMENT, starts[frame]! + 20);
      const again = await openSim(changed);
      expect(again.warnings[0]).toMatch(warning);
      await expectWhole(again.storage, REPORT, ['第1句', '第2句', '第3句']);
      await again.storage.close();
    }
  });

  it('[DU5] a missing segment between two others is damage for whoever is not provably complete', async () => {
    const disk = new SimDisk();
    const { storage } = await openSim(disk, { flush: false, segmentBytes: 512 });
    await storage.logs.create(REPORT);
    const listener = new Listener();
    const log = await storage.logs.open(REPORT, listener);
    // Another report's own files can't take anything, so no segment is released.
    await storage.logs.create(OTHER);
    const others = new Listener();
    const other = await storage.logs.open(OTHER, others);
    disk.failNth('write', 1, 'EIO', new RegExp(OTHER));
    other.append([draft('乙')]);
    await others.committedUpTo(1);
    for (let i = 1; i <= 12; i++) {
      log.append([draft(`第${i}句`.repeat(8), { author: MEMBERS[i % 3]! })]);
      await listener.committedUpTo(i);
    }
    await others.until(() => others.failures.length > 0);
    disk.kill();
    const segments = disk.paths().filter((path) => path.endsWith('.gyc') && /\d\.gyc$/.test(path));
    expect(segments.length).toBeGreaterThan(2);
    disk.delete(segments[1]!);
    const again = await openSim(disk);
    expect(again.warnings.join()).toContain('missing');
    // The one's own files have what is missing; of the other nothing proves that it did not stand there.
    await expectWhole(again.storage, REPORT, listener.entries.map(textOf));
    expect(await expectReadOnly(again.storage, OTHER, ['乙'])).toContain('missing');
    await again.storage.close();
  });
});
