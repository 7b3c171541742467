/**
 * Editing a single-line value (title, heading): the whole value is sent with the one it replaces; when somebody was faster, both are
 * shown and the person chooses (design §3).
 */

/** What the server said to a new value. */
export type LineAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'clash'; readonly is: string }
  /** In words for the person. */
  | { readonly kind: 'failed'; readonly words: string };

/** @param was the value that was shown when editing began */
export type SendLine = (was: string, value: string) => Promise<LineAnswer>;

/** Text as one line: line ends and tabs become single spaces, the ends are cut. */
export function oneLine(text: string): string {
  return text.replace(/[\s\u2028\u2029]+/gu, (space) => (space === '\u3000' ? space : ' ')).trim();
}
