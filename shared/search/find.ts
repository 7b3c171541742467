/**
 * Finding words as a person means them: full-width and half-width, capital and small, and compatibility forms are the same; everything else
 * is taken literally, so a Chinese phrase is a substring and nothing is split into words.
 */

/** A text made ready to be searched, with the way back. */
export interface Folded {
  readonly folded: string;
  /** For each UTF-16 unit of `folded`, where its character begins in the text; one more entry for the end. */
  readonly from: Int32Array;
}

export interface Found {
  /** Place in the text as it stands, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
}

/** A hit with the words around it. */
export interface Excerpt {
  readonly before: string;
  readonly hit: string;
  readonly after: string;
}

/** A query shorter than this, in characters, finds too much to be of use. */
export const SHORTEST_QUERY = 2;
export const LONGEST_QUERY = 64;
/** Words shown on either side of a hit, in characters. */
const AROUND = { before: 18, after: 36 };
const LINE_END = /[\n\v\r\u2028]/g;

export function foldText(text: string): Folded {
  let folded = '';
  const from: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = foldCharacter(character);
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) from.push(at);
    at += character.length;
  }
  from.push(at);
  return { folded, from: Int32Array.from(from) };
}

/** What people type into the box: white space at its ends says nothing, and runs of it inside are one. */
export function foldQuery(query: string): string {
  return foldText(query.trim().replace(/\s+/g, ' ')).folded;
}

/** A character as it is compared. The common ones are told by their number: normalising each would cost most of the search. */
function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 32) : character;
  if (code >= 0x4e00 && code <= 0x9fff) return character;
  if (code === 0x3000) return ' ';
  return character.normalize('NFKC').toLowerCase();
}

/**
 * Places of `query` (already folded) in order, at most `limit`, never overlapping.
 * @returns also how many there are in all
 */
export function findAll(text: Folded, query: string, limit: number): { readonly found: readonly Found[]; readonly total: number } {
  const found: Found[] = [];
  let total = 0;
  if (query === '') return { found, total };
  for (let at = text.folded.indexOf(query); at !== -1; at = text.folded.indexOf(query, at + query.length)) {
    total += 1;
    if (found.length >= limit) continue;
    const offset = text.from[at] ?? 0;
    found.push({ offset, length: endOf(text, at + query.length) - offset });
  }
  return { found, total };
}

/** Where the character that holds the unit before `at` ends: a hit on half of a character takes the whole of it. */
function endOf({ from }: Folded, at: number): number {
  const last = from[at - 1];
  let end = at;
  while (end < from.length - 1 && from[end] === last) end += 1;
  return from[end] ?? 0;
}

/** The hit with a little of its line, whole characters only; `…` where words of the line were left out. */
export function excerptOf(text: string, { offset, length }: Found): Excerpt {
  // A character is at most two units: what is cut off at the far end of these windows is never shown.
  const before = [
    ...(text
      .slice(Math.max(0, offset - 4 * AROUND.before), offset)
      .split(LINE_END)
      .at(-1) ?? ''),
  ];
  const after = [...(text.slice(offset + length, offset + length + 4 * AROUND.after).split(LINE_END, 1)[0] ?? '')];
  return {
    before: (before.length > AROUND.before ? '…' : '') + before.slice(-AROUND.before).join(''),
    hit: text.slice(offset, offset + length).replaceAll(LINE_END, ' '),
    after: after.slice(0, AROUND.after).join('') + (after.length > AROUND.after ? '…' : ''),
  };
}

/** Whether a query can be asked, and why not. */
export function judgeQuery(query: string): 'fine' | 'empty' | 'too-short' | 'too-long' {
  const folded = foldQuery(query);
  const length = [...folded].length;
  if (length === 0) return 'empty';
  if (length < SHORTEST_QUERY) return 'too-short';
  return length > LONGEST_QUERY ? 'too-long' : 'fine';
}
