import type { Mover } from '../api.ts';
import type { BlankEvent } from '../blanks/blank.ts';
import type { ChapterId, ClientId, MemberId, NodeId, Seq } from '../ids.ts';
import type { LifecycleEvent } from '../lifecycle/lifecycle.ts';
import type { EntryKind, MembersEvent, Via } from '../log/entry.ts';
import type { Charge, Outline, OutlineEvent, OutlineNode, Setting } from '../outline/outline.ts';
import type { ParticularsEvent } from '../particulars/particulars.ts';
import type { ProofreadingEvent } from '../proofreading/ignored.ts';
import type { RevisionEvent } from '../revisions/revision.ts';
import type { SignOffNews } from '../sign-off/news.ts';
import type { StageEvent } from '../stages/stages.ts';
import type { MarkName } from '../text/schema.ts';
import type { ThreadNews } from '../threads/news.ts';

/**
 * Shapes of the history's HTTP interface (docs/API.md). All of it asks for the right `readHistory` and is read only.
 * Times are milliseconds since 1970; `characters` are counted as offices count them: by code point, punctuation included, white space not.
 *
 * Text in runs and segments is verbatim: '\u2028' is a line break inside a paragraph, '\ufffc' something embedded that has no letters.
 */

// ---------------------------------------------------------------- credits

/** Whose text this is. Answers hold a list of credits and name them by index (`by`, `delBy`, …): long texts have few. */
export interface Credit {
  /** Whose words; null = nobody's writing (imported, sample). */
  readonly author: MemberId | null;
  /** Who caused the entry in which they were written. */
  readonly actor: MemberId;
  readonly via: Via;
  /** Neighbouring text of one writer within ten minutes shares a credit: time and seq are the last of it. */
  readonly at: number;
  readonly seq: Seq;
  /** Since when the server had not heard from the copy it was written in; 0 = it was connected (「离线期间写成」). */
  readonly offlineSince: number;
  /** Who moved, pasted or brought it back since (`via` says which), and when. */
  readonly movedBy: Mover | null;
}

/** Index into the answer's `credits`. */
export type CreditIndex = number;

/** A stretch of ids `[client, clock, length]` in a chapter's Y.Text: `length` units of that client, from `clock` on. */
export type Ids = readonly [client: ClientId, clock: number, length: number];

// ---------------------------------------------------------------- GET /api/reports/:report/history

export type HistoryKind = EntryKind;

/**
 * `?before=<seq>&limit=30&member=&chapter=&kind=&from=<ms>&to=<ms>` → newest first. Pass the `next` of a page as `before` of the next.
 * Filters: by one member, one chapter, kinds of entries (`kind=text` or `kind=members,particulars`); from ≤ time < to. A sitting is found
 * when one entry of it fits member, chapter and kind together; who asks for `revision` also finds the sittings that revisions point into.
 */
export interface HistoryPage {
  /** Entries of the report when this was read. */
  readonly head: Seq;
  readonly sittings: readonly Sitting[];
  /** null = there is nothing older. */
  readonly next: Seq | null;
  /** Sittings that the filter finds in all, on whatever page. */
  readonly total: number;
  /** Kinds of entries that the report holds, whatever the filter. */
  readonly kinds: readonly HistoryKind[];
}

/**
 * One or more people at work in one stretch of time. A pause of more than ten minutes ends it, and so does midnight (UTC+8).
 * Outline and member changes, comments and signatures of that time are inside. When asked for by member or chapter, `added`, `removed`, `gist`,
 * `outline` and `others` tell what that member did, or what was done there; everything else is the sitting's.
 */
export interface Sitting {
  /** Its first entry's number: stays the same while the sitting grows. */
  readonly id: Seq;
  readonly fromSeq: Seq;
  readonly toSeq: Seq;
  readonly from: number;
  readonly to: number;
  readonly kinds: readonly HistoryKind[];
  /** Everybody at work, those who changed most first. Figures are the difference that remained at the end of the sitting. */
  readonly members: readonly SittingMember[];
  readonly chapters: readonly SittingChapter[];
  readonly added: number;
  readonly removed: number;
  /** First words of its largest change; null when no text is different after it. */
  readonly gist: Gist | null;
  readonly outline: readonly OutlineNews[];
  /** Members, particulars, blanks, standing and names of revisions; the newest twenty. */
  readonly others: readonly OtherNews[];
  /** Revisions named at a point inside this sitting, in order. */
  readonly revisions: readonly { readonly seq: Seq; readonly name: string }[];
}

export interface SittingMember {
  readonly id: MemberId;
  readonly added: number;
  readonly removed: number;
  /** Text that was only moved. */
  readonly moved: number;
}

