import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import type { ClientId } from '../../shared/ids.ts';
import { shownPosition } from './binding/anchors.ts';
import { bindingKey } from './binding/session.ts';
import { type QuietRedraw, quietRedraw } from './quiet-redraw.ts';

/** Whose text a stretch is, as it is drawn. */
export interface AuthorMark {
  /** 1–6. */
  readonly colour: number;
  /** A second round of the six colours: the line is dotted. */
  readonly secondRound: boolean;
  /** Who, when, and who moved it: said while the pointer is over the text. */
  readonly label: string;
}

/** Who wrote what in one chapter, by ids. */
export interface AuthorSource {
  /** Calls `visit` for each stretch of `[from, to)` whose author is known, in order. */
  each(client: ClientId, from: number, to: number, visit: (from: number, to: number, mark: AuthorMark) => void): void;
  /** @returns a function that ends it */
  onChange(tell: () => void): () => void;
}

interface Drawing {
  readonly source: AuthorSource | null;
  readonly marks: DecorationSet;
}

const authorsKey = new PluginKey<Drawing>('authorColours');

/** Switches author colours on or off. They are decorations: the text, its copy and what is sent know nothing of them. */
export function showAuthors(view: EditorView, source: AuthorSource | null): void {
  if (view.isDestroyed || authorsKey.getState(view.state)?.source === source) return;
  view.dispatch(view.state.tr.setMeta(authorsKey, { source }).setMeta('addToHistory', false));
}

export function authorColoursPlugin(): Plugin {
  return new Plugin<Drawing>({
    key: authorsKey,
    state: {
      init: () => ({ source: null, marks: DecorationSet.empty }),
      apply: (tr, drawing, _before, state) => {
        const meta = tr.getMeta(authorsKey) as 'redraw' | { readonly source: AuthorSource | null } | undefined;
        if (meta === undefined) return tr.docChanged ? { ...drawing, marks: drawing.marks.map(tr.mapping, tr.doc) } : drawing;
        const source = meta === 'redraw' ? drawing.source : meta.source;
        return { source, marks: source === null ? DecorationSet.empty : draw(state, source) };
      },
    },
    props: { decorations: (state) => authorsKey.getState(state)?.marks ?? null },
    view: (view) => new AuthorView(view),
  });
}

class AuthorView {
  readonly #view: EditorView;
  readonly #redraw: QuietRedraw;
  readonly #tip = document.createElement('div');
  #source: AuthorSource | null = null;
  #stop: () => void = () => {};

  constructor(view: EditorView) {
    this.#view = view;
    this.#redraw = quietRedraw(view, authorsKey);
    this.#tip.className = 'author-tip';
    this.#tip.hidden = true;
    // The panel beside the paper says the same for the caret; this is for the pointer alone.
    this.#tip.setAttribute('aria-hidden', 'true');
    view.dom.addEventListener('mouseover', this.#point);
    view.dom.addEventListener('mouseleave', this.#hide);
  }

  update(view: EditorView): void {
    const source = authorsKey.getState(view.state)?.source ?? null;
    if (source === this.#source) return;
    this.#source = source;
    this.#stop();
    this.#stop = source?.onChange(() => this.#redraw.request()) ?? (() => {});
    this.#hide();
  }

  destroy(): void {
    this.#stop();
    this.#redraw.destroy();
    this.#view.dom.removeEventListener('mouseover', this.#point);
    this.#view.dom.removeEventListener('mouseleave', this.#hide);
    this.#tip.remove();
  }

  readonly #hide = (): void => {
    this.#tip.hidden = true;
  };

  readonly #point = (event: MouseEvent): void => {
    const marked = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-author]') : null;
    const parent = this.#view.dom.parentElement;
    if (marked === null || parent === null) {
      this.#hide();
      return;
    }
    const colour = [...marked.classList].find((name) => /^a\d$/.test(name)) ?? '';
    this.#tip.className = `author-tip ${colour}`;
    this.#tip.textContent = marked.dataset['author'] ?? '';
    const box = parent.getBoundingClientRect();
    const lines = [...marked.getClientRects()];
    const line = lines.find((rect) => event.clientY >= rect.top && event.clientY <= rect.bottom) ?? lines[0];
    if (line === undefined) return;
    if (this.#tip.parentElement !== parent) parent.append(this.#tip);
    this.#tip.hidden = false;
    this.#tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left, box.width - this.#tip.offsetWidth))}px`;
    this.#tip.style.top = `${line.top - box.top}px`;
  };
}

/** One walk over the text: whose each stretch is, at the places where the editor shows it. */
function draw(state: EditorState, source: AuthorSource): DecorationSet {
  const binding = bindingKey.getState(state);
  if (binding === undefined) return DecorationSet.empty;
  const { now, options } = binding.session;
  const decorations: Decoration[] = [];
  let block = 0;
  let at = 1;
  for (let item = options.text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content, id } = item;
    if (content instanceof Y.ContentType && content.type instanceof Y.Map && !content.type._map.has('atom')) {
      if (now.markers[block] !== content.type) continue;
      block += 1;
      at += 2;
      continue;
    }
    const start = at;
    source.each(id.client, id.clock, id.clock + item.length, (from, to, { colour, secondRound, label }) => {
      const left = shownPosition(state, start + from - id.clock, 1);
      const right = shownPosition(state, start + to - id.clock, -1);
      if (left >= right) return;
      const classes = `written-by a${colour}${secondRound ? ' round2' : ''}`;
      decorations.push(Decoration.inline(left, right, { class: classes, 'data-author': label }));
    });
    at += item.length;
  }
  return DecorationSet.create(state.doc, decorations);
}
