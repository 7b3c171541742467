import type { NodeId } from '../../../shared/ids.ts';

/** Brings a node to the head of the window. @returns false when it is not on the page */
export function scrollToNode(pane: HTMLElement | null, node: NodeId): boolean {
  const section = pane?.querySelector(`[data-node="${node}"]`);
  if (section == null) return false;
  section.scrollIntoView({ block: 'start' });
  return true;
}
