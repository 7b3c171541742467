import type { ExportCommand, ExportPreview, ExportState } from '../../shared/api/export.ts';
import type { ReportId } from '../../shared/ids.ts';
import { type ApiOptions, callerOf } from './http.ts';

/** Files of a report (shared/api/export.ts). Every method rejects with ApiFailure and with nothing else. */
export interface ExportApi {
  begin(report: ReportId, command: ExportCommand): Promise<ExportState>;
  state(report: ReportId, id: string): Promise<ExportState>;
  /** The file of a `preview` that is done. */
  preview(report: ReportId, id: string): Promise<ExportPreview>;
  cancel(report: ReportId, id: string): Promise<void>;
  /** Where the browser fetches a file that is done, to save it. */
  fileAddress(report: ReportId, id: string): string;
}

export function createExportApi(options: ApiOptions): ExportApi {
  const { get, post, remove } = callerOf(options);
  const of = (report: ReportId) => `/api/reports/${report}/exports`;
  return {
    begin: (report, command) => post(of(report), command),
    state: (report, id) => get(`${of(report)}/${id}`),
    preview: (report, id) => get(`${of(report)}/${id}/file`),
    cancel: (report, id) => remove(`${of(report)}/${id}`),
    fileAddress: (report, id) => `${options.origin}${of(report)}/${id}/file`,
  };
}
