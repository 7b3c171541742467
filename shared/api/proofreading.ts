import type { Seq } from '../ids.ts';
import type { Finding, Severity } from '../proofreading/finding.ts';
import type { HouseTerms } from '../proofreading/house-terms.ts';

/** A finding with the sentence that it stands in. */
export interface FindingView extends Finding {
  readonly before: string;
  readonly after: string;
}

/** GET /api/reports/:report/proofreading */
export interface Proofreading {
  /** The text that was read: everything up to and with this entry. */
  readonly seq: Seq;
  /** Of all findings, also those beyond the longest list. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** In order of place, at most {@link MOST_FINDINGS}. */
  readonly findings: readonly FindingView[];
}

export const MOST_FINDINGS = 2_000;

/** GET and POST /api/terms */
export type TermTableView = HouseTerms;
