import { TextSelection } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import { canRedo, canUndo, flush, redo, undo } from '../../../../client/editor/binding/binding.ts';
import type { Person as Writer } from '../../../support/text-people.ts';
import { chapterOf, merge, Person, people } from '../../../support/text-people.ts';

function pair(...lines: string[]): [Writer, Writer] {
  const [a, b] = people(2, lines);
  return [a!, b!];
}

describe('undo and redo', () => {
  it('[TX8] [U1] takes back only my own; one more does nothing; redo restores', () => {
    const [a, b] = pair('前');
    a.type('甲', a.at(0, 1));
    merge(a, b);
    b.type('乙', b.at(0, 2));
    merge(a, b);
    expect(undo(a.view)).toBe(true);
    expect(a.lines).toEqual(['前乙']);
    expect(undo(a.view)).toBe(false);
    expect(a.lines).toEqual(['前乙']);
    expect(redo(a.view)).toBe(true);
    merge(a, b);
    expect(b.lines).toEqual(['前甲乙']);
  });

  it("[U2] B's undo takes back only B's", () => {
    const [a, b] = pair('前');
    a.type('甲', a.at(0, 1));
    b.type('乙', b.at(0, 0));
    merge(a, b);
    undo(b.view);
    merge(a, b);
    expect(a.lines).toEqual(['前甲']);
  });

  it("[U3] keeps B's character inside my text, and redo puts mine around it", () => {
    const [a, b] = pair('');
    a.type('甲甲', a.at(0, 0));
    merge(a, b);
    b.type('乙', b.at(0, 1));
    merge(a, b);
    undo(a.view);
    expect(a.lines).toEqual(['乙']);
    redo(a.view);
    merge(a, b);
    expect(b.lines).toEqual(['甲乙甲']);
  });

  it('[U4] is harmless after B replaced everything', () => {
    const [a, b] = pair('前');
    a.type('甲', a.at(0, 1));
    merge(a, b);
    b.edit((tr) => tr.insertText('乙乙', b.at(0, 0), b.at(0, 2)));
    merge(a, b);
    undo(a.view);
    merge(a, b);
    expect(b.lines).toEqual(['乙乙']);
  });

  it("[U5] takes back my split and keeps B's words in the second half", () => {
    const [a, b] = pair('今天讨论');
    a.edit((tr) => tr.split(a.at(0, 2)));
    merge(a, b);
    b.type('乙乙', b.at(1, 0));
    merge(a, b);
    undo(a.view);
    merge(a, b);
    expect(b.lines).toEqual(['今天乙乙讨论']);
  });

  it('[U6] takes bold from all, also from what B typed inside', () => {
    const [a, b] = pair('今天讨论');
    a.edit((tr) => tr.addMark(a.at(0, 0), a.at(0, 4), a.state.schema.marks['bold']!.create()));
    merge(a, b);
    b.type('乙', b.at(0, 2));
    merge(a, b);
    expect(b.state.doc.child(0).childCount).toBe(1);
    undo(a.view);
    merge(a, b);
    expect(b.lines).toEqual(['今天乙讨论']);
    expect(b.state.doc.child(0).child(0).marks).toEqual([]);
  });

  it("[U7] takes back my heading and keeps B's character", () => {
    const [a, b] = pair('今天');
    a.edit((tr) => tr.setNodeMarkup(0, a.state.schema.nodes['heading']!, { level: 3 }));
    merge(a, b);
    b.type('乙', b.at(0, 1));
    merge(a, b);
    undo(a.view);
    merge(a, b);
    expect(b.lines).toEqual(['今乙天']);
    expect(b.state.doc.child(0).type.name).toBe('paragraph');
  });

  it('[U8] leaves no pinyin after a composition, and redo brings the word', () => {
    const [a] = pair('今天');
    a.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, a.at(0, 1))));
    a.compositionStart();
    a.type('g');
    a.type('o');
    a.edit((tr) => tr.insertText('公文', a.at(0, 1), a.at(0, 3)));
    a.compositionEnd();
    flush(a.view);
    expect(a.lines).toEqual(['今公文天']);
    undo(a.view);
    expect(a.lines).toEqual(['今天']);
    redo(a.view);
    expect(a.lines).toEqual(['今公文天']);
  });

  it('[U9] nobody can take back imported text or the seed', () => {
    const [a, b] = pair('今天', '讨论');
    for (const person of [a, b]) {
      expect(canUndo(person.view)).toBe(false);
      expect(undo(person.view)).toBe(false);
      expect(person.lines).toEqual(['今天', '讨论']);
    }
    const fresh = new Person(70_009);
    fresh.receive(chapterOf(['今天']));
    expect(canUndo(fresh.view)).toBe(false);
    expect(fresh.lines).toEqual(['今天']);
  });

  it('[TX8] restores the selection of before with undo, and of after with redo', () => {
    const [a] = pair('今天我们讨论');
    a.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, a.at(0, 2), a.at(0, 4))));
    a.edit((tr) => tr.deleteSelection());
    expect(a.lines).toEqual(['今天讨论']);
    a.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, a.at(0, 0))));
    undo(a.view);
    expect(a.lines).toEqual(['今天我们讨论']);
    expect([a.state.selection.from, a.state.selection.to]).toEqual([a.at(0, 2), a.at(0, 4)]);
    redo(a.view);
    expect(a.state.selection.from).toBe(a.at(0, 0));
  });

  it('takes typing back word by word of acts, not all at once', () => {
    const [a] = pair('今天');
    a.type('甲', a.at(0, 2));
    a.edit((tr) => tr.split(a.at(0, 3)));
    a.type('乙', a.at(1, 0));
    expect(a.lines).toEqual(['今天甲', '乙']);
    undo(a.view);
    expect(a.lines).toEqual(['今天甲', '']);
    undo(a.view);
    expect(a.lines).toEqual(['今天甲']);
    undo(a.view);
    expect(a.lines).toEqual(['今天']);
    expect(canUndo(a.view)).toBe(false);
    expect(canRedo(a.view)).toBe(true);
  });

  it('does nothing while composing and where nothing may be written', () => {
    const [a] = pair('今天');
    a.type('甲', a.at(0, 2));
    a.compositionStart();
    expect(undo(a.view)).toBe(false);
    a.compositionEnd();
    flush(a.view);
    a.mayWrite = false;
    expect(undo(a.view)).toBe(false);
    a.mayWrite = true;
    expect(undo(a.view)).toBe(true);
  });
});
