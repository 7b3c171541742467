import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Awareness } from 'y-protocols/awareness';
import { bindingKey, positionToRelative, relativeToPosition } from './binding/binding.ts';
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

type Other = { readonly caret: HTMLElement; readonly key: string; readonly colour: number; readonly anchor: number; readonly head: number };
type Drawing = {
  readonly marks: DecorationSet;
  /** A place could not be resolved yet: its text has still to arrive. */
  readonly waiting: boolean;
  /** Counts this person's own moves and edits: what others write shifts a caret but does not move it. */
  readonly ownMoves: number;
};

const caretsKey = new PluginKey<Drawing>('carets');
const longestName = 24;
/** Characters that would turn the direction of what follows, or end the line. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Draws the carets and selections of the others in this chapter, and tells them one's own. While composing they are only carried along. */
export function caretsPlugin(awareness: Awareness): Plugin {
  /** The element of each person's caret. It is made anew when they move, which shows their name again, and kept otherwise. */
  const drawn = new Map<number, { readonly place: string; readonly key: string; readonly caret: HTMLElement }>();
  let made = 0;

  const elementOf = (client: number, { member, name, colour, anchor, head }: Read): { key: string; caret: HTMLElement } => {
    const place = JSON.stringify([member, name, colour, anchor, head]);
    const before = drawn.get(client);
    if (before?.place === place) return before;
    made += 1;
    const fresh = { place, key: `caret ${made}`, caret: caretElement(member, name, colour) };
    drawn.set(client, fresh);
    return fresh;
  };

  const draw = (state: EditorState, ownMoves: number): Drawing => {
    const others: Other[] = [];
    let waiting = false;
    for (const [client, value] of awareness.getStates()) {
      if (client === awareness.clientID) continue;
      const presence = readPresence(value);
      if (presence === null) continue;
      const anchor = relativeToPosition(state, presence.anchor);
      const head = relativeToPosition(state, presence.head);
      if (anchor === null || head === null) waiting = true;
      else others.push({ ...elementOf(client, presence), colour: presence.colour, anchor, head });
    }
    return { marks: DecorationSet.create(state.doc, others.flatMap(decorationsOf)), waiting, ownMoves };
  };

  return new Plugin<Drawing>({
    key: caretsKey,
    state: {
      init: () => ({ marks: DecorationSet.empty, waiting: false, ownMoves: 0 }),
      apply: (tr, drawing, _before, state) => {
        const own = (tr.docChanged || tr.selectionSet) && tr.getMeta(bindingKey) === undefined;
        const ownMoves = drawing.ownMoves + (own ? 1 : 0);
        if (tr.getMeta(caretsKey) === 'redraw') return draw(state, ownMoves);
        return { ...drawing, ownMoves, marks: tr.docChanged ? drawing.marks.map(tr.mapping, tr.doc) : drawing.marks };
      },
    },
    props: { decorations: (state) => caretsKey.getState(state)?.marks ?? null },
    view: (view) => {
      const announce = announcer(view, awareness);
      const redraw = quietRedraw(view, caretsKey, announce);
      const changed = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }): void => {
        for (const client of removed) drawn.delete(client);
        if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) redraw.request();
      };
      awareness.on('change', changed);
      view.dom.addEventListener('focus', announce);
      view.dom.addEventListener('blur', announce);
      redraw.request();
      return {
        update: (_view, before) => {
          const now = caretsKey.getState(view.state);
          if (before.doc !== view.state.doc && now?.waiting === true) redraw.request();
          if (now?.ownMoves !== caretsKey.getState(before)?.ownMoves) announce();
        },
        destroy: () => {
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
      ? {
          anchor: positionToRelative(view.state, view.state.selection.anchor),
          head: positionToRelative(view.state, view.state.selection.head),
        }
      : null;
    const place = JSON.stringify(cursor);
    if (place === told) return;
    told = place;
    awareness.setLocalStateField('cursor', cursor);
  };
}

type Read = { readonly member: string; readonly name: string; readonly colour: number; readonly anchor: unknown; readonly head: unknown };

function readPresence(value: unknown): Read | null {
  const { user, cursor } = (value ?? {}) as { user?: Record<string, unknown> | null; cursor?: Record<string, unknown> | null };
  if (typeof cursor !== 'object' || cursor === null) return null;
  const id = user?.['id'];
  const given = user?.['name'];
  const name = typeof given === 'string' ? [...given.replace(unseen, ' ').trim()].slice(0, longestName).join('') : '';
  const colour = Number(user?.['colour']);
  return {
    member: typeof id === 'string' && /^[a-z0-9]{16,26}$/.test(id) ? id : '',
    name,
    colour: Number.isInteger(colour) && colour >= 1 && colour <= 6 ? colour : 1,
    anchor: cursor['anchor'],
    head: cursor['head'],
  };
}

function decorationsOf({ key, caret, colour, anchor, head }: Other): Decoration[] {
  // By a function, as ProseMirror would copy an element that stands in the page already; the name flag's fading would begin anew.
  const widget = Decoration.widget(head, () => caret, { key, side: 10, ignoreSelection: true });
  if (anchor === head) return [widget];
  const range = { class: `others-selection a${colour}` };
  return [Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), range), widget];
}

/** The name is drawn by the stylesheet from an attribute: it is never part of the text, its copy, or its reading aloud. */
function caretElement(member: string, name: string, colour: number): HTMLElement {
  const caret = document.createElement('span');
  caret.className = `others-caret a${colour}`;
  caret.setAttribute('data-name', name);
  caret.setAttribute('data-member', member);
  caret.setAttribute('aria-hidden', 'true');
  return caret;
}
