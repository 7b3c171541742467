import type { Assigned, Dismissed } from '../blanks/blank.ts';
import type { Guess } from '../blanks/hints.ts';
import type { CheckedValue } from '../blanks/value.ts';
import type { ChapterId, MemberId, Seq } from '../ids.ts';
import type { Ids } from './history.ts';

/** GET /api/reports/:report/blanks: every masked figure and name, waiting, filled, or said to be none, in the order of the report. */
export interface BlanksState {
  readonly seq: Seq;
  readonly blanks: readonly BlankView[];
}

export interface BlankView {
  /** Names it in commands; stays the same while it is moved, filled and emptied. */
  readonly id: string;
  /** In a chapter's text; or in a heading or the title, which are filled in there and asked of nobody. */
  readonly where: 'text' | 'heading' | 'title';
  /** null = the report's title. */
  readonly chapter: ChapterId | null;
  /**
   * 待填, 已填, 不是待填项; `hint`: looks as if it might be one and is not counted; `gone`: deleted with its text, told only where somebody
   * was asked for it or a value had been filled in.
   */
  readonly state: 'open' | 'filled' | 'dismissed' | 'hint' | 'gone';
  readonly mask: string;
  readonly kind: 'number' | 'name';
  readonly unit: string | null;
  /** Its sentence, up to it and behind it. */
  readonly before: string;
  readonly after: string;
  /** '' while nothing is filled in. */
  readonly value: string;
  /** The ids of what stands there now in the chapter's text; none when it is gone. */
  readonly at: readonly Ids[];
  readonly filled: BlankFilled | null;
  readonly assigned: Assigned | null;
  readonly dismissed: Dismissed | null;
  /** What may speak against its being a blank. */
  readonly guess: Guess | null;
}

export interface BlankFilled {
  /** null = the value came with text that nobody wrote here. */
  readonly by: MemberId | null;
  readonly at: number;
  readonly seq: Seq;
  /** Typed in the text; else filled from the list. */
  readonly byHand: boolean;
  /** Where the value comes from; '' when nobody said. */
  readonly source: string;
  /** Two people filled it at the same moment: both values stand there and somebody has to choose. */
  readonly rivals: readonly { readonly member: MemberId | null; readonly value: string }[];
}

/** POST /api/reports/:report/blanks/fill */
export interface FillCommand {
  readonly blank: string;
  /** What stood there when the person looked: the mask, or the value that is to be put right. */
  readonly was: string;
  readonly value: string;
  /** Where the value comes from; may be ''. */
  readonly source: string;
  /** The value stands although it looks wrong. */
  readonly sure: boolean;
}

export interface FillDone {
  /** The entry with the value. */
  readonly seq: Seq;
  /** As it was written. */
  readonly value: string;
}

/** Details of 409 `blank-filled`: what stands there instead of what the person saw. */
export interface FilledMeanwhile {
  readonly is: string;
  readonly by: MemberId | null;
}

/** Details of 400 `blank-bad-value` and 409 `blank-doubt`. */
export type ValueFault = CheckedValue;

/** POST /api/reports/:report/blanks/fill/undo: one's own filling, all of it. */
export interface UnfillCommand {
  readonly seq: Seq;
}

/** POST /api/reports/:report/blanks */
export type BlanksCommand =
  | { readonly op: 'assign'; readonly blanks: readonly string[]; readonly to: MemberId | null; readonly due: string | null }
  | { readonly op: 'dismiss'; readonly blank: string; readonly reason: string }
  | { readonly op: 'claim'; readonly blank: string }
  | { readonly op: 'source'; readonly blank: string; readonly source: string };

export interface BlanksDone {
  readonly seq: Seq;
}
