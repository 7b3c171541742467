import type { Mark, Node as PMNode } from '@tiptap/pm/model';
import { Mark as MarkClass } from '@tiptap/pm/model';
import { HARD_BREAK } from './render.ts';
import type { EmbedRef } from './schema.ts';

/** One token of a document: a UTF-16 unit (a hard break is one), an embed, or the end of a block. */
export type DocToken =
  | { readonly unit: string; readonly marks: readonly Mark[] }
  | { readonly ref: EmbedRef; readonly marks: readonly Mark[] }
  | { readonly block: PMNode };

/** Tokens [from, to) of a document. */
export function tokensOf(doc: PMNode, from: number, to: number): DocToken[] {
  const tokens: DocToken[] = [];
  let at = 0;
  for (let index = 0; index < doc.childCount && at < to; index += 1) {
    const block = doc.child(index);
    const size = block.content.size;
    if (at + size + 1 > from) {
      block.forEach((node, offset) => {
        const start = at + offset;
        if (start >= to || start + node.nodeSize <= from) return;
        if (node.isText) {
          const text = node.text!;
          for (let unit = Math.max(0, from - start); unit < text.length && start + unit < to; unit += 1) {
            tokens.push({ unit: text[unit]!, marks: node.marks });
          }
        } else if (node.type.name === 'hardBreak') {
          tokens.push({ unit: HARD_BREAK, marks: node.marks });
        } else {
          tokens.push({ ref: node.attrs['ref'] as EmbedRef, marks: node.marks });
        }
      });
      if (at + size >= from && at + size < to) tokens.push({ block });
    }
    at += size + 1;
  }
  return tokens;
}

/** Same thing in the text, however it is marked and whatever its block looks like. */
export function sameContent(one: DocToken, other: DocToken): boolean {
  if ('unit' in one) return 'unit' in other && one.unit === other.unit;
  if ('ref' in one) return 'ref' in other && one.ref.key === other.ref.key;
  return 'block' in other;
}

/** A piece of the difference between two rows of tokens, counted in the old row's tokens. Everything else is kept. */
export type Edit =
  | { readonly kind: 'replace'; readonly at: number; readonly deleted: number; readonly inserted: readonly DocToken[] }
  | { readonly kind: 'restyle'; readonly at: number; readonly length: number; readonly marks: readonly Mark[] }
  | { readonly kind: 'relook'; readonly at: number; readonly before: PMNode; readonly after: PMNode };

/**
 * The difference of two rows of tokens as ascending edits. Whole lines that are equal on both sides are kept first, then block ends are
 * paired from the front (a block keeps its identity when something is added behind it), then equal beginnings and ends.
 * @param at index of the first old token in its document
 */
export function diffTokens(before: readonly DocToken[], after: readonly DocToken[], at: number): Edit[] {
  const edits: Edit[] = [];
  const oldLines = splitLines(before);
  const newLines = splitLines(after);
  let oldAt = 0;
  let newAt = 0;
  for (const [oldLine, newLine] of commonLines(oldLines, newLines)) {
    pairEnds(before.slice(oldAt, oldLine.from), after.slice(newAt, newLine.from), at + oldAt, edits);
    oldAt = oldLine.to;
    newAt = newLine.to;
  }
  pairEnds(before.slice(oldAt), after.slice(newAt), at + oldAt, edits);
  return edits;
}

interface LineRange {
  readonly from: number;
  readonly to: number;
  /** Equal strings, equal lines: content, marks and look. */
  readonly signature: string;
}

/** The complete lines in a row of tokens. */
function splitLines(tokens: readonly DocToken[]): LineRange[] {
  const lines: LineRange[] = [];
  let from = 0;
  tokens.forEach((token, index) => {
    if (!('block' in token)) return;
    lines.push({
      from,
      to: index + 1,
      signature: tokens
        .slice(from, index + 1)
        .map(signatureOf)
        .join('\u0000'),
    });
    from = index + 1;
  });
  return lines;
}

