import type { Editor } from '@tiptap/core';
import type { Node as DocNode } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { ChapterEditor, type ChapterEditorTexts } from '../../../../client/editor/ChapterEditor.tsx';
import { focusAt } from '../../../../client/editor/walk.ts';
import { plainText } from '../../../../shared/text/plain-text.ts';
import { ROOT_NAME, render } from '../../../../shared/text/render.ts';
import type { Aim, LineSeen, OpenOptions, Sight, TypingPage } from './api.ts';
import './page.css';

/** The origin of what came from the other person. */
const remote = 'remote';

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

type Open = {
  doc: Y.Doc;
  text: Y.Text;
  awareness: Awareness;
  editor: Editor;
  texts: string[];
  starts: number;
  left: string[];
  refused: number;
  caretIds: string[];
};
let now: Open | null = null;
const root = createRoot(document.querySelector('#sheet') ?? document.body);

function current(): Open {
  if (now === null) throw new Error('No chapter is open.');
  return now;
}

async function open({ client, name, colour, mayWrite, state }: OpenOptions): Promise<void> {
  close();
  const doc = new Y.Doc();
  doc.clientID = client;
  const text = doc.getText(ROOT_NAME);
  Y.applyUpdate(doc, fromBase64(state), remote);
  const awareness = new Awareness(doc);
  awareness.setLocalStateField('user', { id: name, name, colour });
  const opened: Omit<Open, 'editor'> = { doc, text, awareness, texts: [plainText(text)], starts: 0, left: [], refused: 0, caretIds: [] };
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    opened.texts.push(plainText(text));
    if (origin !== remote) void window.sendUpdate(toBase64(update));
  });
  awareness.on('update', ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
    if (origin !== remote) void window.sendAwareness(toBase64(encodeAwarenessUpdate(awareness, [...added, ...updated, ...removed])));
  });
  const editor = await new Promise<Editor>((onReady) => {
    root.render(
      createElement(ChapterEditor, {
        key: `${client}/${Math.random()}`,
        text,
        awareness,
        mayWrite,
        label: '正文',
        texts: words,
        onReady,
        onLeave: (side, x) => {
          opened.left.push(`${side} ${Number.isFinite(x) ? 'column' : x}`);
          return true;
        },
        onCaret: (id) => {
          opened.caretIds.push(id === null ? 'none' : `${id.client}`);
        },
        onPasteRefused: () => {
          opened.refused += 1;
        },
      }),
    );
  });
  now = Object.assign(opened, { editor });
  editor.view.dom.addEventListener('compositionstart', () => {
    opened.starts += 1;
  });
  void window.sendAwareness(toBase64(encodeAwarenessUpdate(awareness, [doc.clientID])));
}

const words: ChapterEditorTexts = {
  held: (count) => `held ${count}`,
  returned: (letters) => `returned ${letters}`,
  dismiss: '✕',
  moved: '本段已移走',
};

function close(): void {
  if (now === null) return;
  const { awareness, doc } = now;
  now = null;
  removeAwarenessStates(awareness, [doc.clientID], 'left');
  root.render(null);
  doc.destroy();
}

function kindOf({ type, attrs }: DocNode): string {
  if (type.name === 'heading') return `h${attrs['level']}`;
  if (type.name === 'listLine') return `${attrs['list']}:${attrs['indent']}`;
  return type.name === 'paragraph' ? 'p' : `unknown:${attrs['kind']}`;
}

function linesOf(doc: DocNode): LineSeen[] {
  const lines: LineSeen[] = [];
  doc.forEach((line) => {
    const runs: { text: string; marks: string }[] = [];
    line.forEach((node) => {
      const text = node.isText ? (node.text ?? '') : node.type.name === 'hardBreak' ? '\n' : '▯';
      addRun(runs, text, node.marks.map((mark) => mark.type.name).join(' '));
    });
    lines.push({ kind: kindOf(line), runs });
  });
  return lines;
}

function addRun(runs: { text: string; marks: string }[], text: string, marks: string): void {
  const last = runs.at(-1);
  if (last?.marks === marks) last.text += text;
  else if (text !== '') runs.push({ text, marks });
}

/** What a reader sees of each line, read from the elements themselves: text nodes and line breaks, and the tags around them. */
function drawnLines(editor: Editor): LineSeen[] {
  const lines: LineSeen[] = [];
  editor.state.doc.forEach((_line, pos) => {
    const runs: { text: string; marks: string }[] = [];
    const element = editor.view.nodeDOM(pos);
    if (!(element instanceof HTMLElement)) throw new Error(`Line ${lines.length} is not drawn.`);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_ALL, (node) =>
      node instanceof HTMLElement && node.matches('.ProseMirror-widget, .ProseMirror-trailingBreak, .ProseMirror-separator, .line-moved')
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Text) addRun(runs, node.data, marksAround(node, element));
      else if (node instanceof HTMLBRElement) addRun(runs, '\n', marksAround(node, element));
    }
    lines.push({ kind: kindDrawn(element), runs });
  });
  return lines;
}

function marksAround(node: Node, line: Element): string {
  const tags = new Set<string>();
  for (let parent = node.parentElement; parent !== null && parent !== line; parent = parent.parentElement) tags.add(parent.tagName);
  return [
    ['STRONG', 'bold'],
    ['EM', 'italic'],
    ['U', 'underline'],
  ]
    .filter(([tag]) => tags.has(tag ?? ''))
    .map(([, name]) => name)
    .join(' ');
}

