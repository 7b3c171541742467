import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Ids } from '../../shared/api/history.ts';
import type { Seq } from '../../shared/ids.ts';
import { placesOfIds } from './id-places.ts';
import { quietRedraw } from './quiet-redraw.ts';

/** A thread that hangs on this chapter's text. */
export interface MarkedThread {
  readonly id: Seq;
  readonly at: readonly Ids[];
  /** The whole paragraph is meant. */
  readonly block: boolean;
  /** Its card is the one that is read. */
  readonly current: boolean;
}

interface Marked {
  readonly threads: readonly MarkedThread[];
  readonly marks: DecorationSet;
}

const threadMarksKey = new PluginKey<Marked>('threadMarks');
const NOTHING: Marked = { threads: [], marks: DecorationSet.empty };

/** Tells an editor which threads hang on its text. Nothing happens while an input method composes: tell it again. */
export function showThreads(view: EditorView, threads: readonly MarkedThread[]): void {
  const marked = threadMarksKey.getState(view.state);
  if (view.isDestroyed || view.composing || marked === undefined || marked.threads === threads) return;
  if (marked.threads.length === 0 && threads.length === 0) return;
  view.dispatch(view.state.tr.setMeta(threadMarksKey, { threads }).setMeta('addToHistory', false));
}

/** Threads that hang on what stands at a position, in the order in which they were told: all of those that overlap there. */
export function threadsAt(state: EditorState, position: number): readonly Seq[] {
  const found = threadMarksKey.getState(state)?.marks.find(position, position) ?? [];
  return [...new Set(found.map(({ spec }) => (spec as { thread: Seq }).thread))];
}

/** Where a thread stands in the editor, from its first to its last letter; null when it is not shown there. */
export function threadPlace(state: EditorState, thread: Seq): { readonly from: number; readonly to: number } | null {
  const found = threadMarksKey.getState(state)?.marks.find(undefined, undefined, (spec) => spec['thread'] === thread) ?? [];
  if (found.length === 0) return null;
  return { from: Math.min(...found.map(({ from }) => from)), to: Math.max(...found.map(({ to }) => to)) };
}

/** Draws the words that threads hang on. Between two tellings the marks go with the text; nothing is looked up at a keystroke. */
export function threadMarksPlugin(): Plugin<Marked> {
  return new Plugin<Marked>({
    key: threadMarksKey,
    state: {
      init: () => NOTHING,
      apply: (tr, marked, _before, state) => {
        const meta = tr.getMeta(threadMarksKey) as 'redraw' | Pick<Marked, 'threads'> | undefined;
        if (meta === undefined) return tr.docChanged ? { ...marked, marks: marked.marks.map(tr.mapping, tr.doc) } : marked;
        const { threads } = meta === 'redraw' ? marked : meta;
        return { threads, marks: draw(state, threads) };
      },
    },
    props: { decorations: (state) => threadMarksKey.getState(state)?.marks ?? null },
    view: (view) => {
      const redraw = quietRedraw(view, threadMarksKey);
      return { destroy: () => redraw.destroy() };
    },
  });
}

function draw(state: EditorState, threads: readonly MarkedThread[]): DecorationSet {
  const pieces = threads.flatMap((thread) => thread.at.map((ids) => ({ thread, ids })));
  const places = placesOfIds(
    state,
    pieces.map(({ ids }) => [ids]),
  );
  const marks: Decoration[] = [];
  let last: { thread: MarkedThread; from: number; to: number; block: number } | null = null;
  const close = (): void => {
    if (last === null) return;
    const { thread, from, to } = last;
    const attributes = { class: thread.current ? 'thread-mark is-current' : 'thread-mark', 'data-thread': String(thread.id) };
    marks.push(Decoration.inline(from, to, attributes, { thread: thread.id }));
    last = null;
  };
  pieces.forEach(({ thread }, index) => {
    const place = places[index];
    if (place === null || place === undefined) return;
    const block = state.doc.resolve(place.from).before(1);
    // Within a paragraph it is one stretch: what was typed inside belongs to it.
    if (last !== null && last.thread === thread && last.block === block) {
      last = { ...last, from: Math.min(last.from, place.from), to: Math.max(last.to, place.to) };
      return;
    }
    close();
    if (thread.block) {
      const node = state.doc.nodeAt(block);
      if (node !== null) last = { thread, from: block + 1, to: block + node.nodeSize - 1, block };
    } else last = { thread, ...place, block };
  });
  close();
  return DecorationSet.create(state.doc, marks);
}
