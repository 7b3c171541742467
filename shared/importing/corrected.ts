import type { CorrectedNode, CorrectedTree } from '../api/import.ts';
import type { ImportNode, ImportPreview } from '../api.ts';
import { parseSingleLine } from '../outline/single-line.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { proveComplete } from './complete.ts';
import { sourceLines } from './plain.ts';
import { MAX_NODES } from './structure.ts';
import { withFigures } from './tree-figures.ts';

/** `unsound`: no outline; `incomplete`: not the whole source in its order, with the first place where they part (units of the bare source). */
export type TreeRefusal = { readonly code: 'unsound' } | { readonly code: 'incomplete'; readonly offset: number };

/** What a browser sends of a preview. */
export function treeToSend({ title, nodes }: Pick<ImportPreview, 'title' | 'nodes'>): CorrectedTree {
  return { title, nodes: nodes.map(({ characters: _characters, blanks: _blanks, ...node }) => node) };
}

/** Judges a corrected tree that came from outside against the source: sound, and complete ({@link proveComplete}). */
export function acceptTree(tree: CorrectedTree, source: string): Result<Pick<ImportPreview, 'title' | 'nodes'>, TreeRefusal> {
  const sound = isLine(tree.title, true) && tree.nodes.length <= MOST_NODES && tree.nodes.every(isSound);
  if (!sound) return err({ code: 'unsound' });
  const nodes: readonly ImportNode[] = tree.nodes.map(withFigures);
  const proof = proveComplete({ title: tree.title, nodes }, source);
  return proof.ok ? ok({ title: tree.title, nodes }) : err({ code: 'incomplete', offset: proof.error.offset });
}

/** The recogniser's bound, and as many closing passages again as it may have found. */
const MOST_NODES = 2 * MAX_NODES;

function isSound(node: CorrectedNode, index: number, nodes: readonly CorrectedNode[]): boolean {
  const { kind, parent, heading, sourceNumber, blocks } = node;
  const above = parent === null ? null : (nodes[parent] ?? null);
  const placed = parent === null || (kind !== 'part' && parent < index && above?.kind === 'part');
  const worded = kind === 'passage' ? heading === '' && sourceNumber === '' : isLine(heading, false);
  const lines = blocks.every((block) => block.text !== '' && sourceLines(block.text)[0] === block.text);
  return placed && worded && lines && (kind !== 'part' || blocks.length === 0) && isLine(sourceNumber, true);
}

function isLine(value: string, mayBeEmpty: boolean): boolean {
  return parseSingleLine(value) === value && (mayBeEmpty || value !== '');
}
