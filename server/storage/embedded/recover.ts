import type { ReportId, Seq } from '../../../shared/ids.ts';
import { parseReportId } from '../../../shared/ids.ts';
import type { Entry } from '../../../shared/log/entry.ts';
import { recycleSegments, segmentPath } from './commit-segment.ts';
import { joinPath, replaceFile } from './disk.ts';
import { type CommitContents, type ReportTail, readCommitLog } from './read-commit-log.ts';
import { fileName, firstSeqOf, ReportFile } from './report-file.ts';
import { DAMAGE_NOTE, joinFiles, logFiles, type ReportLogSettings, readFiles, type Scan } from './report-log.ts';

export interface RecoverySettings extends ReportLogSettings {
  readonly commitFolder: string;
  readonly reportsFolder: string;
}

export interface RecoveryOptions {
  /** See ReadOptions. */
  readonly limits?: ReadonlyMap<number, number>;
  /** Only this report; segments stay. */
  readonly only?: ReportId;
}

/** Entries of one write: enough to be quick, few enough to read from the middle. */
const ENTRIES_A_FRAME = 512;

/**
 * Brings everything that the commit log holds home into the reports' own files, and makes sure that it is on the medium (docs/FORMAT.md §3
 * "Start"). Doing it twice gives the same, so it may be interrupted at any point. Then the segments go.
 * @returns number for the next segment.
 */
export async function recover(settings: RecoverySettings, options: RecoveryOptions): Promise<number> {
  const { disk, commitFolder, warn } = settings;
  const contents = await readCommitLog({ disk, folder: commitFolder, warn, ...options });
  const doubtful = new Set<ReportId>();
  for (const [report, tail] of contents.reports) {
    const whole = await bringHome(settings, report, tail);
    if (!whole || (contents.damage !== null && !tail.afterDamage)) doubtful.add(report);
  }
  if (contents.damage !== null) await noteDamage(settings, contents, doubtful);
  if (options.only !== undefined) return 0;

  if (contents.damage === null) await recycleSegments(disk, commitFolder, contents.segments, false);
  else await keepDamaged(settings, contents.segments);
  return (contents.segments.at(-1) ?? 0) + 1;
}

/** @returns false when entries are missing in between. */
async function bringHome(settings: RecoverySettings, report: ReportId, tail: ReportTail): Promise<boolean> {
  const { disk } = settings;
  const folder = joinPath(settings.reportsFolder, report);
  await disk.makeFolder(folder);
  const first = Math.min(...firstAndLast(tail.entries));
  const last = Math.max(...firstAndLast(tail.entries));
  const scanned = [];
  for (const path of await logFiles(disk, folder)) scanned.push(await ReportFile.scan(disk, report, path));
  const own = joinFiles(scanned);
  const entries = await merge(tail.entries, first, own);
  const end = first + entries.length - 1;
  const whole = end >= last && own.head >= first - 1;

  await writeTail(settings, folder, report, first, entries);
  if (whole) await removeSuperseded(settings, folder, first);
  return whole;
}

function firstAndLast(entries: ReadonlyMap<Seq, Entry>): [Seq, Seq] {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const seq of entries.keys()) {
    if (seq < first) first = seq;
    if (seq > last) last = seq;
  }
  return [first, last];
}

/**
 * Entries from `first` on, without a gap: the commit log's, and only where it has none, which takes damage, the report's own. All of them are
 * written anew: after a failed sync nothing says which pages of the own files reached the medium.
 */
async function merge(committed: ReadonlyMap<Seq, Entry>, first: Seq, own: Scan): Promise<Entry[]> {
  const merged: Entry[] = [];
  let seq = first;
  const take = (): void => {
    for (let entry = committed.get(seq); entry !== undefined; entry = committed.get(seq)) {
      merged.push(entry);
      seq += 1;
    }
  };
  take();
  while (seq <= own.head) {
    for await (const entry of readFiles(own.files, seq - 1, own.head)) {
      if (committed.has(entry.seq)) break;
      merged.push(entry);
      seq += 1;
    }
    take();
  }
  return merged;
}

async function writeTail(
  settings: RecoverySettings,
  folder: string,
  report: ReportId,
  first: Seq,
  entries: readonly Entry[],
): Promise<void> {
  const { disk } = settings;
  const path = joinPath(folder, fileName(first));
  await disk.remove(`${path}.tmp`);
  const file = await ReportFile.create(disk, folder, report, first, '.tmp');
  try {
    for (let from = 0; from < entries.length; from += ENTRIES_A_FRAME) await file.write(entries.slice(from, from + ENTRIES_A_FRAME));
    await file.sync();
  } finally {
    await file.close();
  }
  await disk.rename(`${path}.tmp`, path);
  await disk.syncFolder(folder);
}

/** Files that begin later hold nothing that the new one doesn't; their ends may be torn. */
async function removeSuperseded(settings: RecoverySettings, folder: string, first: Seq): Promise<void> {
  const { disk } = settings;
  let removed = false;
  for (const path of await logFiles(disk, folder)) {
    const seq = firstSeqOf(path.slice(path.lastIndexOf('/') + 1));
    if (seq === null || seq <= first) continue;
    await disk.remove(path);
    removed = true;
  }
  if (removed) await disk.syncFolder(folder);
}

/** All of them: what follows a gap in one segment may stand in another, and is not in the reports' files. */
async function keepDamaged(settings: RecoverySettings, segments: readonly number[]): Promise<void> {
  const { disk, commitFolder } = settings;
  for (const number of segments) {
    const path = segmentPath(commitFolder, number);
    await disk.rename(path, `${path}.damaged`);
  }
  await disk.syncFolder(commitFolder);
}

async function noteDamage(settings: RecoverySettings, contents: CommitContents, doubtful: Set<ReportId>): Promise<void> {
  const { disk, warn, reportsFolder } = settings;
  if (contents.anyReport) {
    for (const name of await disk.list(reportsFolder)) {
      const report = parseReportId(name);
      if (report !== null && contents.reports.get(report)?.afterDamage !== true) doubtful.add(report);
    }
  }
  const text = `${contents.damage}. Entries of this report may be lost there. Look at the segments (set aside as .damaged), then remove this file.\n`;
  for (const report of doubtful) {
    await replaceFile(disk, joinPath(reportsFolder, report, DAMAGE_NOTE), new TextEncoder().encode(text));
  }
  warn(`${contents.damage}. ${doubtful.size} report(s) can be read but not written until somebody has looked: ${[...doubtful].join(', ')}`);
}
