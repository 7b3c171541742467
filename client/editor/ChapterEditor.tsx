import type { Editor } from '@tiptap/core';
import { EditorContent, useEditor } from '@tiptap/react';
import { type CSSProperties, type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { idAt } from './binding/binding.ts';
import { chapterEditorOptions } from './extensions.ts';
import type { LeftOut } from './paste/remains.ts';
import './editor.css';

export type ChapterEditorTexts = {
  /** Said at the caret while `count` changes of others wait for the composition to end. */
  readonly held: (count: number) => string;
  /** Gives unfinished letters back after a composition was ended; they are not in the text. */
  readonly returned: (letters: string) => string;
  /** Name of the button that takes that note away. */
  readonly dismiss: string;
  /** Said on what stands at the old place of a paragraph that was moved away. */
  readonly moved: string;
};

export type ChapterEditorProps = {
  /** The chapter's text. Another text makes another editor. */
  readonly text: Y.Text;
  readonly awareness: Awareness | null;
  readonly mayWrite: boolean;
  /** The chapter's heading, said to those who cannot see it. */
  readonly label: string;
  readonly texts: ChapterEditorTexts;
  readonly onReady?: (editor: Editor) => void;
  readonly onFocus?: (editor: Editor) => void;
  /** An arrow key would take the caret out of the chapter (walk.ts): true when the caret went elsewhere. */
  readonly onLeave?: (side: 'up' | 'down', x: number) => boolean;
  /** The character at the caret by its Yjs id, for its author and time; null where there is none. */
  readonly onCaret?: (id: { readonly client: number; readonly clock: number } | null) => void;
  readonly onPasteRefused?: () => void;
  /** Pictures or reviewers' notes of a paste were not taken in. */
  readonly onLeftOut?: (what: LeftOut) => void;
  /** Something was written that can be taken back as one act. */
  readonly onAct?: () => void;
  /** Undo and redo by key, for the whole report. */
  readonly onStep?: (direction: 'undo' | 'redo') => void;
  /** All of the chapter is selected already, and everything is asked for. */
  readonly onSelectAll?: () => void;
};

/** One chapter as a live editor on the paper. */
export function ChapterEditor(props: ChapterEditorProps): ReactElement {
  const { text, awareness, mayWrite, label, texts } = props;
  // The editor lives longer than one rendering: it asks for the handlers of the latest one.
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const [held, setHeld] = useState(0);
  const [returned, setReturned] = useState('');

  const editor = useEditor(
    {
      ...chapterEditorOptions({
        text,
        awareness,
        mayWrite: () => latest.current.mayWrite,
        movedLabel: () => latest.current.texts.moved,
        onHeld: (note) => setHeld(note?.count ?? 0),
        onReturned: (letters) => setReturned((before) => (before === '' ? letters : `${before} ${letters}`)),
        onPasteRefused: () => latest.current.onPasteRefused?.(),
        onLeftOut: (what) => latest.current.onLeftOut?.(what),
        onAct: () => latest.current.onAct?.(),
        ...(props.onStep === undefined ? {} : { onStep: (direction) => latest.current.onStep?.(direction) }),
        ...(props.onSelectAll === undefined ? {} : { onSelectAll: () => latest.current.onSelectAll?.() }),
        onLeave: (side, x) => latest.current.onLeave?.(side, x) ?? false,
      }),
      editable: mayWrite,
      editorProps: { attributes: { 'aria-label': label, 'aria-multiline': 'true', spellcheck: 'false' } },
      onFocus: ({ editor: focused }) => latest.current.onFocus?.(focused),
    },
    [text, awareness],
  );

  useEffect(() => {
    latest.current.onReady?.(editor);
  }, [editor]);

  useEffect(() => {
    // A recreated editor has been given the right already; TipTap would announce an update of the text otherwise.
    if (editor.options.editable !== mayWrite) editor.setEditable(mayWrite, false);
  }, [editor, mayWrite]);

  useEffect(() => {
    editor.setOptions({ editorProps: { attributes: { 'aria-label': label, 'aria-multiline': 'true', spellcheck: 'false' } } });
  }, [editor, label]);

  useCaretIds(editor, latest);

  return (
    <div className="chapter-editor">
      <EditorContent editor={editor} />
      {held > 0 || returned !== '' ? (
        <div className="caret-notes" style={besideCaret(editor)}>
          {held > 0 ? (
            <p className="caret-note" role="status">
              {texts.held(held)}
            </p>
          ) : null}
          {returned !== '' ? (
            <p className="caret-note" role="status">
              {texts.returned(returned)}
              <button type="button" onClick={() => setReturned('')}>
                {texts.dismiss}
              </button>
            </p>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

/** Tells `onCaret` which character stands at the caret, once for each change. */
function useCaretIds(editor: Editor, latest: { readonly current: ChapterEditorProps }): void {
  useEffect(() => {
    let told = '';
    const tell = (): void => {
      const { onCaret } = latest.current;
      if (onCaret === undefined || !editor.isFocused) return;
      const id = idAt(editor.view, editor.state.selection.head);
      const place = id === null ? '' : `${id.client}.${id.clock}`;
      if (place === told) return;
      told = place;
      onCaret(id);
    };
    editor.on('transaction', tell);
    editor.on('focus', tell);
    return () => {
      editor.off('transaction', tell);
      editor.off('focus', tell);
    };
  }, [editor, latest]);
}

/** Above the caret's line: below it the input method shows its candidates. */
function besideCaret(editor: Editor): CSSProperties {
  const caret = editor.view.coordsAtPos(editor.state.selection.head);
  const box = editor.view.dom.getBoundingClientRect();
  return { left: Math.max(0, Math.min(caret.left - box.left, box.width - 240)), top: caret.top - box.top };
}
