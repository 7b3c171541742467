import type { AuthorAt, ChapterCount, ReportState } from '../../shared/api.ts';
import { NO_TEXT } from '../../shared/counting/count.ts';
import type { ChapterId, ClientId, MemberId, Seq } from '../../shared/ids.ts';
import type { EntryHeader } from '../../shared/log/entry.ts';
import { numbersOf } from '../../shared/outline/numbering.ts';
import type { Outline } from '../../shared/outline/outline.ts';
import { blanksOf, waitingIn } from './blanks/view.ts';
import type { ChapterFigures } from './ports.ts';
import type { Report } from './report.ts';
import { textNode } from './report-fold.ts';

/** What is read of a report by HTTP. Nothing here writes. */

/** The fold at its head; the reader follows on from `seq` on the report's socket. @returns null for somebody who does not belong. */
export async function stateOf(report: Report, member: MemberId): Promise<ReportState | null> {
  const measured = await report.readEngine().figures(report.id);
  // Of what people said that it is no blank the text itself knows nothing.
  const waiting = report.fold.blanks.length === 0 ? null : waitingIn(await blanksOf(report));
  const role = report.roleOf(member);
  if (role === null) return null;
  const { epoch, seq, stage, stages, outline, members, revisions } = report.fold;
  const figures: Record<string, ChapterCount> = {};
  for (const node of [...outline.nodes, ...outline.removed]) {
    if (node.kind === 'part') continue;
    const { characters, withoutPunctuation, words, blanks } = measured.get(node.id) ?? { ...NO_TEXT, blanks: 0 };
    figures[node.id] = { characters, withoutPunctuation, words, blanks: waiting === null ? blanks : (waiting.get(node.id) ?? 0) };
  }
  return { id: report.id, epoch, seq, stage, role, outline, members, figures, revisions, stages, damage: report.damage };
}

/** Who wrote the character with this id; null when no entry brought it. */
export async function authorAt(report: Report, chapter: ChapterId, client: ClientId, clock: number): Promise<AuthorAt | null> {
  const copies = await report.readEngine().copies(report.id, report.text.copiesUpTo);
  report.text.addCopies(copies);
  return report.text.authorOf(chapter, client, clock);
}

/** @returns null when the outline has no such chapter with text. */
export async function chapterText(report: Report, chapter: ChapterId): Promise<string | null> {
  if (textNode(report.fold.outline, chapter) === null) return null;
  const figures = await report.readEngine().figures(report.id);
  return figures.get(chapter)?.text ?? '';
}

/** The whole report as plain text: title, numbered headings, bodies; a run-in heading stands before the first line of its text. */
export async function wholeText(report: Report): Promise<string> {
  const figures = await report.readEngine().figures(report.id);
  return plainReport(report.fold.outline, (chapter) => figures.get(chapter));
}

export function plainReport(outline: Outline, figuresOf: (chapter: ChapterId) => Pick<ChapterFigures, 'text'> | undefined): string {
  const numbers = numbersOf(outline);
  const lines = [outline.title];
  for (const node of outline.nodes) {
    const heading = `${numbers.get(node.id) ?? ''}${node.heading}`;
    const text = node.kind === 'part' ? '' : (figuresOf(node.id)?.text ?? '');
    if (node.form === 'run-in') lines.push(heading + text);
    else lines.push(...[heading, text].filter((line) => line !== ''));
  }
  return `${lines.join('\n')}\n`;
}

/** Headers of the entries after a seq, at most `limit`. */
export async function entryHeaders(report: Report, after: Seq, limit: number): Promise<readonly EntryHeader[]> {
  const headers: EntryHeader[] = [];
  const upTo = Math.min(report.head(), after + limit);
  for await (const { seq, at, author, kind, subject } of report.readLog(after, upTo)) headers.push({ seq, at, author, kind, subject });
  return headers;
}
