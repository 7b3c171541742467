import { withoutWhiteSpace } from '../counting/count.ts';

/**
 * Plain text as the importer sees it. Masks, quotation marks and half-width punctuation are data and stay as they are;
 * nothing is read as Markdown (research: a Markdown reader turns 「**次、集中研讨**次」 into bold).
 */

const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
const LONE_SURROGATE = /\p{Cs}/gu;
/** Control characters and the byte-order mark hold no text; a tab is white space and stays until a line is trimmed. */
const NO_TEXT = /[\p{Cc}\uFEFF]/gu;

/** Source lines without line ends and control characters; half a surrogate pair becomes U+FFFD, as it would in any encoding. */
export function sourceLines(text: string): string[] {
  return text.split(LINE_END).map((line) => line.replaceAll('\t', ' ').replace(NO_TEXT, '').replace(LONE_SURROGATE, '\uFFFD'));
}

/** The text without what the importer may drop: white space and control characters. Two texts are the same content when these are equal. */
export function bareText(text: string): string {
  return withoutWhiteSpace(text).replace(LONE_SURROGATE, '\uFFFD');
}

/** Width on the manuscript grid: a Chinese character or full-width mark is 1, a Latin letter or digit half. */
export function gridWidth(text: string): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) < 0x2000 ? 0.5 : 1;
  return width;
}

/** 「工　作　总　结」 → 「工作总结」: white space between single characters is spacing of a display line, not part of the words. */
export function withoutSpacing(text: string): string {
  const pieces = text.trim().split(/\s+/);
  const spaced = pieces.length > 1 && pieces.every((piece) => [...piece].length === 1);
  return spaced ? pieces.join('') : pieces.join(' ');
}

/** Joins two lines of one paragraph; a space only between two Latin words. */
export function joinLines(before: string, after: string): string {
  return /[\w)]$/.test(before) && /^[\w(]/.test(after) ? `${before} ${after}` : before + after;
}
