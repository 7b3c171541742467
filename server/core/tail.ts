import { diffUpdate } from 'yjs';
import type { Seq } from '../../shared/ids.ts';
import { encodeUpdateMessage, isEmptyVector } from './messages.ts';
import type { Checkpoint } from './ports.ts';

/** A committed text entry as it goes to others: ready to send. */
export interface TailEntry {
  readonly seq: Seq;
  readonly message: Uint8Array;
}

/** A chapter's committed text as joiners get it: the checkpoint, and the entries after it as ready messages. Nothing here is a live document. */
export class Tail {
  private base: Pick<Checkpoint, 'seq' | 'join'> | null;
  private entries: TailEntry[] = [];
  private baseMessage: Uint8Array | null = null;
  private bytes = 0;

  constructor(checkpoint: Pick<Checkpoint, 'seq' | 'join'> | null) {
    this.base = checkpoint;
  }

  /** Entries up to and with this seq are in the checkpoint; 0 = there is none. */
  get baseSeq(): Seq {
    return this.base?.seq ?? 0;
  }

  get length(): number {
    return this.entries.length;
  }

  /** Entries come in seq order; one already held is taken once. */
  push(entry: TailEntry): void {
    if (entry.seq <= (this.entries.at(-1)?.seq ?? this.baseSeq)) return;
    this.entries.push(entry);
    this.bytes += entry.message.length;
  }

  /** Long enough that a new checkpoint pays. */
  isLong(): boolean {
    return this.bytes > Math.max(64 * 1024, (this.base?.join.length ?? 0) / 2);
  }

  /** Takes a newer checkpoint and drops what is inside it. */
  rebase(checkpoint: Checkpoint): void {
    if (checkpoint.seq <= this.baseSeq) return;
    this.base = { seq: checkpoint.seq, join: checkpoint.join };
    this.baseMessage = null;
    this.entries = this.entries.filter((entry) => entry.seq > checkpoint.seq);
    this.bytes = this.entries.reduce((sum, entry) => sum + entry.message.length, 0);
  }

  /** The entries after `seq`, exactly; null when some of them are only in the checkpoint. */
  after(seq: Seq): Uint8Array[] | null {
    if (seq < this.baseSeq) return null;
    return this.entries.filter((entry) => entry.seq > seq).map((entry) => entry.message);
  }

  /**
   * What a document with this vector lacks, or more: the whole delete set is always inside, because equal vectors are not equal documents.
   * @param vector encoded state vector, well-formed.
   */
  state(vector: Uint8Array): Uint8Array[] {
    const messages = this.entries.map((entry) => entry.message);
    if (this.base === null) return messages;
    if (!isEmptyVector(vector)) return [encodeUpdateMessage(diffUpdate(this.base.join, vector)), ...messages];
    this.baseMessage ??= encodeUpdateMessage(this.base.join);
    return [this.baseMessage, ...messages];
  }
}
