import type { Editor } from '@tiptap/core';
import type { NodeId } from '../../../shared/ids.ts';
import { allIdsBetween } from '../../editor/binding/anchors.ts';
import { blockKeyAt } from '../../editor/blocks.ts';
import type { Beginning } from './use-threads.ts';

/** So much of it is shown beside the box, in characters. */
const SHOWN = 80;

/**
 * What a comment would hang on: the words that are selected, also in a text that one may not write and that has no caret; else the paragraph
 * with the caret. `unsent`: it has not reached the server yet.
 */
export function whatIsMeant(editorOf: (chapter: NodeId) => Editor | null): Beginning | 'nothing' | 'unsent' {
  const selection = getSelection();
  const range = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  const chapter = range === null ? null : chapterAt(range.startContainer);
  const editor = chapter === null ? null : editorOf(chapter);
  if (range === null || chapter === null || editor === null || chapterAt(range.endContainer) !== chapter) return 'nothing';
  const { view, state } = editor;
  if (range.collapsed) {
    const block = blockKeyAt(state);
    if (block === null) return 'unsent';
    return { target: { on: 'block', chapter, block }, quote: state.selection.$head.parent.textContent.slice(0, SHOWN) };
  }
  const from = view.posAtDOM(range.startContainer, range.startOffset);
  const to = view.posAtDOM(range.endContainer, range.endOffset);
  const ids = allIdsBetween(state, Math.min(from, to), Math.max(from, to));
  return ids === null ? 'unsent' : { target: { on: 'text', chapter, ids }, quote: selection!.toString().slice(0, SHOWN) };
}

/** The chapter in whose text a node of the page stands. */
function chapterAt(node: Node): NodeId | null {
  const element = node instanceof Element ? node : node.parentElement;
  if (element?.closest('.tiptap') == null) return null;
  return (element.closest('[data-chapter]')?.getAttribute('data-chapter') ?? null) as NodeId | null;
}
