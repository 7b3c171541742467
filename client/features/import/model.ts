import type { ImportNode, ImportPreview } from '../../../shared/api.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { proveComplete } from '../../../shared/importing/complete.ts';
import { numbersOf } from '../../../shared/outline/numbering.ts';
import type { Outline } from '../../../shared/outline/outline.ts';
import { type PassagePlace, passagePlace } from '../outline/index.ts';

/** What stands in the preview's tree, line by line. */
export interface PreviewRow {
  readonly key: string;
  readonly kind: 'title' | 'part' | 'chapter' | 'text' | 'heading3' | 'heading4';
  readonly depth: 0 | 1 | 2;
  /** 1-based source line. */
  readonly line: number;
  /** Derived from the place, as it will be shown. */
  readonly number: string;
  readonly text: string;
  /** Only on a `text` row: what stands under its heading. */
  readonly figures: { readonly characters: number; readonly blanks: number } | null;
  readonly passage: PassagePlace | null;
  readonly splitFromHeading: boolean;
  /** Was guessed and wants a look. */
  readonly ask: boolean;
}

/** Lines that the person should look at: a passage was guessed or a level skipped there. */
export function linesToLookAt(preview: ImportPreview): ReadonlySet<number> {
  return new Set(preview.notes.filter((note) => ASKING.has(note.code)).flatMap((note) => note.lines));
}

/** Notes that want a look; the others say what was done by itself. */
export const ASKING: ReadonlySet<string> = new Set(['passage-guessed', 'level-skipped', 'one-line-split']);

export function previewRows(preview: ImportPreview): readonly PreviewRow[] {
  const outline = treeOf(preview.nodes);
  const numbers = numbersOf(outline);
  const look = linesToLookAt(preview);
  const rows: PreviewRow[] = [];
  if (preview.title !== '') rows.push(row('title', 'title', 0, titleLine(preview), preview.title));
  preview.nodes.forEach((node, index) => {
    const depth = node.parent === null ? 0 : 1;
    if (node.kind !== 'passage')
      rows.push({
        ...row(`heading-${index}`, node.kind, depth, node.line, node.heading),
        number: numbers.get(idOf(index)) ?? '',
        ask: look.has(node.line) && node.form === 'own-line',
      });
    rows.push(...textRows(node, index, look, outline));
  });
  return rows;
}

function row(key: string, kind: PreviewRow['kind'], depth: PreviewRow['depth'], line: number, text: string): PreviewRow {
  return { key, kind, depth, line, number: '', text, figures: null, passage: null, splitFromHeading: false, ask: false };
}

/** One row for the text under a heading, with its figures, then its own headings of the third and fourth level. */
function textRows(node: ImportNode, index: number, look: ReadonlySet<number>, outline: Tree): PreviewRow[] {
  const first = node.blocks.find((block) => block.kind === 'paragraph');
  const deeper = node.blocks
    .filter((block) => block.kind !== 'paragraph')
    .map((block, at) => row(`deep-${index}-${at}`, block.kind === 'heading3' ? 'heading3' : 'heading4', 2, block.line, block.text));
  if (first === undefined) return deeper;
  return [
    {
      ...row(`text-${index}`, 'text', 2, first.line, opening(first.text)),
      figures: { characters: node.characters, blanks: node.blanks },
      passage:
        node.kind === 'passage'
          ? passagePlace(outline, { id: idOf(index), parent: node.parent === null ? null : idOf(node.parent) })
          : null,
      splitFromHeading: node.form === 'run-in',
      ask: node.kind === 'passage' && look.has(node.line),
    },
    ...deeper,
  ];
}

/** The first sentence, or as much as a row may need. */
function opening(text: string): string {
  const end = text.indexOf('。');
  return [...text.slice(0, end === -1 ? undefined : end + 1)].slice(0, 60).join('');
}

function titleLine(preview: ImportPreview): number {
  const squeeze = (text: string) => text.replace(/\s+/gu, '');
  const title = squeeze(preview.title);
  const at = preview.lines.findIndex((line) => squeeze(line) !== '' && title.startsWith(squeeze(line)));
  return at + 1;
}

type Tree = Pick<Outline, 'nodes'>;

/** A node of the preview has no id yet: its place in the list stands for one. */
function idOf(index: number): NodeId {
  return `node${index}` as NodeId;
}

function treeOf(nodes: readonly ImportNode[]): Tree {
  return {
    nodes: nodes.map(({ kind, heading, form, parent }, index) => ({
      id: idOf(index),
      kind,
      heading,
      form,
      parent: parent === null ? null : idOf(parent),
    })),
  };
}

/** Title, numbers, headings and bodies, in order, are the source but for white space: compared here, not taken on trust. */
export function isExact(preview: ImportPreview): boolean {
  return proveComplete(preview, preview.lines.join('\n')).ok;
}

/** Where a run-in heading stands in its source line, for underlining: [from, to), or null. */
export function runInRange(node: ImportNode, source: string): readonly [number, number] | null {
  if (node.form !== 'run-in') return null;
  const at = source.indexOf(node.heading);
  return at === -1 ? null : [source.length - source.trimStart().length, at + node.heading.length];
}
