import type { Mark, Node as PMNode, Schema } from '@tiptap/pm/model';
import { Fragment, Mark as MarkClass, Slice } from '@tiptap/pm/model';
import type { Step } from '@tiptap/pm/transform';
import { ReplaceStep, Transform } from '@tiptap/pm/transform';
import * as Y from 'yjs';
import { applyFormat, marksOf } from './formats.ts';
import type { Marker } from './marker.ts';
import { isGone, isMarker, lineOf, looksLike, PLAIN_LINE } from './marker.ts';
import { placeOfToken, positionBefore } from './positions.ts';
import type { Layout, Piece, Rendered } from './render.ts';
import { embedsOf, inlineOf, lineNode, render } from './render.ts';

/** What a Yjs transaction changed, as steps on the document that was rendered before it. */
export interface Reading extends Rendered {
  readonly steps: readonly Step[];
}

/** The part of a Yjs transaction that tells what it added and deleted. */
export interface ChangeSet {
  adds(item: Y.Item): boolean;
  deletes(item: Y.Item): boolean;
}

export function changeSetOf(transaction: Y.Transaction): ChangeSet {
  return {
    adds: (item) => item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0),
    deletes: (item) => Y.isDeleted(transaction.deleteSet, item.id),
  };
}

/** A new token: something that stands in a line, or a block's end (null: the end of a virtual block). */
type Token = Piece | { readonly end: Marker | null };

/** Neighbouring insertions and deletions. `deleted` holds one entry a token: true for a block's end. */
interface Hunk {
  at: number;
  deleted: boolean[];
  inserted: Token[];
}

/**
 * Reads what a transaction changed in `text`, as minimal steps from `before`.
 *
 * A walk of our own over the items. `YTextEvent.delta` must not be used: its getter deletes format items that look redundant, so that
 * reading would write. Must be called while the transaction's observers run (items that it deleted still hold their content).
 * @param touched the marker maps whose keys changed
 */
export function readChanges(text: Y.Text, changes: ChangeSet, touched: ReadonlySet<unknown>, before: Rendered, schema: Schema): Reading {
  const reader = new Reader(before, schema);
  const { adds, deletes } = changes;
  for (let item = text._start; item !== null; item = item.right) {
    const { content, deleted } = item;
    const was = !adds(item) && (!deleted || deletes(item));
    if (deleted && !was) continue;
    if (content instanceof Y.ContentFormat) reader.format(content, was, !deleted);
    else if (content instanceof Y.ContentString) reader.text(content.str, was, !deleted);
    else if (content instanceof Y.ContentType && isMarker(content.type)) reader.marker(content.type, was, !deleted);
    else if (item.countable) reader.embeds(item, was, !deleted);
  }
  return reader.finish(touched);
}

/**
 * Steps from one document to what the text renders to now, by comparing the two. For the rare case that the changes themselves are not
 * known (an embed changed into a marker, or somebody wrote inside another's observer).
 */
export function readByComparing(text: Y.Text, before: PMNode, schema: Schema): Reading {
  const now = render(text, schema);
  const transform = new Transform(before);
  const start = before.content.findDiffStart(now.doc.content);
  if (start !== null) {
    const end = before.content.findDiffEnd(now.doc.content)!;
    const first = before.resolve(start).index(0);
    const overlap = Math.max(0, start - Math.min(end.a, end.b));
    const lastOld = before.resolve(Math.min(end.a + overlap, before.content.size));
    const lastNew = now.doc.resolve(Math.min(end.b + overlap, now.doc.content.size));
    const oldEnd = lastOld.depth > 0 ? lastOld.after(1) : lastOld.pos;
    const newEnd = lastNew.depth > 0 ? lastNew.after(1) : lastNew.pos;
    const from = positionBefore(before, first);
    transform.step(new ReplaceStep(from, oldEnd, now.doc.slice(from, newEnd)));
  }
  return { ...now, steps: transform.steps };
}

/** As `readByComparing`, but a difference inside one line is a step inside that line: an editor keeps its caret and its composition. */
export function readClosely(text: Y.Text, before: PMNode, schema: Schema): Reading {
  const now = render(text, schema);
  const start = before.content.findDiffStart(now.doc.content);
  if (start === null) return { ...now, steps: [] };
  const end = before.content.findDiffEnd(now.doc.content)!;
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const [oldEnd, newEnd] = [end.a + overlap, end.b + overlap];
  const isInLine = (doc: PMNode, to: number) => {
    const $from = doc.resolve(start);
    return to <= doc.content.size && $from.depth === 1 && $from.sameParent(doc.resolve(to));
  };
  if (!isInLine(before, oldEnd) || !isInLine(now.doc, newEnd)) return readByComparing(text, before, schema);
  return { ...now, steps: [new ReplaceStep(start, oldEnd, now.doc.slice(start, newEnd))] };
}

