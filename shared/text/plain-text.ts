import * as Y from 'yjs';
import { isGone, isMarker, type Line, lineOf, PLAIN_LINE } from './marker.ts';
import { HARD_BREAK } from './render.ts';

/** What a line is, in a letter: paragraph, heading of the 3rd or 4th level, line of a list. Unknown kinds count as paragraphs. */
export type LineKind = 'p' | '3' | '4' | 'l';

export interface PlainLine {
  readonly text: string;
  readonly kind: LineKind;
}

/**
 * The chapter as plain text: blocks joined by '\n', a hard break as '\v', embeds left out. The trailing text of a chapter whose last
 * marker is missing counts as a block; an empty chapter is ''.
 */
export function plainText(text: Y.Text): string {
  return plainLinesOf(text)
    .map((line) => line.text)
    .join('\n');
}

/** The same line by line, with what each line is. */
export function plainLinesOf(text: Y.Text): PlainLine[] {
  const lines: PlainLine[] = [];
  let line = '';
  let empty = true;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content } = item;
    if (content instanceof Y.ContentType && isMarker(content.type)) {
      if (!empty || !isGone(content.type)) lines.push({ text: line, kind: lineKind(lineOf(content.type)) });
      line = '';
      empty = true;
    } else {
      empty = false;
      if (content instanceof Y.ContentString) line += content.str.replaceAll(HARD_BREAK, '\v');
    }
  }
  if (!empty) lines.push({ text: line, kind: lineKind(PLAIN_LINE) });
  return lines;
}

export function lineKind({ type, attrs }: Pick<Line, 'type' | 'attrs'>): LineKind {
  if (type === 'heading') return attrs.level === 4 ? '4' : '3';
  return type === 'listLine' ? 'l' : 'p';
}
