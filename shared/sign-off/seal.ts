import { encodeUtf8 } from 'lib0/string';
import type { MemberId, NodeId, ReportId, Seq } from '../ids.ts';
import type { EntryHeader } from '../log/entry.ts';
import { holders, type Stages } from '../stages/stages.ts';
import { canonicalJson } from './canonical.ts';
import { counts, type SignedText, type SignOff, signOffOn, standingOn, type TextNow } from './sign-offs.ts';

/**
 * Payload of kind `seal` (JSON): 签发 is one act. The issuer signs the whole report, its number is assigned, and the house's key signs the
 * head of the log; from then on no path changes a character.
 */
export interface SealEvent {
  readonly op: 'seal';
  /** 发文字号, such as 示例委〔2026〕12号. */
  readonly number: string;
  readonly signed: SignedText;
  /** Seqs of the signatures that counted when it was sealed. */
  readonly signatures: readonly Seq[];
  /** Id of the house's key that signed. */
  readonly key: string;
  /** Ed25519 over `sealStatement`, hex. */
  readonly signature: string;
}

export interface Seal extends Omit<SealEvent, 'op'> {
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

/** One entry applied; total: what is sealed stays as it was sealed first. */
export function reduceSeal(
  seal: Seal | null,
  { op: _op, ...event }: SealEvent,
  { author, at, seq }: Pick<EntryHeader, 'author' | 'at' | 'seq'>,
): Seal {
  return seal ?? { ...event, by: author, at, seq };
}

/** The bytes that the house's key signs: everything that the seal is about, in one spelling (docs/FORMAT.md §7). */
export function sealStatement(report: ReportId, seal: Pick<SealEvent, 'number' | 'signed' | 'signatures' | 'key'>): Uint8Array {
  const { number, signed, signatures, key } = seal;
  return encodeUtf8(canonicalJson(['gongbi-seal-1', report, number, signed.upTo, signed.head, signed.report, signatures, key]));
}

const NUMBER = /^[\p{Script=Han}A-Za-z0-9]{1,20}〔\d{4}〕(?:[1-9]\d{0,4})号$/u;

/** 机关代字〔年份〕顺序号号: the year in 〔〕, the number without 第 and without leading zeros (GB/T 9704-2012 §7.2.5). */
export function isIssueNumber(value: string): boolean {
  return NUMBER.test(value);
}

/** A countersigner and a node on which no signature of theirs counts. */
export interface MissingSignature {
  readonly member: MemberId;
  readonly node: NodeId;
  readonly why: 'none' | 'stale' | 'disagrees';
}

/** Every countersigner's signature on every node of the report: what is missing before it may be sealed, and what counts. */
export function countersignatures(
  stages: Stages,
  signOffs: readonly SignOff[],
  now: TextNow,
): { readonly missing: readonly MissingSignature[]; readonly counting: readonly Seq[] } {
  const missing: MissingSignature[] = [];
  const counting = new Set<Seq>();
  const asked = stages.path.includes('countersigning') ? holders(stages, 'countersigner') : [];
  for (const member of asked) {
    for (const node of now.chapters.keys()) {
      const signOff = signOffOn(signOffs, member, 'countersigner', node);
      const standing = signOff === null ? null : standingOn(signOff, node, now);
      if (signOff === null || standing === null) missing.push({ member, node, why: 'none' });
      else if (signOff.opinion === 'disagree') missing.push({ member, node, why: 'disagrees' });
      // Who recuses themselves says nothing about the words.
      else if (signOff.opinion !== 'recuse' && !counts(standing.standing, stages.editorialKeeps))
        missing.push({ member, node, why: 'stale' });
      else counting.add(signOff.seq);
    }
  }
  return { missing, counting: [...counting].sort((one, other) => one - other) };
}
