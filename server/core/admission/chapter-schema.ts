import { markOfKey } from '../../../shared/text/formats.ts';

/**
 * What the flat chapter text may hold, as far as bytes can tell (design §3, schema version 1). The server refuses what its schema does not
 * know: an unknown kind of content would be an island that no browser of this version can show, move or count.
 * Open on purpose: attribute keys of a block and embedded values. Every browser keeps those verbatim, known or not.
 */

/** Types in types: a table holds cells that hold text. Deeper is nobody's document; recursion over it would exhaust stacks (reliability §2.1). */
export const MAX_NESTING = 8;

/** A mark's name, and `#<id>` that keeps two people's overlapping marks apart (typing-scenarios C14). */
const FORMAT_KEY = /^[a-z]{1,16}(#[A-Za-z0-9_.:-]{1,40})?$/;
/** An attribute of a block or atom, or a cell's place: short, printable, without white space. */
const ATTRIBUTE_KEY = /^[A-Za-z0-9][A-Za-z0-9_.:#~-]{0,79}$/;

export function isKnownFormat(key: string): boolean {
  return FORMAT_KEY.test(key) && markOfKey(key) !== null;
}

export function isKnownKey(key: string): boolean {
  return ATTRIBUTE_KEY.test(key) && key !== 'constructor';
}