/** The kind as the element shows it to readers, their aids and the stylesheet. */
function kindDrawn(element: HTMLElement): string {
  const { list, indent, kind } = element.dataset;
  if (element.getAttribute('role') === 'heading') return `h${element.getAttribute('aria-level')}`;
  if (list !== undefined) return `${list}:${indent}`;
  return kind === undefined ? 'p' : `unknown:${kind}`;
}

function placeOf(doc: DocNode, pos: number): readonly [number, number] {
  const resolved = doc.resolve(pos);
  return [resolved.index(0), resolved.parentOffset];
}

function positionOf(doc: DocNode, [line, offset]: readonly [number, number]): number {
  let pos = 0;
  for (let index = 0; index < line; index += 1) pos += doc.child(index).nodeSize;
  return pos + 1 + offset;
}

function aim(wanted: Aim): boolean {
  const lines: string[] = [];
  current().editor.state.doc.forEach((line) => {
    lines.push(line.textBetween(0, line.content.size, null, '▯'));
  });
  const line = Math.max(
    0,
    lines.findIndex((text) => text.includes('方案')),
  );
  const text = lines[line] ?? '';
  const [from, to] = aimedAt(wanted, text);
  if (from < 0) return false;
  page.select([line, from], [line, to]);
  return true;
}

function aimedAt(wanted: Aim, text: string): [number, number] {
  switch (wanted.at) {
    case 'start':
      return [0, 0];
    case 'all':
      return [0, text.length];
    case 'victim': {
      const own = text.lastIndexOf('乙');
      const victim = own === -1 ? text.search(/[今天我们讨论]/) : own;
      return [victim, victim + 1];
    }
    case 'place': {
      const place = Math.round(wanted.of * text.length);
      for (const word of text.matchAll(/甲[子丑寅卯辰巳午未申酉戌亥]{1,2}/g)) {
        const end = word.index + word[0].length;
        if (place > word.index && place < end) return [end, end];
      }
      return [place, place];
    }
  }
}

/** Where the marks of moved paragraphs lead: each is clicked and the line looked up that the caret is then in. */
function movedAway({ editor }: Open): { line: number; leadsTo: number }[] {
  const found: { line: number; leadsTo: number }[] = [];
  editor.state.doc.forEach((_line, pos, index) => {
    const element = editor.view.nodeDOM(pos);
    const mark = element instanceof HTMLElement ? element.querySelector<HTMLButtonElement>('.line-moved') : null;
    if (mark === null || mark.textContent !== words.moved) return;
    mark.click();
    found.push({ line: index, leadsTo: editor.state.selection.$head.index(0) });
  });
  return found;
}

const page: TypingPage = {
  open,
  close,
  receive: (update) => {
    if (now !== null) Y.applyUpdate(now.doc, fromBase64(update), remote);
  },
  receiveAwareness: (update) => {
    if (now !== null) applyAwarenessUpdate(now.awareness, fromBase64(update), remote);
  },
  missing: (stateVector) => toBase64(Y.encodeStateAsUpdate(current().doc, fromBase64(stateVector))),
  stateVector: () => toBase64(Y.encodeStateVector(current().doc)),
  select: (anchor, head) => {
    const { view } = current().editor;
    const { doc, tr } = view.state;
    // First the focus: the browser would otherwise put its own caret in place of ours.
    view.focus();
    view.dispatch(tr.setSelection(TextSelection.create(doc, positionOf(doc, anchor), positionOf(doc, head))));
  },
  aim,
  command: (name, ...args) => {
    const commands = current().editor.commands as unknown as Record<string, (...given: unknown[]) => boolean>;
    return commands[name]?.(...args) ?? false;
  },
  sight: (): Sight => {
    const { editor, text, doc, starts } = current();
    const { state } = editor;
    return {
      written: linesOf(render(text).doc),
      shown: linesOf(state.doc),
      drawn: drawnLines(editor),
      composing: editor.view.composing,
      compositionStarts: starts,
      anchor: placeOf(state.doc, state.selection.anchor),
      head: placeOf(state.doc, state.selection.head),
      clocks: [...Y.decodeStateVector(Y.encodeStateVector(doc))].map(([id, clock]) => `${id}:${clock}`).sort(),
      notes: [...document.querySelectorAll('.caret-note')].map((note) => note.firstChild?.textContent ?? ''),
    };
  },
  textsHeld: () => current().texts,
  told: () => {
    const { left, refused, caretIds } = current();
    return { left: [...left], refused, caretIds: [...caretIds] };
  },
  focusAt: (side, x) => focusAt(current().editor, side, x),
  movedAway: () => movedAway(current()),
  announce: (user) => current().awareness.setLocalStateField('user', user),
  announceState: (state) => current().awareness.setLocalState(state as Record<string, unknown>),
  paste: (html, text) => {
    const data = new DataTransfer();
    if (html !== '') data.setData('text/html', html);
    data.setData('text/plain', text);
    current().editor.view.dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  },
  copied: () => {
    const { view } = current().editor;
    const { dom, text } = view.serializeForClipboard(view.state.selection.content());
    return { html: dom.innerHTML, text };
  },
};

window.typing = page;
