import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { blockPlaces } from './blocks.ts';
import { quietRedraw } from './quiet-redraw.ts';

interface Drawing {
  readonly keys: ReadonlySet<string>;
  readonly marks: DecorationSet;
}

const unreadKey = new PluginKey<Drawing>('unreadLines');
const NONE: ReadonlySet<string> = new Set();

/** Marks paragraphs that changed since their reader last looked: a bar in the margin, and words for those who do not see it. */
export function showUnread(view: EditorView, keys: ReadonlySet<string>): void {
  const before = unreadKey.getState(view.state)?.keys ?? NONE;
  if (view.isDestroyed || view.composing || (before.size === keys.size && [...keys].every((key) => before.has(key)))) return;
  view.dispatch(view.state.tr.setMeta(unreadKey, { keys }).setMeta('addToHistory', false));
}

export function unreadLinesPlugin(): Plugin {
  return new Plugin<Drawing>({
    key: unreadKey,
    state: {
      init: () => ({ keys: NONE, marks: DecorationSet.empty }),
      apply: (tr, drawing, _before, state) => {
        const meta = tr.getMeta(unreadKey) as 'redraw' | { readonly keys: ReadonlySet<string> } | undefined;
        if (meta === undefined) return tr.docChanged ? { ...drawing, marks: drawing.marks.map(tr.mapping, tr.doc) } : drawing;
        const keys = meta === 'redraw' ? drawing.keys : meta.keys;
        return { keys, marks: draw(state, keys) };
      },
    },
    props: { decorations: (state) => unreadKey.getState(state)?.marks ?? null },
    view: (view) => {
      const redraw = quietRedraw(view, unreadKey);
      return {
        update: (_view, before) => {
          const drawing = unreadKey.getState(view.state);
          if (drawing === undefined || drawing.keys.size === 0 || before.doc === view.state.doc) return;
          const isWhole = before.doc.childCount === view.state.doc.childCount && drawing.marks.find().length === drawing.keys.size;
          if (!isWhole) redraw.request();
        },
        destroy: () => redraw.destroy(),
      };
    },
  });
}

/** As an attribute: a line sets its classes by itself. */
function draw(state: EditorState, keys: ReadonlySet<string>): DecorationSet {
  const places = [...blockPlaces(state, keys).values()];
  return DecorationSet.create(
    state.doc,
    places.map(({ from, to }) => Decoration.node(from, to, { 'data-unread': '' })),
  );
}
