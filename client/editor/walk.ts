import type { Editor } from '@tiptap/core';
import { Plugin, PluginKey, Selection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/**
 * How the caret walks from one chapter into the next. `x` is where it stood, in CSS pixels from the left of the window, so that it goes on
 * in the same column; minus infinity means the very start of the line and infinity its very end (the left and right keys).
 */
export type Leave = (side: 'up' | 'down', x: number) => boolean;

/** Tells `leave` when a plain arrow key would take the caret out of the chapter. The key is used up when it answers true. */
export function walkPlugin(leave: Leave): Plugin {
  return new Plugin({
    key: new PluginKey('walk'),
    props: {
      handleKeyDown: (view, event) => {
        if (event.isComposing || event.keyCode === 229 || view.composing) return false;
        if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || !view.state.selection.empty) return false;
        const way = wayOut(view, event.key);
        return way !== null && leave(way.side, way.x);
      },
    },
  });
}

function wayOut(view: EditorView, key: string): { side: 'up' | 'down'; x: number } | null {
  const { $head, head } = view.state.selection;
  const { doc } = view.state;
  const first = $head.index(0) === 0;
  const last = $head.index(0) === doc.childCount - 1;
  const column = (): number => view.coordsAtPos(head).left;
  if (key === 'ArrowUp' && first && view.endOfTextblock('up')) return { side: 'up', x: column() };
  if (key === 'ArrowDown' && last && view.endOfTextblock('down')) return { side: 'down', x: column() };
  if (key === 'ArrowLeft' && first && $head.parentOffset === 0) return { side: 'up', x: Number.POSITIVE_INFINITY };
  if (key === 'ArrowRight' && last && $head.parentOffset === $head.parent.content.size)
    return { side: 'down', x: Number.NEGATIVE_INFINITY };
  return null;
}

/**
 * Puts the focus into a chapter: at its very start or end, or, where `x` is given, in the column `x` of its first or last line on screen.
 */
export function focusAt(editor: Editor, side: 'start' | 'end', x?: number): void {
  const { view } = editor;
  const { doc } = view.state;
  const edge = side === 'start' ? Selection.atStart(doc) : Selection.atEnd(doc);
  const found = x === undefined ? null : inColumn(view, edge.head, x);
  view.focus();
  view.dispatch(view.state.tr.setSelection(found ?? edge).scrollIntoView());
}

function inColumn(view: EditorView, edge: number, x: number): Selection | null {
  const line = view.coordsAtPos(edge);
  const box = view.dom.getBoundingClientRect();
  // Infinities are brought into the box: a point outside it belongs to something else on the page.
  const left = Math.min(Math.max(x, box.left + 1), box.right - 1);
  const place = view.posAtCoords({ left, top: (line.top + line.bottom) / 2 });
  if (place === null) return null;
  return Selection.near(view.state.doc.resolve(Math.min(place.pos, view.state.doc.content.size)));
}
