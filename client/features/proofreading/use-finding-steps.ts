import type { Editor } from '@tiptap/core';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { NodeId } from '../../../shared/ids.ts';
import { placeOfFinding } from '../../editor/findings.ts';
import { type ListedFinding, stepFrom } from './model.ts';

/** A chapter that has to open first is waited for so long, ms. */
const PATIENCE_MS = 6_000;
const LOOK_MS = 80;

interface Parts {
  /** Everything that is known. */
  readonly list: readonly ListedFinding[];
  /** What the panel shows: the keys go through these. */
  readonly shown: readonly ListedFinding[];
  readonly scroll: RefObject<HTMLElement | null>;
  readonly order: readonly NodeId[];
  readonly editorOf: (chapter: NodeId) => Editor | null;
  /** The chapter that holds the caret. */
  readonly focused: NodeId | null;
  /** Brings a chapter near that has no editor yet. */
  readonly onFar: (chapter: NodeId) => void;
}

export interface FindingSteps {
  /** The finding whose card is open; null: none. */
  readonly at: ListedFinding | null;
  step(direction: 1 | -1): void;
  /** Goes to a finding and opens its card. @param then once it is on the page */
  go(finding: ListedFinding, then?: () => void): void;
  close(toText: boolean): void;
  rectOf(): DOMRect | null;
  /** Where it stands in its open editor. */
  placeOf(finding: ListedFinding): { readonly editor: Editor; readonly from: number; readonly to: number } | null;
}

/** Leads from finding to finding, in whatever chapter it is: into view, selected, with its card beside it. */
export function useFindingSteps({ list, shown, scroll, order, editorOf, focused, onFar }: Parts): FindingSteps {
  const [open, setOpen] = useState<string | null>(null);
  /** Where in the list the person was last: the finding itself may be gone, put right. */
  const last = useRef<{ readonly id: string; readonly index: number } | null>(null);
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const at = list.find(({ id }) => id === open) ?? null;
  useEffect(() => () => clearInterval(timer.current), []);

  // Who clicks a mark in the text wants to know what it says.
  useEffect(() => {
    const pane = scroll.current;
    if (pane === null) return;
    const onClick = (event: MouseEvent): void => {
      const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-finding]') : null;
      const moved = getSelection()?.isCollapsed === false;
      if (mark === null || event.detail !== 1 || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || moved) return;
      // A masked figure has a card of its own.
      if (event.target instanceof Element && event.target.closest('[data-blank]') !== null) return;
      setOpen(mark.dataset['finding'] ?? null);
    };
    pane.addEventListener('click', onClick);
    return () => pane.removeEventListener('click', onClick);
  }, [scroll]);

  const placeOf = useCallback(
    (finding: ListedFinding) => {
      const { node, part } = finding.place;
      const editor = node === null || part !== 'text' ? null : editorOf(node);
      const place = editor === null ? null : placeOfFinding(editor.state, finding.id);
      return editor === null || place === null ? null : { editor, ...place };
    },
    [editorOf],
  );

  const lineOf = useCallback(
    ({ place: { node, part } }: ListedFinding): Element | null => {
      if (part === 'text') return null;
      const pane = scroll.current;
      if (node === null) return pane?.querySelector('.sheet-title') ?? null;
      return pane?.querySelector(`[data-node="${node}"] .oneline, [data-node="${node}"] .sheet-heading`) ?? null;
    },
    [scroll],
  );

  /** @returns false while it is not on the page */
  function show(finding: ListedFinding): boolean {
    const line = lineOf(finding);
    if (line !== null) {
      line.scrollIntoView({ block: 'center' });
      setOpen(finding.id);
      return true;
    }
    const found = placeOf(finding);
    if (found === null) return false;
    const { view } = found.editor;
    const { node } = view.domAtPos(found.from + 1);
    (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
    if (!view.composing) found.editor.commands.setTextSelection({ from: found.from, to: found.to });
    setOpen(finding.id);
    return true;
  }

  function go(finding: ListedFinding, then?: () => void): void {
    clearInterval(timer.current);
    last.current = { id: finding.id, index: shown.findIndex(({ id }) => id === finding.id) };
    if (show(finding)) return void then?.();
    setOpen(null);
    const { node } = finding.place;
    if (node === null) return;
    scroll.current?.querySelector(`[data-node="${node}"]`)?.scrollIntoView({ block: 'start' });
    onFar(node);
    const until = performance.now() + PATIENCE_MS;
    timer.current = setInterval(() => {
      const done = show(finding);
      if (done) then?.();
      if (done || performance.now() > until) clearInterval(timer.current);
    }, LOOK_MS);
  }

  /** Where in the shown list the person is; between two of them that is before the later one. */
  function indexNow(direction: 1 | -1): number {
    const here = shown.findIndex(({ id }) => id === (open ?? last.current?.id));
    if (here >= 0) return here;
    // It was put right: its follower stands at its place now.
    if (last.current !== null && last.current.index >= 0) return direction === 1 ? last.current.index - 1 : last.current.index;
    const editor = focused === null ? null : editorOf(focused);
    if (editor === null || focused === null || !editor.isFocused) return direction === 1 ? -1 : 0;
    const place = order.indexOf(focused);
    const next = shown.findIndex((finding) => {
      const { node } = finding.place;
      if (node !== focused) return node !== null && order.indexOf(node) > place;
      return (placeOf(finding)?.from ?? -1) >= editor.state.selection.from;
    });
    const index = next < 0 ? shown.length : next;
    return direction === 1 ? index - 1 : index;
  }

  return {
    at,
    go,
    placeOf,
    step(direction) {
      const next = stepFrom(shown, indexNow(direction), direction);
      if (next === null) setOpen(null);
      else go(next);
    },
    close(toText) {
      setOpen(null);
      const found = at === null ? null : placeOf(at);
      if (toText && found?.editor.isEditable === true)
        found.editor.chain().focus(undefined, { scrollIntoView: false }).setTextSelection({ from: found.from, to: found.to }).run();
    },
    rectOf: useCallback(() => {
      const line = at === null ? null : lineOf(at);
      if (line !== null) return line.getBoundingClientRect();
      const found = at === null ? null : placeOf(at);
      if (found === null) return null;
      const { view } = found.editor;
      const from = view.coordsAtPos(found.from);
      const to = view.coordsAtPos(found.to, -1);
      const right = to.top === from.top ? to.right : from.left;
      return new DOMRect(from.left, from.top, Math.max(0, right - from.left), from.bottom - from.top);
    }, [at, placeOf, lineOf]),
  };
}
