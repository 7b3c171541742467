import type { EditorView } from '@tiptap/pm/view';

/** So near to the window's edge counts as outside, px. */
const EDGE = 48;
/** How long a mark stays, as long as its animation in editor.css, ms. */
const MARKED_MS = 1_800;

/** Brings a place of the screen to the middle of its pane, unless it is well inside already. */
export function intoPane(pane: HTMLElement, place: { readonly top: number; readonly bottom: number }): void {
  const box = pane.getBoundingClientRect();
  if (place.top >= box.top + EDGE && place.bottom <= box.bottom - EDGE) return;
  pane.scrollTop += place.top - (box.top + box.height * 0.4);
}

/** Where the caret stands on the screen; null in an editor that has gone. */
export function caretBox(view: EditorView): { readonly top: number; readonly bottom: number } | null {
  return view.isDestroyed ? null : view.coordsAtPos(view.state.selection.head);
}

/** Marks the lines of the selection for a moment: the eye finds them after a jump. */
export function markSelection(view: EditorView): void {
  const { from, to } = view.state.selection;
  const lines: HTMLElement[] = [];
  view.state.doc.nodesBetween(from, to, (node, at) => {
    const element = node.isTextblock ? view.nodeDOM(at) : null;
    if (element instanceof HTMLElement) lines.push(element);
    return !node.isTextblock;
  });
  for (const line of lines) markLine(line);
}

/** Marks one line for a moment. As an attribute, which lines leave alone when they are drawn anew. */
export function markLine(line: HTMLElement): void {
  line.removeAttribute('data-shown');
  requestAnimationFrame(() => line.setAttribute('data-shown', ''));
  setTimeout(() => line.removeAttribute('data-shown'), MARKED_MS);
}
