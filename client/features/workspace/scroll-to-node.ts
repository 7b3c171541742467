import type { NodeId } from '../../../shared/ids.ts';

/** Chapters that come near open and find their height: so long the place is held, unless the person moves on, ms. */
const SETTLES_MS = 1_500;
const MOVES_ON = ['wheel', 'pointerdown', 'keydown', 'touchmove'] as const;

/** Brings a node to the head of the window and keeps it there while the chapters around it open. @returns false when it is not on the page */
export function scrollToNode(pane: HTMLElement | null, node: NodeId): boolean {
  const section = pane?.querySelector(`[data-node="${node}"]`);
  const sheet = section?.closest('article');
  if (pane === null || section == null || sheet == null) return false;
  const align = () => section.scrollIntoView({ block: 'start' });
  align();
  const observer = new ResizeObserver(align);
  observer.observe(sheet);
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
    for (const event of MOVES_ON) removeEventListener(event, stop, true);
  };
  const timer = setTimeout(stop, SETTLES_MS);
  for (const event of MOVES_ON) addEventListener(event, stop, true);
  return true;
}
