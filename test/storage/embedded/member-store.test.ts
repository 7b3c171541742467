import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClosableMemberStore, openMemberStore } from '../../../server/storage/embedded/member-store.ts';
import { nodeDisk } from '../../../server/storage/embedded/node-disk.ts';

let folder: string;
const warnings: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongbi-members-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (): Promise<ClosableMemberStore> =>
  openMemberStore({ disk: nodeDisk, folder, warn: (message) => warnings.push(message), after: () => () => undefined });
const file = (): Promise<string> => readFile(join(folder, 'members.jsonl'), 'utf8');

test('[UR4] values are there after a restart; the last one counts, and what was taken away is gone', async () => {
  const store = await open();
  store.write('a', { x: 1 });
  store.write('b', 7);
  store.write('a', { x: 2 });
  store.write('b', null);
  expect([store.read('a'), store.read('b'), store.read('c')]).toEqual([{ x: 2 }, null, null]);
  await store.close();
  const again = await open();
  expect([again.read('a'), again.read('b')]).toEqual([{ x: 2 }, null]);
  again.write('c', 'new');
  await again.close();
  const third = await open();
  expect([third.read('a'), third.read('c')]).toEqual([{ x: 2 }, 'new']);
  await third.close();
  expect(warnings).toEqual([]);
});

test('[UR4] a torn or foreign line costs that line, and the next one is written on a line of its own', async () => {
  await writeFile(join(folder, 'members.jsonl'), '["a",1]\nnonsense\n["b",2]\n["c",');
  const store = await open();
  expect([store.read('a'), store.read('b'), store.read('c')]).toEqual([1, 2, null]);
  store.write('d', 4);
  await store.close();
  expect((await file()).endsWith('["c",\n["d",4]\n')).toBe(true);
  const again = await open();
  expect([again.read('a'), again.read('d')]).toEqual([1, 4]);
  await again.close();
});

test('[UR4] the file does not grow without end', async () => {
  const long = '字'.repeat(2_000);
  for (let round = 0; round < 80; round += 1) {
    const store = await open();
    store.write('a', `${round} ${long}`);
    store.write('b', round);
    await store.close();
  }
  expect(Buffer.byteLength(await file())).toBeLessThan(300 * 1024);
  const store = await open();
  expect([store.read('a'), store.read('b')]).toEqual([`79 ${long}`, 79]);
  await store.close();
});