function signatureOf(token: DocToken): string {
  if ('block' in token) return `${token.block.type.name}${JSON.stringify(token.block.attrs)}`;
  const marks = token.marks.map((mark) => mark.type.name).join();
  return 'unit' in token ? `${token.unit}${marks}` : `${token.ref.key}\u0001${marks}`;
}

/** Above this many comparisons only equal beginnings and ends are looked for. */
const MOST_COMPARISONS = 1_000_000;

/** Longest common subsequence of lines, as pairs. Only worth a search where both sides hold several lines. */
function commonLines(before: readonly LineRange[], after: readonly LineRange[]): [LineRange, LineRange][] {
  if (before.length < 2 || after.length < 2 || before.length * after.length > MOST_COMPARISONS) return [];
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        before[i]!.signature === after[j]!.signature
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  const pairs: [LineRange, LineRange][] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i]!.signature === after[j]!.signature) {
      pairs.push([before[i]!, after[j]!]);
      i += 1;
      j += 1;
    } else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Pairs the first block ends of both sides with each other, then the rest behind them. */
function pairEnds(before: readonly DocToken[], after: readonly DocToken[], at: number, edits: Edit[]): void {
  let old = before;
  let now = after;
  let offset = at;
  for (;;) {
    const oldEnd = old.findIndex((token) => 'block' in token);
    const newEnd = now.findIndex((token) => 'block' in token);
    if (oldEnd < 0 || newEnd < 0) break;
    trim(old.slice(0, oldEnd), now.slice(0, newEnd), offset, edits);
    keep(old[oldEnd]!, now[newEnd]!, offset + oldEnd, edits);
    old = old.slice(oldEnd + 1);
    now = now.slice(newEnd + 1);
    offset += oldEnd + 1;
  }
  trim(old, now, offset, edits);
}

/** Keeps equal beginnings and ends; never cuts a surrogate pair. */
function trim(before: readonly DocToken[], after: readonly DocToken[], at: number, edits: Edit[]): void {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && sameContent(before[head]!, after[head]!)) head += 1;
  if (head > 0 && head < Math.max(before.length, after.length) && isHalf(before[head - 1]!, 0xd800)) head -= 1;
  let tail = 0;
  while (tail < least - head && sameContent(before[before.length - 1 - tail]!, after[after.length - 1 - tail]!)) tail += 1;
  if (tail > 0 && isHalf(before[before.length - tail]!, 0xdc00)) tail -= 1;
  for (let index = 0; index < head; index += 1) keep(before[index]!, after[index]!, at + index, edits);
  const deleted = before.length - head - tail;
  const inserted = after.slice(head, after.length - tail);
  if (deleted > 0 || inserted.length > 0) edits.push({ kind: 'replace', at: at + head, deleted, inserted });
  for (let index = tail; index > 0; index -= 1) {
    keep(before[before.length - index]!, after[after.length - index]!, at + before.length - index, edits);
  }
}

function isHalf(token: DocToken, kind: 0xd800 | 0xdc00): boolean {
  return 'unit' in token && (token.unit.charCodeAt(0) & 0xfc00) === kind;
}

/** A token that stays may be marked otherwise, a block may look otherwise. */
function keep(before: DocToken, after: DocToken, at: number, edits: Edit[]): void {
  if ('block' in before) {
    const { block } = after as { block: PMNode };
    if (!before.block.hasMarkup(block.type, block.attrs)) edits.push({ kind: 'relook', at, before: before.block, after: block });
    return;
  }
  const { marks } = after as { marks: readonly Mark[] };
  if (MarkClass.sameSet(before.marks, marks)) return;
  const last = edits[edits.length - 1];
  if (last?.kind === 'restyle' && last.at + last.length === at && MarkClass.sameSet(last.marks, marks)) {
    edits[edits.length - 1] = { ...last, length: last.length + 1 };
  } else {
    edits.push({ kind: 'restyle', at, length: 1, marks });
  }
}
