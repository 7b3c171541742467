import { type RefObject, useEffect, useState } from 'react';
import type { NodeId } from '../../../shared/ids.ts';
import { placeOf, rangeOf } from './place.ts';

/** So long an address' place is held while chapters around it open, unless the person moves on, ms. */
const SETTLES_MS = 2_500;
const MOVES_ON = ['wheel', 'pointerdown', 'keydown', 'touchmove'] as const;
/** Named in search.css. */
const HIGHLIGHT = 'gongbi-found';

/**
 * Leads to the place that the address names, once: to the node, then to the words in its text as soon as its chapter is live.
 * @param toNode brings a node to the head of the window; false = it is not on the page
 * @returns the node that is to be held open until then
 */
export function useArrival(pane: RefObject<HTMLElement | null>, toNode: (node: NodeId) => boolean): NodeId | null {
  const [place] = useState(() => placeOf(location.search));
  const [held, setHeld] = useState<NodeId | null>(place?.node ?? null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one arrival for each address
  useEffect(() => {
    if (place === null || pane.current === null || !toNode(place.node)) {
      setHeld(null);
      return;
    }
    const section = pane.current.querySelector<HTMLElement>(`[data-node="${place.node}"]`);
    if (place.words === null || section === null) {
      setHeld(null);
      return;
    }
    const { words } = place;
    const look = () => {
      const text = section.querySelector<HTMLElement>('.tiptap');
      const range = text === null ? null : rangeOf(text, words);
      if (range === null) return;
      show(range);
      range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
    };
    const observer = new MutationObserver(look);
    observer.observe(section, { childList: true, subtree: true, characterData: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(section.closest('article') ?? section);
    look();
    const stop = () => {
      clearTimeout(timer);
      observer.disconnect();
      sizes.disconnect();
      for (const event of MOVES_ON) removeEventListener(event, leave, true);
      setHeld(null);
    };
    // The mark stays until the person does something: then they have seen it.
    const leave = () => {
      stop();
      CSS.highlights?.delete(HIGHLIGHT);
    };
    const timer = setTimeout(() => {
      observer.disconnect();
      sizes.disconnect();
    }, SETTLES_MS);
    for (const event of MOVES_ON) addEventListener(event, leave, true);
    return () => {
      stop();
      CSS.highlights?.delete(HIGHLIGHT);
    };
  }, []);

  return held;
}

function show(range: Range): void {
  // Older browsers go to the place without a mark.
  if (typeof Highlight === 'undefined') return;
  CSS.highlights?.set(HIGHLIGHT, new Highlight(range));
}
