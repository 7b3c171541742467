import type { SearchedChapter, SearchedReport, SearchResults } from '../../shared/api/home.ts';
import type { MemberId } from '../../shared/ids.ts';
import { standingOf } from '../../shared/lifecycle/lifecycle.ts';
import { numbersOf } from '../../shared/outline/numbering.ts';
import type { OutlineNode } from '../../shared/outline/outline.ts';
import { type Excerpt, excerptOf, findAll, foldQuery, foldText } from '../../shared/search/find.ts';
import { passagePlace } from './home.ts';
import type { Clock } from './ports.ts';
import type { Report } from './report.ts';
import type { Reports } from './reports.ts';

/** One search may take this long (ms) before it says what it has; between two chapters it is looked at the clock. */
export const SEARCH_MS = 1_500;
/** Excerpts told of one chapter, and of all reports together; beyond them hits are only counted. */
export const EXCERPTS_PER_CHAPTER = 5;
export const EXCERPTS_IN_ALL = 200;

interface Budget {
  readonly until: number;
  readonly clock: Clock;
  excerpts: number;
  complete: boolean;
}

/**
 * Looks for words in every report that this member may read, the last changed first; the trash is not looked into.
 * @param query judged by `judgeQuery` before
 */
export async function searchReports(reports: Reports, member: MemberId, query: string, clock: Clock): Promise<SearchResults> {
  const words = foldQuery(query);
  const budget: Budget = { until: clock.now() + SEARCH_MS, clock, excerpts: EXCERPTS_IN_ALL, complete: true };
  const found: SearchedReport[] = [];
  const mine = (await reports.readableBy(member)).filter((report) => !report.fold.life.trashed);
  for (const report of mine.sort((one, other) => other.fold.changedAt - one.fold.changedAt)) {
    if (clock.now() >= budget.until) budget.complete = false;
    if (!budget.complete) break;
    const hits = await searchReport(report, words, budget);
    // While the engine was asked, somebody may have taken the right away.
    if (hits.total > 0 && report.may(member, 'read', null)) found.push(hits);
  }
  return { reports: found, total: found.reduce((total, report) => total + report.total, 0), complete: budget.complete };
}

async function searchReport(report: Report, words: string, budget: Budget): Promise<SearchedReport> {
  const texts = await report.readEngine().figures(report.id);
  const { outline, life, changedAt } = report.fold;
  const numbers = numbersOf(outline);
  const inTitle = firstHit(outline.title, words);
  const chapters: SearchedChapter[] = [];
  for (const node of outline.nodes) {
    if (budget.clock.now() >= budget.until) {
      budget.complete = false;
      break;
    }
    const text = node.kind === 'part' ? '' : (texts.get(node.id)?.text ?? '');
    const place = { name: `${numbers.get(node.id) ?? ''}${node.heading}`, passage: passagePlace(outline, node) };
    const chapter = searchChapter(node, place, text, words, budget);
    if (chapter !== null) chapters.push(chapter);
  }
  const inChapters = chapters.reduce((total, chapter) => total + chapter.total + (chapter.inHeading === null ? 0 : 1), 0);
  return {
    id: report.id,
    title: outline.title,
    standing: standingOf(life),
    changedAt,
    inTitle,
    chapters,
    total: inChapters + (inTitle === null ? 0 : 1),
  };
}

function searchChapter(
  node: OutlineNode,
  { name, passage }: Pick<SearchedChapter, 'name' | 'passage'>,
  text: string,
  words: string,
  budget: Budget,
): SearchedChapter | null {
  const inHeading = firstHit(node.heading, words);
  const { found, total } = findAll(foldText(text), words, Math.min(EXCERPTS_PER_CHAPTER, budget.excerpts));
  if (inHeading === null && total === 0) return null;
  budget.excerpts -= found.length;
  const hits = found.map((hit) => excerptOf(text, hit));
  return { node: node.id, name, passage, inHeading, hits, total };
}

/** A title or heading is short: it is told whole. */
function firstHit(text: string, words: string): Excerpt | null {
  const [hit] = findAll(foldText(text), words, 1).found;
  if (hit === undefined) return null;
  const end = hit.offset + hit.length;
  return { before: text.slice(0, hit.offset), hit: text.slice(hit.offset, end), after: text.slice(end) };
}
