import type {
  Changed,
  ChapterAt,
  ChapterBlame,
  ChapterDiff,
  Contributions,
  Credit,
  Gist,
  Ids,
  SittingChapter,
  SittingMember,
  Story,
} from '../../../shared/api/history.ts';
import type { RestoreCommand } from '../../../shared/api/restore.ts';
import type { ChapterId, MemberId, Seq } from '../../../shared/ids.ts';
import type { SignedBlocks } from '../../../shared/sign-off/canonical.ts';
import type { FoundBlank } from '../blanks/find-blanks.ts';
import type { FillQuestion } from '../blanks/plan-fill.ts';
import type { ChapterHits, ReplaceQuestion } from '../replace/plan.ts';
import type { UnreplacePlan, UnreplaceQuestion } from '../replace/unreplace.ts';
import type { Refused, RestorePlan } from '../restore/plan.ts';
import type {
  AnchorPlace,
  AnchorQuestion,
  AnswersQuestion,
  PlacesQuestion,
  TakenAnchor,
  Touched,
  TouchingQuestion,
} from '../threads/questions.ts';

/** What can be asked about a report's text and its past. Answered by the text engine, which holds the documents; nothing of it writes. */
export interface HistoryQuestions {
  readonly at: { readonly chapter: ChapterId; readonly seq: Seq };
  readonly blame: { readonly chapter: ChapterId; readonly seq: Seq };
  readonly diff: { readonly chapters: readonly ChapterId[]; readonly from: Seq; readonly to: Seq; readonly context: boolean };
  readonly sums: { readonly windows: readonly SumWindow[] };
  readonly story: { readonly chapter: ChapterId; readonly block: string | null; readonly ids: readonly Ids[] };
  readonly contributions: { readonly chapters: readonly ChapterId[]; readonly seq: Seq };
  readonly changed: { readonly chapters: readonly ChapterId[]; readonly since: Seq; readonly to: Seq; readonly reader: MemberId };
  /** What bringing text back would do, and the update that would do it (server/core/restore). */
  readonly restore: { readonly chapter: ChapterId; readonly command: RestoreCommand };
  /** Where a text stands, and the updates that would replace it (server/core/replace). */
  readonly replace: ReplaceQuestion;
  /** The update that takes a replacement back. */
  readonly unreplace: UnreplaceQuestion;
  /** Masked figures and names, open and filled (server/core/blanks). */
  readonly blanks: { readonly chapters: readonly ChapterId[] };
  /** The update that puts a value into a blank. */
  readonly fill: FillQuestion;
  /** What a thread would hang on (server/core/threads). */
  readonly anchor: AnchorQuestion;
  /** Where the text of threads stands now. */
  readonly places: PlacesQuestion;
  /** Which edits that answered threads were changed since. */
  readonly answers: AnswersQuestion;
  /** Which entries answer a thread. */
  readonly touching: TouchingQuestion;
  /** What a signature under the living text is bound to. */
  readonly signable: { readonly chapters: readonly ChapterId[] };
}

/** Answers by question; null where the chapter has no text or no such paragraph. */
export interface HistoryAnswers {
  readonly at: ChapterAt | null;
  readonly blame: ChapterBlame | null;
  readonly diff: TextDiff;
  readonly sums: readonly TextSum[];
  readonly story: Story | null;
  readonly contributions: Contributions;
  readonly changed: Changed;
  readonly restore: RestorePlan | Refused;
  readonly replace: readonly ChapterHits[];
  readonly unreplace: UnreplacePlan | null;
  readonly blanks: readonly FoundBlank[];
  readonly fill: Uint8Array | null;
  readonly anchor: TakenAnchor | null;
  readonly places: readonly AnchorPlace[];
  readonly answers: readonly boolean[];
  readonly touching: Touched | null;
  readonly signable: ReadonlyMap<ChapterId, SignedBlocks>;
}

export type HistoryOp = keyof HistoryQuestions;
/** One question with its name. */
export type HistoryQuestion = { readonly [Op in HistoryOp]: { readonly op: Op } & HistoryQuestions[Op] }[HistoryOp];

/** Entries after `after`, up to and with `to`, in these chapters. */
export interface SumWindow {
  readonly after: Seq;
  readonly to: Seq;
  readonly chapters: readonly ChapterId[];
}

/** What a window left behind. */
export interface TextSum {
  readonly chapters: readonly SittingChapter[];
  readonly members: readonly SittingMember[];
  /** What each member did in each chapter, who has the largest change first. */
  readonly parts: readonly SumPart[];
}

export interface SumPart {
  readonly chapter: ChapterId;
  readonly member: MemberId;
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
  /** First words of the largest change; null when it has none that can be read. */
  readonly gist: Gist | null;
}

export interface TextDiff {
  readonly credits: readonly Credit[];
  readonly chapters: readonly ChapterDiff[];
}
