import { Extension } from '@tiptap/core';
import type { Command, EditorState, Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Align, HeadingLevel, ListKind } from '../../shared/text/schema.ts';
import { canRedo, canUndo, redo, undo } from './binding/binding.ts';
import { toggleMarkNamed } from './keys.ts';
import { indentBy, insertHardBreak, moveLines, setAlign, setParagraph, toggleHeading, toggleList } from './lines.ts';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    chapter: {
      setParagraph: () => ReturnType;
      toggleHeading: (level: HeadingLevel) => ReturnType;
      /** Beside TipTap's own overload, for nested lists, which this one replaces. */
      toggleList: (list: ListKind) => ReturnType;
      indent: () => ReturnType;
      outdent: () => ReturnType;
      /** null: as the kind of line has it by itself. */
      setAlign: (align: Align | null) => ReturnType;
      toggleBold: () => ReturnType;
      toggleItalic: () => ReturnType;
      toggleUnderline: () => ReturnType;
      moveLineUp: () => ReturnType;
      moveLineDown: () => ReturnType;
      setHardBreak: () => ReturnType;
      /** Takes back this person's own last change, never another's. */
      undo: () => ReturnType;
      redo: () => ReturnType;
    };
  }
}

type Props = { state: EditorState; dispatch: ((args?: unknown) => unknown) | undefined; view: EditorView; tr: Transaction };

const run =
  (command: Command) =>
  ({ state, dispatch, view }: Props): boolean =>
    command(state, dispatch, view);

/** Undo and redo act on the text behind the editor: the transaction that TipTap has begun would come too late, so it is dropped. */
const history =
  (may: (view: EditorView) => boolean, act: (view: EditorView) => boolean) =>
  ({ dispatch, view, tr }: Props): boolean => {
    if (!may(view)) return false;
    tr.setMeta('preventDispatch', true);
    return dispatch === undefined || act(view);
  };

/** Everything that a toolbar can do to the chapter, by name. `editor.can()` asks without doing. */
export const chapterCommands = Extension.create({
  name: 'chapterCommands',
  addCommands: () => ({
    setParagraph: () => run(setParagraph),
    toggleHeading: (level) => run(toggleHeading(level)),
    toggleList: (list: unknown) => run(toggleList(list === 'ordered' ? 'ordered' : 'bullet')),
    indent: () => run(indentBy(1)),
    outdent: () => run(indentBy(-1)),
    setAlign: (align) => run(setAlign(align)),
    toggleBold: () => run(toggleMarkNamed('bold')),
    toggleItalic: () => run(toggleMarkNamed('italic')),
    toggleUnderline: () => run(toggleMarkNamed('underline')),
    moveLineUp: () => run(moveLines('up')),
    moveLineDown: () => run(moveLines('down')),
    setHardBreak: () => run(insertHardBreak),
    undo: () => history(canUndo, undo),
    redo: () => history(canRedo, redo),
  }),
});
