import type { NodeId } from '../../../shared/ids.ts';

/** Chapters that come near open and find their height: so long the place is held, unless the person moves on, ms. */
const SETTLES_MS = 1_500;
const MOVES_ON = ['wheel', 'pointerdown', 'keydown', 'touchmove'] as const;

/** Brings a node to the head of the window and keeps it there while the chapters around it open. @returns false when it is not on the page */
export function scrollToNode(pane: HTMLElement | null, node: NodeId): boolean {
  const section = pane?.querySelector(`[data-node="${node}"]`);
  if (pane === null || section == null) return false;
  holdInPlace(pane, () => section.scrollIntoView({ block: 'start' }));
  return true;
}

/** The newest hold; an older one would pull the page away from it. */
let held: (() => void) | null = null;

/** Aligns the page, and again whenever the paper's height changes, for a moment or until the person moves on. */
export function holdInPlace(pane: HTMLElement, align: () => void): void {
  held?.();
  align();
  const sheet = pane.querySelector('article');
  if (sheet === null) return;
  const observer = new ResizeObserver(align);
  observer.observe(sheet);
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
    for (const event of MOVES_ON) removeEventListener(event, stop, true);
    if (held === stop) held = null;
  };
  const timer = setTimeout(stop, SETTLES_MS);
  for (const event of MOVES_ON) addEventListener(event, stop, true);
  held = stop;
}
