import { type RefObject, useEffect, useState } from 'react';
import type { NodeId } from '../../../shared/ids.ts';
import { parseNodeId } from '../../../shared/ids.ts';

/** The node whose text stands at a third of the window's height: what a reader is reading. */
export function useReadNode(scroll: RefObject<HTMLElement | null>, rows: readonly unknown[]): NodeId | null {
  const [node, setNode] = useState<NodeId | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed outline has other places
  useEffect(() => {
    const pane = scroll.current;
    if (pane === null) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      const box = pane.getBoundingClientRect();
      const line = box.top + box.height / 3;
      let found: NodeId | null = null;
      for (const section of pane.querySelectorAll<HTMLElement>('[data-node]')) {
        if (section.getBoundingClientRect().top > line) break;
        found = parseNodeId(section.dataset['node']);
      }
      setNode(found);
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    soon();
    pane.addEventListener('scroll', soon, { passive: true });
    return () => {
      pane.removeEventListener('scroll', soon);
      cancelAnimationFrame(frame);
    };
  }, [scroll, rows]);

  return node;
}
