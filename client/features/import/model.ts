import type { ImportNode, ImportPreview } from '../../../shared/api.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { numbersOf } from '../../../shared/outline/numbering.ts';

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
  readonly passage: boolean;
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
  const numbers = numbersByPlace(preview.nodes);
  const look = linesToLookAt(preview);
  const rows: PreviewRow[] = [];
  if (preview.title !== '') rows.push(row('title', 'title', 0, titleLine(preview), preview.title));
  preview.nodes.forEach((node, index) => {
    const depth = node.parent === null ? 0 : 1;
    if (node.kind !== 'passage')
      rows.push({
        ...row(`heading-${index}`, node.kind, depth, node.line, node.heading),
        number: numbers[index] ?? '',
        ask: look.has(node.line) && node.form === 'own-line',
      });
    rows.push(...textRows(node, index, look));
  });
  return rows;
}

function row(key: string, kind: PreviewRow['kind'], depth: PreviewRow['depth'], line: number, text: string): PreviewRow {
  return { key, kind, depth, line, number: '', text, figures: null, passage: false, splitFromHeading: false, ask: false };
}

/** One row for the text under a heading, with its figures, then its own headings of the third and fourth level. */
function textRows(node: ImportNode, index: number, look: ReadonlySet<number>): PreviewRow[] {
  const first = node.blocks.find((block) => block.kind === 'paragraph');
  const deeper = node.blocks
    .filter((block) => block.kind !== 'paragraph')
    .map((block, at) => row(`deep-${index}-${at}`, block.kind === 'heading3' ? 'heading3' : 'heading4', 2, block.line, block.text));
  if (first === undefined) return deeper;
  return [
    {
      ...row(`text-${index}`, 'text', 2, first.line, opening(first.text)),
      figures: { characters: node.characters, blanks: node.blanks },
      passage: node.kind === 'passage',
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

function numbersByPlace(nodes: readonly ImportNode[]): readonly string[] {
  const id = (index: number) => `node${index}` as NodeId;
  const numbers = numbersOf({
    nodes: nodes.map((node, index) => ({
      id: id(index),
      kind: node.kind,
      heading: node.heading,
      form: node.form,
      parent: node.parent === null ? null : id(node.parent),
    })),
  });
  return nodes.map((_, index) => numbers.get(id(index)) ?? '');
}

/** Where a run-in heading stands in its source line, for underlining: [from, to), or null. */
export function runInRange(node: ImportNode, source: string): readonly [number, number] | null {
  if (node.form !== 'run-in') return null;
  const at = source.indexOf(node.heading);
  return at === -1 ? null : [source.length - source.trimStart().length, at + node.heading.length];
}
