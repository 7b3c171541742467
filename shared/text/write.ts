import type { Mark, Node as PMNode } from '@tiptap/pm/model';
import { Mark as MarkClass } from '@tiptap/pm/model';
import type { Step } from '@tiptap/pm/transform';
import * as Y from 'yjs';
import { attributeRuns, attributesAt } from './attributes.ts';
import { changedRanges } from './changed-ranges.ts';
import type { Attributes } from './formats.ts';
import { freshKey, keysOf, markOfKey } from './formats.ts';
import type { Marker } from './marker.ts';
import { isGone, lineOf, looksLike, markerFor, markerKey, patchMarker } from './marker.ts';
import { blockOfToken, blockStarts, tokenAt, yjsIndexOf } from './positions.ts';
import type { Layout, Rendered } from './render.ts';
import { layoutOf } from './render.ts';
import type { MarkName } from './schema.ts';
import { MARK_NAMES } from './schema.ts';
import type { DocToken, Edit } from './tokens.ts';
import { diffTokens, tokensOf } from './tokens.ts';

export interface Written {
  /** Where the blocks stand now. */
  readonly layout: Layout;
  /** The text does not render exactly to the new document (a copied embed got an identity of its own): compare and show the difference. */
  readonly differs: boolean;
}

/** A stretch of the text, in Yjs indices, or the line whose look is changed. */
export type WritePlace = { readonly from: number; readonly to: number } | { readonly marker: Marker };

/**
 * Stands between the writer and a fork (shared/suggestions): runs each operation under the client id of a lane, in a transaction of its own.
 * Lines are then deleted with their ends and nothing is noted on lines that stay, so that all of an operation can be taken back by ids.
 */
export interface Lanes {
  run(place: WritePlace, write: () => void): void;
  /** What is written inside belongs together. */
  group(act: () => void): void;
}

type Runner = Pick<Lanes, 'run'>;

/**
 * Writes what local steps changed, as minimal operations on `text`. Call it inside one `transact`, but not with lanes.
 * @param before the text as rendered, before the steps
 * @param after the document after them
 */
export function writeChanges(text: Y.Text, before: Rendered, after: PMNode, steps: readonly Step[], lanes: Runner | null = null): Written {
  const edits = editsOf(before.doc, after, steps);
  if (edits.length === 0) return { layout: before, differs: false };
  return new Writer(text, before, lanes).write(edits);
}

/** The edits that lead from one document to the other, ascending. */
export function editsOf(before: PMNode, after: PMNode, steps: readonly Step[]): Edit[] {
  const edits: Edit[] = [];
  const oldStarts = blockStarts(before);
  const newStarts = blockStarts(after);
  const ranges = changedRanges(before, steps, after).map(({ oldFrom, oldTo, newFrom, newTo }) => ({
    oldFrom: tokenAt(before, oldFrom),
    oldTo: tokenAt(before, oldTo),
    newFrom: tokenAt(after, newFrom),
    newTo: tokenAt(after, newTo),
  }));
  ranges.forEach((range, index) => {
    const { oldFrom, newFrom } = range;
    let { oldTo, newTo } = range;
    const oldBlock = blockOfToken(oldStarts, oldTo);
    const newBlock = blockOfToken(newStarts, newTo);
    const oldEnd = (oldStarts[oldBlock + 1] ?? 0) - 1;
    const newEnd = (newStarts[newBlock + 1] ?? 0) - 1;
    const bothAtEnd = oldTo === oldEnd && newTo === newEnd;
    if (bothAtEnd) {
      oldTo += 1;
      newTo += 1;
    }
    edits.push(...diffTokens(tokensOf(before, oldFrom, oldTo), tokensOf(after, newFrom, newTo), oldFrom));
    const next = ranges[index + 1];
    if (!bothAtEnd && oldBlock < before.childCount && newBlock < after.childCount && (next === undefined || next.oldFrom > oldEnd)) {
      const one = before.child(oldBlock);
      const other = after.child(newBlock);
      if (!one.hasMarkup(other.type, other.attrs)) edits.push({ kind: 'relook', at: oldEnd, before: one, after: other });
    }
  });
  return edits;
}

