import type { FindOptions } from '../finding/find.ts';
import type { ChapterId, NodeId, Seq } from '../ids.ts';

/** What is looked for, and where. */
export interface FindCommand {
  /** One line, at most MAX_FIND units; never ''. */
  readonly find: string;
  readonly options: FindOptions;
}

/** POST /api/reports/:report/replace/preview */
export interface ReplacePreviewCommand extends FindCommand {
  /** What would stand there instead; '' = nothing. */
  readonly replacement: string;
}

/** Every hit of the report, title and headings too, by place in the outline. Nothing is changed. */
export interface ReplacePreview {
  readonly total: number;
  readonly places: readonly PlaceHits[];
  /** Names exactly these hits; the command that replaces them carries it. */
  readonly stamp: string;
}

export interface PlaceHits {
  /** null = the report's title. */
  readonly node: NodeId | null;
  /** In the title or a heading, or in a chapter's text. */
  readonly where: 'title' | 'heading' | 'text';
  readonly count: number;
  /** The first ones, with what stands around them. */
  readonly hits: readonly HitContext[];
  /** May this member change it? Hits where not are shown and left alone. */
  readonly open: boolean;
}

export interface HitContext {
  readonly before: string;
  readonly hit: string;
  readonly after: string;
}

/** POST /api/reports/:report/replace */
export interface ReplaceCommand extends ReplacePreviewCommand {
  /** The preview's: hits that the person has not seen are not replaced, the answer is then 409 `replace-moved`. */
  readonly stamp: string;
}

export interface ReplaceDone {
  readonly replaced: number;
  /** The newest entry. */
  readonly seq: Seq;
  /** Takes it back: POST /api/reports/:report/replace/undo */
  readonly undo: ReplaceUndo;
}

/** One replacement to take back, all of it. */
export interface ReplaceUndo {
  readonly texts: readonly { readonly chapter: ChapterId; readonly seq: Seq }[];
  /** `node` null = the title. */
  readonly lines: readonly { readonly node: NodeId | null; readonly was: string; readonly is: string }[];
}

export interface ReplaceUndone {
  /** Places that read again as they did. */
  readonly restored: number;
  /** Places that somebody has rewritten since: they stay as they are now. */
  readonly left: number;
  readonly seq: Seq;
}
