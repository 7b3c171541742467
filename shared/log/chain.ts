import * as encoding from 'lib0/encoding';
import { encodeUtf8 } from 'lib0/string';
import type { ReportId, Seq } from '../ids.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import type { Entry, EntryHeader } from './entry.ts';
import { ENTRY_KINDS } from './entry.ts';

/**
 * The hash chain of one report's log (docs/FORMAT.md §5).
 *
 *   digest(e) = SHA-256(0x00 ‖ header(e) ‖ SHA-256(payload(e)))
 *   header(e) = varuint seq ‖ varuint at ‖ varstring author ‖ u8 kind ‖ varstring subject
 *   H(-1)     = SHA-256(0x02 ‖ report id)
 *   H(k)      = SHA-256(0x01 ‖ H(k-1) ‖ digest(256k+1) ‖ … ‖ digest(256k+256))
 *   head(s)   = SHA-256(0x01 ‖ H(k-1) ‖ digest(256k+1) ‖ … ‖ digest(s)), k = ⌊(s-1)/256⌋;  head(0) = H(-1)
 *
 * Blocks go by seq, not by how entries were batched on their way to the disk, so every machine and every later reader computes the same
 * chain. A digest holds the payload by its hash only, so a payload can be taken out and the chain still verifies.
 */
export const CHAIN_BLOCK = 256;

/** SHA-256 of the concatenation of `parts`; 32 bytes. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;

const ENTRY = Uint8Array.of(0x00);
const BLOCK = Uint8Array.of(0x01);
const BEGINNING = Uint8Array.of(0x02);

/** The bytes of a header that the chain covers; the same for ever, whatever the files' own encoding. */
export function canonicalHeader(header: EntryHeader): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, header.seq);
  encoding.writeVarUint(encoder, header.at);
  encoding.writeVarString(encoder, header.author);
  encoding.writeUint8(encoder, ENTRY_KINDS[header.kind]);
  encoding.writeVarString(encoder, header.subject);
  return encoding.toUint8Array(encoder);
}

export function digestOf(entry: Entry, sha256: Sha256): Uint8Array {
  return sha256(ENTRY, canonicalHeader(entry), entry.redactedHash ?? sha256(entry.payload));
}

export function beginningOf(report: ReportId, sha256: Sha256): Uint8Array {
  return sha256(BEGINNING, encodeUtf8(report));
}

/**
 * The chain as far as entries were added to it; one writer, in seq order.
 * Kept: one hash for each whole block, and the digests of the block under way.
 */
export class LogChain {
  readonly #sha256: Sha256;
  readonly #beginning: Uint8Array;
  readonly #blocks: Uint8Array[];
  #digests: Uint8Array[] = [];
  #seq: Seq;

  /** @param blocks H(0) … H(n-1), when they are already known: the next entry to add is then 256n + 1. */
  constructor(report: ReportId, sha256: Sha256, blocks: readonly Uint8Array[] = []) {
    this.#sha256 = sha256;
    this.#beginning = beginningOf(report, sha256);
    this.#blocks = [...blocks];
    this.#seq = blocks.length * CHAIN_BLOCK;
  }

  /** Last entry added. */
  get seq(): Seq {
    return this.#seq;
  }

  /** Hashes of the whole blocks, H(0) first. */
  get blocks(): readonly Uint8Array[] {
    return this.#blocks;
  }

  /** @throws Error when `entry` is not the next one. */
  add(entry: Entry): void {
    if (entry.seq !== this.#seq + 1) throw new Error(`The chain stands at entry ${this.#seq}; entry ${entry.seq} cannot follow`);
    this.#digests.push(digestOf(entry, this.#sha256));
    this.#seq = entry.seq;
    if (this.#digests.length === CHAIN_BLOCK) {
      this.#blocks.push(this.#close(this.#blocks.length, this.#digests));
      this.#digests = [];
    }
  }

  /** Head at the last entry added. */
  head(): Uint8Array {
    if (this.#digests.length === 0) return this.#before(this.#blocks.length);
    return this.#close(this.#blocks.length, this.#digests);
  }

  /**
   * Head at an earlier seq.
   * @param entries the entries of that seq's block up to and with it (see `blockStart`); they are read again by the caller, not kept here.
   */
  headAt(entries: readonly Entry[]): Uint8Array {
    const last = entries.at(-1);
    if (last === undefined) return this.#beginning;
    const block = Math.floor((last.seq - 1) / CHAIN_BLOCK);
    return this.#close(
      block,
      entries.map((entry) => digestOf(entry, this.#sha256)),
    );
  }

  #before(block: number): Uint8Array {
    return block === 0 ? this.#beginning : this.#blocks[block - 1]!;
  }

  #close(block: number, digests: readonly Uint8Array[]): Uint8Array {
    return this.#sha256(BLOCK, this.#before(block), ...digests);
  }
}

/** First seq of the block that `seq` lies in. */
export function blockStart(seq: Seq): Seq {
  return Math.floor((seq - 1) / CHAIN_BLOCK) * CHAIN_BLOCK + 1;
}

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** A head that somebody wrote down elsewhere: a sign-off, a seal, a client's hello. */
export interface Witness {
  readonly seq: Seq;
  /** Hex. */
  readonly head: string;
}

export interface ChainFault {
  /** Where it was noticed. */
  readonly seq: Seq;
  readonly problem: string;
}

/**
 * Reads a whole log and says whether it is one: seq 1, 2, 3 … without gaps, time never running backwards, and every witness's head met.
 * @returns the head at the last entry, or the first fault.
 */
export async function verifyLog(
  report: ReportId,
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  sha256: Sha256,
  witnesses: readonly Witness[] = [],
): Promise<Result<Witness, ChainFault>> {
  const chain = new LogChain(report, sha256);
  const expected = new Map<Seq, string[]>();
  for (const witness of witnesses) expected.set(witness.seq, [...(expected.get(witness.seq) ?? []), witness.head]);

  const meets = (): boolean => (expected.get(chain.seq) ?? []).every((head) => head === toHex(chain.head()));
  if (!meets()) return err({ seq: 0, problem: 'the log belongs to another report than the one witnessed' });
  let at = 0;
  for await (const entry of entries) {
    if (entry.seq !== chain.seq + 1) return err({ seq: chain.seq + 1, problem: `expected entry ${chain.seq + 1}, found ${entry.seq}` });
    if (entry.at < at) return err({ seq: entry.seq, problem: 'its time lies before that of the entry before it' });
    at = entry.at;
    chain.add(entry);
    if (!meets()) return err({ seq: entry.seq, problem: 'the chain head is not the one that was witnessed' });
  }
  const missing = witnesses.find((witness) => witness.seq > chain.seq);
  if (missing !== undefined) return err({ seq: chain.seq, problem: `the log ends here, entry ${missing.seq} was witnessed` });
  return ok({ seq: chain.seq, head: toHex(chain.head()) });
}
