/** Longest title or heading, in characters (code points). */
export const MAX_SINGLE_LINE = 200;

/** Line ends of every kind, control characters, lone surrogates. */
const NOT_IN_ONE_LINE = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/**
 * Parses a single-line value (title, heading).
 * @returns the trimmed value, or null when it holds a line break, a control character or half a surrogate pair, or is longer than {@link MAX_SINGLE_LINE}.
 */
export function parseSingleLine(value: string): string | null {
  const trimmed = value.trim();
  // A code point is at most two units long: a longer string needs no counting.
  if (trimmed.length > MAX_SINGLE_LINE * 2 || NOT_IN_ONE_LINE.test(trimmed)) return null;
  return [...trimmed].length <= MAX_SINGLE_LINE ? trimmed : null;
}

/** Longest note on a node, in characters (code points). */
export const MAX_NOTE = 500;

/** Control characters but the line feed, separators that no text field makes, lone surrogates. */
const NOT_IN_NOTE = /[^\P{Cc}\n]|[\p{Cs}\u2028\u2029]/u;

/**
 * Parses a note of several lines.
 * @returns it trimmed, with \n for every line end and spaces for tabs; null when it holds a control character or half a surrogate pair, or is longer than {@link MAX_NOTE}.
 */
export function parseNote(value: string): string | null {
  const trimmed = value.replace(/\r\n?/g, '\n').replaceAll('\t', ' ').trim();
  if (trimmed.length > MAX_NOTE * 2 || NOT_IN_NOTE.test(trimmed)) return null;
  return [...trimmed].length <= MAX_NOTE ? trimmed : null;
}
