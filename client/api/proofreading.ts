import type { Proofreading, ProofreadingCommand, ProofreadingDone, TermTableView } from '../../shared/api/proofreading.ts';
import type { ReportId } from '../../shared/ids.ts';
import type { TermCommand } from '../../shared/proofreading/house-terms.ts';
import { type ApiOptions, callerOf } from './http.ts';

/** Proofreading of a report, and the office's table of terms. Every method rejects with ApiFailure and with nothing else. */
export interface ProofreadingApi {
  look(report: ReportId): Promise<Proofreading>;
  decide(report: ReportId, command: ProofreadingCommand): Promise<ProofreadingDone>;
  terms(): Promise<TermTableView>;
  changeTerms(command: TermCommand): Promise<TermTableView>;
}

export function createProofreadingApi(options: ApiOptions): ProofreadingApi {
  const { get, post } = callerOf(options);
  return {
    look: (report) => get(`/api/reports/${report}/proofreading`),
    decide: (report, command) => post(`/api/reports/${report}/proofreading`, command),
    terms: () => get('/api/terms'),
    changeTerms: (command) => post('/api/terms', command),
  };
}
