/** Small looks at a text that several rules share. */

export const isHan = (letter: string | undefined): boolean => letter !== undefined && /^\p{Script=Han}$/u.test(letter);
export const isDigit = (letter: string | undefined): boolean => letter !== undefined && letter >= '0' && letter <= '9';

/** Marks that end or part a sentence. */
export const CLAUSE_ENDS = '，。；：、！？,;:!?\v';

/** The clause around [from, to): from the mark before it to the mark behind it. */
export function clauseAround(text: string, from: number, to: number): { readonly from: number; readonly to: number } {
  let start = from;
  while (start > 0 && !CLAUSE_ENDS.includes(text[start - 1]!)) start -= 1;
  let end = to;
  while (end < text.length && !CLAUSE_ENDS.includes(text[end]!)) end += 1;
  return { from: start, to: end };
}

/** The sentence around a place, for a list to show; at most `longest` units, the place within. */
export function sentenceAround(text: string, from: number, to: number, longest = 120): { readonly from: number; readonly to: number } {
  const ends = '。；！？\v';
  let start = from;
  while (start > 0 && from - start < longest / 2 && !ends.includes(text[start - 1]!)) start -= 1;
  let end = to;
  while (end < text.length && end - start < longest && !ends.includes(text[end]!)) end += 1;
  if (end < text.length && ends.includes(text[end]!) && text[end] !== '\v') end += 1;
  return { from: start, to: end };
}

/** Every match of a global pattern. A zero-length match would loop for ever elsewhere; here it can't. */
export function* matches(text: string, pattern: RegExp): Generator<RegExpExecArray> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    yield match;
    if (match[0] === '') pattern.lastIndex += 1;
  }
  pattern.lastIndex = 0;
}
