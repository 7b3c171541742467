import type { Seq } from '../ids.ts';
import type { Finding, Severity } from '../proofreading/finding.ts';
import type { HouseTerms } from '../proofreading/house-terms.ts';
import type { IgnoredFinding } from '../proofreading/ignored.ts';

/** A finding with the sentence that it stands in. */
export interface FindingView extends Finding {
  readonly before: string;
  readonly after: string;
}

/** GET /api/reports/:report/proofreading */
export interface Proofreading {
  /** The text that was read: everything up to and with this entry. */
  readonly seq: Seq;
  /** Of all findings that nobody ignored, also those beyond the longest list. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** In order of place, at most {@link MOST_FINDINGS}; those that are ignored too. */
  readonly findings: readonly FindingView[];
  /** Everything that was said to be meant as it stands, whether its wording still stands or not. By `key`. */
  readonly ignored: readonly IgnoredFinding[];
}

export const MOST_FINDINGS = 2_000;

/** POST /api/reports/:report/proofreading */
export type ProofreadingCommand =
  /** `keys` of findings as the text stands now. */
  | { readonly op: 'ignore'; readonly keys: readonly string[]; readonly reason: string }
  | { readonly op: 'recall'; readonly keys: readonly string[] };

export interface ProofreadingDone {
  readonly seq: Seq;
}

/** GET and POST /api/terms */
export type TermTableView = HouseTerms;
