import type { ImportBlock, ImportNode, ImportPreview } from '../api.ts';
import type { HeadingForm, NodeKind } from '../outline/outline.ts';
import { withFigures } from './tree-figures.ts';

/** 1, 2: part and chapter. 3, 4: headings inside a chapter's text. */
export type HeadingLevel = 1 | 2 | 3 | 4;

/**
 * One paragraph of a recognised text with what it was taken for. A preview is a list of them in the order of the source, so whatever is
 * corrected, nothing can get lost or change places.
 */
export interface Piece {
  readonly role: 'title' | 'text' | HeadingLevel;
  /** Number as in the source, of a part or chapter; in the text itself everywhere else. */
  readonly number: string;
  readonly text: string;
  readonly form: HeadingForm;
  /** 1-based source line. */
  readonly line: number;
  /** Text that opens a passage of its own though a chapter stands above it: closing the part, or at the top. */
  readonly opens: null | 'in-part' | 'at-top';
}

/** The pieces of a recognised tree, in order. {@link treeOf} gives the tree back. */
export function piecesOf(preview: Pick<ImportPreview, 'title' | 'nodes' | 'lines'>): readonly Piece[] {
  const pieces: Piece[] = [];
  if (preview.title !== '') pieces.push({ ...text(preview.title, titleLine(preview)), role: 'title' });
  preview.nodes.forEach((node, index) => {
    const { kind, heading, form, sourceNumber: number, line, parent } = node;
    if (kind !== 'passage') pieces.push({ role: parent === null ? 1 : 2, number, text: heading, form, line, opens: null });
    // Text that stands first, or right under a part's heading, is a passage anyway.
    const opens = kind !== 'passage' || index === 0 || parent === index - 1 ? null : parent === null ? 'at-top' : 'in-part';
    node.blocks.forEach((block, at) => {
      pieces.push({ ...text(block.text, block.line), role: ROLES[block.kind], opens: at === 0 ? opens : null });
    });
  });
  return pieces;
}

const ROLES = { paragraph: 'text', heading3: 3, heading4: 4 } as const;
const KINDS = { text: 'paragraph', 3: 'heading3', 4: 'heading4' } as const;

/** A piece of plain text. */
export function text(words: string, line: number): Piece {
  return { role: 'text', number: '', text: words, form: 'own-line', line, opens: null };
}

/** Source line (1-based) on which the title begins; 0 where it stands on none. */
export function titleLine({ title, lines }: Pick<ImportPreview, 'title' | 'lines'>): number {
  const squeeze = (words: string) => words.replace(/\s+/gu, '');
  const bare = squeeze(title);
  return lines.findIndex((line) => squeeze(line) !== '' && bare.startsWith(squeeze(line))) + 1;
}

interface Growing {
  readonly kind: NodeKind;
  readonly parent: number | null;
  readonly heading: string;
  readonly form: HeadingForm;
  readonly sourceNumber: string;
  readonly line: number;
  readonly blocks: ImportBlock[];
}

/**
 * The tree that pieces make. A heading of the first level is a part when one of the second follows before the next of the first; one of the second
 * level without a part above it stands at the top; text with no chapter above it is a passage.
 */
export function treeOf(pieces: readonly Piece[]): { readonly title: string; readonly nodes: readonly ImportNode[] } {
  const nodes: Growing[] = [];
  let title = '';
  let part: number | null = null;
  let current: Growing | null = null;
  const add = (node: Omit<Growing, 'blocks'>): Growing => {
    const grown = { ...node, blocks: [] };
    nodes.push(grown);
    return grown;
  };
  for (const [index, piece] of pieces.entries()) {
    const { role, number: sourceNumber, text: heading, form, line, opens } = piece;
    if (role === 'title') {
      title = heading;
    } else if (role === 1 && opensPart(pieces, index)) {
      part = nodes.length;
      add({ kind: 'part', parent: null, heading, form, sourceNumber, line });
      current = null;
    } else if (role === 1 || role === 2) {
      if (role === 1) part = null;
      current = add({ kind: 'chapter', parent: part, heading, form, sourceNumber, line });
    } else {
      if (opens === 'at-top') part = null;
      if (current === null || opens !== null)
        current = add({ kind: 'passage', parent: part, heading: '', form: 'own-line', sourceNumber: '', line });
      current.blocks.push({ kind: KINDS[role], text: heading, line });
    }
  }
  return { title, nodes: nodes.map(withFigures) };
}

function opensPart(pieces: readonly Piece[], index: number): boolean {
  for (let at = index + 1; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece === undefined || piece.role === 1 || piece.opens === 'at-top') return false;
    if (piece.role === 2) return true;
  }
  return false;
}

/** Is there a part open where this piece stands? */
export function standsInPart(pieces: readonly Piece[], index: number): boolean {
  for (let at = index - 1; at >= 0; at -= 1) {
    if (pieces[at]?.opens === 'at-top') return false;
    if (pieces[at]?.role === 1) return opensPart(pieces, at);
  }
  return false;
}
