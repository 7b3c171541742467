import type { ImportPreview } from '../api.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { bareText } from './plain.ts';

/** Where source and tree part, with what stands there in each. */
export interface Difference {
  /** Place in the source without its white space, in UTF-16 units. */
  readonly offset: number;
  readonly source: string;
  readonly tree: string;
}

/**
 * The law of import: title, numbers, headings and bodies, in order, are the source but for white space. The server asks before it creates anything.
 * @returns the number of units compared, or the first difference.
 */
export function proveComplete(preview: Pick<ImportPreview, 'title' | 'nodes'>, source: string): Result<number, Difference> {
  const pieces = preview.nodes.flatMap((node) => [node.sourceNumber, node.heading, ...node.blocks.map((block) => block.text)]);
  const tree = bareText([preview.title, ...pieces].join('\n'));
  const bare = bareText(source);
  if (tree === bare) return ok(bare.length);
  let offset = 0;
  while (offset < bare.length && bare[offset] === tree[offset]) offset += 1;
  return err({ offset, source: bare.slice(offset, offset + 20), tree: tree.slice(offset, offset + 20) });
}
