import { baseKeymap, chainCommands, deleteSelection, joinBackward, selectNodeBackward, toggleMark } from '@tiptap/pm/commands';
import { keydownHandler } from '@tiptap/pm/keymap';
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

/** A selection of text, not of the document as a whole: what is typed over it stays in the first line. */
const selectAll: Command = (state, dispatch) => {
  const whole = TextSelection.between(Selection.atStart(state.doc).$from, Selection.atEnd(state.doc).$to);
  dispatch?.(state.tr.setSelection(whole));
  return true;
};

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

const bindings: Record<string, Command> = {
  ...baseKeymap,
  Enter: splitLine,
  'Shift-Enter': insertHardBreak,
  'Mod-Enter': insertHardBreak,
  Backspace: backspace,
  'Mod-Backspace': backspace,
  'Shift-Backspace': backspace,
  'Mod-a': selectAll,
  Tab: tab(1),
  'Shift-Tab': tab(-1),
  'Mod-b': toggleMarkNamed('bold'),
  'Mod-i': toggleMarkNamed('italic'),
  'Mod-u': toggleMarkNamed('underline'),
  'Mod-z': viaView(undo),
  'Mod-y': viaView(redo),
  'Mod-Shift-z': viaView(redo),
  'Mod-Alt-0': setParagraph,
  'Mod-Alt-3': toggleHeading(3),
  'Mod-Alt-4': toggleHeading(4),
  'Mod-Shift-7': toggleList('ordered'),
  'Mod-Shift-8': toggleList('bullet'),
  'Alt-ArrowUp': moveLines('up'),
  'Alt-ArrowDown': moveLines('down'),
};

/** The chapter's keys. None of them is heard while an input method composes: there every key is the input method's own. */
export function keysPlugin(): Plugin {
  const handle = keydownHandler(bindings);
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