export interface SittingChapter {
  readonly id: ChapterId;
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
}

export interface Gist {
  readonly op: 'ins' | 'del' | 'moved';
  /** At most 40 characters. */
  readonly text: string;
  readonly chapter: ChapterId;
  readonly by: MemberId | null;
}

/** An outline entry as it stands in the log, with the node's heading of that time (the event itself does not hold it). */
export interface OutlineNews {
  readonly seq: Seq;
  readonly at: number;
  readonly by: MemberId;
  readonly event: OutlineEvent;
  /** '' where the event concerns no node. */
  readonly heading: string;
}

/** An entry that is neither text nor outline, as it stands in the log. */
export type OtherNews = { readonly seq: Seq; readonly at: number; readonly by: MemberId } & (
  | { readonly kind: 'members'; readonly event: MembersEvent }
  | { readonly kind: 'particulars'; readonly event: ParticularsEvent }
  | { readonly kind: 'lifecycle'; readonly event: LifecycleEvent }
  | { readonly kind: 'blank'; readonly event: BlankEvent }
  | { readonly kind: 'proofreading'; readonly event: ProofreadingEvent }
  | { readonly kind: 'stage'; readonly event: StageEvent }
  | { readonly kind: 'signOff'; readonly event: SignOffNews }
  /** Without the words of what was taken back since. */
  | { readonly kind: 'thread'; readonly event: ThreadNews }
  | { readonly kind: 'seal'; readonly event: { readonly number: string } }
  /** `name` of that time; of a withdrawal the name that was withdrawn. */
  | { readonly kind: 'revision'; readonly event: RevisionEvent; readonly name: string }
);

// ---------------------------------------------------------------- GET …/chapters/:chapter/at/:seq, …/at/:seq/outline

