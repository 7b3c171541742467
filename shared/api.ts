import type { Role, Stage } from './access/can.ts';
import type { TextCount } from './counting/count.ts';
import type { ChapterId, MemberId, NodeId, ReportId, Seq } from './ids.ts';
import type { Via } from './log/entry.ts';
import type { HeadingForm, NodeKind, Outline } from './outline/outline.ts';
import type { Revision } from './revisions/revision.ts';
import type { Stages } from './stages/stages.ts';
import type { ErrorCode } from './wire/codes.ts';

/** Shapes of the HTTP interface; the server parses requests with zod schemas of the same shapes (server/http). Times are milliseconds since 1970. */

/** Every error: a stable code, a sentence saying what was wrong and what to do, an id to quote. */
export interface ApiError {
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly requestId: string; readonly details?: unknown };
}

export type { Me } from './api/accounts.ts';

/** GET /api/reports */
export interface ReportSummary {
  readonly id: ReportId;
  readonly title: string;
  readonly role: Role;
  readonly stage: Stage;
  readonly seq: Seq;
  readonly changedAt: number;
  readonly members: readonly ReportMember[];
}

export interface ReportMember {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  /** 1–6, by order of joining; a second round uses dotted edges (mocks/README.md). */
  readonly colour: number;
  /** Left members stay readable in the record. */
  readonly left: boolean;
}

/** A chapter in figures: counted in three ways, and its blanks. */
export interface ChapterCount extends TextCount {
  readonly blanks: number;
}

/** GET /api/reports/:report: the fold at `seq`; follow on from there on the report's socket. */
export interface ReportState {
  readonly id: ReportId;
  readonly epoch: string;
  readonly seq: Seq;
  readonly stage: Stage;
  readonly role: Role;
  readonly outline: Outline;
  readonly members: readonly ReportMember[];
  readonly figures: Readonly<Record<ChapterId, ChapterCount>>;
  /** Named points, in the order of the points that they name. */
  readonly revisions: readonly Revision[];
  readonly stages: Stages;
  /** Set when the stored record is damaged: read-only, and why. */
  readonly damage: string | null;
}

/** GET /api/reports/:report/access: why a socket could not be opened. */
export interface Access {
  readonly role: Role | null;
  readonly stage: Stage;
  readonly mayWrite: boolean;
  readonly epoch: string;
}

/** GET /api/reports/:report/chapters/:chapter/author?client=&clock= : who wrote the character with this id. */
export interface AuthorAt {
  /** null = nobody's writing (imported, sample). */
  readonly author: MemberId | null;
  readonly actor: MemberId;
  readonly via: Via;
  readonly at: number;
  readonly seq: Seq;
  readonly offlineSince: number;
  /** Set when this text was moved, pasted or restored by somebody after it was written. */
  readonly movedBy: Mover | null;
}

/** Who brought text to where it stands now, when, and how: `restore` = brought back; anything else = moved, pasted. */
export interface Mover {
  readonly member: MemberId;
  readonly at: number;
  readonly seq: Seq;
  readonly via: Via;
}

/** POST /api/import/preview and /api/import: body = file bytes (application/octet-stream) or {text}. */
export interface ImportPreview {
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'utf-16' | 'gb18030' | 'text';
  readonly bytes: number;
  readonly lines: readonly string[];
  readonly title: string;
  readonly nodes: readonly ImportNode[];
  readonly counts: ImportCounts;
  /** What was done by itself, and what needs a look: codes with their numbers, worded by the page. */
  readonly notes: readonly ImportNote[];
}

export interface ImportNode {
  readonly kind: NodeKind;
  /** Index into `nodes`, or null at the top. */
  readonly parent: number | null;
  readonly heading: string;
  readonly form: HeadingForm;
  /** Number as it stood in the source, for display beside the derived one: 「（一）」. */
  readonly sourceNumber: string;
  /** 1-based source line of its heading (or first line). */
  readonly line: number;
  readonly blocks: readonly ImportBlock[];
  readonly characters: number;
  readonly blanks: number;
}

export interface ImportBlock {
  readonly kind: 'paragraph' | 'heading3' | 'heading4';
  readonly text: string;
  readonly line: number;
}

export interface ImportCounts {
  readonly parts: number;
  readonly chapters: number;
  readonly passages: number;
  readonly characters: number;
  readonly blanks: number;
  readonly blankNumbers: number;
  readonly blankNames: number;
}

export interface ImportNote {
  readonly code:
    | 'run-in-split'
    | 'numbers-derived'
    | 'masks-kept'
    | 'passage-guessed'
    | 'level-skipped'
    | 'lines-joined'
    | 'one-line-split'
    | 'half-width-kept'
    | 'numbering-continues';
  readonly count: number;
  readonly lines: readonly number[];
}

/** POST /api/import → 201; POST /api/reports {title} → 201 */
export interface Created {
  readonly id: ReportId;
}

/** POST /api/reports/:report/outline (OutlineCommand) → the entry's seq and, for `add`, the new node. */
export interface OutlineDone {
  readonly seq: Seq;
  readonly node?: NodeId;
}

/** POST /api/reports/:report/members {name, role} makes an account and its one-time link; {member, role} adds or changes one. */
export interface MemberAdded {
  readonly member: MemberId;
  readonly link: string | null;
}
