import type { Editor } from '@tiptap/core';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { NodeId, Seq } from '../../../shared/ids.ts';
import { type MarkedThread, showThreads, threadsAt } from '../../editor/thread-marks.ts';
import type { Card } from './model.ts';

/** Editors open and close as chapters come near: they are told again this often, ms; told the same they do nothing. */
const TELL_MS = 300;
const NONE: readonly MarkedThread[] = [];

/** Draws open threads in the text; a press on their words raises the card, the next of those that overlap at each further press. */
export function useThreadMarks(
  cards: readonly Card[] | null,
  current: Seq | null,
  order: readonly NodeId[],
  editorOf: (chapter: NodeId) => Editor | null,
  scroll: RefObject<HTMLElement | null>,
  onPress: (thread: Seq) => void,
): void {
  const marks = useMemo(() => {
    const byChapter = new Map<NodeId, MarkedThread[]>();
    for (const { thread, place } of cards ?? []) {
      const { id, anchor, closed } = thread;
      if (place.at.length === 0 || (closed !== null && id !== current)) continue;
      const marked = { id, at: place.at, block: anchor.on === 'block', current: id === current };
      const own = byChapter.get(place.node);
      if (own === undefined) byChapter.set(place.node, [marked]);
      else own.push(marked);
    }
    return byChapter;
  }, [cards, current]);

  useEffect(() => {
    const tell = (): void => {
      for (const chapter of order) {
        const editor = editorOf(chapter);
        if (editor !== null) showThreads(editor.view, marks.get(chapter) ?? NONE);
      }
    };
    tell();
    const timer = setInterval(tell, TELL_MS);
    return () => clearInterval(timer);
  }, [marks, order, editorOf]);

  const latest = useRef({ current, editorOf, onPress });
  latest.current = { current, editorOf, onPress };
  useEffect(() => {
    const pane = scroll.current;
    if (pane === null) return;
    const press = (event: MouseEvent): void => {
      if (!(event.target instanceof Element) || getSelection()?.isCollapsed === false) return;
      const mark = event.target.closest('[data-thread]');
      const chapter = event.target.closest('[data-chapter]')?.getAttribute('data-chapter') as NodeId | null | undefined;
      const editor = mark === null || chapter == null ? null : latest.current.editorOf(chapter);
      if (mark === null || editor === null) return;
      const there = threadsAt(editor.state, editor.view.posAtDOM(mark, 0) + 1);
      const next = there[(there.indexOf(latest.current.current ?? -1) + 1) % there.length];
      if (next !== undefined) latest.current.onPress(next);
    };
    pane.addEventListener('click', press);
    return () => pane.removeEventListener('click', press);
  }, [scroll]);
}