/** How a paragraph looks: a node type of the chapter schema (shared/text/schema.ts) and its attributes. */
export interface BlockLook {
  readonly type: 'paragraph' | 'heading' | 'listLine' | 'unknownLine';
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** A chapter as it stood after entry `seq`. Immutable for a seq that is not beyond the head. */
export interface ChapterAt {
  readonly chapter: ChapterId;
  readonly seq: Seq;
  readonly credits: readonly Credit[];
  readonly blocks: readonly BlockAt[];
}

export interface BlockAt {
  /** Stable name of the paragraph: `<client>.<clock>` of its marker; '' for trailing text that has none. */
  readonly key: string;
  readonly look: BlockLook;
  readonly runs: readonly RunAt[];
}

export interface RunAt {
  readonly text: string;
  readonly marks: readonly MarkName[];
  readonly by: CreditIndex;
}

/** The outline as it stood after entry `seq`. */
export interface OutlineAt {
  readonly seq: Seq;
  readonly at: number;
  readonly outline: Outline;
}

// ---------------------------------------------------------------- GET …/chapters/:chapter/blame?seq=

/** Who wrote each piece of a chapter's text at `seq` (default: the head). For painting an editor: runs carry their ids. */
export interface ChapterBlame {
  readonly chapter: ChapterId;
  readonly seq: Seq;
  readonly credits: readonly Credit[];
  readonly blocks: readonly { readonly key: string; readonly runs: readonly BlameRun[] }[];
}

export interface BlameRun {
  /** UTF-16 units. */
  readonly length: number;
  readonly by: CreditIndex;
  readonly ids: readonly Ids[];
}

// ---------------------------------------------------------------- GET …/diff?from=&to=&chapter=

/** `to` defaults to the head, `chapter` to the whole report. Immutable when `to` was given. */
export interface ReportDiff {
  readonly from: Seq;
  readonly to: Seq;
  readonly fromAt: number;
  readonly toAt: number;
  readonly credits: readonly Credit[];
  readonly title: TitleChange | null;
  /** Outline changes; empty when one chapter was asked for. Order: that of the outline at `to`, then what is gone. */
  readonly outline: readonly NodeChange[];
  /** Chapters with a difference in their text, in the order of the outline at `to`, then those that are gone. A chapter asked for is always there. */
  readonly chapters: readonly ChapterDiff[];
}

export interface TitleChange {
  readonly was: string;
  readonly is: string;
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

/** What became of a node. `before` null = it was not there, `after` null = it is gone. */
export interface NodeChange {
  readonly node: NodeId;
  readonly before: OutlineNode | null;
  readonly after: OutlineNode | null;
  /** Its derived number at both ends: 一、/（一）; '' where it has none. */
  readonly numberBefore: string;
  readonly numberAfter: string;
  readonly changes: readonly ('added' | 'removed' | 'moved' | 'renamed' | 'form' | 'owner' | 'note')[];
  /** Owner and note at both ends, and who set one of them last; null where neither is another. */
  readonly charge: ChargeChange | null;
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

export interface ChargeChange {
  readonly before: Pick<Charge, 'owner' | 'note'>;
  readonly after: Pick<Charge, 'owner' | 'note'>;
  readonly set: Setting;
}

export interface ChapterDiff {
  readonly chapter: ChapterId;
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
  /**
   * Paragraphs of both states in one row; each ends where either state ends one. Those that did not change are there too, so that the
   * text can be read; with `?context=0` they are left out.
   */
  readonly blocks: readonly DiffBlock[];
}

export interface DiffBlock {
  readonly key: string;
  /**
   * The paragraph's end: `keep` in both states; `ins` only after (a new paragraph, or one that was split); `del` only before (gone, or
   * joined to the next); `moved` only after, and it is a paragraph that stood elsewhere; `left` only before, and it stands elsewhere now.
   */
  readonly op: DiffOp;
  readonly look: BlockLook;
  /** Its look before, when it is another (heading made a paragraph, list, alignment). */
  readonly was: BlockLook | null;
  /** Who changed the look. */
  readonly wasBy: CreditIndex | null;
  /** Who made the end, and who took it away. */
  readonly by: CreditIndex | null;
  readonly delBy: CreditIndex | null;
  readonly changed: boolean;
  readonly segments: readonly DiffSegment[];
}

/**
 * keep + del + left, in order, is the text before; keep + ins + moved is the text after. `moved` and `left` are the two ends of text that
 * stood elsewhere: it is nobody's deletion and nobody's new writing.
 */
export type DiffOp = 'keep' | 'ins' | 'del' | 'moved' | 'left';

export interface DiffSegment {
  readonly op: DiffOp;
  readonly text: string;
  /** Writer. Its `movedBy` says who moved it, for `moved` always. */
  readonly by: CreditIndex;
  /** Who deleted it (or moved it away); for `del` and `left`. */
  readonly delBy: CreditIndex | null;
  /** Formats at both ends; `marksBefore` only on text that is in both and looks otherwise now. */
  readonly marks: readonly MarkName[];
  readonly marksBefore: readonly MarkName[] | null;
  readonly marksBy: CreditIndex | null;
}

// ---------------------------------------------------------------- GET …/chapters/:chapter/story?block= | ?ids=<client>.<clock>.<length>,…

/** 段落身世: every earlier wording of a paragraph (`block` = its key) or of a stretch of text, newest first. */
export interface Story {
  readonly chapter: ChapterId;
  readonly seq: Seq;
  readonly wordings: readonly Wording[];
  /** There were more than are told. */
  readonly more: boolean;
}

/** The text stood like this after entry `seq`, until the next wording. Wordings of one person in one sitting are one. */
export interface Wording {
  readonly chapter: ChapterId;
  readonly text: string;
  readonly seq: Seq;
  readonly at: number;
  readonly by: MemberId;
  /** Whose words where they are not `by`'s own; null = nobody's (imported), or the same. */
  readonly via: Via;
  /** It stood at another place before: this wording is how it stood there. */
  readonly elsewhere: boolean;
}

// ---------------------------------------------------------------- GET …/contributions?chapter=

/** Characters only. Imported text counts for nobody; moved or restored text for its first writer. */
export interface Contributions {
  readonly seq: Seq;
  readonly members: readonly Contribution[];
  readonly chapters: readonly { readonly chapter: ChapterId; readonly members: readonly Contribution[] }[];
}

export interface Contribution {
  /** null = nobody's: imported or sample text. */
  readonly member: MemberId | null;
  /** Characters that stand in the text now. */
  readonly surviving: number;
  /** Characters written in all, whether they stand or not. */
  readonly written: number;
}

// ---------------------------------------------------------------- GET …/changed?since=<seq>

/** What others than the asking member changed after `since`, by paragraph, in the order of the outline. For unread marks. */
export interface Changed {
  readonly since: Seq;
  readonly seq: Seq;
  readonly chapters: readonly ChangedChapter[];
}

export interface ChangedChapter {
  readonly chapter: ChapterId;
  readonly blocks: readonly ChangedBlock[];
  /** Paragraphs that others took out: there is nothing left to stand at. */
  readonly removed: number;
}

export interface ChangedBlock {
  readonly key: string;
  /** Hash of the wording and look as they are now: read marks remember it, so that the next change shows again. */
  readonly hash: string;
  readonly by: readonly MemberId[];
  readonly at: number;
  readonly seq: Seq;
}
