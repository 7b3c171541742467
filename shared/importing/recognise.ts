import type { ImportNode, ImportNote, ImportPreview } from '../api.ts';
import { countBlanks } from '../counting/count.ts';
import { invariant } from '../result.ts';
import { proveComplete } from './complete.ts';
import type { ImportText } from './decode.ts';
import type { Layout, Paragraph } from './layout.ts';
import { layOut } from './layout.ts';
import { parseMark } from './marks.ts';
import { findCoveredTitle, takeClosing, takeEnding } from './passages.ts';
import { joinLines, sourceLines, withoutSpacing } from './plain.ts';
import type { Draft } from './structure.ts';
import { buildStructure } from './structure.ts';
import { endsLikeTitle } from './title-words.ts';
import { countTree, treeNotes, withFigures } from './tree-figures.ts';

/**
 * Reads a plain text as a report: title, outline, chapters. Pure; every text gives a preview, and nothing of it is dropped
 * ({@link proveComplete}): title, numbers, headings and bodies in order equal the source but for white space.
 * A text with no title of its own (it opens with a paragraph or a number) gives the title ''.
 * @throws Error when the tree is not the whole source: a broken promise of this code, never the text's fault.
 */
export function recognise(source: ImportText): ImportPreview {
  const lines = sourceLines(source.text);
  const layout = layOut(lines);
  const { title, used } = findTitle(layout.paragraphs);
  const body = layout.paragraphs.slice(used);
  const covered = findCoveredTitle(title, body);
  const structure = buildStructure(body, covered === -1 ? 0 : covered + 1, new Set(covered === -1 ? [] : [covered]));
  const guessed = takePassages(structure.top);
  const nodes = flatten(structure.top);
  // The law is looked at each time, not only in tests: rather no report than one that lacks a sentence.
  const proof = proveComplete({ title, nodes }, source.text);
  invariant(proof.ok, `an import holds its whole source (parted at ${proof.ok ? '' : proof.error.offset})`);
  return {
    encoding: source.encoding,
    bytes: source.bytes,
    lines,
    title,
    nodes,
    counts: countTree(title, nodes),
    notes: notesOf(lines, layout, nodes, structure.skippedLines, [...(covered === -1 ? [] : [body[covered]?.line ?? 1]), ...guessed]),
  };
}

/** A title longer than this is a paragraph. Characters. */
const MAX_TITLE = 80;
const MAX_TITLE_LINE = 40;

/** The first line, with up to two more when a display title was broken over lines. */
function findTitle(paragraphs: readonly Paragraph[]): { readonly title: string; readonly used: number } {
  const first = paragraphs[0]?.text ?? '';
  if (first === '' || !isTitleLine(first, MAX_TITLE)) return { title: '', used: 0 };
  if (endsLikeTitle(first)) return { title: withoutSpacing(first), used: 1 };
  let joined = withoutSpacing(first);
  for (const [index, { text }] of paragraphs.slice(1, 3).entries()) {
    if (!isTitleLine(text, MAX_TITLE_LINE)) break;
    joined = joinLines(joined, withoutSpacing(text));
    if (endsLikeTitle(joined) && joined.length <= MAX_TITLE) return { title: joined, used: index + 2 };
  }
  return { title: withoutSpacing(first), used: 1 };
}

function isTitleLine(text: string, longest: number): boolean {
  return text.length <= longest && parseMark(text) === null && !/[。；：，！;:,]$/.test(text) && !/。./.test(text);
}

/** Takes closing passages out of the chapters they fall under by place. @returns the source lines on which they begin. */
function takePassages(top: Draft[]): number[] {
  const lines: number[] = [];
  const last = top.at(-1);
  const ending = lastTextOf(last);
  const end = ending === null ? null : takeEnding(ending);
  for (const part of top.filter((draft) => draft.kind === 'part')) {
    const closing = takeClosing(
      part.children.filter((child) => child.kind === 'chapter'),
      true,
    );
    if (closing === null) continue;
    part.children.push(closing);
    lines.push(closing.line);
  }
  if (last?.kind === 'chapter') {
    const closing = takeClosing(
      top.filter((draft) => draft.kind === 'chapter'),
      false,
    );
    if (closing !== null) {
      top.push(closing);
      lines.push(closing.line);
    }
  }
  if (end !== null) {
    top.push(end);
    lines.push(end.line);
  }
  return lines;
}

function lastTextOf(draft: Draft | undefined): Draft | null {
  const last = draft?.kind === 'part' ? draft.children.at(-1) : draft;
  return last?.kind === 'chapter' ? last : null;
}

function flatten(top: readonly Draft[]): ImportNode[] {
  const nodes: ImportNode[] = [];
  for (const draft of top) {
    const parent = nodes.length;
    nodes.push(nodeOf(draft, null));
    for (const child of draft.children) nodes.push(nodeOf(child, parent));
  }
  return nodes;
}

function nodeOf({ kind, heading, form, sourceNumber, line, blocks }: Draft, parent: number | null): ImportNode {
  return withFigures({ kind, parent, heading, form, sourceNumber, line, blocks });
}

const HALF_WIDTH = /(?<=\p{Script=Han})[,;:?!().]|[,;:?!()](?=\p{Script=Han})/gu;

function notesOf(
  lines: readonly string[],
  layout: Layout,
  nodes: readonly ImportNode[],
  skippedLines: readonly number[],
  guessedLines: readonly number[],
): ImportNote[] {
  const ofTree = treeNotes(nodes);
  const lineHits = (count: (line: string) => number) => lines.flatMap((line, index) => Array<number>(count(line)).fill(index + 1));
  const lists: Record<ImportNote['code'], readonly number[]> = {
    'run-in-split': ofTree['run-in-split'],
    'numbers-derived': ofTree['numbers-derived'],
    'masks-kept': lineHits((line) => countBlanks(line).total),
    'passage-guessed': guessedLines,
    'level-skipped': skippedLines,
    'lines-joined': layout.joinedLines,
    'one-line-split': layout.splitLines,
    'half-width-kept': lineHits((line) => line.match(HALF_WIDTH)?.length ?? 0),
    'numbering-continues': ofTree['numbering-continues'],
  };
  return (Object.keys(lists) as ImportNote['code'][])
    .filter((code) => lists[code].length > 0)
    .map((code) => ({ code, count: lists[code].length, lines: [...new Set(lists[code])] }));
}
