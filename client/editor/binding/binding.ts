import type { Node as PMNode, Slice } from '@tiptap/pm/model';
import { Fragment, Slice as SliceClass } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { blockMovedFrom } from '../../../shared/text/moved.ts';
import { positionBefore } from '../../../shared/text/positions.ts';
import { forbiddenRanges, sanitizeText } from '../../../shared/text/sanitize.ts';
import type { Lanes } from '../../../shared/text/write.ts';
import { History, type OwnActs } from './history.ts';
import { InputMethod } from './input-method.ts';
import { LINE_TYPES, lineViewFor } from './line-view.ts';
import type { BindingState } from './session.ts';
import { bindingKey, Session, selectAt } from './session.ts';

export { idAt, positionToRelative, relativeToPosition } from './anchors.ts';
export type { OwnActs } from './history.ts';
export { bindingKey } from './session.ts';

export interface BindingOptions {
  /** The chapter's text: `doc.getText(ROOT_NAME)`. */
  readonly text: Y.Text;
  /** An undo manager of the room's own, when the stack must outlive the editor. */
  readonly undo?: Y.UndoManager;
  /** Something was written that can be taken back as one act. */
  readonly onAct?: () => void;
  /** Asked before every write. While it is false nothing is ever written and local changes of the document are refused. */
  readonly mayWrite: () => boolean;
  /** Remote changes wait for the composition to end (how many), or no longer do (null). */
  readonly onHeld?: (note: { readonly count: number } | null) => void;
  /** Letters of a composition that was ended, or words that could not be written any more: they are not in the text. */
  readonly onReturned?: (letters: string) => void;
  /** What the mark on a moved paragraph's old place says. */
  readonly movedLabel?: () => string;
  /** The text is a proposer's fork: where each write goes. */
  readonly lanes?: Lanes;
}

interface Parts {
  readonly history: History;
  readonly input: InputMethod;
}

const parts = new WeakMap<Session, Parts>();

/** Binds an editor to a chapter's text: the editor shows it, local changes are written to it, everybody's changes are shown. */
export function bindChapter(options: BindingOptions): Plugin<BindingState> {
  let session: Session | null = null;
  const sessionOf = (schema: EditorState['schema']): Session => {
    session ??= new Session(
      {
        text: options.text,
        mayWrite: options.mayWrite,
        onHeld: options.onHeld ?? (() => {}),
        onReturned: options.onReturned ?? (() => {}),
        lanes: options.lanes ?? null,
      },
      schema,
    );
    return session;
  };
  const input = (): InputMethod | undefined => (session === null ? undefined : parts.get(session)?.input);
  return new Plugin<BindingState>({
    key: bindingKey,
    state: {
      init: (_config, state) => ({ session: sessionOf(state.schema), local: [], before: null }),
      apply: (tr, value, before) => value.session.apply(tr, value, before),
    },
    filterTransaction: (tr) => !tr.docChanged || tr.getMeta(bindingKey) !== undefined || options.mayWrite(),
    appendTransaction: (transactions, before, after) => cleaned(transactions, before, after),
    props: {
      nodeViews: Object.fromEntries(
        LINE_TYPES.map((type) => [
          type,
          lineViewFor({
            movedLabel: options.movedLabel ?? (() => ''),
            followMoved: (key) => session?.view && followMoved(session.view, key),
          }),
        ]),
      ),
      transformPasted: (slice) => sanitizeSlice(slice),
      transformPastedText: (text) =>
        text
          .split(/\r\n?|\n/)
          .map(sanitizeText)
          .join('\n'),
      handleDOMEvents: {
        compositionstart: () => {
          input()?.begin();
          return false;
        },
        compositionupdate: () => {
          input()?.keyed();
          return false;
        },
        keydown: () => {
          input()?.keyed();
          return false;
        },
        compositionend: () => {
          input()?.end();
          return false;
        },
      },
    },
    view: (view) => {
      const own = sessionOf(view.state.schema);
      const made: Parts = { history: new History(own, options.undo, options.onAct), input: new InputMethod(own) };
      parts.set(own, made);
      own.attach(view);
      return {
        update: () => {
          own.flush();
        },
        destroy: () => {
          made.input.destroy();
          own.flush();
          made.history.destroy();
          parts.delete(own);
          own.detach();
        },
      };
    },
  });
}

