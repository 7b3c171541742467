import type { Mark, Node as PMNode, Schema } from '@tiptap/pm/model';
import { Fragment } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { applyFormat, marksOf } from './formats.ts';
import type { Line, Marker } from './marker.ts';
import { isGone, isMarker, lineOf, PLAIN_LINE } from './marker.ts';
import type { EmbedRef } from './schema.ts';
import { chapterSchema, embedRef } from './schema.ts';

/** Name of the one shared type of a chapter's Yjs document. */
export const ROOT_NAME = 't';
/** How a hard break is stored: one UTF-16 unit inside the text. Never typed or pasted (sanitize.ts). */
export const HARD_BREAK = '\u2028';

/**
 * Where the blocks of a rendered chapter stand in its `Y.Text`.
 *
 * The text is a row of tokens, each one unit long: a UTF-16 unit, an embed, and at the END of each block its marker. Markers at the end
 * and not at the start, because the commonest clash is one person appending to a paragraph while another presses Enter at its end: the
 * new block goes behind the marker and the words stay where they were written.
 */
export interface Layout {
  /** Marker of each block, in order; one short when `virtual`. */
  readonly markers: readonly Marker[];
  /** hidden[k] = markers of deleted blocks that stand before the text of block k; one more entry than markers, for the end. */
  readonly hidden: readonly number[];
  /** The last block has no marker: trailing text, or nothing at all. The next local edit gives it one. */
  readonly virtual: boolean;
}

export interface Rendered extends Layout {
  readonly doc: PMNode;
}

/** Something that stands in a line. Text may hold HARD_BREAK. */
export type Piece =
  | { readonly text: string; readonly marks: readonly Mark[] }
  | { readonly ref: EmbedRef; readonly marks: readonly Mark[] };

/**
 * The chapter as a document. Total: whatever is in the text is shown in some form (unknown kinds as `unknownLine`, unknown embeds as
 * `opaque`, unknown formats not at all), nothing is repaired and nothing is written.
 */
export function render(text: Y.Text, schema: Schema = chapterSchema): Rendered {
  const blocks: PMNode[] = [];
  const markers: Marker[] = [];
  const hidden: number[] = [];
  let concealed = 0;
  let pieces: Piece[] = [];
  const attributes = new Map<string, unknown>();
  let marks: readonly Mark[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      applyFormat(attributes, content);
      marks = marksOf(attributes, schema);
    } else if (content instanceof Y.ContentString) {
      pieces.push({ text: content.str, marks });
    } else if (content instanceof Y.ContentType && isMarker(content.type)) {
      if (pieces.length === 0 && isGone(content.type)) {
        concealed += 1;
        continue;
      }
      blocks.push(lineNode(lineOf(content.type), pieces, schema));
      markers.push(content.type);
      hidden.push(concealed);
      pieces = [];
    } else {
      for (const ref of embedsOf(item)) pieces.push({ ref, marks });
    }
  }
  hidden.push(concealed);
  const virtual = pieces.length > 0 || blocks.length === 0;
  if (virtual) blocks.push(lineNode(PLAIN_LINE, pieces, schema));
  return { doc: schema.topNodeType.create(null, blocks), markers, hidden, virtual };
}

/** The layout alone: the same walk without building a document. */
export function layoutOf(text: Y.Text): Layout {
  const markers: Marker[] = [];
  const hidden: number[] = [];
  let concealed = 0;
  let empty = true;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content } = item;
    if (!(content instanceof Y.ContentType && isMarker(content.type))) {
      empty = false;
    } else if (empty && isGone(content.type)) {
      concealed += 1;
    } else {
      markers.push(content.type);
      hidden.push(concealed);
      empty = true;
    }
  }
  hidden.push(concealed);
  return { markers, hidden, virtual: !empty || markers.length === 0 };
}

export function lineNode(line: Line, pieces: readonly Piece[], schema: Schema): PMNode {
  return schema.nodes[line.type]!.create(line.attrs, inlineOf(pieces, schema));
}

/** Inline content made of pieces; neighbours with equal marks become one text node. */
export function inlineOf(pieces: readonly Piece[], schema: Schema): Fragment {
  const nodes: PMNode[] = [];
  for (const piece of pieces) {
    if ('ref' in piece) {
      nodes.push(schema.nodes['opaque']!.create({ ref: piece.ref }, null, piece.marks));
      continue;
    }
    let first = true;
    for (const part of piece.text.split(HARD_BREAK)) {
      if (!first) nodes.push(schema.nodes['hardBreak']!.create(null, null, piece.marks));
      first = false;
      if (part !== '') nodes.push(schema.text(part, piece.marks));
    }
  }
  return Fragment.fromArray(nodes);
}

/** One reference for each unit of an embed item. */
export function embedsOf(item: Y.Item): EmbedRef[] {
  const { content } = item;
  if (content instanceof Y.ContentEmbed) return [embedRef(`embed:${JSON.stringify(content.embed)}`, content.embed)];
  if (content instanceof Y.ContentType) return [embedRef(`type:${item.id.client}.${item.id.clock}`, content.type)];
  const values = content.getContent();
  return Array.from({ length: item.length }, (_, at) => embedRef(`raw:${item.id.client}.${item.id.clock + at}`, values[at]));
}
