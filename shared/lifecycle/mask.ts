import { findBlanks } from '../counting/count.ts';

/** A figure that would be masked: place in the text, in UTF-16 units. */
export interface Figure {
  readonly offset: number;
  readonly length: number;
}

const MASK = '**';
/** 12, 1,200, 3.5, １２: digits with their marks, as one figure. A full-width ， ends a clause, not a group of digits. */
const NUMBER = /[0-9０-９]+(?:,[0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?/g;
/** How far around a number its kind is looked for, in UTF-16 units. */
const REACH = 16;
/** 第3次, 〔2025〕12号, 2025.1: a name or an ordinal, not a figure of what was done. */
const NAMES_BEFORE = /(?:第|[〔[【][0-9０-９]{4}[〕\]】]|[A-Za-z])$/;
/** 2025年, 2025年度, 20世纪, 3月, 3月5日, 5日, 24小时制 … a point in time stays; 3年, 6个月, 10天 are how long something took. */
const YEAR = /^(?:年|年度)/;
const MONTH_OR_DAY = /^(?:月|日)/;

/**
 * The figures of a text that a new report built from an old one must not inherit: numbers with a unit or ％, and numbers after words that ask
 * for one (增长, 同比, 达 …), as `findBlanks` tells them. Dates, ordinals and numbers of documents stay, and so does what is masked already.
 */
export function figuresOf(text: string): readonly Figure[] {
  const numbers = [...text.matchAll(NUMBER)].map((match) => ({ offset: match.index, length: match[0].length, digits: match[0] }));
  const found: Figure[] = [];
  // From the end: the first number of a range (3－5次) has the unit of the second, which is a mask by then.
  let tail = '';
  let tailFrom = text.length;
  for (const { offset, length, digits } of numbers.toReversed()) {
    const after = text.slice(offset + length, tailFrom) + tail;
    const before = text.slice(Math.max(0, offset - REACH), offset);
    const isFigure = !isName(digits, before, after) && asksForNumber(before, after.slice(0, REACH));
    if (isFigure) found.push({ offset, length });
    tail = (isFigure ? MASK : digits) + after.slice(0, REACH);
    tailFrom = offset;
  }
  return found.reverse();
}

function isName(digits: string, before: string, after: string): boolean {
  if (NAMES_BEFORE.test(before)) return true;
  if (YEAR.test(after)) return digits.length === 4;
  return MONTH_OR_DAY.test(after) && digits.length <= 2;
}

/** Whether a mask in this place would be a number to `findBlanks`. Digits before it belong to another number and would mislead it. */
function asksForNumber(before: string, after: string): boolean {
  const calm = before.replace(/[0-9０-９*]/g, '〇');
  const blank = findBlanks(`${calm}${MASK}${after}`).find((one) => one.offset === calm.length);
  return blank?.kind === 'number';
}

/** The text with its figures masked: `新增企业12家` becomes `新增企业**家`. */
export function maskFigures(text: string): string {
  let masked = text;
  for (const { offset, length } of figuresOf(text).toReversed()) masked = masked.slice(0, offset) + MASK + masked.slice(offset + length);
  return masked;
}

/** How many figures `maskFigures` would mask. */
export function countFigures(text: string): number {
  return figuresOf(text).length;
}

export { MASK as FIGURE_MASK };
