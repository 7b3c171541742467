import type { ChapterId, MemberId, ReportId, Seq } from '../../shared/ids.ts';
import type { Via } from '../../shared/log/entry.ts';
import type { HistoryAnswers, HistoryOp, HistoryQuestion } from '../core/history/questions.ts';
import type { ChapterFigures, Checkpoint, CopyRange } from '../core/ports.ts';
import type { FedEntry, TextFault } from './report-texts.ts';

/** Entries as they go to the worker: all updates in one buffer, which is handed over and not copied. */
export interface PackedEntries {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: readonly {
    readonly seq: Seq;
    readonly at: number;
    readonly author: MemberId;
    readonly chapter: ChapterId;
    readonly length: number;
    readonly via: Via;
    readonly wordsOf: MemberId | null;
    readonly offlineSince: number;
  }[];
}

/** To the worker. Messages are worked off in order, so a question is answered for everything fed before it. */
export type Request =
  | { readonly op: 'open' | 'close'; readonly report: ReportId }
  | { readonly op: 'feed'; readonly report: ReportId; readonly entries: PackedEntries }
  | { readonly op: 'checkpoint'; readonly call: number; readonly report: ReportId; readonly chapter: ChapterId }
  | { readonly op: 'copies'; readonly call: number; readonly report: ReportId; readonly after: Seq }
  | { readonly op: 'figures'; readonly call: number; readonly report: ReportId }
  | { readonly op: 'history'; readonly call: number; readonly report: ReportId; readonly question: HistoryQuestion };

export type Answer = Checkpoint | null | readonly CopyRange[] | ReadonlyMap<ChapterId, ChapterFigures> | HistoryAnswers[HistoryOp];

/** From the worker. */
export type Reply =
  | { readonly kind: 'answer'; readonly call: number; readonly value: Answer }
  | { readonly kind: 'failed'; readonly call: number; readonly message: string }
  | { readonly kind: 'fault'; readonly fault: TextFault };

export function packEntries(entries: readonly FedEntry[]): PackedEntries {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + entry.update.length, 0));
  let at = 0;
  const rows = entries.map(({ update, ...entry }) => {
    bytes.set(update, at);
    at += update.length;
    return { ...entry, length: update.length };
  });
  return { bytes, rows };
}

/** The updates are views of the one buffer. */
export function unpackEntries({ bytes, rows }: PackedEntries): FedEntry[] {
  let from = 0;
  return rows.map(({ length, ...entry }) => {
    const update = bytes.subarray(from, from + length);
    from += length;
    return { ...entry, update };
  });
}
