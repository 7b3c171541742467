import * as Y from 'yjs';
import { ROOT_NAME } from '../../../shared/text/render.ts';
import { SERVER_CLIENT_ID, seedUpdate } from '../../../shared/text/seed.ts';
import type { LineExpected } from './expect.ts';

/** A chapter of these lines as the server would have written it: the seed's marker ends the last line. */
export function chapterOf(lines: readonly LineExpected[]): Uint8Array {
  const doc = new Y.Doc({ gc: false });
  Y.applyUpdate(doc, seedUpdate());
  doc.clientID = SERVER_CLIENT_ID;
  const text = doc.getText(ROOT_NAME);
  doc.transact(() => {
    const [seed] = text.toDelta().map((piece: { insert: unknown }) => piece.insert) as [Y.Map<unknown>];
    let at = 0;
    for (const [index, line] of lines.entries()) {
      const { kind, text: words } = typeof line === 'string' ? { kind: 'p', text: line } : line;
      text.insert(at, words);
      at += words.length;
      if (index < lines.length - 1) {
        text.insertEmbed(at, new Y.Map(keysOf(kind)));
        at += 1;
      } else {
        for (const [key, value] of keysOf(kind)) seed.set(key, value);
      }
    }
  });
  return Y.encodeStateAsUpdate(doc);
}

function keysOf(kind: string): [string, unknown][] {
  const [name, indent] = kind.split(':');
  if (name === 'p') return [];
  if (name === 'bullet' || name === 'ordered') {
    return [
      ['kind', 'list'],
      ['list', name],
      ['indent', Number(indent ?? 0)],
    ];
  }
  if (name === 'h3' || name === 'h4') {
    return [
      ['kind', 'heading'],
      ['level', Number(name.slice(1))],
    ];
  }
  return [['kind', kind]];
}
