import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Ids } from '../../shared/api/history.ts';
import { placesOfIds } from './id-places.ts';
import { quietRedraw } from './quiet-redraw.ts';

/** What the report knows of a blank beyond its letters. */
export interface KnownBlank {
  readonly id: string;
  readonly at: readonly Ids[];
  readonly look: 'open' | 'filled' | 'rivals' | 'dismissed';
  /** Said on hover. */
  readonly note: string;
  /** The person is at it. */
  readonly current: boolean;
}

interface Known {
  readonly blanks: readonly KnownBlank[];
  readonly marks: DecorationSet;
}

export const knownBlanksKey = new PluginKey<Known>('knownBlanks');
const NOTHING: Known = { blanks: [], marks: DecorationSet.empty };

/** Tells an editor what is known of the blanks in its chapter. Nothing happens while an input method composes: tell it again. */
export function showKnownBlanks(view: EditorView, blanks: readonly KnownBlank[]): void {
  const known = knownBlanksKey.getState(view.state);
  if (view.isDestroyed || view.composing || known === undefined || known.blanks === blanks) return;
  if (known.blanks.length === 0 && blanks.length === 0) return;
  view.dispatch(view.state.tr.setMeta(knownBlanksKey, { blanks }).setMeta('addToHistory', false));
}

/** Marks filled values with who filled them, and names the boxes of those that wait. Must stand before the plugin that draws the boxes. */
export function knownBlanksPlugin(): Plugin<Known> {
  return new Plugin<Known>({
    key: knownBlanksKey,
    state: {
      init: () => NOTHING,
      apply: (tr, known, _before, state) => {
        const meta = tr.getMeta(knownBlanksKey) as 'redraw' | Pick<Known, 'blanks'> | undefined;
        if (meta === undefined) return tr.docChanged ? { ...known, marks: known.marks.map(tr.mapping, tr.doc) } : known;
        const { blanks } = meta === 'redraw' ? known : meta;
        return { blanks, marks: draw(state, blanks) };
      },
    },
    props: { decorations: (state) => knownBlanksKey.getState(state)?.marks ?? null },
    view: (view) => {
      const redraw = quietRedraw(view, knownBlanksKey);
      return {
        update: (_view, before) => {
          const known = knownBlanksKey.getState(view.state);
          // What was not there when it was told may have come meanwhile.
          if (known === undefined || before.doc === view.state.doc || known.marks.find().length >= known.blanks.length) return;
          redraw.request();
        },
        destroy: () => redraw.destroy(),
      };
    },
  });
}

/** Is this stretch said to be no blank? */
export function isDismissed(state: EditorState, from: number, to: number): boolean {
  const dismissed = knownBlanksKey.getState(state)?.marks.find(from, to, (spec) => spec['dismissed'] === true) ?? [];
  return dismissed.some((mark) => mark.from < to && mark.to > from);
}

function draw(state: EditorState, blanks: readonly KnownBlank[]): DecorationSet {
  const places = placesOfIds(
    state,
    blanks.map(({ at }) => at),
  );
  const marks = blanks.flatMap(({ id, look, note, current }, index) => {
    const place = places[index];
    if (place === null || place === undefined) return [];
    const classes = [
      look === 'filled' ? 'blank-filled' : look === 'rivals' ? 'blank-filled blank-rivals' : '',
      current ? 'is-current' : '',
    ];
    const attributes = look === 'dismissed' ? {} : { class: classes.filter(Boolean).join(' '), 'data-blank': id, title: note };
    return [Decoration.inline(place.from, place.to, attributes, { dismissed: look === 'dismissed' })];
  });
  return DecorationSet.create(state.doc, marks);
}
