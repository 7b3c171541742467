// @vitest-environment jsdom

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { EditorView } from '@tiptap/pm/view';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bindChapter } from '../../../../client/editor/binding/binding.ts';
import { domObserverOf, KNOWN_VIEW_VERSION } from '../../../../client/editor/binding/private-view.ts';
import { ROOT_NAME } from '../../../../shared/text/render.ts';
import { chapterSchema } from '../../../../shared/text/schema.ts';
import { chapterOf, people } from '../../../support/text-people.ts';

const views: EditorView[] = [];
afterEach(() => {
  for (const view of views.splice(0)) view.destroy();
  document.body.replaceChildren();
});

function open(doc: Y.Doc): EditorView {
  const place = document.body.appendChild(document.createElement('div'));
  const plugin = bindChapter({ text: doc.getText(ROOT_NAME), mayWrite: () => true, movedLabel: () => 'moved' });
  const view = new EditorView(place, { state: EditorState.create({ schema: chapterSchema, plugins: [plugin] }) });
  views.push(view);
  return view;
}

function chapter(...lines: string[]): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 80_000;
  Y.applyUpdate(doc, chapterOf(lines));
  return doc;
}

const lines = (view: EditorView) => [...view.dom.querySelectorAll('.line')].map((line) => line.querySelector('.line-text')?.textContent);

describe('the private parts of ProseMirror that the binding reaches into', () => {
  it('belong to the pinned version: read client/editor/binding/private-view.ts before raising it', () => {
    const require = createRequire(import.meta.url);
    const entry = require.resolve('prosemirror-view');
    const { version } = JSON.parse(readFileSync(entry.replace(/dist[\\/].*$/, 'package.json'), 'utf8')) as { version: string };
    expect(version).toBe(KNOWN_VIEW_VERSION);
  });

  it('have the shape that the binding expects', () => {
    const view = open(chapter('甲'));
    expect(domObserverOf(view)).not.toBeNull();
    expect(typeof Reflect.get(view.state.tr.mapping, 'setMirror')).toBe('function');
    expect(Reflect.get(view, 'input')).toMatchObject({ composing: false, compositionNode: null });
  });
});

describe('a line on the page', () => {
  it('keeps its element and its text node when it becomes a heading or a list line', () => {
    const doc = chapter('甲', '乙');
    const view = open(doc);
    const element = view.dom.querySelector('.line');
    const words = view.dom.querySelector('.line-text')?.firstChild;
    for (const [type, attrs] of [
      ['heading', { level: 4, align: 'center' }],
      ['listLine', { list: 'ordered', indent: 2 }],
      ['unknownLine', { kind: 'quote' }],
      ['paragraph', {}],
    ] as const) {
      view.dispatch(view.state.tr.setNodeMarkup(0, view.state.schema.nodes[type]!, attrs));
      expect(view.dom.querySelector('.line')).toBe(element);
      expect(view.dom.querySelector('.line-text')?.firstChild).toBe(words);
    }
    view.dispatch(view.state.tr.setNodeMarkup(0, view.state.schema.nodes['heading']!, { level: 4 }));
    expect([element?.getAttribute('role'), element?.getAttribute('aria-level')]).toEqual(['heading', '4']);
  });

  it('shows remote text, and local text reaches the other page', () => {
    const doc = chapter('甲', '乙');
    const view = open(doc);
    const [b] = people(1, ['甲', '乙']);
    b!.edit((tr) => tr.split(b!.at(0, 1)));
    b!.type('丙', b!.at(1, 0));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(b!.doc));
    expect(lines(view)).toEqual(['甲', '丙', '乙']);
    view.dispatch(view.state.tr.insertText('丁', 2));
    b!.receive(Y.encodeStateAsUpdate(doc));
    expect(b!.lines).toEqual(['甲丁', '丙', '乙']);
  });

  it('[C12] carries the mark of a moved paragraph, which leads to the new place and is no part of the text', () => {
    const doc = chapter('前', '今天', '后');
    const view = open(doc);
    const [b] = people(1, ['前', '今天', '后']);
    view.dispatch(view.state.tr.insertText('甲', 5));
    const node = b!.state.doc.child(1);
    b!.edit((tr) => tr.delete(3, 3 + node.nodeSize).insert(6, node));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(b!.doc));
    expect(lines(view)).toEqual(['前', '甲', '后', '今天']);
    const mark = view.dom.querySelector<HTMLButtonElement>('.line-moved');
    expect(mark?.textContent).toBe('moved');
    mark?.click();
    const { from, to } = view.state.selection;
    expect(view.state.doc.textBetween(from, to)).toBe('今天');
  });

  it('is sanitized in what is pasted', () => {
    const view = open(chapter('前'));
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 2)));
    view.pasteHTML('<p>甲\u2028乙</p>', new Event('paste') as ClipboardEvent);
    expect(lines(view)).toEqual(['前甲乙']);
  });

  it('takes nothing in where writing is not allowed', () => {
    const doc = chapter('前');
    const place = document.body.appendChild(document.createElement('div'));
    const plugin = bindChapter({ text: doc.getText(ROOT_NAME), mayWrite: () => false });
    const view = new EditorView(place, { state: EditorState.create({ schema: chapterSchema, plugins: [plugin] }) });
    views.push(view);
    let wrote = 0;
    doc.on('update', () => {
      wrote += 1;
    });
    view.dispatch(view.state.tr.insertText('甲', 1));
    expect([lines(view), wrote]).toEqual([['前'], 0]);
  });
});
