import type { ReportId, Seq } from '../../../shared/ids.ts';

/** The report with this thread open in the panel. */
export function threadAddress(report: ReportId, thread: Seq): string {
  return `/r/${report}?panel=threads&thread=${thread}`;
}

/** @param search of the address, with or without its `?`. @returns null when it names no thread */
export function threadInAddress(search: string): Seq | null {
  const named = new URLSearchParams(search).get('thread');
  return named !== null && /^\d{1,15}$/.test(named) ? Number(named) : null;
}
