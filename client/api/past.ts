import type { ReadMarks, Unread } from '../../shared/api/read-marks.ts';
import type { RestoreCommand, RestoreDone, RestorePreview } from '../../shared/api/restore.ts';
import type { RevisionDone } from '../../shared/api/revisions.ts';
import type { ChapterId, ReportId, Seq } from '../../shared/ids.ts';
import type { RevisionCommand } from '../../shared/revisions/revision.ts';
import { type ApiOptions, callerOf } from './http.ts';

/** What acts on the past, and what a member has looked at. Every method rejects with ApiFailure and with nothing else. */
export interface PastApi {
  /** What a restore would do; changes nothing. */
  previewRestore(report: ReportId, chapter: ChapterId, command: RestoreCommand): Promise<RestorePreview>;
  /** @param expect of the preview that the person saw */
  restore(report: ReportId, chapter: ChapterId, command: RestoreCommand, expect: Seq): Promise<RestoreDone>;
  changeRevisions(report: ReportId, command: RevisionCommand): Promise<RevisionDone>;
  unread(report: ReportId): Promise<Unread>;
  markRead(report: ReportId, marks: ReadMarks): Promise<void>;
}

export function createPastApi(options: ApiOptions): PastApi {
  const { get, post } = callerOf(options);
  const of = (report: ReportId) => `/api/reports/${report}`;
  const ofChapter = (report: ReportId, chapter: ChapterId) => `${of(report)}/chapters/${chapter}`;
  return {
    previewRestore: (report, chapter, command) => post(`${ofChapter(report, chapter)}/restore/preview`, command),
    restore: (report, chapter, command, expect) => post(`${ofChapter(report, chapter)}/restore`, { command, expect }),
    changeRevisions: (report, command) => post(`${of(report)}/revisions`, command),
    unread: (report) => get(`${of(report)}/unread`),
    markRead: (report, marks) => post(`${of(report)}/read-marks`, marks),
  };
}
