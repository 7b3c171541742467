import type { Editor } from '@tiptap/core';
import { type RefObject, useEffect, useRef } from 'react';
import type { NodeId } from '../../../shared/ids.ts';
import { blockElement } from '../../editor/blocks.ts';
import { showUnread } from '../../editor/unread-lines.ts';
import { nameOf, type UnreadBlock } from './unread-list.ts';

/** A paragraph that stood in the focused window for so long has been read, ms. */
const READ_MS = 1_500;
const LOOK_MS = 250;
/** Of a paragraph, or of the window where the paragraph is larger. */
const ENOUGH = 0.6;

/** Marks unread paragraphs in the editors, and tells which of them were before the reader's eyes long enough. */
export function useReading(
  scroll: RefObject<HTMLElement | null>,
  blocks: readonly UnreadBlock[],
  editorOf: (chapter: NodeId) => Editor | null,
  onRead: (blocks: readonly UnreadBlock[]) => void,
): void {
  const latest = useRef({ blocks, editorOf, onRead });
  latest.current = { blocks, editorOf, onRead };
  const since = useRef(new Map<string, number>());
  const marked = useRef(new Set<NodeId>());

  useEffect(() => {
    const look = (): void => {
      const now = latest.current;
      const chapters = new Set([...marked.current, ...now.blocks.map(({ chapter }) => chapter)]);
      for (const chapter of chapters) {
        const editor = now.editorOf(chapter);
        if (editor === null) continue;
        const keys = new Set(now.blocks.filter((block) => block.chapter === chapter).map(({ key }) => key));
        showUnread(editor.view, keys);
        if (keys.size > 0) marked.current.add(chapter);
        else marked.current.delete(chapter);
      }
      const seen = document.hasFocus() && document.visibilityState === 'visible' ? before(scroll.current, now.blocks, now.editorOf) : [];
      const time = performance.now();
      const names = new Set(seen.map(nameOf));
      for (const name of since.current.keys()) if (!names.has(name)) since.current.delete(name);
      for (const name of names) if (!since.current.has(name)) since.current.set(name, time);
      const read = seen.filter((block) => time - (since.current.get(nameOf(block)) ?? time) >= READ_MS);
      if (read.length > 0) now.onRead(read);
    };
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [scroll]);
}

/** Unread paragraphs that stand in the window. */
function before(
  pane: HTMLElement | null,
  blocks: readonly UnreadBlock[],
  editorOf: (chapter: NodeId) => Editor | null,
): readonly UnreadBlock[] {
  if (pane === null) return [];
  const window = pane.getBoundingClientRect();
  return blocks.filter(({ chapter, key }) => {
    const editor = editorOf(chapter);
    const element = editor === null ? null : blockElement(editor.view, key);
    if (element === null) return false;
    const box = element.getBoundingClientRect();
    const shown = Math.min(box.bottom, window.bottom) - Math.max(box.top, window.top);
    return shown > 0 && shown >= ENOUGH * Math.min(box.height, window.height);
  });
}
