import type { Severity } from '../finding.ts';
import type { MessageKey } from '../messages.ts';
import type { SourceId } from '../sources.ts';

/** A pattern with a name for what is wrong. The first group, where there is one, is the place told; else the whole match. */
export interface PatternRule {
  readonly pattern: RegExp;
  readonly message: MessageKey;
  readonly severity: Severity;
  readonly source: SourceId;
  /** What to write for the place told: literal, or made of the match. Left out: a person must decide. */
  readonly right?: string | ((match: RegExpExecArray) => string);
  /** May `right` be put in by one key? Default: yes when `right` is there. */
  readonly safe?: boolean;
  /** Why, in the words of an office's proofreader. */
  readonly reason: string;
}