function partsOf(view: EditorView): Parts | undefined {
  const session = bindingKey.getState(view.state)?.session;
  return session === undefined ? undefined : parts.get(session);
}

/** Writes local changes that are still unsent, and ends the short wait after a composition; does nothing while composing. */
export function flush(view: EditorView): void {
  partsOf(view)?.input.settle();
  bindingKey.getState(view.state)?.session.flush();
}

/** Takes back this person's own last act. The result arrives like a change of anybody's, so no transaction must be under way. */
export function undo(view: EditorView): boolean {
  return partsOf(view)?.history.step('undo') ?? false;
}

export function redo(view: EditorView): boolean {
  return partsOf(view)?.history.step('redo') ?? false;
}

/** What can be taken back in this chapter; null in an editor that is not bound. */
export function ownActsOf(view: EditorView): OwnActs | null {
  return partsOf(view)?.history ?? null;
}

export function canUndo(view: EditorView): boolean {
  return partsOf(view)?.history.manager.canUndo() ?? false;
}

export function canRedo(view: EditorView): boolean {
  return partsOf(view)?.history.manager.canRedo() ?? false;
}

/** Leads from the mark at a moved paragraph's old place to the new one. @returns false when it is gone for good. */
export function followMoved(view: EditorView, key: string): boolean {
  const session = bindingKey.getState(view.state)?.session;
  if (session === undefined || session.composing) return false;
  session.flush();
  const block = blockMovedFrom(session.options.text, session.now, key);
  if (block === null) return false;
  const at = positionBefore(session.now.doc, block) + 1;
  view.dispatch(selectAt(view.state.tr, at, at + session.now.doc.child(block).content.size).scrollIntoView());
  view.focus();
  return true;
}

/** Takes forbidden characters out of what a transaction put in, by whatever way it came. */
function cleaned(transactions: readonly Transaction[], before: EditorState, after: EditorState): Transaction | null {
  const local = transactions.some((tr) => tr.docChanged && tr.getMeta(bindingKey) === undefined);
  if (!local || before.doc.eq(after.doc)) return null;
  const start = before.doc.content.findDiffStart(after.doc.content);
  const end = before.doc.content.findDiffEnd(after.doc.content);
  if (start === null || end === null) return null;
  const { tr } = after;
  const clean = (block: PMNode, at: number) => {
    const text = block.textBetween(0, block.content.size, '', () => '\ufffc');
    for (const range of forbiddenRanges(text)) {
      const [from, to] = [tr.mapping.map(at + range.from), tr.mapping.map(at + range.to)];
      if (range.tab) tr.insertText(' ', from, to);
      else tr.delete(from, to);
    }
  };
  after.doc.nodesBetween(Math.max(0, start - 1), Math.min(after.doc.content.size, Math.max(end.b, start) + 1), (node, at) => {
    if (node.isTextblock) clean(node, at + 1);
    return !node.isTextblock;
  });
  return tr.docChanged ? tr : null;
}

function sanitizeSlice(slice: Slice): Slice {
  const clean = (fragment: Fragment): Fragment => {
    const nodes: PMNode[] = [];
    fragment.forEach((node) => {
      if (!node.isText) nodes.push(node.copy(clean(node.content)));
      else if (sanitizeText(node.text!) !== '') nodes.push(node.type.schema.text(sanitizeText(node.text!), node.marks));
    });
    return Fragment.fromArray(nodes);
  };
  return new SliceClass(clean(slice.content), slice.openStart, slice.openEnd);
}
