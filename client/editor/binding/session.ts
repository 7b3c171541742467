import type { Schema } from '@tiptap/pm/model';
import { type EditorState, PluginKey, Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { Step } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import { keepFormats } from '../../../shared/text/formats.ts';
import { tokenCount } from '../../../shared/text/positions.ts';
import type { Reading } from '../../../shared/text/read.ts';
import { changeSetOf, readByComparing, readChanges, readClosely } from '../../../shared/text/read.ts';
import type { Rendered } from '../../../shared/text/render.ts';
import { render } from '../../../shared/text/render.ts';
import { type Lanes, writeChanges } from '../../../shared/text/write.ts';
import type { ComposingPlace } from './composition.ts';
import { composingPlace, dispatchAround, keepsPlace, moveBefore } from './composition.ts';
import { domObserverOf } from './private-view.ts';
import type { Change } from './rebase.ts';
import { changesOf, insertions, rebase, squash } from './rebase.ts';
import { rescue } from './rescue.ts';

/** A local change that has not been written to the text yet. */
export interface LocalChange extends Change {
  readonly number: number;
}

export interface BindingState {
  readonly session: Session;
  /** Includes changes that were written since; ask `session.unsent`. */
  readonly local: readonly LocalChange[];
  /** Selection in the document before the oldest unsent change. */
  readonly before: Selection | null;
}

export const bindingKey = new PluginKey<BindingState>('binding');

export interface SessionOptions {
  readonly text: Y.Text;
  readonly mayWrite: () => boolean;
  readonly onHeld: (note: { readonly count: number } | null) => void;
  readonly onReturned: (letters: string) => void;
  /** Of a fork: where each write goes (shared/suggestions). */
  readonly lanes: Lanes | null;
}

/**
 * The binding's memory beside the editor state. Invariants, after every operation:
 * - `now.doc` is the text as rendered; `now` holds its layout.
 * - `shown` plus `held` gives `now.doc`; the view's document is `shown` plus the unsent local changes.
 * - Nothing is written while composing, and nothing at all when `mayWrite()` is false.
 */
export class Session {
  options: SessionOptions;
  /** Origin of this editor's own Yjs transactions. */
  readonly origin = { binding: true };
  now: Rendered;
  held: readonly Change[] = [];
  view: EditorView | null = null;
  /** From compositionstart until its letters may leave. */
  composing = false;
  /** Called before a write, for undo: the selection before its first step, and its steps. */
  beforeWrite: (selection: Selection | null, steps: readonly Step[]) => void = () => {};
  /** How often the editor had to be set right by comparing: each is a fault of the mapping, and the tests demand none. */
  repairs = 0;
  private counter = 0;
  private written = 0;
  private readonly observer: (events: readonly Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => void;

  constructor(options: SessionOptions, schema: Schema) {
    this.options = options;
    keepFormats(options.text);
    this.now = render(options.text, schema);
    this.observer = (events, transaction) => this.receive(events, transaction);
  }

  // ---- the editor state's part ------------------------------------------------------------------------------------------------------

  /** The plugin state after a transaction. */
  apply(tr: Transaction, value: BindingState, before: EditorState): BindingState {
    const own = tr.getMeta(bindingKey) as { readonly local: readonly Change[] } | undefined;
    if (own !== undefined)
      return { ...value, local: own.local.map((change) => this.numbered(change)), before: own.local.length > 0 ? value.before : null };
    if (!tr.docChanged) return value;
    const unsent = this.unsent(value);
    const local = [...unsent, ...changesOf(tr)];
    return {
      ...value,
      local: (this.composing ? squash(tr.doc, local) : local).map((change) => this.numbered(change)),
      before: unsent.length === 0 ? before.selection : value.before,
    };
  }

  unsent(value: BindingState | undefined): readonly LocalChange[] {
    return value === undefined ? [] : value.local.filter((change) => change.number > this.written);
  }

  private numbered({ step, inverted }: Change): LocalChange {
    this.counter += 1;
    return { step, inverted, number: this.counter };
  }

  private unsentOf(view: EditorView): readonly LocalChange[] {
    return this.unsent(bindingKey.getState(view.state));
  }

  // ---- the view's part --------------------------------------------------------------------------------------------------------------

  attach(view: EditorView): void {
    this.view = view;
    this.now = render(this.options.text, view.state.schema);
    this.held = [];
    this.composing = false;
    this.options.text.observeDeep(this.observer);
    const first = readByComparing(this.options.text, view.state.doc, view.state.schema);
    if (first.steps.length === 0) return;
    const tr = view.state.tr;
    for (const step of first.steps) tr.step(step);
    // An editor that opens has its caret at the start: mapped along, it would stand behind the text that came in.
    if (view.state.doc.content.size <= 2) tr.setSelection(Selection.atStart(tr.doc));
    view.dispatch(ownTransaction(tr, []));
  }

  /** Leaves the view. Letters of a composition that was still open are given back: the editor that showed them is gone. */
  detach(): void {
    const letters = this.view === null ? '' : this.unsentLetters(this.view);
    if (letters !== '') this.options.onReturned(letters);
    this.options.text.unobserveDeep(this.observer);
    this.view = null;
  }

  // ---- from the text ----------------------------------------------------------------------------------------------------------------

  private receive(events: readonly Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction): void {
    if (transaction.origin === this.origin || this.view === null) return;
    const { view } = this;
    domObserverOf(view)?.flush();
    const reading = this.read(events, transaction, view.state.schema);
    const before = this.now;
    this.now = reading;
    if (reading.steps.length === 0) return;
    try {
      this.take(before, reading.steps);
      this.agree();
    } catch (error) {
      console.error(error);
      this.repair();
    }
  }

  /** With nothing waiting the editor shows the text exactly; the two share one document again, so that comparing them stays cheap. */
  private agree(): void {
    const view = this.view!;
    if (this.held.length > 0 || this.unsentOf(view).length > 0) return;
    if (view.state.doc.eq(this.now.doc)) this.now = { ...this.now, doc: view.state.doc };
    else this.repair();
  }

  /** The last resort when steps did not fit: shows the text as it is. Unsent words are given back to the person, not dropped. */
  private repair(): void {
    const view = this.view!;
    this.repairs += 1;
    const letters = this.unsentLetters(view);
    const difference = readByComparing(this.options.text, view.state.doc, view.state.schema);
    this.now = difference;
    this.held = [];
    const { tr } = view.state;
    for (const step of difference.steps) tr.step(step);
    view.dispatch(ownTransaction(tr, []));
    this.tellHeld();
    if (letters !== '') this.options.onReturned(letters);
  }

  private unsentLetters(view: EditorView): string {
    return insertions(this.unsentOf(view).map(({ step }) => step))
      .map(({ from, to }) => view.state.doc.textBetween(from, to, '\n', '\n'))
      .join('');
  }

  private read(events: readonly Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction, schema: Schema): Reading {
    const { text } = this.options;
    const touched = new Set<unknown>();
    let reshaped = false;
    for (const event of events) {
      if (event.target === text) continue;
      touched.add(event.target);
      if (event instanceof Y.YMapEvent && event.keysChanged.has('atom')) reshaped = true;
    }
    if (!reshaped) {
      const reading = readChanges(text, changeSetOf(transaction), touched, this.now, schema);
      const units = tokenCount(reading.doc) - (reading.virtual ? 1 : 0) + (reading.hidden.at(-1) ?? 0);
      if (units === text.length) return reading;
    }
    return readByComparing(text, this.now.doc, schema);
  }

  /** Shows what came, except what would take the composing place away. */
  private take(before: Rendered, steps: readonly Step[]): void {
    const view = this.view!;
    if (!this.composing) {
      this.show(steps);
      return;
    }
    const local = this.unsentOf(view);
    const place = composingPlace(local, view.state.selection);
    const show: Step[] = [];
    let text = before.doc;
    for (const step of steps) {
      const moved = moveBefore(text, this.held, step);
      if (moved !== null && keepsPlace(view.state.doc, local, [...show, moved.shown], place)) {
        show.push(moved.shown);
        this.held = moved.held;
      } else {
        this.held = [...this.held, { step, inverted: step.invert(text) }];
      }
      text = step.apply(text).doc!;
    }
    if (show.length > 0) this.dispatchOver(show, place);
    this.tellHeld();
  }

  private show(steps: readonly Step[]): void {
    const held = this.held.map(({ step }) => step);
    this.held = [];
    this.dispatchOver([...held, ...steps], null);
    if (held.length > 0) this.tellHeld();
  }

  private dispatchOver(over: readonly Step[], place: ComposingPlace | null): void {
    const view = this.view!;
    const local = this.unsentOf(view);
    const { tr } = view.state;
    const rebased = rebase(tr, local, over);
    const saved = rescue(tr, local, view.state);
    ownTransaction(tr, [...rebased, ...saved]);
    if (place === null) view.dispatch(tr);
    else dispatchAround(view, tr, place);
  }

  private tellHeld(): void {
    this.options.onHeld(this.held.length > 0 ? { count: this.held.length } : null);
  }

  // ---- to the text ------------------------------------------------------------------------------------------------------------------

  /** Writes the unsent local changes, unless a composition is under way. Shows first what was held. @returns whether something was written. */
  flush(): boolean {
    const { view } = this;
    if (view === null || this.composing) return false;
    if (this.held.length > 0) this.show([]);
    const local = this.unsentOf(view);
    if (local.length === 0) return false;
    if (!this.options.mayWrite()) {
      this.giveBack();
      return false;
    }
    const { text } = this.options;
    const state = bindingKey.getState(view.state);
    const steps = local.map(({ step }) => step);
    this.beforeWrite(state?.before ?? null, steps);
    const { lanes } = this.options;
    let differs = false;
    const write = () => {
      const { doc } = view.state;
      const written = writeChanges(text, this.now, doc, steps, lanes === null ? null : this.within(lanes));
      this.now = { ...written.layout, doc };
      this.written = local[local.length - 1]!.number;
      differs = written.differs;
    };
    if (lanes === null) text.doc!.transact(write, this.origin);
    else lanes.group(write);
    if (differs) this.showDifference();
    return true;
  }

  /** Each operation of a fork is a transaction of its own. */
  private within(lanes: Lanes): Pick<Lanes, 'run'> {
    const { doc } = this.options.text;
    return { run: (place, write) => lanes.run(place, () => doc!.transact(write, this.origin)) };
  }

  /** The fork was made anew: the editor goes over to its text by the smallest step, and keeps caret and composition. */
  swap(text: Y.Text): void {
    this.options.text.unobserveDeep(this.observer);
    this.options = { ...this.options, text };
    keepFormats(text);
    if (this.view === null) return;
    text.observeDeep(this.observer);
    const before = this.now;
    const reading = readClosely(text, before.doc, this.view.state.schema);
    this.now = reading;
    if (reading.steps.length > 0) this.take(before, reading.steps);
    this.agree();
  }

  private showDifference(): void {
    const reading = readByComparing(this.options.text, this.now.doc, this.now.doc.type.schema);
    this.now = reading;
    if (reading.steps.length > 0) this.show(reading.steps);
  }

  /** Takes the unsent local changes out of the editor and hands their letters to the person. Shows what was held. */
  giveBack(): void {
    const view = this.view!;
    const local = this.unsentOf(view);
    const letters = this.unsentLetters(view);
    const back = view.state.tr;
    for (let index = local.length - 1; index >= 0; index -= 1) back.step(local[index]!.inverted);
    for (const { step } of this.held) back.step(step);
    this.held = [];
    view.dispatch(ownTransaction(back, []));
    this.tellHeld();
    if (letters !== '') this.options.onReturned(letters);
  }
}

function ownTransaction(tr: Transaction, local: readonly Change[]): Transaction {
  return tr.setMeta(bindingKey, { local }).setMeta('addToHistory', false);
}

/** Puts the selection at a place of the document, in a line. */
export function selectAt(tr: Transaction, anchor: number, head: number): Transaction {
  const size = tr.doc.content.size;
  const $anchor = tr.doc.resolve(Math.min(anchor, size));
  const $head = tr.doc.resolve(Math.min(head, size));
  const inText = $anchor.parent.inlineContent && $head.parent.inlineContent;
  return tr.setSelection(inText ? TextSelection.between($anchor, $head) : Selection.near($head));
}
