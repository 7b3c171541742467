import type { PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** The browser's composition range is given up some 20 ms after `compositionend`; the letters themselves leave after 30. */
const settledAfter = 40;

/**
 * Asks a decoration plugin to draw anew, but never while an input method composes: a new element beside the composing text would end the
 * composition. The plugin finds `'redraw'` under its key in the transaction.
 */
export type QuietRedraw = {
  /** Redraws now, or as soon as the composition is over. */
  readonly request: () => void;
  readonly destroy: () => void;
};

export function quietRedraw(view: EditorView, key: PluginKey): QuietRedraw {
  let waiting = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const redraw = (): void => {
    if (view.isDestroyed) return;
    waiting = view.composing;
    if (!waiting) view.dispatch(view.state.tr.setMeta(key, 'redraw').setMeta('addToHistory', false));
  };
  const ended = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (waiting) redraw();
    }, settledAfter);
  };
  view.dom.addEventListener('compositionend', ended);
  return {
    request: () => {
      if (view.composing) waiting = true;
      else redraw();
    },
    destroy: () => {
      clearTimeout(timer);
      view.dom.removeEventListener('compositionend', ended);
    },
  };
}
