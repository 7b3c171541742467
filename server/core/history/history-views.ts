import type {
  Changed,
  ChapterAt,
  ChapterBlame,
  Contributions,
  HistoryPage,
  Ids,
  OtherNews,
  OutlineAt,
  ReportDiff,
  Sitting,
  SittingChapter,
  SittingMember,
  Story,
} from '../../../shared/api/history.ts';
import type { ChapterId, MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import { withoutTakenBack } from '../../../shared/threads/news.ts';
import type { Threads } from '../../../shared/threads/thread.ts';
import type { Report } from '../report.ts';
import { outlineDiff } from './outline-diff.ts';
import type { TextSum } from './questions.ts';
import { nodeOf, type SittingFilter, type SittingRecord } from './report-past.ts';

/** What is read of a report's past by HTTP. Nothing here writes; callers have checked that points and chapters exist. */

/** Sums of sittings by their first and last entry: what a sitting left behind does not change once it is over. */
const sums = new WeakMap<Report, Map<string, TextSum>>();
const KEPT_SUMS = 2_000;
const NO_SUM: TextSum = { chapters: [], members: [], parts: [] };
/** News that a sitting tells one by one; it says how many there were. */
const MOST_NEWS = 20;

export interface HistoryQuery extends SittingFilter {
  /** null = from the newest on. */
  readonly before: Seq | null;
  readonly limit: number;
}

export async function historyPage(report: Report, query: HistoryQuery): Promise<HistoryPage> {
  const head = report.head();
  const { revisions } = report.fold;
  const { found, next } = report.past.page(query.before ?? head + 1, query.limit, query, revisions);
  const told = await sumsOf(report, found);
  const sittings = found.map((record, index): Sitting => {
    const { fromSeq, toSeq, from, to } = record;
    const sum = told[index]!;
    const named = revisions.filter(({ upTo }) => upTo >= fromSeq && upTo <= toSeq).map(({ upTo, name }) => ({ seq: upTo, name }));
    const chapters = [...record.chapters].map((id) => sum.chapters.find((chapter) => chapter.id === id) ?? untouched(id));
    const parts = sum.parts.filter((part) => isAsked(part.member, part.chapter, query));
    const whole = query.member === null && query.chapter === null;
    const figures: readonly { readonly added: number; readonly removed: number }[] = whole ? chapters : parts;
    return {
      id: fromSeq,
      fromSeq,
      toSeq,
      from,
      to,
      kinds: [...record.kinds],
      members: membersOf(record, sum),
      chapters,
      added: figures.reduce((total, { added }) => total + added, 0),
      removed: figures.reduce((total, { removed }) => total + removed, 0),
      gist: parts.find(({ gist }) => gist !== null)?.gist ?? null,
      outline: record.outline.filter(({ by, event }) => isAsked(by, nodeOf(event), query)),
      others: record.others
        .filter((one) => isAsked(one.by, placeOf(one), query))
        .slice(-MOST_NEWS)
        .map((one) => toldNow(one, report.fold.threads)),
      revisions: named,
    };
  });
  return { head, sittings, next, total: report.past.count(query, revisions), kinds: [...report.past.kinds] };
}

/** Of a sitting that was found, what the filter is about is told first and counted. */
function isAsked(by: MemberId, node: NodeId | null, { member, chapter }: SittingFilter): boolean {
  return (member === null || by === member) && (chapter === null || node === chapter);
}

/** The chapter that an entry is about which is neither text nor outline. */
function placeOf(news: OtherNews): NodeId | null {
  if (news.kind === 'thread') return news.event.node;
  if (news.kind === 'proofreading') return news.event.finding.node;
  return news.kind === 'blank' ? (news.event.blank.ids[0]?.chapter ?? null) : null;
}

function toldNow(news: OtherNews, threads: Threads): OtherNews {
  return news.kind === 'thread' ? { ...news, event: withoutTakenBack(news.event, threads) } : news;
}

const untouched = (id: ChapterId): SittingChapter => ({ id, added: 0, removed: 0, moved: 0 });

function membersOf(record: SittingRecord, sum: TextSum): readonly SittingMember[] {
  const figures = [...record.members].map((id) => sum.members.find((member) => member.id === id) ?? { id, added: 0, removed: 0, moved: 0 });
  const weight = ({ added, removed, moved }: SittingMember) => added + removed + moved;
  return figures.sort((one, other) => weight(other) - weight(one));
}

async function sumsOf(report: Report, records: readonly SittingRecord[]): Promise<readonly TextSum[]> {
  let kept = sums.get(report);
  if (kept === undefined) {
    kept = new Map();
    sums.set(report, kept);
  }
  const known = kept;
  const keyOf = ({ fromSeq, toSeq }: SittingRecord) => `${fromSeq} ${toSeq}`;
  // The last sitting may grow while the engine answers.
  const windows = records.map((record) => ({
    key: keyOf(record),
    after: record.fromSeq - 1,
    to: record.toSeq,
    chapters: [...record.chapters],
  }));
  const missing = windows.filter(({ key, chapters }) => chapters.length > 0 && !known.has(key));
  if (missing.length > 0) {
    const answers = await report.readEngine().history(report.id, 'sums', { windows: missing.map(({ key: _, ...window }) => window) });
    for (const [index, { key }] of missing.entries()) known.set(key, answers[index]!);
  }
  const told = windows.map(({ key }) => known.get(key) ?? NO_SUM);
  for (const key of known.keys()) {
    if (known.size <= KEPT_SUMS) break;
    known.delete(key);
  }
  return told;
}

/** @returns null when the chapter had no text then. */
export function chapterAt(report: Report, chapter: ChapterId, seq: Seq): Promise<ChapterAt | null> {
  return report.readEngine().history(report.id, 'at', { chapter, seq });
}

export function outlineAt(report: Report, seq: Seq): OutlineAt {
  return { seq, at: report.past.atOf(seq), outline: report.past.outlineAt(seq) };
}

export function chapterBlame(report: Report, chapter: ChapterId, seq: Seq): Promise<ChapterBlame | null> {
  return report.readEngine().history(report.id, 'blame', { chapter, seq });
}

export interface DiffQuery {
  readonly from: Seq;
  readonly to: Seq;
  /** null = the whole report, its outline too. */
  readonly chapter: ChapterId | null;
  readonly context: boolean;
}

export async function reportDiff(report: Report, { from, to, chapter, context }: DiffQuery): Promise<ReportDiff> {
  const outline = chapter === null ? outlineDiff(report.past, from, to) : null;
  const chapters = outline?.chapters ?? [chapter!];
  const { credits, chapters: diffs } = await report.readEngine().history(report.id, 'diff', { chapters, from, to, context });
  return {
    from,
    to,
    fromAt: report.past.atOf(from),
    toAt: report.past.atOf(to),
    credits,
    title: outline?.title ?? null,
    outline: outline?.nodes ?? [],
    chapters: chapter === null ? diffs.filter(({ blocks }) => blocks.some(({ changed }) => changed)) : diffs,
  };
}

/** @returns null when there is no such paragraph or text. */
export function textStory(report: Report, chapter: ChapterId, block: string | null, ids: readonly Ids[]): Promise<Story | null> {
  return report.readEngine().history(report.id, 'story', { chapter, block, ids });
}

/** Of one chapter, or of the report's chapters in their order. */
export function reportContributions(report: Report, chapter: ChapterId | null): Promise<Contributions> {
  const chapters = chapter === null ? textChapters(report) : [chapter];
  return report.readEngine().history(report.id, 'contributions', { chapters, seq: report.head() });
}

export function changedSince(report: Report, since: Seq, reader: MemberId): Promise<Changed> {
  const question = { chapters: textChapters(report), since, to: report.head(), reader };
  return report.readEngine().history(report.id, 'changed', question);
}

function textChapters(report: Report): readonly ChapterId[] {
  return report.fold.outline.nodes.filter(({ kind }) => kind !== 'part').map(({ id }) => id);
}
