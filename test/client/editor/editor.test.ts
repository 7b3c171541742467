// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import type { DecorationSet } from '@tiptap/pm/view';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type {} from '../../../client/editor/commands.ts';
import { chapterEditorOptions } from '../../../client/editor/extensions.ts';
import { ROOT_NAME } from '../../../shared/text/render.ts';
import { paragraphsUpdate, SERVER_CLIENT_ID } from '../../../shared/text/seed.ts';

const open: Editor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
});

function chapter(lines: string[], mayWrite = true): Editor {
  const doc = new Y.Doc();
  Y.applyUpdate(
    doc,
    paragraphsUpdate(
      lines.map((text) => ({ kind: 'paragraph', text })),
      SERVER_CLIENT_ID,
    ),
  );
  const options = chapterEditorOptions({ text: doc.getText(ROOT_NAME), awareness: null, mayWrite: () => mayWrite });
  const editor = new Editor({ element: document.createElement('div'), ...options, editable: mayWrite });
  open.push(editor);
  return editor;
}

/** The boxes as the plugin holds them: `from-to: what is in it`. */
function boxes(editor: Editor): string[] {
  const found: string[] = [];
  for (const plugin of editor.state.plugins) {
    const marks = plugin.props.decorations?.call(plugin, editor.state) as DecorationSet | null | undefined;
    for (const { from, to } of marks?.find() ?? []) found.push(`${from}-${to}: ${editor.state.doc.textBetween(from, to)}`);
  }
  return found.sort();
}

function boxesAnew(editor: Editor): string[] {
  const found: string[] = [];
  editor.state.doc.forEach((line, pos) => {
    const text = line.textBetween(0, line.content.size, null, '￼');
    for (const { index, 0: mask } of text.matchAll(/\*+(?:\.\*+)?/g)) {
      found.push(`${pos + 1 + index}-${pos + 1 + index + mask.length}: ${mask}`);
    }
  });
  return found.sort();
}

describe('commands by name', () => {
  it('an editor opens with its caret at the start of the text', () => {
    expect(chapter(['甲', '乙']).state.selection.head).toBe(1);
  });

  it('say beforehand whether they would do anything', () => {
    const editor = chapter(['甲', '乙']);
    expect([editor.can().undo(), editor.can().moveLineUp(), editor.can().moveLineDown(), editor.can().indent()]).toEqual([
      false,
      false,
      true,
      false,
    ]);
    editor.commands.toggleList('ordered');
    expect([editor.can().undo(), editor.can().indent(), editor.can().outdent()]).toEqual([true, true, false]);
    expect(editor.isActive('listLine', { list: 'ordered' })).toBe(true);
  });

  it('take back and do again through the text behind the editor', () => {
    const editor = chapter(['甲']);
    editor.commands.setTextSelection(2);
    editor.commands.insertContent('乙');
    expect(editor.getText()).toBe('甲乙');
    expect(editor.commands.undo()).toBe(true);
    expect(editor.getText()).toBe('甲');
    expect([editor.commands.undo(), editor.can().redo()]).toEqual([false, true]);
    expect(editor.commands.redo()).toBe(true);
    expect(editor.getText()).toBe('甲乙');
  });

  it('change nothing where nothing may be written', () => {
    const editor = chapter(['甲', '乙'], false);
    const before = editor.getJSON();
    editor.commands.toggleHeading(3);
    editor.commands.toggleList('bullet');
    editor.commands.moveLineDown();
    editor.commands.insertContent('丙');
    expect(editor.getJSON()).toEqual(before);
  });
});

describe('boxes around masked figures', () => {
  it('stand where the masks stand after every kind of edit, and never in the text', () => {
    const editor = chapter(['增长**％，完成*.*亿元', '无', '**次']);
    const edits: [string, () => void][] = [
      ['as opened', () => {}],
      ['a mask grows', () => editor.commands.insertContentAt(4, '*')],
      ['text before it', () => editor.commands.insertContentAt(1, '同比')],
      ['a mask is typed', () => editor.commands.insertContentAt(editor.state.doc.content.size - 1, '，*个')],
      ['a mask is cut in two', () => editor.chain().setTextSelection(7).setHardBreak().run()],
      ['lines are joined', () => editor.view.dispatch(editor.state.tr.join(editor.state.doc.child(0).nodeSize))],
      ['a line is moved', () => editor.chain().setTextSelection(2).moveLineDown().run()],
      ['a mask is deleted', () => editor.view.dispatch(editor.state.tr.delete(1, 3))],
      ['undone', () => editor.commands.undo()],
    ];
    for (const [what, edit] of edits) {
      edit();
      expect([what, boxes(editor)]).toEqual([what, boxesAnew(editor)]);
    }
    expect(boxes(editor).length).toBeGreaterThan(2);
    expect(editor.getHTML()).not.toContain('blank');
  });
});
