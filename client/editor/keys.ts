import { baseKeymap, chainCommands, deleteSelection, joinBackward, selectNodeBackward, toggleMark } from '@tiptap/pm/commands';
import { keydownHandler } from '@tiptap/pm/keymap';
import type { Node as PMNode } from '@tiptap/pm/model';
import { type Command, Plugin, PluginKey, Selection, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { redo, undo } from './binding/binding.ts';
import {
  deleteEmptyLineAbove,
  indentBy,
  inList,
  insertHardBreak,
  moveLines,
  plainAtStart,
  setParagraph,
  splitLine,
  toggleHeading,
  toggleList,
} from './lines.ts';

/** Bold, italic or underline by the mark's name in the schema. */
export function toggleMarkNamed(name: string): Command {
  return (state, dispatch, view) => {
    const mark = state.schema.marks[name];
    return mark !== undefined && toggleMark(mark)(state, dispatch, view);
  };
}

const backspace = chainCommands(plainAtStart, deleteSelection, deleteEmptyLineAbove, joinBackward, selectNodeBackward);

/**
 * A selection of text, not of the document as a whole: what is typed over it stays in the first line. Asked again, `beyond` is called.
 */
function selectAll(beyond: (() => void) | undefined): Command {
  return (state, dispatch, view) => {
    const whole = TextSelection.between(Selection.atStart(state.doc).$from, Selection.atEnd(state.doc).$to);
    const { from, to, head } = state.selection;
    if (beyond !== undefined && from <= whole.from && to >= whole.to) {
      if (dispatch !== undefined) beyond();
      return true;
    }
    if (view !== undefined && dispatch !== undefined) caretsBefore.set(view, { doc: state.doc, head });
    dispatch?.(state.tr.setSelection(whole));
    return true;
  };
}

const caretsBefore = new WeakMap<EditorView, { readonly doc: PMNode; readonly head: number }>();

/** Ends the selection of everything: the caret stands where it was before, so that the next key replaces nothing. */
export function leaveSelectAll(view: EditorView): void {
  if (view.isDestroyed) return;
  view.focus();
  const { doc, selection, tr } = view.state;
  if (selection.empty) return;
  const before = caretsBefore.get(view);
  const head = before?.doc.eq(doc) === true ? before.head : selection.head;
  view.dispatch(tr.setSelection(Selection.near(doc.resolve(Math.min(head, doc.content.size)))));
}

/** In a list Tab is the list's, even where it can move a line no further; elsewhere it moves the focus, as a keyboard user needs. */
function tab(by: 1 | -1): Command {
  return (state, dispatch) => {
    if (!inList(state)) return false;
    indentBy(by)(state, dispatch);
    return true;
  };
}

const viaView =
  (act: (view: EditorView) => boolean): Command =>
  (_state, dispatch, view) =>
    view !== undefined && (dispatch === undefined || act(view) || true);

export interface ChapterKeys {
  /** Undo and redo for the whole report; without it they stay in this chapter. */
  readonly step: ((direction: 'undo' | 'redo') => void) | undefined;
  /** Everything is asked for once more. */
  readonly selectAll: (() => void) | undefined;
}

const bindingsOf = ({ step, selectAll: beyond }: ChapterKeys): Record<string, Command> => ({
  ...baseKeymap,
  Enter: splitLine,
  'Shift-Enter': insertHardBreak,
  'Mod-Enter': insertHardBreak,
  Backspace: backspace,
  'Mod-Backspace': backspace,
  'Shift-Backspace': backspace,
  'Mod-a': selectAll(beyond),
  Tab: tab(1),
  'Shift-Tab': tab(-1),
  'Mod-b': toggleMarkNamed('bold'),
  'Mod-i': toggleMarkNamed('italic'),
  'Mod-u': toggleMarkNamed('underline'),
  'Mod-z': viaView(step === undefined ? undo : () => stepped(step, 'undo')),
  'Mod-y': viaView(step === undefined ? redo : () => stepped(step, 'redo')),
  'Mod-Shift-z': viaView(step === undefined ? redo : () => stepped(step, 'redo')),
  'Mod-Alt-0': setParagraph,
  'Mod-Alt-3': toggleHeading(3),
  'Mod-Alt-4': toggleHeading(4),
  'Mod-Shift-7': toggleList('ordered'),
  'Mod-Shift-8': toggleList('bullet'),
  'Alt-ArrowUp': moveLines('up'),
  'Alt-ArrowDown': moveLines('down'),
});

function stepped(step: (direction: 'undo' | 'redo') => void, direction: 'undo' | 'redo'): true {
  step(direction);
  return true;
}

/** The chapter's keys. None of them is heard while an input method composes: there every key is the input method's own. */
export function keysPlugin(keys: ChapterKeys = { step: undefined, selectAll: undefined }): Plugin {
  const handle = keydownHandler(bindingsOf(keys));
  return new Plugin({
    key: new PluginKey('chapterKeys'),
    props: {
      handleKeyDown: (view, event) => {
        if (event.isComposing || event.keyCode === 229 || view.composing) return false;
        return handle(view, event);
      },
    },
  });
}
