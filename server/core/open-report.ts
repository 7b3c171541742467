import type { ReportId } from '../../shared/ids.ts';
import { EntryFormatError } from '../../shared/log/codec.ts';
import type { Entry } from '../../shared/log/entry.ts';
import { ReportPast } from './history/report-past.ts';
import type { CommittedEntry, EntryLogs, LogListener } from './ports.ts';
import { type OpenState, Report, type ReportParts } from './report.ts';
import { EMPTY_REPORT, type ReportFold, readEntry, reduceReport } from './report-fold.ts';
import { ReportText } from './report-text.ts';
import { TextFeed } from './text-feed.ts';

/**
 * Reads a report's whole log and builds everything that follows from it.
 * @param onFailed told once when the storage fails later
 * @throws what the storage throws when the log cannot be opened
 */
export async function openReport(id: ReportId, logs: EntryLogs, parts: ReportParts, onFailed: (error: Error) => void): Promise<Report> {
  const listener = new LateListener();
  const log = await logs.open(id, listener);
  const feed = new TextFeed(parts.engine, id, parts.scheduler);
  try {
    const state = await replay(log.read(0, log.head), feed);
    const report = new Report(id, parts, log, state, onFailed);
    listener.hand(report);
    return report;
  } catch (error) {
    feed.close();
    await log.close();
    throw error;
  }
}

/** Entries of other machines may be committed while the log is still being read. */
class LateListener implements LogListener {
  private target: LogListener | null = null;
  private early: CommittedEntry[] = [];
  private failure: Error | null = null;

  committed(entries: readonly CommittedEntry[]): void {
    if (this.target === null) this.early.push(...entries);
    else this.target.committed(entries);
  }

  failed(error: Error): void {
    if (this.target === null) this.failure = error;
    else this.target.failed(error);
  }

  hand(target: LogListener): void {
    this.target = target;
    if (this.early.length > 0) target.committed(this.early);
    if (this.failure !== null) target.failed(this.failure);
    this.early = [];
  }
}

async function replay(entries: AsyncIterable<Entry>, feed: TextFeed): Promise<OpenState> {
  const text = new ReportText();
  const past = new ReportPast();
  let fold: ReportFold = EMPTY_REPORT;
  let damage: string | null = null;
  for await (const entry of entries) {
    const decoded = readEntry(entry);
    past.add(entry, decoded);
    if (decoded === null) {
      damage ??= `Entry ${entry.seq} cannot be read by this version`;
      fold = { ...fold, seq: entry.seq, changedAt: entry.at };
      continue;
    }
    fold = reduceReport(fold, decoded);
    if (decoded.kind !== 'text') continue;
    try {
      text.replay(decoded);
    } catch (error) {
      if (!(error instanceof EntryFormatError)) throw error;
      damage ??= error.message;
      continue;
    }
    const { seq, at, author, subject: chapter } = decoded;
    feed.push({ seq, at, author, chapter, ...decoded.text });
  }
  feed.flush();
  return { fold, text, past, feed, damage };
}