/** A block that came or went whole; used to recognise a move. */
interface WholeBlock {
  readonly marker: Marker;
  readonly block: PMNode;
}

class Writer {
  private readonly text: Y.Text;
  private readonly starts: readonly number[];
  private readonly doc: PMNode;
  private layout: Layout;
  private readonly fresh = new Map<MarkName, string>();
  private readonly gone: WholeBlock[] = [];
  private readonly come: WholeBlock[] = [];
  /** Blocks that keep their marker and whose words changed. */
  private readonly touched = new Set<number>();
  private readonly removed = new Set<number>();
  private restructured = false;
  private differs = false;

  private readonly lanes: Runner | null;

  constructor(text: Y.Text, before: Rendered, lanes: Runner | null) {
    this.text = text;
    this.lanes = lanes;
    this.doc = before.doc;
    this.starts = blockStarts(before.doc);
    this.layout = before;
  }

  write(edits: readonly Edit[]): Written {
    if (this.layout.virtual) this.run({ from: this.text.length, to: this.text.length }, () => this.materialise());
    const formats = this.formatsOf(edits);
    // From last to first, so that indices counted in the old text stay true.
    for (const edit of [...edits].reverse()) {
      if (edit.kind === 'replace') {
        const place = { from: this.indexOf(edit.at), to: this.indexOf(edit.at + edit.deleted) };
        this.run(place, () => this.replace(edit));
      } else if (edit.kind === 'relook') this.relook(edit);
      else this.format(formats.get(edit) ?? []);
    }
    if (this.lanes === null) {
      this.linkMoves();
      this.adopt();
    } else if (this.touchedGone().length > 0) {
      // A deleted block that was worked in and is empty again is not shown: a fork notes nothing on lines that stay.
      this.differs = true;
    }
    return { layout: this.restructured ? layoutOf(this.text) : this.layout, differs: this.differs };
  }

  private run(place: WritePlace, write: () => void): void {
    if (this.lanes === null) write();
    else this.lanes.run(place, write);
  }

  /** Gives the trailing text its marker. */
  private materialise(): void {
    const marker: Marker = new Y.Map();
    this.insertEmbed(this.text.length, marker, attributesAt(this.text, this.text.length).left);
    this.layout = {
      markers: [...this.layout.markers, marker],
      hidden: [...this.layout.hidden, this.layout.hidden.at(-1) ?? 0],
      virtual: false,
    };
  }

  private indexOf(token: number): number {
    return yjsIndexOf(this.layout, blockOfToken(this.starts, token), token);
  }

  private replace({ at, deleted, inserted }: Edit & { kind: 'replace' }): void {
    const end = at + deleted;
    const block = blockOfToken(this.starts, at);
    const startsBlock = at === this.starts[block];
    if (inserted.length > 0) this.insert(at, end, inserted, startsBlock);
    if (deleted > 0) {
      if (startsBlock && this.lanes === null) this.deleteFromStart(at, end, block);
      else this.deleteInside(at, end, block);
    }
    const endBlock = blockOfToken(this.starts, end);
    const last = inserted[inserted.length - 1];
    if (!startsBlock) this.touched.add(block);
    if (!startsBlock || this.starts[endBlock]! < end || (last !== undefined && !('block' in last))) this.touched.add(endBlock);
  }

  /** A deletion behind words that stay: the ends in it are joins. Markers of long deleted blocks between them go as well. */
  private deleteInside(at: number, end: number, block: number): void {
    const from = this.indexOf(at);
    const to = this.indexOf(end);
    this.text.delete(from, to - from);
    for (let index = block; this.starts[index + 1]! <= end; index += 1) {
      this.removed.add(index);
      this.restructured = true;
    }
  }

