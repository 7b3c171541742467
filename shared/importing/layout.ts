import { opensParagraph } from './closing-words.ts';
import { parseMark } from './marks.ts';
import { splitOneLine } from './one-line.ts';
import { gridWidth, joinLines } from './plain.ts';
import { endsLikeTitle } from './title-words.ts';

/** A paragraph before its meaning is known. */
export interface Paragraph {
  /** Without white space at either end; never empty. */
  readonly text: string;
  /** 1-based source line on which it begins. */
  readonly line: number;
}

export interface Layout {
  readonly paragraphs: readonly Paragraph[];
  /** Lines that were joined to the one before: the source was wrapped by hand. */
  readonly joinedLines: readonly number[];
  /** Lines that were split at their numbers: the source had lost its line ends. */
  readonly splitLines: readonly number[];
}

/** Finds the paragraphs in source lines: one a line as a rule, but hard-wrapped lines are joined and a text on one line is split at its numbers. */
export function layOut(lines: readonly string[]): Layout {
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [{ text: line.trim(), line: index + 1 }]));
  const wrap = wrapWidth(lines);
  if (wrap !== null) return joinWrapped(lines, wrap);
  if (filled.length > MAX_LINES_OF_ONE_LINE_TEXT) return { paragraphs: filled, joinedLines: [], splitLines: [] };
  const split = filled.map((paragraph) => splitOneLine(paragraph.text).map((text) => ({ text, line: paragraph.line })));
  return {
    paragraphs: split.flat(),
    joinedLines: [],
    splitLines: split.flatMap((pieces) => (pieces.length > 1 ? [pieces[0]?.line ?? 1] : [])),
  };
}

/** A title, a blank line and one long line still count as "one line". */
const MAX_LINES_OF_ONE_LINE_TEXT = 3;

const SENTENCE_END = /[。！？；：.!?;:”）)》]$/;
/** Grid places by which a full line may fall short: a mark or an unbroken number went to the next line. */
const RAGGED = 3;

/**
 * The width at which a text was wrapped by hand, or null when its lines are paragraphs.
 * Wrapped: nearly all lines fit into one width of 18 to 46 places, about half of them or more fill it, and most of the full ones stop in mid-sentence.
 */
function wrapWidth(lines: readonly string[]): number | null {
  const widths = lines.filter((line) => line.trim() !== '').map((line) => gridWidth(line.trimEnd()));
  if (widths.length < 6) return null;
  const sorted = [...widths].sort((left, right) => left - right);
  const width = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  if (width < 18 || width > 46) return null;
  const full = lines.filter((line) => gridWidth(line.trimEnd()) >= width - RAGGED);
  const over = widths.filter((one) => one > width + 4).length;
  const broken = full.filter((line) => !SENTENCE_END.test(line.trimEnd())).length;
  const fits = over * 33 <= widths.length && full.length * 100 >= widths.length * 45 && broken * 2 >= full.length;
  return fits ? width : null;
}

const INDENT = /^(?:\u3000| {2,}|\u00a0{2,})/;

function joinWrapped(lines: readonly string[], width: number): Layout {
  const usesIndent = lines.filter((line) => INDENT.test(line) && line.trim() !== '').length >= 2;
  const paragraphs: { text: string; line: number }[] = [];
  const joinedLines: number[] = [];
  let previous: string | null = null;
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    const last = paragraphs.at(-1);
    if (text !== '' && previous !== null && last !== undefined && continues(previous, line, width, usesIndent, paragraphs.length === 1)) {
      last.text = joinLines(last.text, text);
      joinedLines.push(index + 1);
    } else if (text !== '') {
      paragraphs.push({ text, line: index + 1 });
    }
    previous = text === '' ? null : line;
  }
  return { paragraphs, joinedLines, splitLines: [] };
}

/** Does `line` go on with the paragraph that `previous` (the line before it) belongs to? */
function continues(previous: string, line: string, width: number, usesIndent: boolean, first: boolean): boolean {
  const before = previous.trim();
  if (parseMark(line.trim()) !== null || (usesIndent && INDENT.test(line))) return false;
  if (first && endsLikeTitle(before)) return false;
  // A line that by chance is full and ends a sentence: what looks back on the whole begins a paragraph.
  if (/[。！？]$/.test(before) && opensParagraph(line.trim())) return false;
  // A heading on its own line has no mark at its end; only a line filled to the edge is taken for a wrapped one.
  const slack = parseMark(before) !== null && !/[。；！？]/.test(before) ? 1 : RAGGED;
  return gridWidth(previous.trimEnd()) >= width - slack;
}
