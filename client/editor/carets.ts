import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { positionToRelative, relativeToPosition } from './binding/binding.ts';
import { quietRedraw } from './quiet-redraw.ts';

/**
 * What a person tells the others through awareness. Everything in it comes from another browser and is taken for hostile: the name becomes
 * an attribute's text, the colour one of six classes, and a place that does not resolve is left out.
 */
export type Presence = {
  readonly user: { readonly id: string; readonly name: string; readonly colour: number };
  /** Relative positions on the chapter's Y.Text, as JSON; null while the person's caret is elsewhere. */
  readonly cursor: { readonly anchor: unknown; readonly head: unknown } | null;
};

type Other = { readonly key: string; readonly name: string; readonly colour: number; readonly anchor: number; readonly head: number };
type Drawing = {
  readonly marks: DecorationSet /** A place could not be resolved yet: its text has still to arrive. */;
  readonly waiting: boolean;
};

const caretsKey = new PluginKey<Drawing>('carets');
const longestName = 24;
/** Characters that would turn the direction of what follows, or end the line. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Draws the carets and selections of the others in this chapter, and tells them one's own. While composing they are only carried along. */
export function caretsPlugin(awareness: Awareness): Plugin {
  /** How often each person's caret has moved: a new number makes the name flag show again. */
  const moves = new Map<number, { place: string; count: number }>();

  const draw = (state: EditorState): Drawing => {
    const others: Other[] = [];
    let waiting = false;
    for (const [client, value] of awareness.getStates()) {
      if (client === awareness.clientID) continue;
      const presence = readPresence(value);
      if (presence === null) continue;
      const anchor = resolve(state, presence.anchor);
      const head = resolve(state, presence.head);
      if (anchor === null || head === null) {
        waiting = true;
        continue;
      }
      const place = JSON.stringify([presence.anchor, presence.head]);
      const before = moves.get(client);
      const count = before === undefined ? 0 : before.count + (before.place === place ? 0 : 1);
      moves.set(client, { place, count });
      others.push({ key: `${client}/${count}/${presence.name}`, name: presence.name, colour: presence.colour, anchor, head });
    }
    return { marks: DecorationSet.create(state.doc, others.flatMap(decorationsOf)), waiting };
  };

  return new Plugin<Drawing>({
    key: caretsKey,
    state: {
      init: () => ({ marks: DecorationSet.empty, waiting: false }),
      apply: (tr, drawing, _before, state) => {
        if (tr.getMeta(caretsKey) === 'redraw') return draw(state);
        return tr.docChanged ? { ...drawing, marks: drawing.marks.map(tr.mapping, tr.doc) } : drawing;
      },
    },
    props: { decorations: (state) => caretsKey.getState(state)?.marks ?? null },
    view: (view) => {
      const redraw = quietRedraw(view, caretsKey);
      const announce = announcer(view, awareness);
      const changed = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }): void => {
        for (const client of removed) moves.delete(client);
        if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) redraw.request();
      };
      awareness.on('change', changed);
      view.dom.addEventListener('focus', announce);
      view.dom.addEventListener('blur', announce);
      const first = setTimeout(() => redraw.request());
      return {
        update: (_view, before) => {
          if (before.doc !== view.state.doc && caretsKey.getState(view.state)?.waiting === true) setTimeout(() => redraw.request());
          if (before.doc !== view.state.doc || !before.selection.eq(view.state.selection)) announce();
        },
        destroy: () => {
          clearTimeout(first);
          awareness.off('change', changed);
          view.dom.removeEventListener('focus', announce);
          view.dom.removeEventListener('blur', announce);
          redraw.destroy();
          if (awareness.getLocalState() !== null) awareness.setLocalStateField('cursor', null);
        },
      };
    },
  });
}

function announcer(view: EditorView, awareness: Awareness): () => void {
  let told = '';
  return () => {
    if (awareness.getLocalState() === null) return;
    // A composition is not written yet: the others go on seeing the caret where it began.
    if (view.composing) return;
    const cursor = view.hasFocus()
      ? { anchor: relative(view.state, view.state.selection.anchor), head: relative(view.state, view.state.selection.head) }
      : null;
    const place = JSON.stringify(cursor);
    if (place === told) return;
    told = place;
    awareness.setLocalStateField('cursor', cursor);
  };
}

function relative(state: EditorState, pos: number): unknown {
  return Y.relativePositionToJSON(positionToRelative(state, pos));
}

function resolve(state: EditorState, place: Y.RelativePosition): number | null {
  const pos = relativeToPosition(state, place);
  return pos === null ? null : Math.min(Math.max(pos, 0), state.doc.content.size);
}

function readPresence(value: unknown): { name: string; colour: number; anchor: Y.RelativePosition; head: Y.RelativePosition } | null {
  const { user, cursor } = (value ?? {}) as { user?: Record<string, unknown>; cursor?: Record<string, unknown> | null };
  if (typeof cursor !== 'object' || cursor === null) return null;
  const anchor = readPlace(cursor['anchor']);
  const head = readPlace(cursor['head']);
  if (anchor === null || head === null) return null;
  const given = user?.['name'];
  const name = typeof given === 'string' ? [...given.replace(unseen, ' ').trim()].slice(0, longestName).join('') : '';
  const colour = Number(user?.['colour']);
  return { name, colour: Number.isInteger(colour) && colour >= 1 && colour <= 6 ? colour : 1, anchor, head };
}

function readPlace(value: unknown): Y.RelativePosition | null {
  if (typeof value !== 'object' || value === null) return null;
  try {
    return Y.createRelativePositionFromJSON(value);
  } catch {
    return null;
  }
}

function decorationsOf({ key, name, colour, anchor, head }: Other): Decoration[] {
  const caret = Decoration.widget(head, () => caretElement(name, colour), {
    key,
    side: 10,
    ignoreSelection: true,
    stopEvent: () => true,
  });
  if (anchor === head) return [caret];
  const range = { class: `others-selection a${colour}` };
  return [Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), range), caret];
}

/** The name is drawn by the stylesheet from an attribute: it is never part of the text, its copy, or its reading aloud. */
function caretElement(name: string, colour: number): HTMLElement {
  const caret = document.createElement('span');
  caret.className = `others-caret a${colour}`;
  caret.setAttribute('data-name', name);
  caret.setAttribute('aria-hidden', 'true');
  return caret;
}
