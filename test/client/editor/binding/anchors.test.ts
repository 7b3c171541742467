import { TextSelection } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { idAt, positionToRelative, relativeToPosition } from '../../../../client/editor/binding/binding.ts';
import { ROOT_NAME } from '../../../../shared/text/render.ts';
import { SEED_CLIENT_ID, SERVER_CLIENT_ID } from '../../../../shared/text/seed.ts';
import type { Person } from '../../../support/text-people.ts';
import { merge, people } from '../../../support/text-people.ts';

function pair(...lines: string[]): [Person, Person] {
  const [a, b] = people(2, lines);
  return [a!, b!];
}

describe('places that mean the same for everybody', () => {
  it('every caret place comes back as itself, also beside deleted blocks', () => {
    const [a] = pair('甲乙', '', '丙丁', '戊');
    a.edit((tr) => tr.delete(a.at(1, 0) - 1, a.at(2, 0) - 1));
    a.state.doc.descendants((node, at) => {
      if (!node.isTextblock) return;
      for (let offset = 0; offset <= node.content.size; offset += 1) {
        const position = at + 1 + offset;
        const relative = Y.relativePositionToJSON(positionToRelative(a.state, position));
        expect(relativeToPosition(a.state, JSON.parse(JSON.stringify(relative)))).toBe(position);
      }
    });
  });

  it('a caret stays with its character while others write before it, and is the same place in their editor', () => {
    const [a, b] = pair('今天我们讨论', '后');
    const place = positionToRelative(a.state, a.at(0, 4));
    b.type('乙乙', b.at(0, 0));
    b.edit((tr) => tr.split(b.at(0, 4)));
    merge(a, b);
    expect(relativeToPosition(a.state, place)).toBe(a.at(1, 2));
    expect(relativeToPosition(b.state, place)).toBe(b.at(1, 2));
  });

  it('is counted without what is unsent, and drawn through it', () => {
    const [a, b] = pair('今天我们讨论');
    a.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, a.at(0, 2))));
    a.compositionStart();
    a.type('gong');
    const own = positionToRelative(a.state, a.at(0, 8));
    expect(relativeToPosition(b.state, own)).toBe(b.at(0, 4));
    const theirs = positionToRelative(b.state, b.at(0, 4));
    expect(relativeToPosition(a.state, theirs)).toBe(a.at(0, 8));
    expect(relativeToPosition(a.state, own)).toBe(a.at(0, 8));
  });

  it('what is no place of this text is null: other JSON, other types, text still to arrive', () => {
    const [a, b] = pair('今天');
    b.type('乙', b.at(0, 1));
    const ahead = positionToRelative(b.state, b.at(0, 1));
    for (const place of [null, 3, 'x', {}, { item: 'x' }, { type: { client: 9, clock: 9 } }, { tname: 'other' }, ahead]) {
      expect(relativeToPosition(a.state, place)).toBeNull();
    }
    expect([...a.doc.share.keys()]).toEqual([ROOT_NAME]);
  });
});

describe('who wrote the character at the caret', () => {
  it('is asked by the id of the character before it, at the start of a line of the one behind', () => {
    const [a] = pair('今天', '后');
    a.type('甲', a.at(0, 1));
    expect(idAt(a.view, a.at(0, 2))?.client).toBe(70_000);
    expect(idAt(a.view, a.at(0, 1))?.client).toBe(SERVER_CLIENT_ID);
    expect(idAt(a.view, a.at(0, 0))?.client).toBe(SERVER_CLIENT_ID);
    expect(idAt(a.view, a.at(1, 1))?.client).toBe(SERVER_CLIENT_ID);
    const [empty] = pair('');
    expect(idAt(empty.view, 1)).toBeNull();
    expect(SEED_CLIENT_ID).toBeLessThan(SERVER_CLIENT_ID);
  });

  it('is nobody yet for letters that have not been sent', () => {
    const [a] = pair('今天');
    a.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, a.at(0, 1))));
    a.compositionStart();
    a.type('g');
    expect(idAt(a.view, a.at(0, 2))).toBeNull();
    expect(idAt(a.view, a.at(0, 3))?.client).toBe(SERVER_CLIENT_ID);
  });
});
