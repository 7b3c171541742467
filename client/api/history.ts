import type {
  Changed,
  ChapterAt,
  ChapterBlame,
  Contributions,
  HistoryKind,
  HistoryPage,
  Ids,
  OutlineAt,
  ReportDiff,
  Story,
} from '../../shared/api/history.ts';
import type { ChapterId, MemberId, ReportId, Seq } from '../../shared/ids.ts';
import { type ApiOptions, callerOf } from './http.ts';

export interface HistoryFilter {
  readonly before?: Seq | undefined;
  readonly limit?: number | undefined;
  readonly member?: MemberId | undefined;
  readonly chapter?: ChapterId | undefined;
  readonly kinds?: readonly HistoryKind[] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface DiffAsked {
  readonly from: Seq;
  /** Left out = now. */
  readonly to?: Seq | undefined;
  readonly chapter?: ChapterId | undefined;
  /** Also the paragraphs that did not change (the default). */
  readonly context?: boolean | undefined;
}

/** A report's past (shared/api/history.ts). Every method rejects with ApiFailure and with nothing else. */
export interface HistoryApi {
  page(report: ReportId, filter?: HistoryFilter): Promise<HistoryPage>;
  outlineAt(report: ReportId, seq: Seq): Promise<OutlineAt>;
  chapterAt(report: ReportId, chapter: ChapterId, seq: Seq): Promise<ChapterAt>;
  blame(report: ReportId, chapter: ChapterId, seq?: Seq): Promise<ChapterBlame>;
  diff(report: ReportId, asked: DiffAsked): Promise<ReportDiff>;
  /** @param of a paragraph by its key, or text by its ids (at most 200 stretches) */
  story(report: ReportId, chapter: ChapterId, of: { readonly block: string } | { readonly ids: readonly Ids[] }): Promise<Story>;
  contributions(report: ReportId, chapter?: ChapterId): Promise<Contributions>;
  changed(report: ReportId, since: Seq): Promise<Changed>;
}

export function createHistoryApi(options: ApiOptions): HistoryApi {
  const { get } = callerOf(options);
  const of = (report: ReportId) => `/api/reports/${report}`;
  const ofChapter = (report: ReportId, chapter: ChapterId) => `${of(report)}/chapters/${chapter}`;
  return {
    page: (report, { kinds, ...filter } = {}) => get(`${of(report)}/history${queryOf({ ...filter, kind: kinds?.join() })}`),
    outlineAt: (report, seq) => get(`${of(report)}/at/${seq}/outline`),
    chapterAt: (report, chapter, seq) => get(`${ofChapter(report, chapter)}/at/${seq}`),
    blame: (report, chapter, seq) => get(`${ofChapter(report, chapter)}/blame${queryOf({ seq })}`),
    diff: (report, { context = true, ...asked }) => get(`${of(report)}/diff${queryOf({ ...asked, context: context ? undefined : 0 })}`),
    story: (report, chapter, asked) =>
      get(
        `${ofChapter(report, chapter)}/story${queryOf('block' in asked ? { block: asked.block } : { ids: asked.ids.map((ids) => ids.join('.')).join() })}`,
      ),
    contributions: (report, chapter) => get(`${of(report)}/contributions${queryOf({ chapter })}`),
    changed: (report, since) => get(`${of(report)}/changed${queryOf({ since })}`),
  };
}

function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== undefined) query.set(key, String(value));
  const told = query.toString();
  return told === '' ? '' : `?${told}`;
}
