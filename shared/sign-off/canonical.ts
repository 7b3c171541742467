import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';
import * as Y from 'yjs';
import type { NodeId } from '../ids.ts';
import type { HeadingForm, NodeKind } from '../outline/outline.ts';
import { applyFormat, markOfKey } from '../text/formats.ts';
import { isGone, isMarker, type Line, lineOf, PLAIN_LINE } from '../text/marker.ts';
import { MARK_NAMES } from '../text/schema.ts';
import { substanceOfBlock } from './editorial.ts';

/**
 * The canonical form of a text: what a signature is about (design §5, docs/FORMAT.md §7). It holds what a reader sees and nothing of how it
 * came to be: no ids, no derived numbers, no virtual paragraph. Text is not Unicode-normalised: another code point is another text.
 */

/** JSON with the keys of every object sorted: one spelling for one value. */
export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/** A maximal run of characters with equal marks, or one embed. Unknown format keys count, known ones by their mark. */
export type CanonicalRun =
  | { readonly text: string; readonly marks: readonly string[] }
  | { readonly embed: Canonical; readonly marks: readonly string[] };

export interface CanonicalBlock {
  readonly kind: string;
  /** What is not the default, sorted by key. */
  readonly attrs: { readonly [key: string]: Canonical };
  readonly runs: readonly CanonicalRun[];
}

/** What is signed of one chapter's text: a hash for each block in their order; 32 hex digits (128 bits) each. */
export interface SignedBlocks {
  readonly blocks: readonly string[];
  /** Of each block with everything editorial taken out (editorial.ts); 32 hex digits each. */
  readonly substance: readonly string[];
}

/** A chapter as the report's hash sees it. */
export interface SignedChapter extends SignedBlocks {
  readonly node: NodeId;
  /** Of kind, heading and form; 32 hex digits. */
  readonly heading: string;
  /** Of the node's id, the heading and every block in order; 64 hex digits. */
  readonly hash: string;
}

/** An outline node as it is signed. */
export interface SignedNode {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly heading: string;
  readonly form: HeadingForm;
  readonly parent: NodeId | null;
}

/** The blocks of a chapter, from the living text. Total: unknown kinds, keys and embeds are kept by their values. */
export function canonicalBlocks(text: Y.Text): CanonicalBlock[] {
  const blocks: CanonicalBlock[] = [];
  const attributes = new Map<string, unknown>();
  let runs: CanonicalRun[] = [];
  let marks: readonly string[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      applyFormat(attributes, content);
      marks = marksIn(attributes);
    } else if (content instanceof Y.ContentString) {
      pushText(runs, content.str, marks);
    } else if (content instanceof Y.ContentType && isMarker(content.type)) {
      // What is left of a deleted block is not shown while nothing stands in it.
      if (runs.length === 0 && isGone(content.type)) continue;
      blocks.push(blockOf(lineOf(content.type), runs));
      runs = [];
    } else {
      for (const value of content.getContent()) runs.push({ embed: canonicalValue(value), marks });
    }
  }
  if (runs.length > 0) blocks.push(blockOf(PLAIN_LINE, runs));
  return blocks;
}

function pushText(runs: CanonicalRun[], text: string, marks: readonly string[]): void {
  const last = runs.at(-1);
  if (last !== undefined && 'text' in last && sameMarks(last.marks, marks)) runs[runs.length - 1] = { text: last.text + text, marks };
  else if (text !== '') runs.push({ text, marks });
}

function sameMarks(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((mark, index) => mark === other[index]));
}

/** Known marks by name, in the schema's order; then unknown format keys with their values, sorted. */
function marksIn(attributes: ReadonlyMap<string, unknown>): readonly string[] {
  const known = new Set<string>();
  const unknown: string[] = [];
  for (const [key, value] of attributes) {
    const name = markOfKey(key);
    if (name === null) unknown.push(`?${canonicalJson([key, canonicalValue(value)])}`);
    else if (value !== null && value !== false) known.add(name);
  }
  return [...MARK_NAMES.filter((name) => known.has(name)), ...unknown.sort()];
}

