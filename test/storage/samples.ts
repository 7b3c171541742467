import type { CommittedEntry, EntryDraft, LogListener, OpenLog } from '../../server/core/ports.ts';
import type { MemberId, NodeId, ReportId, Seq } from '../../shared/ids.ts';
import type { Entry } from '../../shared/log/entry.ts';

/** Made-up ids and entries for storage tests. */
export const REPORT = 'report0000000000001a' as ReportId;
export const OTHER = 'report0000000000002b' as ReportId;
export const MEMBERS = ['member00000000000001', 'member00000000000002', 'member00000000000003'] as MemberId[];
export const CHAPTERS = ['chapter0000000000001', 'chapter0000000000002'] as NodeId[];

export function draft(text: string, more: Partial<EntryDraft> = {}): EntryDraft {
  return {
    at: 1_700_000_000_000,
    author: MEMBERS[0]!,
    kind: 'text',
    subject: CHAPTERS[0]!,
    payload: new TextEncoder().encode(text),
    ...more,
  };
}

export function textOf(entry: Entry): string {
  return new TextDecoder().decode(entry.payload);
}

/** A listener that remembers what it was told, and lets a test wait for it. */
export class Listener implements LogListener {
  readonly entries: CommittedEntry[] = [];
  readonly batches: number[] = [];
  readonly refusals: (readonly EntryDraft[])[] = [];
  readonly failures: Error[] = [];
  /** What was told, in order: `+3` committed up to 3, `!` failed, `?` refused. */
  readonly told: string[] = [];
  #wake: (() => void)[] = [];

  committed(entries: readonly CommittedEntry[]): void {
    this.entries.push(...entries);
    this.batches.push(entries.length);
    this.told.push(`+${entries.at(-1)?.seq}`);
    this.#woken();
  }

  failed(error: Error): void {
    this.failures.push(error);
    this.told.push('!');
    this.#woken();
  }

  refused(drafts: readonly EntryDraft[]): void {
    this.refusals.push(drafts);
    this.told.push('?');
    this.#woken();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  /** Resolves when entry `seq` was told. */
  committedUpTo(seq: Seq): Promise<void> {
    return this.until(() => (this.entries.at(-1)?.seq ?? 0) >= seq);
  }

  #woken(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

export async function all(log: OpenLog, after: Seq = 0, upTo?: Seq): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of log.read(after, upTo)) entries.push(entry);
  return entries;
}

/** Lets everything that is due run. */
export async function turns(count = 20): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise<void>((resolve) => setImmediate(resolve));
}