  /**
   * A deletion that begins with a block: whole blocks lose their words and keep a hidden marker, so that what a colleague is typing into
   * one of them keeps a paragraph of its own.
   */
  private deleteFromStart(at: number, end: number, block: number): void {
    let last = block;
    while (last + 1 < this.starts.length && this.starts[last + 1]! < end) last += 1;
    for (let index = last; index >= block; index -= 1) {
      const from = Math.max(at, this.starts[index]!);
      const endToken = this.starts[index + 1]! - 1;
      const to = Math.min(end, endToken);
      if (to > from) this.text.delete(yjsIndexOf(this.layout, index, from), to - from);
      if (endToken < end) {
        const marker = this.layout.markers[index]!;
        marker.set('gone', true);
        this.gone.unshift({ marker, block: this.doc.child(index) });
        this.removed.add(index);
        this.restructured = true;
      }
    }
  }

  private insert(at: number, end: number, inserted: readonly DocToken[], startsBlock: boolean): void {
    const rightToken = tokensOf(this.doc, end, end + 1)[0];
    const right = rightToken !== undefined && !('block' in rightToken);
    const leftToken = end > 0 ? tokensOf(this.doc, end - 1, end)[0] : undefined;
    let left: readonly Mark[] | null = leftToken === undefined || 'block' in leftToken ? null : leftToken.marks;
    if (startsBlock && end === at) left = null;
    let index = this.indexOf(end);
    let size = startsBlock ? 0 : Number.NEGATIVE_INFINITY;
    for (let from = 0; from < inserted.length; ) {
      const token = inserted[from]!;
      if ('block' in token) {
        const marker = markerFor(token.block);
        this.insertEmbed(index, marker, attributesAt(this.text, index).left);
        this.checkLook(marker, token.block);
        if (size === token.block.content.size) this.come.push({ marker, block: token.block });
        this.restructured = true;
        left = null;
        size = 0;
        index += 1;
        from += 1;
      } else if ('ref' in token) {
        const attributes = attributesAt(this.text, index);
        const same = left !== null && MarkClass.sameSet(left, token.marks);
        this.insertEmbed(
          index,
          this.copyOf(token.ref.key, token.ref.value),
          same ? attributes.left : this.explicit(index, token.marks, left !== null, right),
        );
        left = token.marks;
        size += 1;
        index += 1;
        from += 1;
      } else {
        let words = '';
        let next: DocToken | undefined = token;
        while (next !== undefined && 'unit' in next && MarkClass.sameSet(next.marks, token.marks)) {
          words += next.unit;
          from += 1;
          next = inserted[from];
        }
        // Typing behind text that is marked alike inherits its attributes: no format items, and concurrent unmarking reaches it.
        if (left !== null && MarkClass.sameSet(left, token.marks)) this.text.insert(index, words);
        else this.text.insert(index, words, this.explicit(index, token.marks, left !== null, right));
        left = token.marks;
        size += words.length;
        index += words.length;
      }
    }
  }

  private insertEmbed(index: number, embed: unknown, attributes: Attributes): void {
    this.text.insertEmbed(index, embed as object, { ...attributes });
  }

  /** A Yjs type cannot stand in two places: a copy gets an identity of its own. */
  private copyOf(key: string, value: unknown): unknown {
    if (key.startsWith('embed:')) return value;
    this.differs = true;
    return value instanceof Y.AbstractType ? value.clone() : { copied: value ?? null };
  }

  /** Attributes that amount to `marks`, with the keys of a neighbour in the same line where it has them. */
  private explicit(index: number, marks: readonly Mark[], sameLineLeft: boolean, sameLineRight: boolean): Record<string, unknown> {
    const { left, right } = attributesAt(this.text, index);
    const attributes: Record<string, unknown> = {};
    if (sameLineLeft) for (const [key, value] of Object.entries(left)) if (markOfKey(key) === null) attributes[key] = value;
    for (const name of MARK_NAMES) {
      if (!marks.some((mark) => mark.type.name === name)) continue;
      const beside = sameLineRight ? keysOf(name, right) : [];
      const before = sameLineLeft ? keysOf(name, left) : [];
      const keys = beside.length > 0 ? beside : before.length > 0 ? before : [this.freshKey(name)];
      for (const key of keys) attributes[key] = true;
    }
    return attributes;
  }