class Reader {
  private readonly before: Layout;
  private readonly schema: Schema;
  private readonly transform: Transform;
  private readonly markers: Marker[] = [];
  private readonly hidden: number[] = [];
  /** Blocks whose look must be compared with their marker's. */
  private readonly suspects = new Set<number>();
  private readonly restyled: { from: number; to: number; old: readonly Mark[]; now: readonly Mark[] }[] = [];
  private readonly oldFormats = new Map<string, unknown>();
  private readonly newFormats = new Map<string, unknown>();
  private oldMarks: readonly Mark[] = [];
  private newMarks: readonly Mark[] = [];
  private hunk: Hunk | null = null;
  /** Tokens of the new document that were passed. */
  private token = 0;
  private oldEnds = 0;
  private concealed = 0;
  private lineIsEmpty = true;

  constructor(before: Rendered, schema: Schema) {
    this.before = before;
    this.schema = schema;
    this.transform = new Transform(before.doc);
  }

  format(content: Y.ContentFormat, was: boolean, is: boolean): void {
    if (was) {
      applyFormat(this.oldFormats, content);
      this.oldMarks = marksOf(this.oldFormats, this.schema);
    }
    if (is) {
      applyFormat(this.newFormats, content);
      this.newMarks = marksOf(this.newFormats, this.schema);
    }
  }

  text(text: string, was: boolean, is: boolean): void {
    if (is) this.lineIsEmpty = false;
    if (was && is) this.retain(text.length);
    else if (is) this.insert({ text, marks: this.newMarks }, text.length);
    else this.delete(text.length, false);
  }

  embeds(item: Y.Item, was: boolean, is: boolean): void {
    if (is) this.lineIsEmpty = false;
    if (was && is) this.retain(item.length);
    else if (is) for (const ref of embedsOf(item)) this.insert({ ref, marks: this.newMarks }, 1);
    else this.delete(item.length, false);
  }

  marker(marker: Marker, was: boolean, is: boolean): void {
    const wasShown = was && this.before.markers[this.oldEnds] === marker;
    if (wasShown) this.oldEnds += 1;
    const isShown = is && !(this.lineIsEmpty && isGone(marker));
    if (isShown) {
      this.markers.push(marker);
      this.hidden.push(this.concealed);
    } else if (is) {
      this.concealed += 1;
    }
    if (is) this.lineIsEmpty = true;
    this.end(marker, wasShown, isShown);
  }

  finish(touched: ReadonlySet<unknown>): Reading {
    this.hidden.push(this.concealed);
    const virtual = !this.lineIsEmpty || this.markers.length === 0;
    this.end(null, this.before.virtual, virtual);
    this.applyHunk();
    if (touched.size > 0) {
      for (const [block, marker] of this.markers.entries()) if (touched.has(marker)) this.suspects.add(block);
    }
    this.fixLines();
    for (const run of this.restyled) this.restyle(run);
    return { doc: this.transform.doc, steps: this.transform.steps, markers: this.markers, hidden: this.hidden, virtual };
  }

  private end(marker: Marker | null, was: boolean, is: boolean): void {
    if (was && is) this.retain(1);
    else if (is) this.insert({ end: marker }, 1);
    else if (was) this.delete(1, true);
  }

  private retain(length: number): void {
    if (this.hunk !== null) this.applyHunk();
    if (!MarkClass.sameSet(this.oldMarks, this.newMarks)) {
      const last = this.restyled[this.restyled.length - 1];
      if (last !== undefined && last.to === this.token && last.old === this.oldMarks && last.now === this.newMarks) last.to += length;
      else this.restyled.push({ from: this.token, to: this.token + length, old: this.oldMarks, now: this.newMarks });
    }
    this.token += length;
  }

  private insert(token: Token, length: number): void {
    this.hunk ??= { at: this.token, deleted: [], inserted: [] };
    this.hunk.inserted.push(token);
    this.token += length;
  }

  private delete(length: number, isEnd: boolean): void {
    this.hunk ??= { at: this.token, deleted: [], inserted: [] };
    for (let count = 0; count < length; count += 1) this.hunk.deleted.push(isEnd);
  }

