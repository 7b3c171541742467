import type { Node as PMNode } from '@tiptap/pm/model';
import type { Plugin, Transaction } from '@tiptap/pm/state';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import type { BindingOptions } from '../../client/editor/binding/binding.ts';
import { bindChapter, bindingKey } from '../../client/editor/binding/binding.ts';
import { ROOT_NAME } from '../../shared/text/render.ts';
import { chapterSchema } from '../../shared/text/schema.ts';
import type { FirstBlock } from '../../shared/text/seed.ts';
import { paragraphsUpdate, SERVER_CLIENT_ID } from '../../shared/text/seed.ts';

type PluginView = ReturnType<NonNullable<Plugin['spec']['view']>>;

/**
 * A person with an editor and a copy of the chapter, without a page: the binding runs whole except for what touches the DOM. Updates go
 * nowhere by themselves; `sent` collects what this copy wrote.
 */
export class Person {
  readonly doc: Y.Doc;
  readonly text: Y.Text;
  readonly sent: Uint8Array[] = [];
  readonly returned: string[] = [];
  held = 0;
  mayWrite = true;
  state: EditorState;
  private readonly plugin: Plugin;
  private readonly pluginView: PluginView;

  /** @param client writer id of a new copy, or a copy that exists */
  constructor(client: number | Y.Doc, start: Uint8Array | null = null, options: Partial<BindingOptions> = {}) {
    this.doc = client instanceof Y.Doc ? client : new Y.Doc();
    if (typeof client === 'number') this.doc.clientID = client;
    if (start !== null) Y.applyUpdate(this.doc, start, 'start');
    this.text = this.doc.getText(ROOT_NAME);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'network' && origin !== 'start') this.sent.push(update);
    });
    this.plugin = bindChapter({
      text: this.text,
      mayWrite: () => this.mayWrite,
      onHeld: (note) => {
        this.held = note?.count ?? 0;
      },
      onReturned: (letters) => this.returned.push(letters),
      ...options,
    });
    this.state = EditorState.create({ schema: chapterSchema, plugins: [this.plugin] });
    this.pluginView = this.plugin.spec.view!(this.view);
  }

  /** Stands for the view: the part of it that the binding uses outside a page. */
  get view(): EditorView {
    return this as unknown as EditorView;
  }

  dispatch(tr: Transaction): void {
    const before = this.state;
    this.state = before.apply(tr);
    this.pluginView?.update?.(this.view, before);
  }

  /** As much of a page as ending a composition asks for. */
  readonly dom = { blur: () => {} };

  focus(): void {}

  close(): void {
    this.pluginView.destroy?.();
  }

  /** Does something in the editor, as a command would. */
  edit(change: (tr: Transaction) => Transaction | undefined): void {
    const tr = this.state.tr;
    this.dispatch(change(tr) ?? tr);
  }

  type(text: string, at = this.state.selection.from): void {
    this.edit((tr) => tr.insertText(text, at).setSelection(TextSelection.create(tr.doc, at + text.length)));
  }

  compositionStart(): void {
    this.event('compositionstart');
  }

  compositionEnd(): void {
    this.event('compositionend');
  }

  /** A key that belongs to the composition. */
  key(): void {
    this.event('compositionupdate');
  }

  private event(name: 'compositionstart' | 'compositionupdate' | 'compositionend'): void {
    const handler = this.plugin.props.handleDOMEvents?.[name] as ((view: EditorView, event: unknown) => boolean) | undefined;
    handler?.call(this.plugin, this.view, { type: name });
  }

  get session() {
    return bindingKey.getState(this.state)!.session;
  }

  get unsent(): number {
    return this.session.unsent(bindingKey.getState(this.state)).length;
  }

  get localChanges() {
    return bindingKey.getState(this.state)!.local;
  }

  /** Position inside block `block`, `offset` units in. */
  at(block: number, offset: number): number {
    let position = 1;
    for (let index = 0; index < block; index += 1) position += this.state.doc.child(index).nodeSize;
    return position + offset;
  }

  /** Text of each line. */
  get lines(): string[] {
    return linesOf(this.state.doc);
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'network');
  }
}

export function linesOf(doc: PMNode): string[] {
  return doc.children.map((block) => block.textBetween(0, block.content.size, '', () => '\ufffc'));
}

/** Two or more people on one chapter. `merge` brings everybody everything. */
export function people(count: number, blocks: readonly FirstBlock[] | readonly string[]): Person[] {
  const start = chapterOf(blocks);
  return Array.from({ length: count }, (_, index) => new Person(70_000 + index, start));
}

export function chapterOf(blocks: readonly FirstBlock[] | readonly string[]): Uint8Array {
  return paragraphsUpdate(
    blocks.map((block) => (typeof block === 'string' ? { kind: 'paragraph', text: block } : block)),
    SERVER_CLIENT_ID,
  );
}

/** Brings every copy to the state of all of them. */
export function merge(...group: readonly Person[]): void {
  const states = group.map(({ doc }) => Y.encodeStateAsUpdate(doc));
  for (const person of group) for (const state of states) person.receive(state);
}
