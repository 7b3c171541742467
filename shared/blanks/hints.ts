import type { Blank } from '../counting/count.ts';

/** A place that may be meant as a blank, or is written like one and may not be: `x`, `X`, `×` beside Chinese words. */
export interface Hint {
  readonly offset: number;
  readonly length: number;
}

/** Why a `*` may be meant as it stands. Only a proposal for whoever decides: a wrong one would hide a missing figure. */
export type Guess = 'times' | 'emphasis' | 'bullet' | 'footnote';

const CROSSES = /(?:[xX×]{2,}|[xX×])(?:\.[xX×]+)?/g;
const HAN = /\p{Script=Han}/u;
/** One cross alone is mostly a name or a sign of its own: X光, X轴, 1+X证书. */
const UNIT_AFTER_ONE =
  /^(?:年|月|日|号|次|名|人|个|件|条|家|项|场|户|起|位|台|辆|套|亩|吨|所|份|万|亿|元|％|%|省|市|县|区|镇|乡|村|局|处|科|某)/;
const FIGURE_BESIDE = /[\d０-９+＋=＝]\s*$/;

/**
 * Crosses that look as if something were to stand there: two or more beside a Chinese word, or one before a unit. Never counted as blanks:
 * in clean official texts all of them are something else.
 */
export function findHints(text: string): readonly Hint[] {
  const hints: Hint[] = [];
  for (const match of text.matchAll(CROSSES)) {
    const offset = match.index;
    const { length } = match[0];
    const before = text.slice(Math.max(0, offset - 2), offset);
    const after = text.slice(offset + length, offset + length + 4);
    if (FIGURE_BESIDE.test(before) || /^[\d０-９+＋=＝A-Za-z]/.test(after) || /[A-Za-z]$/.test(before)) continue;
    const beside = HAN.test(before.slice(-1)) || HAN.test(after.slice(0, 1));
    if (length === 1 ? UNIT_AFTER_ONE.test(after) : beside) hints.push({ offset, length });
  }
  return hints;
}

/** So much of a line says what a sign in it is, in UTF-16 units; and so many units stand at most between two marks of emphasis. */
const NEAR = 4;
const LONGEST_EMPHASIS = 20;

/**
 * What each mask of a line may be instead of a blank; null where nothing speaks for it.
 * @param blanks the line's masks, in order
 */
export function guessesOf(line: string, blanks: readonly Blank[]): readonly (Guess | null)[] {
  const pairs = blanks.filter(({ length, offset }) => length === 2 && line.startsWith('**', offset));
  const emphasis = new Set<Blank>();
  for (let index = 0; pairs.length % 2 === 0 && index < pairs.length; index += 2) {
    const [open, close] = [pairs[index]!, pairs[index + 1]!];
    if (isEmphasis(line, open, close)) emphasis.add(open).add(close);
  }
  return blanks.map((blank) => (emphasis.has(blank) ? 'emphasis' : signOf(line, blank)));
}

function signOf(line: string, { offset, length }: Blank): Guess | null {
  if (length !== 1) return null;
  const before = line.slice(Math.max(0, offset - NEAR), offset);
  const after = line.slice(offset + 1, offset + 1 + NEAR);
  if (/[\d０-９]$/.test(before) && /^[\d０-９]/.test(after)) return 'times';
  if (offset <= NEAR && before.trim() === '' && /^\s/.test(after)) return 'bullet';
  if (after.trim() === '' && offset + 1 + NEAR >= line.length && before !== '' && !/[\p{Script=Han}\d]$/u.test(before)) return 'footnote';
  return null;
}

/** 「**重点**」: two masks close around words, neither of which is followed by a unit. */
function isEmphasis(line: string, open: Blank, close: Blank): boolean {
  if (open.unit !== null || close.unit !== null) return false;
  const from = open.offset + open.length;
  const inside = line.slice(from, Math.min(close.offset, from + LONGEST_EMPHASIS + 1));
  return inside.length <= LONGEST_EMPHASIS && inside.trim() === inside && inside !== '' && !/[、，。；：,;]/.test(inside);
}

const ENDS = /[。！？；!?;\n\u2028]/;
/** At most so much of a long sentence is told on either side, in UTF-16 units. */
const REACH = 60;

/** The sentence around a stretch of a line: what stands before and behind it. */
export function sentenceAround(line: string, from: number, to: number): { readonly before: string; readonly after: string } {
  let start = from;
  while (start > 0 && from - start < REACH && !ENDS.test(line[start - 1]!)) start -= 1;
  let end = to;
  while (end < line.length && end - to < REACH && !ENDS.test(line[end]!)) end += 1;
  if (end < line.length && ENDS.test(line[end]!) && !/[\n\u2028]/.test(line[end]!)) end += 1;
  return { before: whole(line.slice(start, from), 'end'), after: whole(line.slice(to, end), 'start') };
}

/** No half character at the cut, and nothing that has no letters. */
function whole(text: string, keep: 'start' | 'end'): string {
  const cut = keep === 'end' ? text.replace(/^[\udc00-\udfff]/, '') : text.replace(/[\ud800-\udbff]$/, '');
  return cut.replaceAll('\ufffc', '').replaceAll('\u2028', ' ');
}
