import type { Editor } from '@tiptap/core';
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import type { Stage } from '../../../shared/access/can.ts';
import type { ReportState } from '../../../shared/api.ts';
import type { MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import type { HeardThreads } from '../../connection/heard-threads.ts';
import { threadPlace } from '../../editor/thread-marks.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { notify } from '../../ui/notices.ts';
import { threadInAddress, useCommentKey, useThreadMarks, useThreadPeople, useThreads, whatIsMeant } from '../threads/index.ts';

interface Parts {
  readonly report: ReportState;
  readonly me: MemberId;
  readonly stage: Stage;
  readonly frozen: boolean;
  readonly heardThreads: HeardThreads;
  readonly faces: ReadonlyMap<MemberId, Face>;
  readonly scroll: RefObject<HTMLElement | null>;
  readonly order: readonly NodeId[];
  readonly editorOf: (chapter: NodeId) => Editor | null;
  readonly onFar: (chapter: NodeId) => void;
  /** The panel with the cards is to be seen. */
  readonly onShow: () => void;
}

/** A chapter that was far away opens meanwhile: so long its marks are waited for, ms. */
const PATIENCE_MS = 6_000;
const LOOK_MS = 100;

/** Everything about threads that toolbar, paper and panel share. */
export function useThreadWork({ report, me, stage, frozen, heardThreads, faces, scroll, order, editorOf, onFar, onShow }: Parts) {
  const { t } = useTranslation();
  const { nodes } = report.outline;
  const ids = useMemo(() => nodes.map(({ id }) => id), [nodes]);
  const people = useThreadPeople({ me, role: report.role, stage, frozen, members: report.members, faces });
  const work = useThreads({ report: report.id, seq: report.seq, heardThreads, nodes: ids });
  const { focus, begin, cards } = work;
  const raise = useCallback(
    (thread: Seq): void => {
      focus(thread);
      onShow();
    },
    [focus, onShow],
  );
  useThreadMarks(cards, work.current, order, editorOf, scroll, raise);
  /** The thread that the address leads to, until it is shown once. */
  const wanted = useRef(threadInAddress(useSearch()));
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  useEffect(() => () => clearInterval(timer.current), []);

  function comment(): void {
    const meant = whatIsMeant(editorOf);
    if (typeof meant === 'string') {
      notify(t(`threads.${meant}`));
      return;
    }
    begin(meant);
    onShow();
  }
  useCommentKey(comment, people.mayComment);

  /** @returns false while it is not on the page */
  function show(thread: Seq, chapter: NodeId): boolean {
    const editor = editorOf(chapter);
    const place = editor === null ? null : threadPlace(editor.state, thread);
    if (editor === null || place === null) return false;
    const { node } = editor.view.domAtPos(Math.min(place.from + 1, place.to));
    (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
    return true;
  }

  function go({
    thread,
    place,
  }: {
    readonly thread: { readonly id: Seq };
    readonly place: { readonly node: NodeId; readonly at: readonly unknown[] };
  }): void {
    clearInterval(timer.current);
    if (show(thread.id, place.node)) return;
    scroll.current?.querySelector(`[data-node="${place.node}"]`)?.scrollIntoView({ block: 'start' });
    if (place.at.length === 0 || !order.includes(place.node)) return;
    onFar(place.node);
    const until = performance.now() + PATIENCE_MS;
    timer.current = setInterval(() => {
      if (show(thread.id, place.node) || performance.now() > until) clearInterval(timer.current);
    }, LOOK_MS);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the thread is here
  useEffect(() => {
    const card = cards?.find(({ thread }) => thread.id === wanted.current);
    if (card === undefined) return;
    wanted.current = null;
    focus(card.thread.id);
    go(card);
  }, [cards, focus]);

  function meant() {
    const found = whatIsMeant(editorOf);
    return typeof found === 'string' ? null : found;
  }

  const open = useMemo(() => (cards ?? []).filter(({ thread }) => thread.closed === null).length, [cards]);
  return { work, people, comment, go, meant, open };
}
