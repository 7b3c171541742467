import type { MemberId, NodeId, Seq } from '../ids.ts';
import type { EntryHeader } from '../log/entry.ts';
import type { Finding, Severity } from './finding.ts';
import type { MessageKey } from './messages.ts';
import type { SourceId } from './sources.ts';

/** What the record keeps of a finding that somebody decided about: enough to be read when rules and text are others. */
export interface FindingRef {
  /** See {@link Finding}: the same mistake in the same words of the same node. */
  readonly key: string;
  readonly node: NodeId | null;
  readonly message: MessageKey;
  readonly severity: Severity;
  readonly source: SourceId;
  /** The words it is about, and their sentence up to them and behind them. */
  readonly quote: string;
  readonly before: string;
  readonly after: string;
}

/** Payload of kind `proofreading`: the text is meant as it stands, or is to be looked at after all. */
export type ProofreadingEvent =
  | { readonly op: 'ignore'; readonly finding: FindingRef; readonly reason: string }
  | { readonly op: 'recall'; readonly finding: FindingRef };

/** A finding that is ignored, as long as its wording stands. */
export interface IgnoredFinding extends FindingRef {
  readonly reason: string;
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

export const NO_IGNORED: readonly IgnoredFinding[] = [];

/** Longest reason, in characters; longest stored quote and half of a sentence, in UTF-16 units. */
export const MAX_REASON = 200;
const MAX_WORDS = 160;
/** Most findings that one command decides about: all alike in one report. */
export const MOST_IGNORED = 200;

/** One decision applied; total. */
export function reduceIgnored(
  records: readonly IgnoredFinding[],
  event: ProofreadingEvent,
  header: EntryHeader,
): readonly IgnoredFinding[] {
  const { finding } = event;
  const others = records.filter(({ key }) => key !== finding.key);
  if (event.op === 'recall') return others;
  const { author: by, at, seq } = header;
  return [...others, { ...finding, reason: event.reason, by, at, seq }];
}

/** @param before and `after` the halves of its sentence */
export function refOf(finding: Finding, { before, after }: { readonly before: string; readonly after: string }): FindingRef {
  const { key, place, message, severity, source, quote } = finding;
  return { key, node: place.node, message, severity, source, quote: cut(quote), before: cut(before), after: cut(after) };
}

function cut(words: string): string {
  return words.length <= MAX_WORDS ? words : `${words.slice(0, MAX_WORDS - 1)}…`;
}
