import { type AnyExtension, type EditorOptions, Extension } from '@tiptap/core';
import type { Plugin } from '@tiptap/pm/state';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { authorColoursPlugin } from './author-colours.ts';
import { bindChapter } from './binding/binding.ts';
import { blanksPlugin } from './blanks.ts';
import { caretsPlugin } from './carets.ts';
import { chapterCommands } from './commands.ts';
import { findingsPlugin } from './findings.ts';
import { keysPlugin } from './keys.ts';
import { knownBlanksPlugin } from './known-blanks.ts';
import { clipboardPlugin } from './paste/clipboard.ts';
import type { LeftOut } from './paste/remains.ts';
import { schemaExtensions } from './schema-extensions.ts';
import { threadMarksPlugin } from './thread-marks.ts';
import { unreadLinesPlugin } from './unread-lines.ts';
import { type Leave, walkPlugin } from './walk.ts';

export type ChapterOptions = {
  /** The chapter's text, as shared/text/render.ts describes it. */
  readonly text: Y.Text;
  /** The chapter's room; null where nobody else can be seen. */
  readonly awareness: Awareness | null;
  readonly mayWrite: () => boolean;
  /** Remote changes are waiting for a composition to end: how many; null when none are any more. */
  readonly onHeld?: (note: { count: number } | null) => void;
  /** A composition was ended because nobody went on with it: its letters, which never entered the text. */
  readonly onReturned?: (letters: string) => void;
  /** What the mark at the old place of a moved paragraph says. */
  readonly movedLabel?: () => string;
  /** An arrow key would take the caret out of the chapter. */
  readonly onLeave?: Leave;
  /** Something was written that can be taken back as one act. */
  readonly onAct?: () => void;
  /** Undo and redo by key, for the whole report; without it they stay in this chapter. */
  readonly onStep?: (direction: 'undo' | 'redo') => void;
  /** All of the chapter is selected already, and everything is asked for. */
  readonly onSelectAll?: () => void;
  /** A paste of more than 500 000 characters was not taken in. */
  readonly onPasteRefused?: () => void;
  /** Pictures or reviewers' notes of a paste were not taken in. */
  readonly onLeftOut?: (what: LeftOut) => void;
};

/**
 * A chapter's editor: shared schema, binding, keys, commands, clipboard, carets of the others, boxes around masked figures. There are no
 * Markdown rules among them: in a report `**次` is a figure still to come, not the beginning of bold.
 */
export function chapterExtensions(options: ChapterOptions): AnyExtension[] {
  return [...schemaExtensions(), chapterCommands, chapterPlugins(options)];
}

function chapterPlugins(options: ChapterOptions): Extension {
  return Extension.create({
    name: 'chapterPlugins',
    addProseMirrorPlugins: (): Plugin[] => [
      // Before the binding, which would take line ends out of pasted text.
      clipboardPlugin({ refused: options.onPasteRefused ?? (() => {}), leftOut: options.onLeftOut ?? (() => {}) }),
      bindChapter({
        text: options.text,
        mayWrite: options.mayWrite,
        ...(options.onAct === undefined ? {} : { onAct: options.onAct }),
        ...(options.onHeld === undefined ? {} : { onHeld: options.onHeld }),
        ...(options.movedLabel === undefined ? {} : { movedLabel: options.movedLabel }),
        ...(options.onReturned === undefined ? {} : { onReturned: options.onReturned }),
      }),
      ...(options.onLeave === undefined ? [] : [walkPlugin(options.onLeave)]),
      keysPlugin({ step: options.onStep, selectAll: options.onSelectAll }),
      knownBlanksPlugin(),
      blanksPlugin(),
      findingsPlugin(),
      authorColoursPlugin(),
      unreadLinesPlugin(),
      threadMarksPlugin(),
      ...(options.awareness === null ? [] : [caretsPlugin(options.awareness)]),
    ],
  });
}

/**
 * How the editor around the extensions is set up. TipTap's own keys are replaced by ours (one of them writes by itself when a whole
 * document has been deleted, even by somebody else), and nothing turns typed signs into formats.
 */
export function chapterEditorOptions(options: ChapterOptions): Partial<EditorOptions> {
  return {
    extensions: chapterExtensions(options),
    enableInputRules: false,
    enablePasteRules: false,
    enableCoreExtensions: { keymap: false, delete: false, drop: false, paste: false, clipboardTextSerializer: false, textDirection: false },
  };
}
