import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as fs from 'node:fs/promises';
import type { HouseKeys } from './core/ports.ts';

/** As it is kept: one line of JSON, PKCS#8 and SPKI in base64. */
interface StoredKey {
  readonly id: string;
  readonly createdAt: number;
  readonly private: string;
  readonly public: string;
}

/**
 * The key that seals reports, made at the first start. Its file is its owner's alone.
 * @param path of the file; made when missing
 * @throws Error that says what is wrong with the file and what to do: others may read it, or it is no key
 */
export async function openHouseKeys(path: string, now: number): Promise<HouseKeys> {
  const stored = (await readKey(path)) ?? (await makeKey(path, now));
  const key = privateKeyOf(path, stored);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  if (publicKey.toString('base64') !== stored.public)
    throw new Error(`${path} holds two halves that are not one key. Put back a copy of it.`);
  return {
    current: { id: stored.id, publicKey: new Uint8Array(publicKey) },
    sign: (bytes) => new Uint8Array(sign(null, bytes, key)),
  };
}

/** A key that is kept nowhere: for tests and measurements. */
export function passingHouseKeys(): HouseKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const id = randomBytes(8).toString('hex');
  return { current: { id, publicKey: new Uint8Array(spki) }, sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)) };
}

async function readKey(path: string): Promise<StoredKey | null> {
  let text: string;
  try {
    const { mode } = await fs.stat(path);
    if ((mode & 0o077) !== 0) {
      throw new Error(
        `${path} can be read by others: whoever has this key can seal reports. Set its mode to 0600 (chmod 600), or make a new key.`,
      );
    }
    text = await fs.readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const value = JSON.parse(text) as Partial<StoredKey>;
    if (
      typeof value.id === 'string' &&
      typeof value.createdAt === 'number' &&
      typeof value.private === 'string' &&
      typeof value.public === 'string'
    )
      return { id: value.id, createdAt: value.createdAt, private: value.private, public: value.public };
  } catch {
    // Told below, in one sentence for both.
  }
  throw new Error(`${path} is no key of this house. Put back a copy of it: without it nothing more can be sealed under the same name.`);
}

/** Written under another name first, synced, then linked: a key that was used once is never half there, and never takes another's place. */
async function makeKey(path: string, now: number): Promise<StoredKey> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const stored: StoredKey = {
    id: randomBytes(8).toString('hex'),
    createdAt: now,
    private: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    public: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await fs.open(aside, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(stored)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await fs.link(aside, path);
  } finally {
    await fs.rm(aside, { force: true });
  }
  const folder = await fs.open(path.slice(0, path.lastIndexOf('/')) || '/', 'r');
  await folder.sync().finally(() => folder.close());
  return stored;
}

function privateKeyOf(path: string, stored: StoredKey): KeyObject {
  try {
    const key = createPrivateKey({ key: Buffer.from(stored.private, 'base64'), format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below.
  }
  throw new Error(`${path} holds no Ed25519 key. Put back a copy of it.`);
}
