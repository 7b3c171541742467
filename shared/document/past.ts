import type { ChapterDiff, Credit } from '../api/history.ts';
import type { Seq } from '../ids.ts';
import type { EntryHeader } from '../log/entry.ts';
import type { Outline, OutlineEvent } from '../outline/outline.ts';
import type { Particulars, ParticularsEvent } from '../particulars/particulars.ts';

/** An entry that changed something of the document beside its text. */
export type FrameEvent = { readonly header: Pick<EntryHeader, 'seq' | 'at' | 'author' | 'kind' | 'subject'> } & (
  | { readonly kind: 'outline'; readonly event: OutlineEvent }
  | { readonly kind: 'particulars'; readonly event: ParticularsEvent }
);

/** Everything that a document at two points of a report's life is made of. A value, frozen by being a copy. */
export interface DocumentPast {
  readonly from: Seq;
  readonly to: Seq;
  /** As they stood at `from`. */
  readonly outline: Outline;
  readonly particulars: Particulars;
  /** Entries of (from, to], in order. */
  readonly events: readonly FrameEvent[];
  /** Every chapter that stood at either point, with the paragraphs that did not change. */
  readonly credits: readonly Credit[];
  readonly chapters: readonly ChapterDiff[];
}
