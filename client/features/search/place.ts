import type { NodeId, ReportId } from '../../../shared/ids.ts';
import { parseNodeId } from '../../../shared/ids.ts';
import { findAll, foldText, LONGEST_QUERY } from '../../../shared/search/find.ts';

/** Words to be found in a chapter, and which of their places. */
export interface Words {
  readonly find: string;
  /** Counted from 0. */
  readonly nth: number;
}

/** A place in a report that an address leads to. */
export interface Place {
  readonly node: NodeId;
  readonly words: Words | null;
}

/** The address of a report that leads to a node, and to words in its text. */
export function placeAddress(report: ReportId, node: NodeId | null, words: Words | null): string {
  if (node === null) return `/r/${report}`;
  const query = new URLSearchParams({ at: node });
  if (words !== null) {
    query.set('find', words.find);
    if (words.nth > 0) query.set('nth', String(words.nth));
  }
  return `/r/${report}?${query}`;
}

/** @returns null where the address names no place */
export function placeOf(search: string): Place | null {
  const query = new URLSearchParams(search);
  const node = parseNodeId(query.get('at'));
  if (node === null) return null;
  const find = (query.get('find') ?? '').slice(0, LONGEST_QUERY);
  const nth = Number(query.get('nth') ?? 0);
  return { node, words: find === '' ? null : { find, nth: Number.isSafeInteger(nth) && nth >= 0 ? nth : 0 } };
}

/**
 * Where words stand in the text of an element, as a range of its text nodes; blocks are apart, as in the text that was searched.
 * @returns null when they are not there (any more); of fewer places than asked for, the last
 */
export function rangeOf(root: HTMLElement, { find, nth }: Words): Range | null {
  const query = foldText(find).folded;
  let last: Range | null = null;
  let seen = 0;
  for (const block of root.children) {
    const { text, starts } = textOf(block);
    for (const { offset, length } of findAll(foldText(text), query, nth + 1).found) {
      last = rangeIn(starts, offset, length) ?? last;
      if (seen === nth) return last;
      seen += 1;
    }
  }
  return last;
}

interface Start {
  readonly node: Text;
  readonly at: number;
}

/** The words of a block that are the report's: marks of carets and widgets stand in elements that cannot be edited. */
function textOf(block: Element): { readonly text: string; readonly starts: readonly Start[] } {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const starts: Start[] = [];
  let text = '';
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest('[contenteditable="false"]') != null) continue;
    starts.push({ node, at: text.length });
    text += node.data;
  }
  return { text, starts };
}

function rangeIn(starts: readonly Start[], offset: number, length: number): Range | null {
  const first = starts.findLast((start) => start.at <= offset);
  const end = starts.findLast((start) => start.at < offset + length);
  if (first === undefined || end === undefined) return null;
  const range = document.createRange();
  range.setStart(first.node, offset - first.at);
  range.setEnd(end.node, offset + length - end.at);
  return range;
}
