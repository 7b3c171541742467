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
  readonly removed: Setting;
  /** 删除后又有改动: who wrote into it since it was taken out, in the order of their first change. It is there when it comes back. */
  readonly late: readonly LateText[];
}

/** One member's changes to the text of a node that had been taken out. */
export interface LateText {
  readonly by: MemberId;
  /** Entries. */
  readonly count: number;
  /** Of the last of them. */
  readonly at: number;
  readonly seq: Seq;
}

/** Who set a single-line value last, and when: title and headings have authors like text. */
export interface Setting {
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

/** Who is asked for a node, and what is to be known about it: work on the report, no part of its words. */
export interface Charge {
  /** 承办人; grants nothing (负责人 is a role). null = nobody in particular. */
  readonly owner: MemberId | null;
  /** '' = none. */
  readonly note: string;
  readonly set: Setting;
}

export interface Outline {
  readonly title: string;
  readonly titleSet: Setting | null;
  /** Document order: a parent before its children, children in order. */
  readonly nodes: readonly OutlineNode[];
  /** Nodes taken out; their text stays in the log. Newest last; a part stands before the children it took along. */
  readonly removed: readonly RemovedNode[];
  readonly headingSet: Readonly<Record<string, Setting>>;
  /** By node; kept while the node is out. */
  readonly charges: Readonly<Record<string, Charge>>;
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
  | { readonly op: 'move'; readonly node: NodeId; readonly parent: NodeId | null; readonly before: NodeId | null }
  | { readonly op: 'owner'; readonly node: NodeId; readonly was: MemberId | null; readonly owner: MemberId | null }
  | { readonly op: 'note'; readonly node: NodeId; readonly was: string; readonly note: string };

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
  | { readonly op: 'move'; readonly node: NodeId; readonly parent: NodeId | null; readonly before: NodeId | null }
  | { readonly op: 'owner'; readonly node: NodeId; readonly was: MemberId | null; readonly owner: MemberId | null }
  | { readonly op: 'note'; readonly node: NodeId; readonly was: string; readonly note: string };

export type OutlineRefusal =
  /** `is`: what stands; of an owner the member's id, '' for nobody. */
  | { readonly code: 'outline-clash'; readonly is: string }
  | { readonly code: 'outline-no-such-node' }
  | { readonly code: 'outline-bad-place' }
  | { readonly code: 'outline-bad-text' }
  | { readonly code: 'outline-bad-note' }
  /** Only who belongs to the report can be asked for a part of it. */
  | { readonly code: 'outline-no-such-owner' };
