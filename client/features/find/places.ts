import type { PlaceHits, ReplacePreview } from '../../../shared/api/replace.ts';
import { type FindOptions, findAll } from '../../../shared/finding/find.ts';
import type { NodeId } from '../../../shared/ids.ts';

/** One hit: where it stands, and which one it is there. */
export interface Hit {
  readonly place: PlaceHits;
  readonly index: number;
}

/** Places as they stand on the paper: the title, then each node's heading before its text. */
export function placesInOrder({ places }: ReplacePreview, order: readonly NodeId[]): readonly PlaceHits[] {
  const rank = ({ node, where }: PlaceHits) => (node === null ? -1 : 2 * order.indexOf(node) + (where === 'text' ? 1 : 0));
  return places.toSorted((one, other) => rank(one) - rank(other));
}

/** All hits in order. */
export function hitsOf(places: readonly PlaceHits[]): readonly Hit[] {
  return places.flatMap((place) => Array.from({ length: place.count }, (_, index) => ({ place, index })));
}

/** What holds the words of a place on the page: the title's or heading's line, or a chapter's open editor; null when it is not open. */
export function elementOf(pane: HTMLElement, { node, where }: PlaceHits): HTMLElement | null {
  if (node === null) return pane.querySelector('.sheet-title .oneline, .sheet-title');
  const section = pane.querySelector<HTMLElement>(`[data-node="${node}"]`);
  return section?.querySelector<HTMLElement>(where === 'heading' ? '.oneline, .sheet-heading' : '.tiptap') ?? null;
}

/** The hits that are on the page in one element, as ranges, in order. A hit stands within one paragraph. */
export function rangesIn(element: HTMLElement, find: string, options: FindOptions): readonly Range[] {
  const blocks = element.querySelectorAll<HTMLElement>('p, h1, h2, h3, h4, li > :first-child');
  const lines = blocks.length === 0 ? [element] : [...new Set(blocks)].filter((block) => block.querySelector('p, h3, h4') === null);
  return lines.flatMap((line) => rangesInLine(line, find, options));
}

function rangesInLine(line: HTMLElement, find: string, options: FindOptions): Range[] {
  const nodes: { readonly node: Text; readonly from: number }[] = [];
  let words = '';
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    nodes.push({ node: node as Text, from: words.length });
    words += (node as Text).data;
  }
  return findAll(words, find, options).map((at) => {
    const range = document.createRange();
    const start = nodes.findLast(({ from }) => from <= at);
    const end = nodes.findLast(({ from }) => from < at + find.length);
    if (start !== undefined) range.setStart(start.node, at - start.from);
    if (end !== undefined) range.setEnd(end.node, at + find.length - end.from);
    return range;
  });
}
