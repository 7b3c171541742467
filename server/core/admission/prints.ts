import type { ParsedUpdate } from './parsed-update.ts';
import { CONTENT } from './parsed-update.ts';

/**
 * A 16-bit print for each admitted clock of one client: what was said under this id. Two copies that wrote under one id and clock are told
 * apart by it, without a document (docs/decisions/0020, forks).
 */
export class Prints {
  #units = new Uint16Array(0);

  /** Prints units `skip`, `skip + 1`, … of a struct as the clocks from `at` on. */
  write(update: ParsedUpdate, row: number, skip: number, at: number): void {
    const end = at + update.length[row]! - skip;
    if (end > this.#units.length) {
      const larger = new Uint16Array(Math.max(16, end + (end >> 1)));
      larger.set(this.#units);
      this.#units = larger;
    }
    writePrints(update, row, skip, this.#units, at);
  }

  /**
   * Does a struct say the same again of its clocks below `admitted`? Content that one side has collected counts as the same.
   * @param admitted clocks below this have prints
   */
  repeat(update: ParsedUpdate, row: number, admitted: number): boolean {
    const clock = update.clock[row]!;
    const content = update.content[row]!;
    if (content === CONTENT.gc || content === CONTENT.deleted || content === CONTENT.skip) return true;
    if (content === CONTENT.string) {
      const known = admitted - clock;
      return eachUnit(update.bytes, update.from[row]!, update.to[row]!, (unit, index) => {
        const print = index < known ? this.#units[clock + index]! : UNKNOWN_PRINT;
        return print === UNKNOWN_PRINT || print === unit || print === REPLACEMENT || unit === REPLACEMENT;
      });
    }
    const print = this.#units[clock]!;
    const again = hash(update, row);
    return print === UNKNOWN_PRINT || again === UNKNOWN_PRINT || print === again;
  }
}

/** Units that cannot be compared: what a client has collected says nothing about what it was. */
const UNKNOWN_PRINT = 0;
/** Yjs puts this in place of both halves of a surrogate pair that somebody's edit has cut, so it says nothing either. */
const REPLACEMENT = 0xfffd;

/**
 * Writes the prints of a struct's units from unit `skip` on into `out` at `at`.
 * Text: the UTF-16 unit itself, so that equal prints mean equal text. (U+0000 prints as 1; nothing else is confused with "unknown".)
 */
function writePrints(update: ParsedUpdate, row: number, skip: number, out: Uint16Array, at: number): void {
  const content = update.content[row]!;
  if (content === CONTENT.string) {
    eachUnit(update.bytes, update.from[row]!, update.to[row]!, (unit, index) => {
      if (index >= skip) out[at + index - skip] = unit;
      return true;
    });
    return;
  }
  const print = content === CONTENT.gc || content === CONTENT.deleted ? UNKNOWN_PRINT : hash(update, row);
  out.fill(print, at, at + update.length[row]! - skip);
}

/** FNV-1a over kind and bytes of the content, folded to 1…65535; a struct of several values is not told apart into them and prints as unknown. */
function hash(update: ParsedUpdate, row: number): number {
  if (update.length[row]! > 1) return UNKNOWN_PRINT;
  let value = 0x811c9dc5 ^ update.content[row]!;
  for (let at = update.from[row]!; at < update.to[row]!; at += 1) value = Math.imul(value ^ update.bytes[at]!, 0x01000193);
  return ((value >>> 16) ^ value) & 0xffff || 1;
}

/** Calls `visit` for each UTF-16 unit of sound UTF-8, until it says false. @returns false when it was stopped. */
function eachUnit(bytes: Uint8Array, from: number, to: number, visit: (unit: number, index: number) => boolean): boolean {
  let index = 0;
  for (let at = from; at < to; ) {
    const first = bytes[at]!;
    let point: number;
    if (first < 0x80) {
      point = first;
      at += 1;
    } else if (first < 0xe0) {
      point = ((first & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
      at += 2;
    } else if (first < 0xf0) {
      point = ((first & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
      at += 3;
    } else {
      point = ((first & 0x07) << 18) | ((bytes[at + 1]! & 0x3f) << 12) | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f);
      at += 4;
    }
    if (point < 0x10000) {
      if (!visit(point || 1, index)) return false;
      index += 1;
    } else {
      const rest = point - 0x10000;
      if (!visit(0xd800 | (rest >> 10), index) || !visit(0xdc00 | (rest & 0x3ff), index + 1)) return false;
      index += 2;
    }
  }
  return true;
}
