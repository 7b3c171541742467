import type {
  ReplaceCommand,
  ReplaceDone,
  ReplacePreview,
  ReplacePreviewCommand,
  ReplaceUndo,
  ReplaceUndone,
} from '../../shared/api/replace.ts';
import type { ReportId } from '../../shared/ids.ts';
import { type ApiOptions, callerOf } from './http.ts';

/** Find and replace over a whole report. Every method rejects with ApiFailure and with nothing else. */
export interface ReplaceApi {
  preview(report: ReportId, command: ReplacePreviewCommand): Promise<ReplacePreview>;
  replace(report: ReportId, command: ReplaceCommand): Promise<ReplaceDone>;
  undo(report: ReportId, undo: ReplaceUndo): Promise<ReplaceUndone>;
}

export function createReplaceApi(options: ApiOptions): ReplaceApi {
  const { post } = callerOf(options);
  return {
    preview: (report, command) => post(`/api/reports/${report}/replace/preview`, command),
    replace: (report, command) => post(`/api/reports/${report}/replace`, command),
    undo: (report, undo) => post(`/api/reports/${report}/replace/undo`, undo),
  };
}
