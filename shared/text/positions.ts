import type { Node as PMNode } from '@tiptap/pm/model';
import type { Layout } from './render.ts';

/**
 * Positions. A ProseMirror position counts a block's opening and closing; a token index counts the block's units and its marker only, so
 * the opening has width 0 and the closing is the marker. A Yjs index counts the hidden markers as well.
 *
 * position ⇄ token index: inside block k `token = position - 1 - k`, between blocks (before block k) `token = position - k`. The way back
 * always gives a position inside a line.
 */

/** Token index of a position; both sides of a block's opening give the same. */
export function tokenAt(doc: PMNode, position: number): number {
  const $position = doc.resolve(position);
  return position - $position.index(0) - ($position.depth > 0 ? 1 : 0);
}

/** Number of tokens of a document; the end of a virtual block counts. */
export function tokenCount(doc: PMNode): number {
  return doc.content.size - doc.childCount;
}

/** Token index at which each block's text starts; one more entry for the end. */
export function blockStarts(doc: PMNode): number[] {
  const starts = [0];
  doc.forEach((block) => {
    starts.push(starts[starts.length - 1]! + block.content.size + 1);
  });
  return starts;
}

/** The block in whose text (or at whose end) a token stands. At or past the end of the document: the number of blocks. */
export function blockOfToken(starts: readonly number[], token: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= token) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface TokenPlace {
  /** The block in which the position lies. */
  readonly block: number;
  /** Position inside that block. */
  readonly position: number;
  /** Units of the block before it. */
  readonly offset: number;
}

/** Position of a token index, inside a line; past the end of the document it is the end of the last line. */
export function placeOfToken(doc: PMNode, token: number): TokenPlace {
  let left = token;
  let before = 0;
  for (let block = 0; block < doc.childCount; block += 1) {
    const { content, nodeSize } = doc.child(block);
    if (left <= content.size) return { block, position: before + 1 + left, offset: left };
    left -= content.size + 1;
    before += nodeSize;
  }
  const last = doc.lastChild!;
  return { block: doc.childCount - 1, position: before - 1, offset: last.content.size };
}

/** Position between blocks, right before block `index`. */
export function positionBefore(doc: PMNode, index: number): number {
  let position = 0;
  for (let block = 0; block < index; block += 1) position += doc.child(block).nodeSize;
  return position;
}

/** Yjs index of a token that stands in block `block`. */
export function yjsIndexOf(layout: Layout, block: number, token: number): number {
  return token + layout.hidden[Math.min(block, layout.hidden.length - 1)]!;
}

/** Yjs index of a position of the rendered document. */
export function yjsIndexAt(doc: PMNode, layout: Layout, position: number): number {
  const token = tokenAt(doc, position);
  return yjsIndexOf(layout, doc.resolve(position).index(0), token);
}

/** Position of a Yjs index; an index among hidden markers gives the start of the block behind them. */
export function positionOfYjsIndex(doc: PMNode, layout: Layout, index: number): number {
  let token = 0;
  for (let block = 0; block < doc.childCount; block += 1) {
    const size = doc.child(block).content.size;
    const hidden = layout.hidden[Math.min(block, layout.hidden.length - 1)]!;
    const offset = index - hidden - token;
    if (offset <= size) return placeOfToken(doc, token + Math.max(0, offset)).position;
    token += size + 1;
  }
  return doc.content.size - 1;
}
