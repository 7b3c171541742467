import type { ReportId } from '../../../shared/ids.ts';

/** Address of a report with its list of blanks opened at those that wait for me. */
export function blanksAddress(report: ReportId): string {
  return `/r/${report}?panel=blanks`;
}
