import type { Mark, Schema } from '@tiptap/pm/model';
import * as Y from 'yjs';
import type { MarkName } from './schema.ts';
import { MARK_NAMES } from './schema.ts';

/**
 * Format keys. A mark is written under a key of its own for every act, `bold#<writer>.<clock>`, and a character is bold if any bold key
 * is set on it. With one shared key, two people bolding overlapping words at once end up with the overlap not bold: the end item of one
 * range closes the other's. With keys of their own the ranges are independent. (Plain `bold` is read as well.)
 */
export type Attributes = Readonly<Record<string, unknown>>;

/** The mark a format key belongs to, or null for a key this version does not know. */
export function markOfKey(key: string): MarkName | null {
  const cut = key.indexOf('#');
  const name = cut < 0 ? key : key.slice(0, cut);
  return MARK_NAMES.find((known) => known === name) ?? null;
}

/** A key that nobody used: the next clock of this document's writer is in it. */
export function freshKey(name: MarkName, doc: Y.Doc): string {
  return `${name}#${doc.clientID.toString(36)}.${Y.getState(doc.store, doc.clientID).toString(36)}`;
}

/** The marks that format attributes amount to, in schema order. */
export function marksOf(attributes: ReadonlyMap<string, unknown>, schema: Schema): readonly Mark[] {
  if (attributes.size === 0) return [];
  const names = new Set<MarkName>();
  for (const [key, value] of attributes) {
    const name = value === null || value === false ? null : markOfKey(key);
    if (name !== null) names.add(name);
  }
  return MARK_NAMES.filter((name) => names.has(name)).map((name) => schema.marks[name]!.create());
}

/** Applies one format item to the attributes in force. */
export function applyFormat(attributes: Map<string, unknown>, format: Y.ContentFormat): void {
  if (format.value === null) attributes.delete(format.key);
  else attributes.set(format.key, format.value);
}

/** Keys of `name` that are set in `attributes`. */
export function keysOf(name: MarkName, attributes: Attributes): string[] {
  return Object.keys(attributes).filter((key) => markOfKey(key) === name && attributes[key] !== null && attributes[key] !== false);
}

/**
 * Keeps a text from writing when it receives. After a remote change of formats, Yjs removes format items that have become redundant, in
 * a transaction of its own (origin null): every open window would send deletions that nobody made, and a reader's would be refused. The
 * redundant items are harmless (a few bytes), so the clean-up is switched off for the text's life; what a person's own deletion makes
 * redundant is still cleaned up inside that person's transaction.
 *
 * Reaches into Yjs (the flag `_hasFormatting`, read nowhere else in 13.6): test/shared/text/formats.test.ts fails when that changes.
 */
export function keepFormats(text: Y.Text): void {
  Object.defineProperty(text, '_hasFormatting', { configurable: true, enumerable: true, get: () => false, set: () => {} });
}
