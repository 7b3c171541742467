import type { ThreadPlaces, ThreadsCommand, ThreadsDone, ThreadsState } from '../../shared/api/threads.ts';
import type { ReportId } from '../../shared/ids.ts';
import { type ApiOptions, callerOf } from './http.ts';

/** What people say about a report's text. Every method rejects with ApiFailure and with nothing else. */
export interface ThreadsApi {
  list(report: ReportId): Promise<ThreadsState>;
  places(report: ReportId): Promise<ThreadPlaces>;
  change(report: ReportId, command: ThreadsCommand): Promise<ThreadsDone>;
}

export function createThreadsApi(options: ApiOptions): ThreadsApi {
  const { get, post } = callerOf(options);
  return {
    list: (report) => get(`/api/reports/${report}/threads`),
    places: (report) => get(`/api/reports/${report}/threads/places`),
    change: (report, command) => post(`/api/reports/${report}/threads`, command),
  };
}