function blockOf(line: Line, runs: readonly CanonicalRun[]): CanonicalBlock {
  const { align, extra, level, list, indent, kind } = line.attrs;
  // Where a block was moved from or to is told by ids: that it was moved is history, not text.
  const attrs: Record<string, Canonical> = {};
  if (align !== null) attrs['align'] = align;
  if (extra !== null) attrs['extra'] = canonicalValue(extra);
  if (line.type === 'heading' && level !== undefined) attrs['level'] = level;
  if (line.type === 'listLine') {
    attrs['list'] = list ?? 'bullet';
    if (indent !== undefined && indent !== 0) attrs['indent'] = indent;
  }
  if (line.type === 'unknownLine') attrs['kind'] = kind ?? '';
  return { kind: line.type, attrs, runs };
}

/** A stored value without its identity: Yjs types by what they hold, bytes as hex. Anything else has no place in a text and counts as null. */
export function canonicalValue(value: unknown): Canonical {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value instanceof Uint8Array) return { bytes: toHex(value) };
  if (Array.isArray(value)) return value.map(canonicalValue);
  if (value instanceof Y.Map) {
    const entries = [...value.entries()].filter(([key]) => key !== 'moved' && key !== 'movedFrom');
    return { map: Object.fromEntries(entries.map(([key, item]): [string, Canonical] => [key, canonicalValue(item)])) };
  }
  if (value instanceof Y.Array) return { list: value.toArray().map(canonicalValue) };
  if (value instanceof Y.Text) return { blocks: canonicalBlocks(value).map(asValue) };
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]): [string, Canonical] => [key, canonicalValue(item)]));
  return null;
}

/** A block as the value that is hashed: `[kind, attrs, [[text, marks] | {embed, marks} …]]`. */
export function asValue({ kind, attrs, runs }: CanonicalBlock): Canonical {
  return [kind, attrs, runs.map((run): Canonical => ('text' in run ? [run.text, run.marks] : { embed: run.embed, marks: run.marks }))];
}

/** One spelling for one value: keys sorted by code unit, no white space. */
export function canonicalJson(value: Canonical): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(',')}}`;
}

function isList(value: readonly Canonical[] | { readonly [key: string]: Canonical }): value is readonly Canonical[] {
  return Array.isArray(value);
}

/** SHA-256 of a value's one spelling; 64 hex digits. */
export function hashOf(value: Canonical): string {
  return toHex(digest(encodeUtf8(canonicalJson(value))));
}

const BLOCK_DIGITS = 32;

/** @returns both lists, of the same length, in the order of the blocks */
export function signedBlocks(text: Y.Text): SignedBlocks {
  const blocks = canonicalBlocks(text);
  return {
    blocks: blocks.map((block) => hashOf(asValue(block)).slice(0, BLOCK_DIGITS)),
    substance: blocks.map((block) => hashOf(asValue(substanceOfBlock(block))).slice(0, BLOCK_DIGITS)),
  };
}

/** A chapter's hash covers its heading and every block in order; a part has no blocks. */
export function signedChapter({ id, kind, heading, form }: SignedNode, { blocks, substance }: SignedBlocks): SignedChapter {
  const line = hashOf([kind, heading, form]).slice(0, BLOCK_DIGITS);
  return { node: id, heading: line, blocks, substance, hash: hashOf(['gongbi-chapter-1', id, line, blocks]) };
}

/** What a report is besides its chapters' texts. */
export interface SignedFrame {
  readonly title: string;
  /** By field; fields that are not filled in are left out. */
  readonly particulars: { readonly [field: string]: string | readonly string[] };
}

/** The report's hash: title, particulars, and the outline in order with each chapter's hash. */
export function reportHash(frame: SignedFrame, nodes: readonly SignedNode[], chapters: ReadonlyMap<NodeId, string>): string {
  const outline = nodes.map(
    ({ id, kind, heading, form, parent }): Canonical => [id, kind, heading, form, parent, chapters.get(id) ?? null],
  );
  return hashOf(['gongbi-report-1', frame.title, frame.particulars, outline]);
}

/** Title, particulars and the order of the outline: what no chapter's hash holds. */
export function frameHash(frame: SignedFrame, nodes: readonly SignedNode[]): string {
  return hashOf(['gongbi-frame-1', frame.title, frame.particulars, nodes.map(({ id, parent }): Canonical => [id, parent])]);
}

function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
