import type { Mark, MarkKind } from './marks.ts';
import { parseMark } from './marks.ts';
import { titleHeadLength } from './title-words.ts';

/** Below this a line is a paragraph like any other. */
const LONG = 120;
/** Longest heading before the number of the next level or a space, in UTF-16 units. */
const HEADING_REACH = 45;

const CANDIDATE =
  /第\s?[一二三四五六七八九十百零〇0-9]{1,7}\s?(?:编|部分|章|节|条)|[（(]?[一二三四五六七八九十百]{1,4}[、）)]|[（(]?[0-9]{1,2}(?:[.．、]|[）)])/g;
const AFTER_SENTENCE = /[。！？；：.!?;:”）)》\s]$/;

/** 「特此报告。」 is a paragraph of its own wherever it stands. */
const ENDING = /(?<=[。！])(?:特此(?:报告|通知|函告|函复|请示)|以上(?:报告|汇报|请示))/g;

/**
 * Splits a text that has lost its line ends: at numbers that go on counting (一、二、…, （一）（二）…, 第X章, 第X条, 1. 2. …), and at white space
 * after a sentence, after a heading and before a number. A number in mid-sentence (「见第三条」, 「其一、」) is left alone.
 * @returns the pieces in order; joined they are the text but for white space.
 */
export function splitOneLine(text: string): string[] {
  if (text.length < LONG) return [text];
  const cuts = [...numberCuts(text), ...spaceCuts(text), ...[...text.matchAll(ENDING)].map((match) => match.index)];
  // One number is no structure: 「…。一、」 alone may be anything.
  if (cuts.length < 2) return [text];
  const titleEnd = titleHeadLength(text);
  const points = [...new Set([0, ...(titleEnd > 0 ? [titleEnd] : []), ...cuts, text.length])].sort((left, right) => left - right);
  return points
    .slice(1)
    .map((end, index) => text.slice(points[index], end).trim())
    .filter((piece) => piece !== '');
}

function numberCuts(text: string): number[] {
  const cuts: number[] = [];
  const counted = new Map<MarkKind, number>();
  let heading: { readonly end: number; readonly kind: MarkKind } | null = null;
  for (const match of text.matchAll(CANDIDATE)) {
    const at = match.index;
    const mark = parseMark(text.slice(at, at + 24));
    if (mark === null || !opens(text, at, mark, counted, heading)) continue;
    cuts.push(at);
    counted.set(mark.kind, mark.value);
    // Inner levels begin to count anew.
    for (const kind of [...counted.keys()]) if (DEPTH[kind] > DEPTH[mark.kind] && kind !== 'article') counted.delete(kind);
    heading = { end: at + mark.length, kind: mark.kind };
  }
  return cuts;
}

const DEPTH: Record<MarkKind, number> = {
  volume: 0,
  chapter: 1,
  section: 2,
  article: 3,
  han: 4,
  'han-paren': 5,
  digit: 6,
  'digit-paren': 7,
};

function opens(
  text: string,
  at: number,
  mark: Mark,
  counted: ReadonlyMap<MarkKind, number>,
  heading: { readonly end: number; readonly kind: MarkKind } | null,
): boolean {
  const expected = (counted.get(mark.kind) ?? 0) + 1;
  if (mark.value !== expected && mark.value !== 1) return false;
  const before = text.slice(Math.max(0, at - 1), at);
  if (at === 0 || AFTER_SENTENCE.test(before)) return true;
  // Right after a short heading of an outer level: 「一、工作开展情况（一）强化…」.
  const between = heading === null ? '' : text.slice(heading.end, at);
  const afterHeading =
    heading !== null && DEPTH[heading.kind] < DEPTH[mark.kind] && between.length <= HEADING_REACH && !/[，。；！？,;]/.test(between);
  if (mark.value === 1 && afterHeading) return true;
  // Right after the title: 「…工作报告一、…」.
  return mark.value === 1 && counted.size === 0 && at === titleHeadLength(text) && at > 0;
}

function spaceCuts(text: string): number[] {
  const cuts: number[] = [];
  let start = 0;
  for (const match of text.matchAll(/\s+/g)) {
    const end = match.index + match[0].length;
    const piece = text.slice(start, match.index).trim();
    const wide = /\u3000|\s{2,}/.test(match[0]);
    const afterHeading =
      piece.length >= 4 && piece.length <= HEADING_REACH && !/[。；！？]/.test(piece) && (start === 0 || parseMark(piece) !== null);
    const afterSentence = /[。！？；：”]$/.test(piece);
    if (afterSentence || ((wide || /[\p{Script=Han}》）”]$/u.test(piece)) && afterHeading)) {
      cuts.push(end);
      start = end;
    }
  }
  return cuts;
}
