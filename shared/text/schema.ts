import type { DOMOutputSpec, MarkSpec, NodeSpec, Node as PMNode } from '@tiptap/pm/model';
import { Schema } from '@tiptap/pm/model';

/**
 * The chapter schema: what a chapter's text may look like on a screen. Plain specs, so that the editor's extensions, the server's
 * exports and the tests share one source. The stored form is the flat `Y.Text` that render.ts describes.
 */

/** Levels that live inside a chapter (1. and （1）); the levels above are the outline's. */
export type HeadingLevel = 3 | 4;
export type ListKind = 'bullet' | 'ordered';
export type Align = 'left' | 'center' | 'right' | 'justify';
export const ALIGNMENTS: readonly Align[] = ['left', 'center', 'right', 'justify'];
export const MAX_INDENT = 8;

/** The marks a person can set. Their order is the order of nesting on the page. */
export const MARK_NAMES = ['bold', 'italic', 'underline'] as const;
export type MarkName = (typeof MARK_NAMES)[number];

/**
 * What stands for an embed that this version does not know: its `value` is kept verbatim and never looked into; two atoms are the same
 * when their keys are. The value is not enumerable, so that comparing attributes never walks into a Yjs type.
 */
export interface EmbedRef {
  readonly key: string;
  readonly value: unknown;
}

export function embedRef(key: string, value: unknown): EmbedRef {
  return Object.defineProperty({ key } as { key: string; value: unknown }, 'value', { value, enumerable: false });
}

/** Attributes of every block. */
export interface LineAttrs {
  readonly align: Align | null;
  /** Set on what remains at a paragraph's old place: the key under which the new place can be found (moved.ts). */
  readonly moved: string | null;
  /** Keys of the block's marker that this version does not know, verbatim. */
  readonly extra: Readonly<Record<string, unknown>> | null;
}

const lineAttrs = { align: { default: null }, moved: { default: null }, extra: { default: null } };

/** The part of an HTML element that the parse rules read; this folder knows no DOM. */
interface ElementLike {
  readonly style: { readonly textAlign: string; readonly fontWeight: string; readonly fontStyle: string };
  readonly dataset: { readonly [name: string]: string | undefined };
  getAttribute(name: string): string | null;
}

function alignOf(dom: ElementLike): Align | null {
  const value = dom.style.textAlign || dom.getAttribute('align') || '';
  return ALIGNMENTS.find((align) => align === value) ?? null;
}

const readAlign = (dom: ElementLike) => ({ align: alignOf(dom) });

function lineDom(tag: string, node: PMNode, own: Record<string, string> = {}): DOMOutputSpec {
  const align = node.attrs['align'] as Align | null;
  return [tag, { ...own, ...(align === null ? {} : { style: `text-align: ${align}` }) }, 0];
}

/** Number clamped into [low, high]; `fallback` for anything that is no finite number. */
export function clamp(value: unknown, low: number, high: number, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(high, Math.max(low, Math.trunc(value))) : fallback;
}

export const chapterNodes = {
  doc: { content: 'block+' },
  paragraph: {
    content: 'inline*',
    group: 'block',
    attrs: lineAttrs,
    parseDOM: [{ tag: 'p', getAttrs: readAlign }],
    toDOM: (node) => lineDom('p', node),
  },
  heading: {
    content: 'inline*',
    group: 'block',
    defining: true,
    attrs: { ...lineAttrs, level: { default: 3 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
      tag: `h${level}`,
      getAttrs: (dom: ElementLike) => ({ ...readAlign(dom), level: level < 4 ? 3 : 4 }),
    })),
    toDOM: (node) => lineDom(`h${node.attrs['level'] as number}`, node),
  },
  /** A list is a run of such lines; its numbers follow from their place and are never stored. */
  listLine: {
    content: 'inline*',
    group: 'block',
    attrs: { ...lineAttrs, list: { default: 'bullet' }, indent: { default: 0 } },
    parseDOM: [
      {
        tag: 'p[data-list]',
        priority: 60,
        getAttrs: (dom: ElementLike) => ({
          ...readAlign(dom),
          list: dom.dataset['list'] === 'ordered' ? 'ordered' : 'bullet',
          indent: clamp(Number(dom.dataset['indent']), 0, MAX_INDENT, 0),
        }),
      },
    ],
    toDOM: (node) => lineDom('p', node, { 'data-list': String(node.attrs['list']), 'data-indent': String(node.attrs['indent']) }),
  },
  /** A kind of block that a later version wrote: shown grey, its text can be edited, its kind is kept. */
  unknownLine: {
    content: 'inline*',
    group: 'block',
    attrs: { ...lineAttrs, kind: { default: '' } },
    parseDOM: [
      {
        tag: 'p[data-kind]',
        priority: 60,
        getAttrs: (dom: ElementLike) => ({ ...readAlign(dom), kind: dom.dataset['kind'] ?? '' }),
      },
    ],
    toDOM: (node) => lineDom('p', node, { 'data-kind': String(node.attrs['kind']) }),
  },
  text: { group: 'inline' },
  hardBreak: {
    inline: true,
    group: 'inline',
    selectable: false,
    linebreakReplacement: true,
    leafText: () => '\n',
    parseDOM: [{ tag: 'br' }],
    toDOM: (): DOMOutputSpec => ['br'],
  },
  /** An embed that this version does not know. Holds its place; tables and images get theirs here later. */
  opaque: {
    inline: true,
    group: 'inline',
    atom: true,
    attrs: { ref: { default: embedRef('', null) } },
    toDOM: (): DOMOutputSpec => ['span', { class: 'opaque', contenteditable: 'false' }, '▯'],
  },
} satisfies Record<string, NodeSpec>;

export const chapterMarks = {
  bold: {
    parseDOM: [
      { tag: 'strong' },
      { tag: 'b', getAttrs: (dom: ElementLike) => dom.style.fontWeight !== 'normal' && null },
      { style: 'font-weight=400', clearMark: (mark) => mark.type.name === 'bold' },
      { style: 'font-weight', getAttrs: (value: string) => /^(bold(er)?|[5-9]\d{2,})$/.test(value) && null },
    ],
    toDOM: (): DOMOutputSpec => ['strong', 0],
  },
  italic: {
    parseDOM: [
      { tag: 'em' },
      { tag: 'i', getAttrs: (dom: ElementLike) => dom.style.fontStyle !== 'normal' && null },
      { style: 'font-style=normal', clearMark: (mark) => mark.type.name === 'italic' },
      { style: 'font-style=italic' },
    ],
    toDOM: (): DOMOutputSpec => ['em', 0],
  },
  underline: {
    parseDOM: [{ tag: 'u' }, { style: 'text-decoration=underline' }, { style: 'text-decoration-line=underline' }],
    toDOM: (): DOMOutputSpec => ['u', 0],
  },
} satisfies Record<MarkName, MarkSpec>;

/** The one schema, made from the specs above. An editor may be built on a schema of its own made from the same specs. */
export const chapterSchema = new Schema({ nodes: chapterNodes, marks: chapterMarks });
