import type { ReportId } from '../../../shared/ids.ts';
import type { EntryLogs, LogListener, OpenLog } from '../../core/ports.ts';
import { CommitLog, type CommitLogSettings } from './commit-log.ts';
import { recycleSegments } from './commit-segment.ts';
import { joinPath } from './disk.ts';
import { OpenReport, type OpenReportHost } from './open-report.ts';
import { type RecoverySettings, recover } from './recover.ts';
import { fileName, ReportFile } from './report-file.ts';
import { logFiles, ReportLog } from './report-log.ts';
import { WorkLine } from './work-line.ts';

export type EntryLogsSettings = RecoverySettings &
  Omit<CommitLogSettings, 'folder'> & {
    /** How long committed entries may wait in memory before they are written to the reports' own files, ms. */
    readonly flushMs: number;
  };

/**
 * All reports' logs of one data folder: one commit log before them, each report's own files behind it (docs/FORMAT.md §3).
 * @throws Error when the folder can't be read or written.
 */
export async function openEntryLogs(settings: EntryLogsSettings): Promise<EntryLogs> {
  const firstNumber = await recover(settings, {});
  return new EmbeddedLogs(settings, firstNumber);
}

class EmbeddedLogs implements EntryLogs, OpenReportHost {
  readonly #settings: EntryLogsSettings;
  readonly #open = new Map<ReportId, OpenReport>();
  /** Reports being opened, so that nobody opens one twice meanwhile. */
  readonly #opening = new Set<ReportId>();
  /** Reports whose own files failed: no segment is released until they were opened again. */
  readonly #broken = new Set<ReportId>();
  /** Opening, starting afresh and mending never meet: they read and replace the same files. */
  readonly #openings = new WorkLine();
  readonly #releases = new WorkLine();
  #commits: CommitLog;
  #cancelFlush: (() => void) | null = null;
  #closed = false;

  constructor(settings: EntryLogsSettings, firstNumber: number) {
    this.#settings = settings;
    this.#commits = this.#newCommitLog(firstNumber);
  }

  async create(report: ReportId): Promise<void> {
    const { disk, reportsFolder } = this.#settings;
    if (await this.exists(report)) throw new Error(`Report ${report} exists already`);
    const folder = this.#folder(report);
    const path = joinPath(folder, fileName(1));
    await disk.makeFolder(folder);
    await disk.remove(`${path}.tmp`);
    const file = await ReportFile.create(disk, folder, report, 1, '.tmp');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.rename(`${path}.tmp`, path);
    await disk.syncFolder(folder);
    await disk.syncFolder(reportsFolder);
  }

  async exists(report: ReportId): Promise<boolean> {
    return (await logFiles(this.#settings.disk, this.#folder(report))).length > 0;
  }

  async open(report: ReportId, listener: LogListener): Promise<OpenLog> {
    if (this.#closed) throw new Error('The storage is closed');
    if (this.#open.has(report) || this.#opening.has(report)) throw new Error(`Report ${report} is open already`);
    this.#opening.add(report);
    try {
      return await this.#openings.run(() => this.#openNow(report, listener));
    } finally {
      this.#opening.delete(report);
    }
  }

  async #openNow(report: ReportId, listener: LogListener): Promise<OpenLog> {
    if (!(await this.exists(report))) throw new Error(`Report ${report} has no log`);
    for (;;) {
      if (this.#commits.failure !== null) await this.#restart();
      if (this.#broken.has(report)) await this.#mend(report);
      const log = await ReportLog.open(report, this.#folder(report), this.#settings);
      if (this.#commits.failure === null) {
        const opened = new OpenReport(log, this.#commits, listener, this);
        this.#open.set(report, opened);
        return opened;
      }
      // The commit log failed meanwhile: what was read may not be all.
      await log.close(true);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#openings.run(async () => {});
    await Promise.all([...this.#open.values()].map((report) => report.close()));
    this.#cancelFlush?.();
    await this.#releases.run(async () => {});
    const failed = this.#commits.failure !== null;
    const segments = await this.#commits.stop();
    // Otherwise they stay: the next start brings home what they hold.
    if (!failed && this.#broken.size === 0) {
      await recycleSegments(this.#settings.disk, this.#settings.commitFolder, segments, true);
    }
  }

  // ------------------------------------------------------------ OpenReportHost

  pending(): void {
    if (this.#cancelFlush !== null || this.#closed) return;
    this.#cancelFlush = this.#settings.after(this.#settings.flushMs, () => {
      this.#cancelFlush = null;
      void this.#flushAll();
    });
  }

  ownFilesFailed(report: ReportId, error: Error): void {
    this.#broken.add(report);
    this.#settings.warn(`Report ${report}: its files could not be written (${error.message}); it is read-only until it is opened again`);
  }

  closed(report: OpenReport): void {
    if (this.#open.get(report.id) === report) this.#open.delete(report.id);
  }

  // ------------------------------------------------------------

  async #flushAll(): Promise<void> {
    for (const report of [...this.#open.values()]) await report.flush();
  }

  #newCommitLog(firstNumber: number): CommitLog {
    const commits: CommitLog = new CommitLog(
      { ...this.#settings, folder: this.#settings.commitFolder },
      {
        failed: (error) => this.#commitsFailed(error),
        rolled: (through) => void this.#releases.run(() => this.#release(commits, through)),
      },
      firstNumber,
    );
    return commits;
  }

  #commitsFailed(error: Error): void {
    this.#settings.warn(`The commit log could not be written (${error.message}); all reports are read-only until they are opened again`);
    for (const report of [...this.#open.values()]) report.fail(error);
  }

  /** Once everything in full segments is on the medium in the reports' own files, they can go. */
  async #release(commits: CommitLog, through: number): Promise<void> {
    for (const report of [...this.#open.values()]) if (report.damage === null) await report.sync();
    if (this.#broken.size > 0 || commits.failure !== null || commits !== this.#commits) return;
    try {
      await commits.release(through);
    } catch (error) {
      this.#settings.warn(`Segments of the commit log up to ${through} could not be released: ${String(error)}`);
    }
  }

  /** Starts afresh after a failed commit, without restarting the process: nothing of the failed commit can come back afterwards. */
  async #restart(): Promise<void> {
    const failed = this.#commits;
    for (const report of this.#open.values()) await report.settled();
    await this.#releases.run(async () => {});
    await failed.stop();
    const next = await recover(this.#settings, { limits: failed.committedLengths() });
    this.#broken.clear();
    this.#commits = this.#newCommitLog(next);
  }

  /** Writes to a new file what a report's own files failed to take. */
  async #mend(report: ReportId): Promise<void> {
    await recover(this.#settings, { limits: this.#commits.committedLengths(), only: report });
    this.#broken.delete(report);
  }

  #folder(report: ReportId): string {
    return joinPath(this.#settings.reportsFolder, report);
  }
}
