import type { ChapterId, ReportId, Seq } from '../../../shared/ids.ts';

/** Two points of a report: `from` is the older. */
export interface Points {
  readonly from: Seq;
  readonly to: Seq;
  /** null = the whole report. */
  readonly chapter: ChapterId | null;
}

export function compareLink(report: ReportId, { from, to, chapter }: Points): string {
  return `/r/${report}/compare?from=${from}&to=${to}${chapter === null ? '' : `&chapter=${chapter}`}`;
}

export function replayLink(report: ReportId, chapter: ChapterId, seq?: Seq): string {
  return `/r/${report}/replay?chapter=${chapter}${seq === undefined ? '' : `&at=${seq}`}`;
}

export function contributionsLink(report: ReportId): string {
  return `/r/${report}/contributions`;
}

/** Back to the desk, with the history open beside it. */
export function deskLink(report: ReportId): string {
  return `/r/${report}?panel=history`;
}

/** A number of an entry out of an address; null when it is none. */
export function parseSeq(told: string | null): Seq | null {
  return told !== null && /^\d{1,15}$/.test(told) ? Number(told) : null;
}
