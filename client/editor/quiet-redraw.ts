import type { PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** The browser's composition range is given up some 20 ms after `compositionend`; the letters themselves leave after 30. */
const settledAfter = 40;

/**
 * Asks a decoration plugin to draw anew, at most once a frame, and never while an input method composes: a new element beside the composing
 * text would end the composition. The plugin finds `'redraw'` under its key in the transaction.
 */
export type QuietRedraw = {
  /** Redraws in the next frame, or as soon as the composition is over. */
  readonly request: () => void;
  readonly destroy: () => void;
};

/** @param settled called when a composition is over and its letters have been written. */
export function quietRedraw(view: EditorView, key: PluginKey, settled: () => void = () => {}): QuietRedraw {
  let wanted = false;
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const redraw = (): void => {
    frame = undefined;
    if (!wanted || view.isDestroyed || view.composing) return;
    wanted = false;
    view.dispatch(view.state.tr.setMeta(key, 'redraw').setMeta('addToHistory', false));
  };
  const ask = (): void => {
    frame ??= requestAnimationFrame(redraw);
  };
  const ended = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (view.isDestroyed || view.composing) return;
      settled();
      if (wanted) ask();
    }, settledAfter);
  };
  view.dom.addEventListener('compositionend', ended);
  return {
    request: () => {
      wanted = true;
      ask();
    },
    destroy: () => {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
      view.dom.removeEventListener('compositionend', ended);
    },
  };
}
