import type { Editor } from '@tiptap/core';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { BlankView } from '../../../shared/api/blanks.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { placesOfIds, type ShownPlace } from '../../editor/id-places.ts';
import { isWaiting, stepFrom, type Whereabouts } from './model.ts';

/** A chapter that has to open first is waited for so long, ms. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 80;

interface Parts {
  readonly list: readonly BlankView[] | null;
  readonly scroll: RefObject<HTMLElement | null>;
  /** Text nodes in the order of the outline. */
  readonly order: readonly NodeId[];
  readonly editorOf: (chapter: NodeId) => Editor | null;
  /** The chapter that holds the caret. */
  readonly focused: NodeId | null;
  /** Brings a chapter near that has no editor yet. */
  readonly onFar: (chapter: NodeId) => void;
}

export interface BlankSteps {
  /** The blank whose card is open; null: none. */
  readonly at: BlankView | null;
  step(direction: 1 | -1): void;
  /** Goes to a blank and opens its card. */
  go(blank: BlankView): void;
  /** The card goes. @param toText the caret goes to the blank, which is selected */
  close(toText: boolean): void;
  rectOf(): DOMRect | null;
}

/** Leads from blank to blank, in whatever chapter it is: into view, selected, with its card beside it. */
export function useBlankSteps({ list, scroll, order, editorOf, focused, onFar }: Parts): BlankSteps {
  const [open, setOpen] = useState<string | null>(null);
  const last = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const at = list?.find(({ id }) => id === open) ?? null;
  useEffect(() => () => clearInterval(timer.current), []);

  // Who clicks a box in the text wants to fill it.
  useEffect(() => {
    const pane = scroll.current;
    if (pane === null) return;
    const onClick = (event: MouseEvent): void => {
      const box = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-blank]') : null;
      const moved = getSelection()?.isCollapsed === false;
      if (box === null || event.detail !== 1 || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || moved) return;
      const id = box.dataset['blank'] ?? null;
      last.current = id;
      setOpen(id);
    };
    pane.addEventListener('click', onClick);
    return () => pane.removeEventListener('click', onClick);
  }, [scroll]);

  const placeOf = useCallback(
    (blank: BlankView): { editor: Editor; place: ShownPlace } | null => {
      const editor = blank.chapter === null ? null : editorOf(blank.chapter);
      const place = editor === null ? null : (placesOfIds(editor.state, [blank.at])[0] ?? null);
      return editor === null || place === null ? null : { editor, place };
    },
    [editorOf],
  );

  /** @returns false while it is not on the page */
  function show(blank: BlankView): boolean {
    const found = placeOf(blank);
    if (found === null) return false;
    const { editor, place } = found;
    const { node } = editor.view.domAtPos(place.from + 1);
    (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
    if (!editor.view.composing) editor.commands.setTextSelection(place);
    last.current = blank.id;
    setOpen(isWaiting(blank) ? blank.id : null);
    return true;
  }

  function go(blank: BlankView): void {
    clearInterval(timer.current);
    if (show(blank)) return;
    setOpen(null);
    last.current = blank.id;
    const { chapter, where } = blank;
    const node = scroll.current?.querySelector(chapter === null ? '.sheet-title' : `[data-node="${chapter}"]`);
    node?.scrollIntoView({ block: 'start' });
    if (chapter === null || where !== 'text') return;
    onFar(chapter);
    const until = performance.now() + PATIENCE_MS;
    timer.current = setInterval(() => {
      if (show(blank) || performance.now() > until) clearInterval(timer.current);
    }, LOOK_MS);
  }

  function whereabouts(): Whereabouts {
    if (open !== null) return { blank: open };
    const editor = focused === null ? null : editorOf(focused);
    if (editor === null || focused === null || !editor.isFocused) return last.current === null ? null : { blank: last.current };
    const own = (list ?? []).filter((blank) => blank.chapter === focused && isWaiting(blank));
    const places = placesOfIds(
      editor.state,
      own.map((blank) => blank.at),
    );
    return { chapter: focused, before: places.filter((place) => place !== null && place.from < editor.state.selection.from).length };
  }

  return {
    at,
    go,
    step(direction) {
      const from = whereabouts();
      const next = stepFrom(standing(list ?? [], editorOf), from, order, direction);
      // The only one that is left and open already stays open.
      if (next === null) setOpen(null);
      else go(next);
    },
    close(toText) {
      setOpen(null);
      const found = at === null ? null : placeOf(at);
      if (toText && found?.editor.isEditable === true)
        found.editor.chain().focus(undefined, { scrollIntoView: false }).setTextSelection(found.place).run();
    },
    rectOf: useCallback(() => {
      const found = at === null ? null : placeOf(at);
      if (found === null) return null;
      const { view } = found.editor;
      const from = view.coordsAtPos(found.place.from);
      const to = view.coordsAtPos(found.place.to, -1);
      const right = to.top === from.top ? to.right : from.left;
      return new DOMRect(from.left, from.top, Math.max(0, right - from.left), from.bottom - from.top);
    }, [at, placeOf]),
  };
}

/** The list as the open editors show it: what was typed over a moment ago waits no more, though the server has not said so yet. */
function standing(list: readonly BlankView[], editorOf: (chapter: NodeId) => Editor | null): readonly BlankView[] {
  const gone = new Set<string>();
  for (const chapter of new Set(list.map((blank) => blank.chapter))) {
    const editor = chapter === null ? null : editorOf(chapter);
    if (editor === null) continue;
    const own = list.filter((blank) => blank.chapter === chapter && blank.where === 'text');
    const places = placesOfIds(
      editor.state,
      own.map((blank) => blank.at),
    );
    for (const [index, blank] of own.entries()) if (places[index] === null) gone.add(blank.id);
  }
  return list.map((blank) => (gone.has(blank.id) ? { ...blank, state: 'gone', filled: null } : blank));
}
