import type { Home, HomeEntry, HomeReport, Todo, TodoPlace } from '../../shared/api/home.ts';
import { countCharacters } from '../../shared/counting/count.ts';
import type { ChapterId, MemberId, Seq } from '../../shared/ids.ts';
import { standingOf } from '../../shared/lifecycle/lifecycle.ts';
import { numbersOf } from '../../shared/outline/numbering.ts';
import type { OutlineNode } from '../../shared/outline/outline.ts';
import { ownerOf } from '../../shared/outline/tree.ts';
import { particularOf } from '../../shared/particulars/particulars.ts';
import { type ThreadWait, waitsFor } from '../../shared/threads/waiting.ts';
import { blanksOf, isAssignedTo, isWaiting, type JoinedBlank } from './blanks/view.ts';
import type { ChapterFigures } from './ports.ts';
import type { Report } from './report.ts';
import type { Reports } from './reports.ts';

/** A report with what was measured of it. */
export interface MeasuredReport {
  readonly report: Report;
  readonly figures: ReadonlyMap<ChapterId, ChapterFigures>;
  /** Its blanks, where anything was decided about one of them; else the figures tell enough. */
  readonly blanks: readonly JoinedBlank[] | null;
}

/** Tells what in one report waits for a member. A later feature adds its own to `TODO_SOURCES`. */
export type TodoSource = (measured: MeasuredReport, member: MemberId) => readonly Todo[];

export const TODO_SOURCES: readonly TodoSource[] = [blanksAssigned, threadsWaiting, blanksToFill, chaptersToWrite];

/** Places named in a to-do; more are only counted. */
const NAMED_PLACES = 3;

/** The first screen of a member. A report that cannot be opened now is left out. */
export async function homeOf(reports: Reports, member: MemberId): Promise<Home> {
  const mine = await reports.readableBy(member);
  const measured = await Promise.all(mine.map(measure));
  const rows: HomeReport[] = [];
  const todos: Todo[] = [];
  for (const one of measured.sort((a, b) => b.report.fold.changedAt - a.report.fold.changedAt)) {
    const row = homeReport(one, member);
    // While the engine was asked, somebody may have taken the right away.
    if (row === null) continue;
    rows.push(row);
    if (row.standing === 'active') todos.push(...TODO_SOURCES.flatMap((source) => source(one, member)));
  }
  return { reports: rows, todos };
}

async function measure(report: Report): Promise<MeasuredReport> {
  const figures = await report.readEngine().figures(report.id);
  return { report, figures, blanks: report.fold.blanks.length === 0 ? null : await blanksOf(report) };
}

/** Blanks of a chapter that wait for somebody. @param all those too that somebody was asked for */
function blanksIn({ figures, blanks }: MeasuredReport, chapter: ChapterId, all: boolean): number {
  if (blanks === null) return figures.get(chapter)?.blanks ?? 0;
  return blanks.filter(({ view }) => view.chapter === chapter && isWaiting(view) && (all || view.assigned === null)).length;
}

function homeReport(one: MeasuredReport, member: MemberId): HomeReport | null {
  const { report, figures } = one;
  const role = report.roleOf(member);
  if (role === null || !report.may(member, 'read', null)) return null;
  const { outline, stage, stages, life, seq, changedAt, members, particulars } = report.fold;
  const chapters = outline.nodes.filter((node) => node.kind === 'chapter');
  const measured = outline.nodes.flatMap((node) => (node.kind === 'part' ? [] : [figures.get(node.id) ?? NOTHING]));
  const type = particularOf(particulars, 'type');
  return {
    id: report.id,
    title: outline.title,
    role,
    stage,
    workStage: stages.stage,
    standing: standingOf(life),
    seq,
    changedAt,
    last: lastEntry(report),
    type: typeof type === 'string' ? type : '',
    members,
    parts: outline.nodes.filter((node) => node.kind === 'part').length,
    chapters: chapters.length,
    written: chapters.filter((node) => (figures.get(node.id)?.characters ?? 0) > 0).length,
    // As the outline's foot counts them: with title and headings.
    characters: measured.reduce(
      (sum, { characters }) => sum + characters,
      countCharacters([outline.title, ...outline.nodes.map((node) => node.heading)].join('\n')),
    ),
    blanks: outline.nodes.reduce((sum, node) => sum + blanksIn(one, node.id, true), 0),
  };
}

const NOTHING: Pick<ChapterFigures, 'characters' | 'blanks'> = { characters: 0, blanks: 0 };

function lastEntry({ fold }: Report): HomeEntry | null {
  if (fold.last === null) return null;
  const { author, kind, subject, brought } = fold.last;
  const node = fold.outline.nodes.find((other) => other.id === subject);
  return { author, kind, place: node === undefined ? '' : nameOf(fold.outline, node), brought };
}

