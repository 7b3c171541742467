import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import { intoPane, markLine } from '../../editor/reveal.ts';
import { notify } from '../../ui/notices.ts';
import type { PresentPerson } from '../presence/index.ts';
import { holdInPlace, scrollToNode } from './scroll-to-node.ts';

/** A chapter that has to open first is waited for so long, ms. */
const PATIENCE_MS = 8_000;

/**
 * Goes to somebody's caret, in whatever chapter it is, without taking one's own along. Who has none in the text is told of in a sentence.
 * @param open brings a chapter near that has no editor yet
 */
export function useVisit(pane: RefObject<HTMLElement | null>, open: (chapter: NodeId) => void): (person: PresentPerson) => void {
  const { t } = useTranslation();
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  useEffect(() => () => clearInterval(timer.current), []);

  return ({ face, place, exact }) => {
    clearInterval(timer.current);
    if (place === null) return notify(t('visit.nowhere', { name: face.name }));
    if (!scrollToNode(pane.current, place)) return;
    open(place);
    if (!exact) return notify(t('visit.near', { name: face.name }));
    if (show(pane.current, place, face.id)) return;
    const until = performance.now() + PATIENCE_MS;
    timer.current = setInterval(() => {
      const isShown = show(pane.current, place, face.id);
      if (!isShown && performance.now() < until) return;
      clearInterval(timer.current);
      if (!isShown) notify(t('visit.gone', { name: face.name }));
    }, 100);
  };
}

/** @returns false while the caret is not on the page */
function show(pane: HTMLElement | null, place: NodeId, member: string): boolean {
  const find = () => pane?.querySelector<HTMLElement>(`[data-node="${place}"] .others-caret[data-member="${member}"]`) ?? null;
  const caret = find();
  if (pane === null || caret === null) return false;
  holdInPlace(pane, () => {
    const box = find()?.getBoundingClientRect();
    if (box !== undefined) intoPane(pane, box);
  });
  // Their name was shown when the caret was drawn, and has faded since.
  markLine(caret);
  const line = caret.closest<HTMLElement>('.line');
  if (line !== null) markLine(line);
  return true;
}
