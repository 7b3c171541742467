import type { ProofBlock, Remark } from '../finding.ts';
import { CONFUSED } from '../tables/confused.ts';
import { CONFUSED_MORE } from '../tables/confused-more.ts';
import type { TermEntry } from '../tables/table.ts';
import { STYLE, SUBTLE, VARIANT_FORMS } from '../tables/variants.ts';

/** What ships with the house; the office's own entries come on top and win over these. */
export const BUILT_IN_TERMS: readonly TermEntry[] = [...CONFUSED, ...CONFUSED_MORE, ...VARIANT_FORMS, ...SUBTLE, ...STYLE];

/** Entries by their first two units, the longest first: one look-up a place, whatever the size of the table. */
export type TermIndex = ReadonlyMap<string, readonly TermEntry[]>;

/**
 * @param own the office's entries: they come before ours, and one with the same `wrong` stands instead of ours
 * @param off `wrong` of built-in entries that the office has switched off
 */
export function indexTerms(own: readonly TermEntry[] = [], off: ReadonlySet<string> = new Set()): TermIndex {
  const map = new Map<string, TermEntry[]>();
  const taken = new Set(own.map(({ wrong }) => wrong));
  for (const entry of [...own, ...BUILT_IN_TERMS.filter(({ wrong }) => !taken.has(wrong) && !off.has(wrong))]) {
    const key = entry.wrong.slice(0, 2);
    if (key === '') continue;
    const list = map.get(key);
    if (list === undefined) map.set(key, [entry]);
    else list.push(entry);
  }
  for (const list of map.values()) list.sort((one, other) => other.wrong.length - one.wrong.length);
  return map;
}

/** Places of a table's entries, from left to right without overlaps; the longest at a place wins. */
export function terms({ text }: ProofBlock, index: TermIndex): Remark[] {
  const found: Remark[] = [];
  for (let at = 0; at < text.length; ) {
    const entry = entryAt(text, at, index);
    if (entry === null) {
      at += 1;
      continue;
    }
    const to = at + entry.wrong.length;
    found.push({
      message: entry.right === '' ? 'term-avoid' : 'term',
      severity: entry.severity,
      from: at,
      to,
      params: { wrong: entry.wrong, right: entry.right },
      source: entry.source,
      reason: entry.reason,
      ...(entry.cites === undefined || entry.cites === '' ? {} : { cites: entry.cites }),
      ...(entry.right === '' ? {} : { fix: { from: at, to, text: entry.right } }),
    });
    at = to;
  }
  return found;
}

function entryAt(text: string, at: number, index: TermIndex): TermEntry | null {
  // An entry of one character is found under it alone.
  for (const key of [text.slice(at, at + 2), text.slice(at, at + 1)]) {
    for (const entry of index.get(key) ?? []) {
      if (!text.startsWith(entry.wrong, at) || entry.unless.some((longer) => stands(text, at, entry.wrong, longer))) continue;
      // Already right: 「党员」 → 「共产党员」 where 「共产党员」 stands.
      if (entry.right.length > entry.wrong.length && entry.right.includes(entry.wrong) && stands(text, at, entry.wrong, entry.right))
        continue;
      return entry;
    }
  }
  return null;
}

/** Does `longer`, which contains `part`, stand around the `part` at this place? */
function stands(text: string, at: number, part: string, longer: string): boolean {
  for (let inside = longer.indexOf(part); inside !== -1; inside = longer.indexOf(part, inside + 1)) {
    if (text.startsWith(longer, at - inside)) return true;
  }
  return false;
}
