import type { ImportBlock, ImportCounts, ImportNode, ImportNote } from '../api.ts';
import { countBlanks, countCharacters } from '../counting/count.ts';
import { parseMark } from './marks.ts';

const textOf = (blocks: readonly ImportBlock[]) => blocks.map((block) => block.text).join('\n');

/** A node with the figures of its own text. */
export function withFigures(node: Omit<ImportNode, 'characters' | 'blanks'>): ImportNode {
  const text = textOf(node.blocks);
  return { ...node, characters: countCharacters(text), blanks: countBlanks(text).total };
}

/** `characters` counts title, headings and bodies; the numbers before headings follow from the place and are not counted. */
export function countTree(title: string, nodes: readonly ImportNode[]): ImportCounts {
  const texts = [title, ...nodes.flatMap((node) => [node.heading, textOf(node.blocks)])];
  const blanks = countBlanks(texts.join('\n'));
  const count = (kind: ImportNode['kind']) => nodes.filter((node) => node.kind === kind).length;
  return {
    parts: count('part'),
    chapters: count('chapter'),
    passages: count('passage'),
    characters: countCharacters(texts.join('')),
    blanks: blanks.total,
    blankNumbers: blanks.numbers,
    blankNames: blanks.names,
  };
}

/** Lines that the notes which follow from the tree alone speak of. */
export function treeNotes(nodes: readonly ImportNode[]): Readonly<Record<TreeNote, readonly number[]>> {
  return {
    'run-in-split': nodes.filter((node) => node.form === 'run-in').map((node) => node.line),
    'numbers-derived': nodes.filter((node) => node.sourceNumber !== '').map((node) => node.line),
    'numbering-continues': continuing(nodes),
  };
}

/** Notes that follow from the tree alone: they change with it. */
export type TreeNote = Extract<ImportNote['code'], 'run-in-split' | 'numbers-derived' | 'numbering-continues'>;

/** Lines of the first chapter of each part whose number goes on from the part before: it will begin anew. */
function continuing(nodes: readonly ImportNode[]): number[] {
  return nodes.flatMap((part, index) => {
    if (part.kind !== 'part') return [];
    const first = nodes.find((node) => node.parent === index && node.kind === 'chapter');
    return first !== undefined && (parseMark(first.sourceNumber)?.value ?? 0) > 1 ? [first.line] : [];
  });
}
