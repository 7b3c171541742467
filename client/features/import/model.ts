import type { ImportBlock, ImportNode, ImportPreview } from '../../../shared/api.ts';
import { countBlanks, countCharacters } from '../../../shared/counting/count.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { proveComplete } from '../../../shared/importing/complete.ts';
import { titleLine } from '../../../shared/importing/pieces.ts';
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
  /** Only on a `text` row. */
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

/** One row for each piece of the source, in order: row `n` is piece `n` (shared/importing/pieces.ts), which a correction names. */
export function previewRows(preview: ImportPreview): readonly PreviewRow[] {
  const outline = treeOf(preview.nodes);
  const numbers = numbersOf(outline);
  const look = linesToLookAt(preview);
  const rows: PreviewRow[] = [];
  const add = (row: Partial<PreviewRow> & Pick<PreviewRow, 'kind' | 'depth' | 'line' | 'text'>) => {
    rows.push({ ...BARE, key: `row-${rows.length}`, ...row });
  };
  if (preview.title !== '') add({ kind: 'title', depth: 0, line: titleLine(preview), text: preview.title });
  preview.nodes.forEach((node, index) => {
    const depth = node.parent === null ? 0 : 1;
    if (node.kind !== 'passage') {
      const ask = look.has(node.line) && node.form === 'own-line';
      add({ kind: node.kind, depth, line: node.line, number: numbers.get(idOf(index)) ?? '', text: node.heading, ask });
    }
    node.blocks.forEach((block, at) => {
      add({ depth: 2, line: block.line, ...textRow(node, block, at, outline, index, look) });
    });
  });
  return rows;
}

const BARE = { number: '', figures: null, passage: null, splitFromHeading: false, ask: false };

function textRow(node: ImportNode, block: ImportBlock, at: number, outline: Tree, index: number, look: ReadonlySet<number>) {
  if (block.kind !== 'paragraph') return { kind: block.kind, text: block.text };
  const own = { id: idOf(index), parent: node.parent === null ? null : idOf(node.parent) };
  return {
    kind: 'text' as const,
    text: opening(block.text),
    figures: { characters: countCharacters(block.text), blanks: countBlanks(block.text).total },
    passage: node.kind === 'passage' && at === 0 ? passagePlace(outline, own) : null,
    splitFromHeading: at === 0 && node.form === 'run-in',
    ask: at === 0 && node.kind === 'passage' && look.has(node.line),
  };
}

/** A guess that the person is asked about: text without a number was made a passage of its own. */
export interface Question {
  readonly line: number;
  /** Its piece, and so its row. */
  readonly at: number;
  /** Number of the part that it closes; '' for text at the top. */
  readonly part: string;
  /** Number of the chapter above it; '' where there is none. */
  readonly chapter: string;
}

/** The guesses not yet answered, in order. */
export function questionsOf(preview: ImportPreview): readonly Question[] {
  const guessed = preview.notes.find((note) => note.code === 'passage-guessed')?.lines ?? [];
  const numbers = numbersOf(treeOf(preview.nodes));
  const rows = previewRows(preview);
  return guessed.flatMap((line) => {
    const at = rows.findIndex((row) => row.line === line && row.passage !== null);
    const index = preview.nodes.findIndex((node) => node.kind === 'passage' && node.line === line);
    const node = preview.nodes[index];
    if (at === -1 || node === undefined) return [];
    const above = preview.nodes[index - 1];
    const chapter = above?.kind === 'chapter' ? (numbers.get(idOf(index - 1)) ?? '') : '';
    return [{ line, at, part: node.parent === null ? '' : (numbers.get(idOf(node.parent)) ?? ''), chapter }];
  });
}

/** The first sentence, or as much as a row may need. */
function opening(text: string): string {
  const end = text.indexOf('。');
  return [...text.slice(0, end === -1 ? undefined : end + 1)].slice(0, 60).join('');
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
