import type { MemberId, NodeId, Seq } from '../ids.ts';

/**
 * The report's outline: an ordered tree held by the report, not by Yjs (design §3).
 * - part: 一、… heading only, never text of its own;
 * - chapter: （一）… heading and text, or 一、… when it stands at the top;
 * - passage: 导语, 结语: text without heading, neither numbered nor counted as a chapter.
 */
export type NodeKind = 'part' | 'chapter' | 'passage';

/** `run-in`: the heading opens the first line of its text and keeps its 。 (「（一）深化改革。把并联审批…」). */
export type HeadingForm = 'own-line' | 'run-in';

export interface OutlineNode {
  readonly id: NodeId;
  readonly kind: NodeKind;
  /** Without its number, which follows from the place; '' for a passage. A run-in heading keeps its closing mark. */
  readonly heading: string;
  readonly form: HeadingForm;
  readonly parent: NodeId | null;
}

/** A node taken out, with the sibling it stood before (null = it was the last), so that it can go back to its place. */
export interface RemovedNode extends OutlineNode {
  readonly before: NodeId | null;
}

/** Who set a single-line value last, and when: title and headings have authors like text. */
export interface Setting {
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

export interface Outline {
  readonly title: string;
  readonly titleSet: Setting | null;
  /** Document order: a parent before its children, children in order. */
  readonly nodes: readonly OutlineNode[];
  /** Nodes taken out; their text stays in the log. Newest last; a part stands before the children it took along. */
  readonly removed: readonly RemovedNode[];
  readonly headingSet: Readonly<Record<string, Setting>>;
}

/** How the report began. */
export type Beginning = 'empty' | 'import' | 'sample';

/** Payload of an `outline` entry (JSON). A clash with `was` is refused before it becomes an entry. */
export type OutlineEvent =
  | {
      readonly op: 'create';
      readonly epoch: string;
      readonly beginning: Beginning;
      readonly title: string;
      readonly nodes: readonly OutlineNode[];
    }
  | { readonly op: 'title'; readonly was: string; readonly title: string }
  | { readonly op: 'heading'; readonly node: NodeId; readonly was: string; readonly heading: string; readonly form: HeadingForm }
  | { readonly op: 'add'; readonly node: OutlineNode; readonly before: NodeId | null }
  | { readonly op: 'remove'; readonly node: NodeId }
  | { readonly op: 'restore'; readonly node: NodeId; readonly parent: NodeId | null; readonly before: NodeId | null }
  | { readonly op: 'move'; readonly node: NodeId; readonly parent: NodeId | null; readonly before: NodeId | null };

/** What a person asks for (HTTP). The server makes ids and judges; `before: null` = last among its siblings. */
export type OutlineCommand =
  | { readonly op: 'title'; readonly was: string; readonly title: string }
  | { readonly op: 'heading'; readonly node: NodeId; readonly was: string; readonly heading: string; readonly form?: HeadingForm }
  | {
      readonly op: 'add';
      readonly kind: NodeKind;
      readonly heading: string;
      readonly parent: NodeId | null;
      readonly before: NodeId | null;
    }
  | { readonly op: 'remove'; readonly node: NodeId }
  | { readonly op: 'restore'; readonly node: NodeId }
  | { readonly op: 'move'; readonly node: NodeId; readonly parent: NodeId | null; readonly before: NodeId | null };

export type OutlineRefusal =
  | { readonly code: 'outline-clash'; readonly is: string }
  | { readonly code: 'outline-no-such-node' }
  | { readonly code: 'outline-bad-place' }
  | { readonly code: 'outline-bad-text' };
