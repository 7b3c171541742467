import type { Editor } from '@tiptap/core';
import { type RefObject, useRef } from 'react';
import type { NodeId } from '../../../shared/ids.ts';
import { blockElement } from '../../editor/blocks.ts';
import { showUnread } from '../../editor/unread-lines.ts';
import type { UnreadBlock } from './unread-list.ts';
import { useSeen } from './use-seen.ts';

/** Marks unread paragraphs in the editors, and tells which of them were before the reader's eyes long enough. */
export function useReading(
  scroll: RefObject<HTMLElement | null>,
  blocks: readonly UnreadBlock[],
  editorOf: (chapter: NodeId) => Editor | null,
  onRead: (blocks: readonly UnreadBlock[]) => void,
): void {
  const marked = useRef(new Set<NodeId>());
  const elementOf = ({ chapter, key }: UnreadBlock): HTMLElement | null => {
    const editor = editorOf(chapter);
    return editor === null ? null : blockElement(editor.view, key);
  };
  function mark(): void {
    const chapters = new Set([...marked.current, ...blocks.map(({ chapter }) => chapter)]);
    for (const chapter of chapters) {
      const editor = editorOf(chapter);
      if (editor === null) continue;
      const keys = new Set(blocks.filter((block) => block.chapter === chapter).map(({ key }) => key));
      showUnread(editor.view, keys);
      if (keys.size > 0) marked.current.add(chapter);
      else marked.current.delete(chapter);
    }
  }
  useSeen(scroll, blocks, elementOf, onRead, mark);
}
