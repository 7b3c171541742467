/**
 * Numbers that open a paragraph, in their usual order: 第X编/部分 → 第X章 → 第X节 → 一、 → （一） → 1. → （1）
 * (GB/T 9704-2012, 7.3.3; regulations use 编, 章, 节, 条). 第X条 numbers articles: it is part of the text, which other articles cite.
 */
export type MarkKind = 'volume' | 'chapter' | 'section' | 'article' | 'han' | 'han-paren' | 'digit' | 'digit-paren';

/** From the outermost inwards; an article is no heading. */
export const HEADING_KINDS: readonly MarkKind[] = ['volume', 'chapter', 'section', 'han', 'han-paren', 'digit', 'digit-paren'];

export interface Mark {
  readonly kind: MarkKind;
  /** Its ordinal, 1 and up. */
  readonly value: number;
  /** As written, without white space around it. */
  readonly text: string;
  /** Units of the paragraph that the mark and the white space after it take. */
  readonly length: number;
}

const NUMERAL = '[一二三四五六七八九十百零〇两]{1,7}';
const ORDINAL = `(?:${NUMERAL}|[0-9０-９]{1,3})`;

const PATTERNS: readonly (readonly [MarkKind, RegExp])[] = [
  ['volume', new RegExp(`^(第\\s?(${ORDINAL})\\s?(?:编|部分)[:：、]?)\\s*`)],
  ['chapter', new RegExp(`^(第\\s?(${ORDINAL})\\s?章[:：、]?)\\s*`)],
  ['section', new RegExp(`^(第\\s?(${ORDINAL})\\s?节[:：、]?)\\s*`)],
  ['article', new RegExp(`^(第\\s?(${ORDINAL})\\s?条[:：、]?)\\s*`)],
  ['han', new RegExp(`^((${NUMERAL})\\s?[、.．､])\\s*`)],
  ['han-paren', new RegExp(`^([（(]\\s?(${NUMERAL})\\s?[）)]、?)\\s*`)],
  ['digit-paren', /^([（(]\s?([0-9０-９]{1,2})\s?[）)]、?)\s*/],
  ['digit-paren', /^(([0-9０-９]{1,2})[）)])\s*/],
  // Not 「3.5亿元」: a digit after the point makes it a figure.
  ['digit', /^(([0-9０-９]{1,2})\s?[.．、](?![0-9０-９*]))\s*/],
];

/** @returns the number that opens `text` (no white space before it), or null. */
export function parseMark(text: string): Mark | null {
  for (const [kind, pattern] of PATTERNS) {
    const match = pattern.exec(text);
    const value = match === null ? null : ordinal(match[2] ?? '');
    if (match !== null && value !== null && value > 0) return { kind, value, text: (match[1] ?? '').trim(), length: match[0].length };
  }
  return null;
}

const HAN_DIGITS = '零一二三四五六七八九';

/** 二十一 → 21, 一百零三 → 103, 12 and １２ → 12. @returns null for what is no number below 1000. */
export function ordinal(text: string): number | null {
  const digits = text.replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
  if (/^\d+$/.test(digits)) return Number(digits);
  const match = /^(?:([一二两三四五六七八九])百)?[零〇]?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(text);
  if (match === null || text === '') return null;
  const digit = (character: string | undefined) => (character === undefined ? 0 : character === '两' ? 2 : HAN_DIGITS.indexOf(character));
  const tens = match[3] === undefined ? 0 : match[2] === undefined ? 1 : digit(match[2]);
  return digit(match[1]) * 100 + tens * 10 + digit(match[4]);
}
