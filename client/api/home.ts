import type { CopyPreview, Home, LifecycleDone, SearchResults } from '../../shared/api/home.ts';
import type { Created } from '../../shared/api.ts';
import type { ReportId } from '../../shared/ids.ts';
import type { BeginningOutline } from '../../shared/lifecycle/beginnings.ts';
import type { LifecycleOp } from '../../shared/lifecycle/lifecycle.ts';
import { type ApiOptions, callerOf } from './http.ts';

/** The first screen, a report's life, search (shared/api/home.ts). Every method rejects with ApiFailure and with nothing else. */
export interface HomeApi {
  home(): Promise<Home>;
  createReport(title: string, outline: BeginningOutline): Promise<Created>;
  changeLife(report: ReportId, op: LifecycleOp): Promise<LifecycleDone>;
  copyPreview(report: ReportId): Promise<CopyPreview>;
  copy(report: ReportId, title: string, masked: boolean): Promise<Created>;
  search(words: string): Promise<SearchResults>;
}

export function createHomeApi(options: ApiOptions): HomeApi {
  const { get, post } = callerOf(options);
  return {
    home: () => get('/api/home'),
    createReport: (title, outline) => post('/api/reports', { title, outline }),
    changeLife: (report, op) => post(`/api/reports/${report}/lifecycle`, { op }),
    copyPreview: (report) => get(`/api/reports/${report}/copy`),
    copy: (report, title, masked) => post(`/api/reports/${report}/copy`, { title, masked }),
    search: (words) => get(`/api/search?q=${encodeURIComponent(words)}`),
  };
}
