import type { MemberId, Seq } from '../ids.ts';
import type { Align, MarkName } from '../text/schema.ts';

/** What a paragraph of the document is; how each looks stands in look.ts. */
export type ParagraphRole =
  | 'secrecy'
  | 'urgency'
  | 'masthead'
  | 'doc-number'
  | 'red-line'
  | 'title'
  | 'addressees'
  | 'part'
  | 'chapter'
  | 'heading3'
  | 'heading4'
  | 'body'
  | 'list'
  | 'attachment'
  | 'issuer'
  | 'date'
  | 'note'
  | 'rule-thick'
  | 'rule-thin'
  | 'copies'
  | 'printer';

/** Paragraphs that are drawn, not read. */
export const RULES: ReadonlySet<ParagraphRole> = new Set<ParagraphRole>(['red-line', 'rule-thick', 'rule-thin']);
/** 版记: what stands at the foot of the last page. */
export const IMPRINT: ReadonlySet<ParagraphRole> = new Set<ParagraphRole>(['rule-thick', 'rule-thin', 'copies', 'printer']);

/** How a paragraph stands on the page, beyond its role. Insets are in 字. */
export interface ParagraphLook {
  readonly role: ParagraphRole;
  readonly align: Align | null;
  /** Every line, from the left edge. */
  readonly left: number;
  /** The first line, from `left`; negative = hanging. */
  readonly first: number;
  /** Every line, from the right edge. */
  readonly right: number;
  /** Empty rows above. */
  readonly above: number;
}

/** A stretch of text in one look. `face`: which of the official fonts, where it is not the paragraph's own. */
export interface RunLook {
  readonly marks: readonly MarkName[];
  readonly face: 'part' | 'chapter' | null;
}

export interface Run {
  /** '\u2028' is a line break, '\t' goes to the right-hand tab stop. */
  readonly text: string;
  readonly look: RunLook;
}

export interface Paragraph {
  readonly look: ParagraphLook;
  readonly runs: readonly Run[];
}

/** The official document at one point of the report's life. */
export interface OfficialDocument {
  readonly paragraphs: readonly Paragraph[];
}

/** Who did it, and when; `by` null = nobody in particular (the report's beginning). */
export interface Change {
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

/**
 * `keep` stands at both points, `ins` and `moved` at the later only, `del` and `left` at the earlier only. `moved` and `left` are the two ends
 * of text that changed its place.
 */
export type MarkedOp = 'keep' | 'ins' | 'del' | 'moved' | 'left';

export interface MarkedRun extends Run {
  readonly op: MarkedOp;
  /** Null for what is kept. */
  readonly change: Change | null;
  /** How kept text looked before, when it looks otherwise now. */
  readonly was: { readonly look: RunLook; readonly change: Change } | null;
}

/** A paragraph's end: where it stands at one point only, its text belongs to the next paragraph at the other (as in Word). */
export interface MarkedParagraph {
  readonly look: ParagraphLook;
  readonly runs: readonly MarkedRun[];
  readonly op: MarkedOp;
  readonly change: Change | null;
  readonly was: { readonly look: ParagraphLook; readonly change: Change } | null;
}

/** The document at two points in one row, with everything that happened between them. */
export interface MarkedDocument {
  readonly paragraphs: readonly MarkedParagraph[];
}

export const STANDS_BEFORE: ReadonlySet<MarkedOp> = new Set<MarkedOp>(['keep', 'del', 'left']);
export const STANDS_AFTER: ReadonlySet<MarkedOp> = new Set<MarkedOp>(['keep', 'ins', 'moved']);

export const PLAIN_RUN: RunLook = { marks: [], face: null };

export function sameRunLook(one: RunLook, other: RunLook): boolean {
  return (
    one.face === other.face && one.marks.length === other.marks.length && one.marks.every((mark, index) => mark === other.marks[index])
  );
}

export function sameParagraphLook(one: ParagraphLook, other: ParagraphLook): boolean {
  const keys = ['role', 'align', 'left', 'first', 'right', 'above'] as const;
  return keys.every((key) => one[key] === other[key]);
}
