import type { Role, Stage } from '../access/can.ts';
import type { ReportMember } from '../api.ts';
import type { MemberId, NodeId, ReportId, Seq } from '../ids.ts';
import type { Standing } from '../lifecycle/lifecycle.ts';
import type { EntryKind } from '../log/entry.ts';
import type { Excerpt } from '../search/find.ts';

/** GET /api/home: what the first screen shows. */
export interface Home {
  /** Reports I belong to, last changed first; of those in the trash only the ones that I own. */
  readonly reports: readonly HomeReport[];
  readonly todos: readonly Todo[];
}

export interface HomeReport {
  readonly id: ReportId;
  readonly title: string;
  readonly role: Role;
  /** What applies now, as everywhere. */
  readonly stage: Stage;
  /** How far the work has come, also while the report is archived or in the trash. */
  readonly workStage: Stage;
  readonly standing: Standing;
  readonly seq: Seq;
  readonly changedAt: number;
  readonly last: HomeEntry | null;
  /** 文种, '' where nobody filled it in. */
  readonly type: string;
  readonly members: readonly ReportMember[];
  readonly parts: number;
  readonly chapters: number;
  /** Chapters in which something is written. */
  readonly written: number;
  readonly characters: number;
  /** Blanks that still wait. */
  readonly blanks: number;
}

/** The newest entry: who did what where. */
export interface HomeEntry {
  readonly author: MemberId;
  readonly kind: EntryKind;
  /** Name of the chapter with its number, '' where it concerns the whole report or the chapter is gone. */
  readonly place: string;
  /** Text that was imported, copied or is a sample: its author brought it along and did not write it. */
  readonly brought: boolean;
}

/** Something that waits for me. Further kinds come with what they belong to. */
export interface Todo {
  /**
   * `assigned`: blanks that I was asked for; `blanks`: those of my chapters that nobody was asked for. Of open threads, each under the first
   * that fits: `threadAsked`, those that I was asked for; `threadNamed`, those that name me; `threadAnswered`, my own that somebody replied to;
   * the last two until I have said something.
   */
  readonly kind: 'blanks' | 'unwritten' | 'assigned' | 'threadAsked' | 'threadNamed' | 'threadAnswered';
  readonly report: ReportId;
  readonly title: string;
  readonly count: number;
  /** Where it is: chapters with their numbers, in order, the first is where the act leads. */
  readonly places: readonly TodoPlace[];
  /** The first day on which some of it is due, YYYY-MM-DD; null where no day was set. */
  readonly due: string | null;
  /** The first of the threads, in the order of the chapters; null where it is about something else. */
  readonly thread: Seq | null;
}

export interface TodoPlace {
  readonly node: NodeId;
  /** Heading with its number; '' for a passage, which is called by its place. */
  readonly name: string;
  readonly passage: 'preamble' | 'closing' | 'passage' | null;
  readonly count: number;
}

/** POST /api/reports/:report/lifecycle {op} */
export interface LifecycleDone {
  readonly seq: Seq;
  readonly standing: Standing;
}

/** GET /api/reports/:report/copy: what a copy would take along. */
export interface CopyPreview {
  readonly title: string;
  readonly chapters: number;
  readonly characters: number;
  readonly blanks: number;
  /** Figures in headings and text that would be masked on request. */
  readonly figures: number;
}

/** GET /api/search?q= : over titles, headings and text of every report that I may read. */
export interface SearchResults {
  readonly reports: readonly SearchedReport[];
  /** Hits in all, also those that are not told. */
  readonly total: number;
  /** false = there was no time for everything, or too much was found. */
  readonly complete: boolean;
}

export interface SearchedReport {
  readonly id: ReportId;
  readonly title: string;
  readonly standing: Standing;
  readonly changedAt: number;
  /** Hits in the title. */
  readonly inTitle: Excerpt | null;
  readonly chapters: readonly SearchedChapter[];
  readonly total: number;
}

export interface SearchedChapter {
  readonly node: NodeId;
  /** Heading with its number; '' for a passage, which is called by its place. */
  readonly name: string;
  readonly passage: TodoPlace['passage'];
  readonly inHeading: Excerpt | null;
  /** The first hits of the text, in order: the n-th here is the n-th there. */
  readonly hits: readonly Excerpt[];
  /** Hits in the text in all. */
  readonly total: number;
}
