import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { NodeId } from '../../../shared/ids.ts';
import { blockElement, blockKeyAt, blockPlaces } from '../../editor/blocks.ts';
import type { Walk } from '../paper/index.ts';
import { stepFrom, type UnreadBlock, type UnreadView } from '../unread/index.ts';
import { scrollToNode } from './scroll-to-node.ts';

/** A chapter that has to open first is waited for so long, ms. */
const PATIENCE_MS = 5_000;

interface WalkUnreadParts {
  readonly unread: UnreadView;
  readonly scroll: RefObject<HTMLElement | null>;
  /** Text nodes in document order. */
  readonly order: readonly NodeId[];
  readonly walk: Walk;
  readonly focused: NodeId | null;
  /** Brings a chapter near that has no editor yet. */
  readonly onFar: (chapter: NodeId) => void;
}

/** Leads from one unread paragraph to the next, in whatever chapter it is; the caret goes along where it is in the text. */
export function useWalkUnread({ unread, scroll, order, walk, focused, onFar }: WalkUnreadParts): { step(direction: 1 | -1): void } {
  const last = useRef<{ readonly chapter: NodeId; readonly key: string } | null>(null);
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  useEffect(() => () => clearInterval(timer.current), []);

  /** @returns false while the paragraph is not on the page */
  function show({ chapter, key }: UnreadBlock): boolean {
    const editor = walk.editor(chapter);
    const element = editor === null ? null : blockElement(editor.view, key);
    if (editor === null || element === null) return false;
    element.scrollIntoView({ block: 'center' });
    element.classList.remove('unread-flash');
    requestAnimationFrame(() => element.classList.add('unread-flash'));
    const place = blockPlaces(editor.state, new Set([key])).get(key);
    if (place !== undefined && document.activeElement?.closest('.tiptap') !== null && document.activeElement !== null) {
      editor.commands.focus(place.from + 1, { scrollIntoView: false });
    }
    return true;
  }

  return {
    step(direction) {
      clearInterval(timer.current);
      const caret = focused === null ? null : walk.editor(focused);
      const key = caret === null || !caret.isFocused ? null : blockKeyAt(caret.state);
      const from = key !== null && focused !== null ? { chapter: focused, key } : last.current;
      const next = stepFrom(unread.blocks, from, order, direction);
      if (next === null) return;
      last.current = next;
      if (show(next)) return;
      scrollToNode(scroll.current, next.chapter);
      onFar(next.chapter);
      const until = performance.now() + PATIENCE_MS;
      timer.current = setInterval(() => {
        if (show(next) || performance.now() > until) clearInterval(timer.current);
      }, 100);
    },
  };
}
