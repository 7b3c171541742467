/** How letters are compared. */
export interface FindOptions {
  /** Latin capitals differ from small letters. */
  readonly matchCase: boolean;
  /** Full-width letters, digits and marks differ from half-width ones. */
  readonly matchWidth: boolean;
}

export const LOOSE: FindOptions = { matchCase: false, matchWidth: false };

/** Longest text that can be looked for, in UTF-16 units. */
export const MAX_FIND = 200;
/** Longest text that can be put in its place, in UTF-16 units. */
export const MAX_REPLACEMENT = 1_000;

/**
 * Places of `find` in `text`, from left to right without overlaps, in UTF-16 units. A hit is as long as `find`: folding never changes length.
 * An empty `find` is nowhere.
 */
export function findAll(text: string, find: string, options: FindOptions): readonly number[] {
  if (find === '') return [];
  const within = fold(text, options);
  const wanted = fold(find, options);
  const places: number[] = [];
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + wanted.length)) {
    if (!cutsPair(text, at, wanted.length)) places.push(at);
  }
  return places;
}

/** The text as it is compared; unit for unit as long as it was. */
function fold(text: string, { matchCase, matchWidth }: FindOptions): string {
  const narrow = matchWidth ? text : text.replace(/[\uFF01-\uFF5E\u3000]/g, halfWidth);
  return matchCase
    ? narrow
    : narrow.replace(/[A-Z\u00C0-\u00DE\uFF21-\uFF3A\u0391-\u03A9\u0410-\u042F]/g, (letter) => letter.toLowerCase());
}

/** Full-width forms stand in the order of ASCII (Unicode, Halfwidth and Fullwidth Forms). */
function halfWidth(letter: string): string {
  return letter === '\u3000' ? ' ' : String.fromCharCode(letter.charCodeAt(0) - 0xfee0);
}

/** Half of a rare ideograph is no hit. */
function cutsPair(text: string, at: number, length: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '') || /[\uD800-\uDBFF]/.test(text[at + length - 1] ?? '');
}
