import type { BlanksCommand, BlanksDone, BlanksState, FillCommand, FillDone } from '../../shared/api/blanks.ts';
import type { ReportId, Seq } from '../../shared/ids.ts';
import { type ApiOptions, callerOf } from './http.ts';

/** Masked figures and names of a report. Every method rejects with ApiFailure and with nothing else. */
export interface BlanksApi {
  list(report: ReportId): Promise<BlanksState>;
  fill(report: ReportId, command: FillCommand): Promise<FillDone>;
  /** Takes one's own filling back. */
  unfill(report: ReportId, seq: Seq): Promise<BlanksDone>;
  manage(report: ReportId, command: BlanksCommand): Promise<BlanksDone>;
}

export function createBlanksApi(options: ApiOptions): BlanksApi {
  const { get, post } = callerOf(options);
  return {
    list: (report) => get(`/api/reports/${report}/blanks`),
    fill: (report, command) => post(`/api/reports/${report}/blanks/fill`, command),
    unfill: (report, seq) => post(`/api/reports/${report}/blanks/fill/undo`, { seq }),
    manage: (report, command) => post(`/api/reports/${report}/blanks`, command),
  };
}
