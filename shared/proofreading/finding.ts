import type { NodeId } from '../ids.ts';
import type { MessageKey } from './messages.ts';
import type { SourceId } from './sources.ts';

/**
 * error: wrong by a standard or a dictionary, counted before sign-off; warning: very likely wrong, a person should look;
 * hint: style, or something that only a person can judge.
 */
export type Severity = 'error' | 'warning' | 'hint';

/** Where a block stands: the title, a node's heading, or a line of a node's text. `node: null` is the report itself. */
export interface BlockPlace {
  readonly node: NodeId | null;
  readonly part: 'title' | 'heading' | 'text' | 'particulars';
  /** The line within the node's text, from 0; 0 for title and heading. */
  readonly line: number;
}

export type BlockKind = 'title' | 'heading' | 'paragraph' | 'list';

/** One line of a report as the rules see it. */
export interface ProofBlock {
  readonly place: BlockPlace;
  readonly kind: BlockKind;
  /** 1 一、 2 （一） 3 1. 4 （1）; 0 = no heading. */
  readonly level: number;
  /** Set for a heading that opens the first line of its text and keeps its mark. */
  readonly runIn?: boolean;
  /** The number that follows from its place and is not part of `text`; '' = none. */
  readonly number: string;
  readonly text: string;
}

/** Text to put in the place of [from, to) of the finding's block. Only where nothing else can be meant. */
export interface Fix {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Holes of a message: what was found, what is proposed. */
export type Params = Readonly<Record<string, string | number>>;

/** What one rule says about one place, before it is known in which block. */
export interface Remark {
  readonly message: MessageKey;
  readonly severity: Severity;
  /** [from, to) in the block's text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly params?: Params;
  readonly source: SourceId;
  /** Why, where the office's table or ours says more than the message. */
  readonly reason?: string;
  /** The standard that an entry of the office's table names. */
  readonly cites?: string;
  readonly fix?: Fix;
}

export interface Finding extends Remark {
  readonly place: BlockPlace;
  /** What stands at [from, to). */
  readonly quote: string;
  /**
   * The same for the same mistake in the same words of the same node, however the text around moves: by it a finding is ignored.
   * Two alike in one sentence share it.
   */
  readonly key: string;
}

/** A remark of a rule that looks at more than one block. */
export interface PlacedRemark extends Remark {
  readonly block: number;
}