  /** Turns the open hunk into one step. Everything left of it is already as it will be. */
  private applyHunk(): void {
    if (this.hunk === null) return;
    const { at, deleted, inserted } = this.hunk;
    this.hunk = null;
    // A block's end that gives way to another at the same place: the block stays and only looks otherwise.
    let start = at;
    let tail = 0;
    if (deleted[deleted.length - 1] === true && endsWithEnd(inserted)) {
      deleted.pop();
      inserted.pop();
      tail = 1;
    } else if (deleted[0] === true && inserted.length > 0 && 'end' in inserted[0]!) {
      deleted.shift();
      inserted.shift();
      this.suspects.add(placeOfToken(this.transform.doc, start).block);
      start += 1;
    }
    const { doc } = this.transform;
    const first = placeOfToken(doc, start);
    if (deleted.length > 0 || inserted.length > 0) {
      const atBlockStart = first.offset === 0 || first.position === doc.content.size - 1;
      const wholeOut = deleted.length === 0 || deleted[deleted.length - 1] === true;
      const wholeIn = inserted.length === 0 || endsWithEnd(inserted);
      if (wholeOut && wholeIn && atBlockStart && this.replaceBlocks(start, deleted.length, inserted)) {
        // Whole blocks in and out: the neighbours keep their nodes.
      } else {
        this.replaceInline(start, deleted.length, inserted);
      }
    }
    const last = placeOfToken(this.transform.doc, this.token - tail).block;
    for (let block = first.block; block <= last; block += 1) this.suspects.add(block);
  }

  private replaceBlocks(start: number, length: number, inserted: readonly Token[]): boolean {
    const { doc } = this.transform;
    const from = borderAt(doc, start);
    const to = borderAt(doc, start + length);
    if (from === null || to === null) return false;
    const blocks = this.lines(inserted).slice(0, -1);
    this.transform.step(new ReplaceStep(from, to, new Slice(Fragment.fromArray(blocks), 0, 0)));
    return true;
  }

  private replaceInline(start: number, length: number, inserted: readonly Token[]): void {
    const { doc } = this.transform;
    const from = placeOfToken(doc, start).position;
    const to = placeOfToken(doc, start + length).position;
    const lines = this.lines(inserted);
    const slice = lines.length === 1 ? new Slice(lines[0]!.content, 0, 0) : new Slice(Fragment.fromArray(lines), 1, 1);
    this.transform.step(new ReplaceStep(from, to, slice));
  }

  /** The inserted tokens as lines; the last one is what follows the last end. */
  private lines(tokens: readonly Token[]): PMNode[] {
    const lines: PMNode[] = [];
    let pieces: Piece[] = [];
    for (const token of tokens) {
      if ('end' in token) {
        lines.push(lineNode(token.end === null ? PLAIN_LINE : lineOf(token.end), pieces, this.schema));
        pieces = [];
      } else {
        pieces.push(token);
      }
    }
    lines.push(this.schema.nodes['paragraph']!.create(null, inlineOf(pieces, this.schema)));
    return lines;
  }

  private fixLines(): void {
    for (const block of this.suspects) {
      const { doc } = this.transform;
      if (block >= doc.childCount) continue;
      const marker = this.markers[block];
      const line = marker === undefined ? PLAIN_LINE : lineOf(marker);
      const node = doc.child(block);
      if (!looksLike(node, line, this.schema)) {
        this.transform.setNodeMarkup(positionBefore(doc, block), this.schema.nodes[line.type]!, line.attrs);
      }
    }
  }

  private restyle({ from, to, old, now }: { from: number; to: number; old: readonly Mark[]; now: readonly Mark[] }): void {
    const start = placeOfToken(this.transform.doc, from).position;
    const end = placeOfToken(this.transform.doc, to).position;
    for (const mark of old) if (!mark.isInSet(now)) this.transform.removeMark(start, end, mark);
    for (const mark of now) if (!mark.isInSet(old)) this.transform.addMark(start, end, mark);
  }
}

function endsWithEnd(tokens: readonly Token[]): boolean {
  const last = tokens[tokens.length - 1];
  return last !== undefined && 'end' in last;
}

/** Position between blocks at a token that starts a block (or ends the document); null inside a line. */
function borderAt(doc: PMNode, token: number): number | null {
  let left = token;
  let border = 0;
  for (let block = 0; block < doc.childCount; block += 1) {
    if (left === 0) return border;
    left -= doc.child(block).content.size + 1;
    border += doc.child(block).nodeSize;
    if (left < 0) return null;
  }
  return left === 0 ? border : null;
}
