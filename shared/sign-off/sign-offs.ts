import type { Part } from '../access/stage-table.ts';
import type { MemberId, NodeId, Seq } from '../ids.ts';
import type { EntryHeader } from '../log/entry.ts';
import { type Alignment, align, sameBlocks } from './align.ts';
import type { SignedChapter } from './canonical.ts';

/** 同意, 同意但保留意见, 不同意, 回避. */
export type Opinion = 'agree' | 'reserve' | 'disagree' | 'recuse';
export const OPINIONS: readonly Opinion[] = ['agree', 'reserve', 'disagree', 'recuse'];

/** What a signature is bound to: exact words at one point of the log. */
export interface SignedText {
  /** The last entry that the signer saw. */
  readonly upTo: Seq;
  /** Hex of the log's chain head at `upTo`. */
  readonly head: string;
  readonly chapters: readonly SignedChapter[];
  /** Title, particulars and order of the outline, when the whole report was signed; null = single chapters. */
  readonly frame: string | null;
  /** The report's hash, when the whole report was signed. */
  readonly report: string | null;
}

/** Payload of kind `signOff` (JSON). */
export type SignOffEvent =
  | {
      readonly op: 'sign';
      readonly part: Part;
      readonly opinion: Opinion;
      /** The reservation or the reason; '' where none is asked for. */
      readonly text: string;
      /** Signed for somebody who is away (代); null = for oneself. */
      readonly onBehalf: { readonly name: string; readonly authority: string } | null;
      readonly signed: SignedText;
    }
  /** Taken back; `of` is the seq of the signature. */
  | { readonly op: 'withdraw'; readonly of: Seq };

/** A signature on record. */
export interface SignOff {
  /** The entry that made it. */
  readonly seq: Seq;
  readonly by: MemberId;
  readonly at: number;
  readonly part: Part;
  readonly opinion: Opinion;
  readonly text: string;
  readonly onBehalf: { readonly name: string; readonly authority: string } | null;
  readonly signed: SignedText;
  /** When it was taken back; null = it stands. */
  readonly withdrawn: { readonly at: number; readonly seq: Seq } | null;
}

export const NO_SIGN_OFFS: readonly SignOff[] = [];

/** One entry applied; total: taking back what is not there, or another's, changes nothing. */
export function reduceSignOffs(
  signOffs: readonly SignOff[],
  event: SignOffEvent,
  header: Pick<EntryHeader, 'seq' | 'at' | 'author'>,
): readonly SignOff[] {
  const { seq, at, author } = header;
  if (event.op === 'sign') {
    const { part, opinion, text, onBehalf, signed } = event;
    return [...signOffs, { seq, by: author, at, part, opinion, text, onBehalf, signed, withdrawn: null }];
  }
  return signOffs.map((signOff) =>
    signOff.seq === event.of && signOff.by === author && signOff.withdrawn === null ? { ...signOff, withdrawn: { at, seq } } : signOff,
  );
}

/**
 * What a member's signatures amount to for one chapter: the newest that covers it counts, the older ones are history.
 * @returns null when none stands
 */
export function signOffOn(signOffs: readonly SignOff[], member: MemberId, part: Part, chapter: NodeId): SignOff | null {
  return (
    signOffs.findLast(
      (signOff) =>
        signOff.by === member &&
        signOff.part === part &&
        signOff.withdrawn === null &&
        signOff.signed.chapters.some(({ node }) => node === chapter),
    ) ?? null
  );
}

/** The text as it is now, in the terms of a signature. */
export interface TextNow {
  readonly chapters: ReadonlyMap<NodeId, SignedChapter>;
  readonly frame: string;
}

/**
 * How a signature on a chapter stands against the text as it is now.
 * - `valid`: the very words that were signed;
 * - `editorial`: only what the editorial rules let pass was changed;
 * - `stale`: the substance is another.
 */
export type Standing = 'valid' | 'editorial' | 'stale';

export interface ChapterStanding {
  readonly chapter: NodeId;
  readonly standing: Standing;
  /** Where the text differs from what was signed: indexes into the signed blocks and into the blocks as they are now. */
  readonly changed: Alignment;
}

/** @returns null when the signature does not cover the chapter */
export function standingOn(signOff: SignOff, chapter: NodeId, now: TextNow): ChapterStanding | null {
  const signed = signOff.signed.chapters.find(({ node }) => node === chapter);
  if (signed === undefined) return null;
  const is = now.chapters.get(chapter);
  if (is === undefined) return { chapter, standing: 'stale', changed: align(signed.blocks, []) };
  if (is.hash === signed.hash) return { chapter, standing: 'valid', changed: { gone: [], added: [] } };
  const changed = align(signed.blocks, is.blocks);
  // The heading and its form have no editorial changes: with equal blocks and another hash it is the heading that differs.
  const onlyBlocks = !sameBlocks(signed.blocks, is.blocks);
  const editorial = onlyBlocks && sameBlocks(signed.substance, is.substance) && sameHeading(signed, is);
  return { chapter, standing: editorial ? 'editorial' : 'stale', changed };
}

function sameHeading(signed: SignedChapter, is: SignedChapter): boolean {
  return signed.heading === is.heading;
}

/** Does the signature count for a chapter? @param editorialKeeps the owner lets editorial changes leave signatures as they are */
export function counts(standing: Standing, editorialKeeps: boolean): boolean {
  return standing === 'valid' || (standing === 'editorial' && editorialKeeps);
}
