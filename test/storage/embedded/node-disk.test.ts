import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeDisk } from '../../../server/storage/embedded/node-disk.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongbi-disk-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a folder is made with those above it, private to the user, and making it again changes nothing', async () => {
  const deep = join(folder, 'a/b/c');
  await nodeDisk.makeFolder(deep);
  await nodeDisk.makeFolder(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
  expect(statSync(deep).mode & 0o777).toBe(0o700);
});

test('where a file stands in the way, or the file system takes no folders, making one is refused at once', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(nodeDisk.makeFolder(join(folder, 'file'))).rejects.toThrow('EEXIST');
  await expect(nodeDisk.makeFolder(join(folder, 'file/under'))).rejects.toThrow('ENOTDIR');
  await expect(nodeDisk.makeFolder('/proc/gongbi/data')).rejects.toThrow('ENOENT');
});
