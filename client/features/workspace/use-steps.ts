import type { RefObject } from 'react';
import { caretBox, intoPane, markSelection } from '../../editor/reveal.ts';
import type { ReportActs, Walk } from '../paper/index.ts';
import { holdInPlace } from './scroll-to-node.ts';

/** Takes back one's own last act in whichever chapter it was, or does it again, and goes there. */
export function useSteps(acts: ReportActs, walk: Walk, pane: RefObject<HTMLElement | null>): (direction: 'undo' | 'redo') => void {
  return (direction) => {
    const chapter = acts.step(direction);
    const editor = chapter === null ? null : walk.editor(chapter);
    if (editor === null || pane.current === null) return;
    const scroll = pane.current;
    const { view } = editor;
    view.dom.focus({ preventScroll: true });
    view.focus();
    holdInPlace(scroll, () => {
      const box = caretBox(view);
      if (box !== null) intoPane(scroll, box);
    });
    markSelection(view);
  };
}
