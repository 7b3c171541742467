/**
 * What must not stand inside a line of text. Line ends and U+2028/2029 are structure here, not text; a lone surrogate becomes U+FFFD in
 * Yjs; control characters have no place in a report. A tab becomes one space, so that words do not run together.
 */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text fit for one line. */
export function sanitizeText(text: string): string {
  return text.replaceAll('\t', ' ').replace(FORBIDDEN, '');
}

/** Ranges [from, to) of what sanitizeText would take out or change, ascending; `tab` where a space belongs instead. */
export function forbiddenRanges(text: string): { readonly from: number; readonly to: number; readonly tab: boolean }[] {
  const found: { from: number; to: number; tab: boolean }[] = [];
  for (const match of text.matchAll(FORBIDDEN)) found.push({ from: match.index, to: match.index + match[0].length, tab: false });
  for (const match of text.matchAll(/\t/g)) found.push({ from: match.index, to: match.index + 1, tab: true });
  return found.sort((one, other) => one.from - other.from);
}
