import { createPublicKey, verify } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHouseKeys } from '../../server/house-keys.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongbi-keys-'));
  path = join(folder, 'key.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe('the key that seals', () => {
  test('[KY1] is made at the first start, for its owner alone, and is the same at the next', async () => {
    const made = await openHouseKeys(path, 1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const again = await openHouseKeys(path, 2);
    expect(again.current).toEqual(made.current);
    const bytes = new TextEncoder().encode('封存');
    const key = createPublicKey({ key: Buffer.from(made.current.publicKey), format: 'der', type: 'spki' });
    expect(verify(null, bytes, key, again.sign(bytes))).toBe(true);
    expect(verify(null, new TextEncoder().encode('封 存'), key, again.sign(bytes))).toBe(false);
  });

  test('[KY1] two starts at once make one key', async () => {
    const both = await Promise.allSettled([openHouseKeys(path, 1), openHouseKeys(path, 1)]);
    const ids = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.current.id] : []));
    expect(new Set([...ids, (await openHouseKeys(path, 2)).current.id]).size).toBe(1);
  });

  test('[KY2] is refused when others may read it, and left as it is', async () => {
    await openHouseKeys(path, 1);
    const before = await readFile(path, 'utf8');
    await chmod(path, 0o640);
    await expect(openHouseKeys(path, 2)).rejects.toThrow('0600');
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  test.each(['', '{}', '{"id":"a","createdAt":1,"private":"AAAA","public":"AAAA"}', 'not json'])(
    '[KY2] a file that is no key is refused, never replaced: %j',
    async (text) => {
      await writeFile(path, text, { mode: 0o600 });
      await expect(openHouseKeys(path, 2)).rejects.toThrow('Put back a copy');
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );
});
