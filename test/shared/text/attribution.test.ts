import type { Node as PMNode } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { undo } from '../../../client/editor/binding/binding.ts';
import type { Person } from '../../support/text-people.ts';
import { merge, people } from '../../support/text-people.ts';

const LINES = ['今天我们讨论方案。', '第二段由甲写成。', '第三段也是。'];
const [ALICE, BOB] = [70_000, 70_001];

/** Units of text that item-level blame gives to a writer: each belongs to whoever's id it carries. */
function blame(person: Person): Map<number, number> {
  const units = new Map<number, number>();
  for (let item = person.text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    units.set(item.id.client, (units.get(item.id.client) ?? 0) + item.length);
  }
  return units;
}

/** Alice writes three paragraphs; Bob only acts on them. @returns units that blame gives to Bob. */
function unitsOfBob(act: (bob: Person, alice: Person) => void): number {
  const [alice, bob] = people(2, ['']) as [Person, Person];
  alice.type(LINES[0]!, alice.at(0, 0));
  for (const [index, line] of LINES.slice(1).entries()) {
    alice.edit((tr) => tr.split(alice.at(index, LINES[index]!.length)));
    alice.type(line, alice.at(index + 1, 0));
  }
  merge(alice, bob);
  expect(alice.lines).toEqual(LINES);
  expect(blame(alice)).toEqual(new Map([[ALICE, LINES.join('').length]]));
  act(bob, alice);
  merge(alice, bob);
  expect(alice.state.doc.toJSON()).toEqual(bob.state.doc.toJSON());
  return blame(alice).get(BOB) ?? 0;
}

const block = (person: Person, index: number): PMNode => person.state.doc.child(index);
const relook = (bob: Person, type: string, attrs: Record<string, unknown>) =>
  bob.edit((tr) => tr.setNodeMarkup(bob.at(1, 0) - 1, bob.state.schema.nodes[type]!, attrs));

describe('blame by items', () => {
  it.each<[string, (bob: Person, alice: Person) => void]>([
    ['Enter in the middle', (bob) => bob.edit((tr) => tr.split(bob.at(1, 3)))],
    [
      'split and join again',
      (bob) => {
        bob.edit((tr) => tr.split(bob.at(1, 3)));
        bob.edit((tr) => tr.join(bob.at(2, 0) - 1));
      },
    ],
    ['heading', (bob) => relook(bob, 'heading', { level: 3 })],
    ['list', (bob) => relook(bob, 'listLine', { list: 'ordered' })],
    ['a kind of a later version', (bob) => relook(bob, 'unknownLine', { kind: 'quote' })],
    ['bold', (bob) => bob.edit((tr) => tr.addMark(bob.at(0, 0), bob.at(1, 4), bob.state.schema.marks['bold']!.create()))],
    [
      'split and undo',
      (bob) => {
        bob.edit((tr) => tr.split(bob.at(1, 3)));
        undo(bob.view);
      },
    ],
    [
      'split while the writer types',
      (bob, alice) => {
        bob.edit((tr) => tr.split(bob.at(1, 3)));
        alice.type('甲', alice.at(1, 5));
      },
    ],
  ])('[TX7] stays with the writer after: %s', (_name, act) => {
    expect(unitsOfBob(act)).toBe(0);
  });

  it('[TX7] gives Bob exactly what he typed above', () => {
    expect(
      unitsOfBob((bob) => {
        bob.edit((tr) => tr.split(bob.at(0, 0)));
        bob.type('乙写的新一段十个字符', bob.at(0, 0));
      }),
    ).toBe(10);
  });

  // Yjs writes these words anew, whatever the shape of the text: the server's copy table gives them back to their writer.
  it.each<[string, number, (bob: Person, alice: Person) => void]>([
    [
      'a word deleted and undone',
      2,
      (bob) => {
        bob.edit((tr) => tr.delete(bob.at(0, 2), bob.at(0, 4)));
        undo(bob.view);
      },
    ],
    [
      'all deleted and undone',
      LINES.join('').length,
      (bob) => {
        bob.edit((tr) => tr.delete(0, tr.doc.content.size));
        undo(bob.view);
      },
    ],
    [
      'a paragraph moved',
      LINES[1]!.length,
      (bob) => {
        const node = block(bob, 1);
        const from = bob.at(1, 0) - 1;
        bob.edit((tr) => tr.delete(from, from + node.nodeSize).insert(0, node));
      },
    ],
    [
      'a paragraph cut and pasted',
      LINES[1]!.length,
      (bob) => {
        const node = block(bob, 1);
        const from = bob.at(1, 0) - 1;
        bob.edit((tr) => tr.delete(from, from + node.nodeSize));
        bob.edit((tr) => tr.insert(0, node));
      },
    ],
  ])('[TX7] is known to need the copy table after: %s', (_name, units, act) => {
    expect(unitsOfBob(act)).toBe(units);
  });
});