  private freshKey(name: MarkName): string {
    const key = this.fresh.get(name) ?? freshKey(name, this.text.doc!);
    this.fresh.set(name, key);
    return key;
  }

  private relook({ at, before, after }: Edit & { kind: 'relook' }): void {
    const marker = this.layout.markers[blockOfToken(this.starts, at)];
    if (marker === undefined) return;
    this.run({ marker }, () => patchMarker(marker, before, after));
    this.checkLook(marker, after);
  }

  /** A key that means nothing on one kind of block may mean something on another: what was carried over may look otherwise. */
  private checkLook(marker: Marker, block: PMNode): void {
    if (!looksLike(block, lineOf(marker), block.type.schema)) this.differs = true;
  }

  private format(runs: readonly FormatRun[]): void {
    for (const { index, length, patch } of [...runs].reverse()) {
      this.run({ from: index, to: index + length }, () => this.text.format(index, length, patch));
    }
  }

  /** The format operations of all restyle edits; neighbouring lines that change alike become one operation. */
  private formatsOf(edits: readonly Edit[]): Map<Edit, FormatRun[]> {
    const formats = new Map<Edit, FormatRun[]>();
    let last: FormatRun | null = null;
    for (const edit of edits) {
      if (edit.kind === 'replace') last = null;
      if (edit.kind !== 'restyle') continue;
      const from = this.indexOf(edit.at);
      const own: FormatRun[] = [];
      formats.set(edit, own);
      for (const run of attributeRuns(this.text, from, from + edit.length)) {
        const patch = this.patchOf(run.attributes, edit.marks);
        const patchText = JSON.stringify(patch);
        if (patchText === '{}') continue;
        const reach: number = last === null ? -1 : last.index + last.length;
        if (last !== null && last.patchText === patchText && (reach === run.from || (reach + 1 === run.from && own.length === 0))) {
          last.length = run.to - last.index;
        } else {
          last = { index: run.from, length: run.to - run.from, patch, patchText };
          own.push(last);
        }
      }
    }
    return formats;
  }

  private patchOf(attributes: Attributes, marks: readonly Mark[]): Record<string, true | null> {
    const patch: Record<string, true | null> = {};
    for (const name of MARK_NAMES) {
      const wanted = marks.some((mark) => mark.type.name === name);
      const keys = keysOf(name, attributes);
      if (wanted && keys.length === 0) patch[this.freshKey(name)] = true;
      if (!wanted) for (const key of keys) patch[key] = null;
    }
    return patch;
  }

  /** A block that went and came in one act was moved: both markers say so (Yjs has no move). */
  private linkMoves(): void {
    for (const { marker, block } of this.gone) {
      if (block.content.size === 0) continue;
      const found = this.come.findIndex((other) => other.block.content.eq(block.content));
      if (found < 0) continue;
      const [target] = this.come.splice(found, 1);
      marker.set('moved', markerKey(marker));
      target!.marker.set('movedFrom', markerKey(marker));
    }
  }

  /** Somebody works in a block that was deleted: it is an ordinary block again, even when emptied. */
  private adopt(): void {
    for (const marker of this.touchedGone()) marker.delete('gone');
  }

  private touchedGone(): Marker[] {
    return [...this.touched].flatMap((block) => {
      const marker = this.removed.has(block) ? undefined : this.layout.markers[block];
      return marker !== undefined && isGone(marker) ? [marker] : [];
    });
  }
}

interface FormatRun {
  readonly index: number;
  length: number;
  readonly patch: Record<string, true | null>;
  readonly patchText: string;
}