/**
 * Chapters that a member is asked for: those whose owner they are. For what nobody in the report is asked for, the report's owners are: they
 * answer for its being whole.
 */
function chaptersAskedOf({ report }: MeasuredReport, member: MemberId): readonly OutlineNode[] {
  if (!report.mayWrite(member, null)) return [];
  const { outline } = report.fold;
  return outline.nodes.filter((node) => {
    if (node.kind === 'part') return false;
    const owner = ownerOf(outline, node, (id) => report.roleOf(id) !== null);
    return owner === null ? report.roleOf(member) === 'owner' : owner === member;
  });
}

/** Blanks that this member was asked for and may fill now. */
function blanksAssigned(measured: MeasuredReport, member: MemberId): readonly Todo[] {
  const { report, blanks } = measured;
  const mine = (blanks ?? []).filter(
    ({ view }) => isWaiting(view) && isAssignedTo(view, member) && report.may(member, 'fillBlank', view.chapter, true),
  );
  const waiting = report.fold.outline.nodes.flatMap((node) => {
    const count = mine.filter(({ view }) => view.chapter === node.id).length;
    return count === 0 ? [] : [{ node, count }];
  });
  const days = mine.flatMap(({ view }) => view.assigned?.due ?? []).sort();
  return todo('assigned', report, waiting, days[0] ?? null);
}

const WAITS: readonly (readonly [ThreadWait, Todo['kind']])[] = [
  ['asked', 'threadAsked'],
  ['named', 'threadNamed'],
  ['answered', 'threadAnswered'],
];

/** Threads that wait for this member's words, while they may say any; what hangs in the trash does not. */
function threadsWaiting({ report }: MeasuredReport, member: MemberId): readonly Todo[] {
  if (!report.may(member, 'comment', null)) return [];
  const { outline, threads } = report.fold;
  return WAITS.flatMap(([wait, kind]) => {
    const mine = threads.filter((thread) => waitsFor(thread, member) === wait);
    const of = (node: OutlineNode) => mine.filter(({ anchor }) => anchor.node === node.id);
    const waiting = outline.nodes.flatMap((node) => (of(node).length === 0 ? [] : [{ node, count: of(node).length }]));
    const days = waiting.flatMap(({ node }) => of(node).flatMap(({ assigned }) => assigned?.due ?? [])).sort();
    const first = waiting[0];
    return todo(kind, report, waiting, wait === 'asked' ? (days[0] ?? null) : null, first === undefined ? null : of(first.node)[0]!.id);
  });
}

/** 待填: masked figures and names in my chapters that nobody else was asked for. */
function blanksToFill(measured: MeasuredReport, member: MemberId): readonly Todo[] {
  const waiting = chaptersAskedOf(measured, member).flatMap((node) => {
    const count = blanksIn(measured, node.id, false);
    return count === 0 ? [] : [{ node, count }];
  });
  return todo('blanks', measured.report, waiting);
}

/** 待写: my chapters in which nothing stands, once somebody has given the report an outline. */
function chaptersToWrite(measured: MeasuredReport, member: MemberId): readonly Todo[] {
  const empty = chaptersAskedOf(measured, member).filter(
    (node) => node.kind === 'chapter' && (measured.figures.get(node.id)?.characters ?? 0) === 0,
  );
  return todo(
    'unwritten',
    measured.report,
    empty.map((node) => ({ node, count: 1 })),
  );
}

function todo(
  kind: Todo['kind'],
  report: Report,
  waiting: readonly { readonly node: OutlineNode; readonly count: number }[],
  due: string | null = null,
  thread: Seq | null = null,
): readonly Todo[] {
  if (waiting.length === 0) return [];
  const { outline } = report.fold;
  const places = waiting
    .slice(0, NAMED_PLACES)
    .map(({ node, count }) => ({ node: node.id, name: nameOf(outline, node), passage: passagePlace(outline, node), count }));
  const count = waiting.reduce((sum, one) => sum + one.count, 0);
  return [{ kind, report: report.id, title: outline.title, count, places, due, thread }];
}

/** 导语 opens the report, 结语 closes the report or a part. */
export function passagePlace(outline: Report['fold']['outline'], node: OutlineNode): TodoPlace['passage'] {
  if (node.kind !== 'passage') return null;
  if (outline.nodes[0]?.id === node.id) return 'preamble';
  const siblings = outline.nodes.filter((other) => other.parent === node.parent);
  return siblings.length > 1 && siblings.at(-1)?.id === node.id ? 'closing' : 'passage';
}

/** Heading with its number, without the 。 of one that runs in; a passage is told by where it stands, which the page words. */
function nameOf(outline: Report['fold']['outline'], node: OutlineNode): string {
  return `${numbersOf(outline).get(node.id) ?? ''}${node.heading.replace(/。$/, '')}`;
}
