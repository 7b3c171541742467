import type { ParticularsDone, ParticularsState } from '../../shared/api/particulars.ts';
import type { ReportId } from '../../shared/ids.ts';
import type { ParticularChange } from '../../shared/particulars/decide.ts';
import { type ApiOptions, callerOf } from './http.ts';

/** The particulars of a report (shared/api/particulars.ts). Every method rejects with ApiFailure and with nothing else. */
export interface ParticularsApi {
  read(report: ReportId): Promise<ParticularsState>;
  /** All changes or none. */
  change(report: ReportId, changes: readonly ParticularChange[]): Promise<ParticularsDone>;
}

export function createParticularsApi(options: ApiOptions): ParticularsApi {
  const { get, post } = callerOf(options);
  return {
    read: (report) => get(`/api/reports/${report}/particulars`),
    change: (report, changes) => post(`/api/reports/${report}/particulars`, { changes }),
  };
}
