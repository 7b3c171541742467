import { type RefObject, useEffect, useRef } from 'react';
import { nameOf, type UnreadBlock } from './unread-list.ts';

/** A paragraph that stood in the focused window for so long has been read, ms. */
const READ_MS = 1_500;
const LOOK_MS = 250;
/** Of a paragraph, or of the window where the paragraph is larger. */
const ENOUGH = 0.6;

/**
 * Tells which unread paragraphs were before the reader's eyes long enough.
 * @param elementOf where a paragraph is shown; null when it is not
 * @param onLook called before each look
 */
export function useSeen(
  scroll: RefObject<HTMLElement | null>,
  blocks: readonly UnreadBlock[],
  elementOf: (block: UnreadBlock) => HTMLElement | null,
  onRead: (blocks: readonly UnreadBlock[]) => void,
  onLook: () => void = () => {},
): void {
  const latest = useRef({ blocks, elementOf, onRead, onLook });
  latest.current = { blocks, elementOf, onRead, onLook };
  const since = useRef(new Map<string, number>());

  useEffect(() => {
    const look = (): void => {
      const now = latest.current;
      now.onLook();
      const seen = document.hasFocus() && document.visibilityState === 'visible' ? before(scroll.current, now.blocks, now.elementOf) : [];
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
  elementOf: (block: UnreadBlock) => HTMLElement | null,
): readonly UnreadBlock[] {
  if (pane === null) return [];
  const window = pane.getBoundingClientRect();
  return blocks.filter((block) => {
    const element = elementOf(block);
    if (element === null) return false;
    const box = element.getBoundingClientRect();
    const shown = Math.min(box.bottom, window.bottom) - Math.max(box.top, window.top);
    return shown > 0 && shown >= ENOUGH * Math.min(box.height, window.height);
  });
}
