import type { Ids } from '../../../shared/api/history.ts';
import type { ChapterId, MemberId, Seq } from '../../../shared/ids.ts';
import type { Anchor, AnchorIds } from '../../../shared/threads/thread.ts';

/** Asked of the text engine: what a thread would hang on. */
export interface AnchorQuestion {
  readonly chapter: ChapterId;
  /** A paragraph by its key, or the text under some ids. */
  readonly block: string | null;
  readonly ids: readonly Ids[];
}

/** As the engine read it from its own text. */
export type TakenAnchor = Pick<Anchor, 'ids' | 'quote' | 'before' | 'after'>;

/** Asked of the text engine: where anchors stand now. */
export interface PlacesQuestion {
  readonly anchors: readonly (readonly AnchorIds[])[];
}

/** Where text that was written under some ids stands now, wherever it was moved to; or when the last of it went. */
export type AnchorPlace =
  | {
      readonly state: 'there';
      readonly chapter: ChapterId;
      readonly at: readonly Ids[];
      /** Units that stand before it in its chapter. */
      readonly order: number;
    }
  | {
      readonly state: 'gone';
      /** The entry that deleted the last of it; 0 when nobody knows. */
      readonly seq: Seq;
    };

/** Asked of the text engine: do a person's entries still stand as they left them? */
export interface AnswersQuestion {
  readonly edits: readonly AnswerEdit[];
}

export interface AnswerEdit {
  readonly chapter: ChapterId;
  readonly by: MemberId;
  readonly from: Seq;
  readonly to: Seq;
  /** What was changed up to here was meant: later changes count. */
  readonly since: Seq;
}

/** Asked of the text engine: which of a person's entries after `after` changed the paragraphs in which these ids stand or stood. */
export interface TouchingQuestion {
  readonly chapter: ChapterId;
  /** None = anywhere in the chapter. */
  readonly ids: readonly AnchorIds[];
  readonly by: MemberId;
  readonly after: Seq;
}

/** The first and the last of them. */
export interface Touched {
  readonly from: Seq;
  readonly to: Seq;
}
