import type { Seq } from '../../../shared/ids.ts';
import { CHAIN_BLOCK } from '../../../shared/log/chain.ts';
import { sha256 } from '../sha256.ts';
import { ByteReader, BytesError, ByteWriter } from './bytes.ts';
import type { Disk } from './disk.ts';
import { joinPath, replaceFile } from './disk.ts';

/** Hashes of a chain's whole blocks, kept to save hashing a long log anew: derived, may be deleted (docs/FORMAT.md §5). */
const NAME = 'chain.gyh';
const MAGIC = 'GONGBI-H';
const VERSION = 1;
const HASH = 32;

export async function saveChainBlocks(disk: Disk, folder: string, blocks: readonly Uint8Array[]): Promise<void> {
  const writer = new ByteWriter(64 + blocks.length * HASH);
  putSealHead(writer, MAGIC, VERSION);
  writer.varuint(blocks.length);
  for (const block of blocks) writer.put(block);
  writer.put(sha256(writer.view()));
  await replaceFile(disk, joinPath(folder, NAME), writer.view());
}

/** @returns none when the file is missing, does not verify, or knows more than the log holds. */
export async function loadChainBlocks(disk: Disk, folder: string, head: Seq): Promise<Uint8Array[]> {
  const reader = openSealed(await disk.readFile(joinPath(folder, NAME)), MAGIC, VERSION);
  if (reader === null) return [];
  try {
    const count = reader.varuint();
    if (count * CHAIN_BLOCK > head) return [];
    return Array.from({ length: count }, () => reader.take(HASH).slice());
  } catch (error) {
    if (error instanceof BytesError) return [];
    throw error;
  }
}

export function putSealHead(writer: ByteWriter, magic: string, version: number): void {
  for (let i = 0; i < magic.length; i++) writer.u8(magic.charCodeAt(i));
  writer.u8(version);
}

/** Checks magic, version and the SHA-256 at the end. @returns a reader of what lies between, or null. */
export function openSealed(bytes: Uint8Array | null, magic: string, version: number): ByteReader | null {
  if (bytes === null || bytes.length < magic.length + 1 + HASH) return null;
  for (let i = 0; i < magic.length; i++) if (bytes[i] !== magic.charCodeAt(i)) return null;
  if (bytes[magic.length] !== version) return null;
  const content = bytes.subarray(0, bytes.length - HASH);
  const seal = bytes.subarray(bytes.length - HASH);
  if (sha256(content).some((byte, i) => byte !== seal[i])) return null;
  return new ByteReader(content, magic.length + 1);
}
