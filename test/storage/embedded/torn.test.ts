import { describe, expect, it } from 'vitest';
import { SimDisk } from '../../support/sim-disk.ts';
import { all, draft, Listener, REPORT, textOf } from '../samples.ts';
import { FOLDER, openSim, SEGMENTS, type SimOptions } from './sim-house.ts';

const OWN = `${FOLDER}/reports/${REPORT}/log-0000000001.gyl`;
const SEGMENT = `${SEGMENTS}/0000000001.gyc`;
const TEXTS = ['第一句', '第二句，长一些', '末句'];

/** A disk after a kill: three commits, the last one in a frame of its own. */
async function written(home: 'commit log' | 'own file'): Promise<{ disk: SimDisk; path: string; from: number; to: number }> {
  const disk = new SimDisk(3);
  const options: SimOptions = { flush: false, segmentBytes: 1024 };
  const listener = new Listener();
  let from = 0;
  const path = home === 'own file' ? OWN : SEGMENT;
  if (home === 'own file') {
    // Each closing writes one frame.
    for (const text of TEXTS) {
      const { storage } = await openSim(disk, options);
      if (!(await storage.logs.exists(REPORT))) await storage.logs.create(REPORT);
      from = disk.peek(path).length;
      const log = await storage.logs.open(REPORT, new Listener());
      log.append([draft(text)]);
      await storage.close();
    }
  } else {
    const { storage } = await openSim(disk, options);
    await storage.logs.create(REPORT);
    const log = await storage.logs.open(REPORT, listener);
    for (const [i, text] of TEXTS.entries()) {
      from = i === 0 ? 0 : contentEnd(disk.peek(path));
      log.append([draft(text)]);
      await listener.committedUpTo(i + 1);
    }
    disk.kill();
  }
  return { disk, path, from, to: contentEnd(disk.peek(path)) };
}

function contentEnd(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end;
}

/** The same disk with one file changed. */
function copyOf(disk: SimDisk, path: string, change: (bytes: Uint8Array) => Uint8Array): SimDisk {
  const copy = new SimDisk(5);
  for (const folder of [SEGMENTS, `${FOLDER}/reports/${REPORT}`]) void copy.makeFolder(folder);
  for (const one of disk.paths()) copy.poke(one, one === path ? change(disk.peek(one)) : disk.peek(one));
  return copy;
}

async function reopened(disk: SimDisk): Promise<{ texts: string[]; damage: string | null; warnings: string[] }> {
  const { storage, warnings } = await openSim(disk);
  const listener = new Listener();
  const log = await storage.logs.open(REPORT, listener);
  const texts = (await all(log)).map(textOf);
  if (log.damage === null) {
    // Life goes on, and what comes now lasts.
    log.append([draft('后来')]);
    await listener.committedUpTo(texts.length + 1);
    await storage.close();
    const again = await openSim(disk);
    const second = await again.storage.logs.open(REPORT, new Listener());
    expect(second.damage).toBeNull();
    expect((await all(second)).map(textOf)).toEqual([...texts, '后来']);
    expect(again.warnings).toEqual([]);
    await again.storage.close();
  } else {
    await storage.close();
  }
  return { texts, damage: log.damage, warnings };
}

describe.each(['commit log', 'own file'] as const)('a torn end of the %s', (home) => {
  const changes: Record<string, (at: number, end: number) => (bytes: Uint8Array) => Uint8Array> = {
    'cut off': (at) => (bytes) => bytes.slice(0, at),
    'zero from there on': (at) => (bytes) => {
      const changed = bytes.slice();
      changed.fill(0, at);
      return changed;
    },
    'one byte garbled': (at) => (bytes) => {
      const changed = bytes.slice();
      changed[at] = changed[at]! ^ 0x5a;
      return changed;
    },
    'garbage from there on': (at, end) => (bytes) => {
      const changed = bytes.slice();
      for (let i = at; i < end; i++) changed[i] = (changed[i]! * 31 + i * 7 + 1) & 0xff;
      return changed;
    },
  };

  it.each(Object.keys(changes))(
    '[DU4] at every byte of the last frame, %s: everything before is there, the rest is kept aside, one warning',
    async (how) => {
      const { disk, path, from, to } = await written(home);
      expect(to - from).toBeGreaterThan(20);
      for (let at = from; at < to; at++) {
        const changed = copyOf(disk, path, changes[how]!(at, to));
        const kept = changed.peek(path).slice(from, to);
        const found = await reopened(changed);
        expect(found.damage).toBeNull();
        expect(found.texts).toEqual(TEXTS.slice(0, 2));
        // Nothing at all of the frame is no torn frame; in the commit log zeros are the regular end.
        const nothingLeft = kept.length === 0 || (home === 'commit log' && kept.every((byte) => byte === 0));
        expect(found.warnings).toHaveLength(nothingLeft ? 0 : 1);
        const torn = changed.paths().filter((one) => one.endsWith('.torn'));
        expect(torn).toHaveLength(nothingLeft ? 0 : 1);
        if (!nothingLeft) expect(changed.peek(torn[0]!).slice(0, contentEnd(kept))).toEqual(kept.slice(0, contentEnd(kept)));
      }
    },
  );

  it('[DU4] garbage behind the last frame is kept aside and costs nothing', async () => {
    const { disk, path, to } = await written(home);
    const changed = copyOf(disk, path, (bytes) => {
      const longer = new Uint8Array(Math.max(bytes.length, to + 40));
      longer.set(bytes);
      for (let i = to; i < to + 40; i++) longer[i] = (i * 37 + 11) & 0xff;
      return longer;
    });
    const found = await reopened(changed);
    expect(found).toMatchObject({ damage: null, texts: TEXTS });
    expect(found.warnings).toHaveLength(1);
  });
});

describe('a file that was never finished', () => {
  it("[DU4] a report's newest file without a whole header is set aside", async () => {
    const { disk } = await written('own file');
    const next = `${FOLDER}/reports/${REPORT}/log-0000000004.gyl`;
    for (const bytes of [new Uint8Array(0), disk.peek(OWN).slice(0, 30), new Uint8Array(64)]) {
      const changed = copyOf(disk, '', (same) => same);
      changed.poke(next, bytes);
      expect(await reopened(changed)).toMatchObject({ damage: null, texts: TEXTS, warnings: [expect.stringContaining('torn end')] });
    }
  });

  it('[DU4] a segment without a header and without anything in it is no damage', async () => {
    const { disk } = await written('own file');
    const changed = copyOf(disk, '', (same) => same);
    changed.poke(`${SEGMENTS}/0000000001.gyc`, new Uint8Array(512));
    expect(await reopened(changed)).toMatchObject({ damage: null, texts: TEXTS });
  });
});
