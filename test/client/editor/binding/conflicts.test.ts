import { TextSelection } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import { followMoved } from '../../../../client/editor/binding/binding.ts';
import { MARK_NAMES } from '../../../../shared/text/schema.ts';
import type { Person } from '../../../support/text-people.ts';
import { merge, people } from '../../../support/text-people.ts';

const TEXT = '今天我们讨论方案。';

function pair(...lines: string[]): [Person, Person] {
  const [a, b] = people(2, lines);
  return [a!, b!];
}

/** Both come together; everybody sees the same. */
function together(a: Person, b: Person): string[] {
  merge(a, b);
  expect(b.state.doc.toJSON()).toEqual(a.state.doc.toJSON());
  return a.lines;
}

function typeJia(a: Person, block = 0): void {
  a.type('甲甲', a.at(block, 6));
}

function deleteBlock(person: Person, block: number): void {
  const from = person.at(block, 0) - 1;
  person.edit((tr) => tr.delete(from, from + person.state.doc.child(block).nodeSize));
}

/** As Alt+↓ or a drag does: out and in again, in one transaction. */
function moveBlock(person: Person, block: number, before: number): void {
  const node = person.state.doc.child(block);
  const from = person.at(block, 0) - 1;
  person.edit((tr) => {
    const to = before < person.state.doc.childCount ? person.at(before, 0) - 1 : person.state.doc.content.size;
    tr.delete(from, from + node.nodeSize);
    return tr.insert(tr.mapping.map(to), node);
  });
}

/** Two neighbours change places by one replacement of both. */
function swap(person: Person, block: number): void {
  const { doc } = person.state;
  const [one, other] = [doc.child(block), doc.child(block + 1)];
  const from = person.at(block, 0) - 1;
  person.edit((tr) => tr.replaceWith(from, from + one.nodeSize + other.nodeSize, [other, one]));
}

function bold(person: Person, block: number, from: number, to: number): void {
  person.edit((tr) => tr.addMark(person.at(block, from), person.at(block, to), person.state.schema.marks['bold']!.create()));
}

function boldText(person: Person): string {
  return markedText(person, 'bold');
}

function markedText(person: Person, name: string, block = 0): string {
  return person.state.doc
    .child(block)
    .children.filter((node) => node.marks.some((mark) => mark.type.name === name))
    .map((node) => node.text)
    .join('');
}

describe('two people change the structure apart and come together', () => {
  it('[C1] words typed behind the point of a split are in the second half', () => {
    const [a, b] = pair(TEXT);
    typeJia(a);
    b.edit((tr) => tr.split(b.at(0, 2)));
    expect(together(a, b)).toEqual(['今天', '我们讨论甲甲方案。']);
  });

  it('[C2] words typed in a paragraph that is joined to the one above stay in their place', () => {
    const [a, b] = pair('前', TEXT);
    typeJia(a, 1);
    b.edit((tr) => tr.join(b.at(1, 0) - 1));
    expect(together(a, b)).toEqual(['前今天我们讨论甲甲方案。']);
  });

  it('[C3] words typed in a paragraph that becomes a heading are in the heading', () => {
    const [a, b] = pair(TEXT, '后');
    typeJia(a);
    b.edit((tr) => tr.setNodeMarkup(0, b.state.schema.nodes['heading']!, { level: 3 }));
    expect(together(a, b)).toEqual(['今天我们讨论甲甲方案。', '后']);
    expect(a.state.doc.child(0).type.name).toBe('heading');
    b.edit((tr) => tr.setNodeMarkup(0, null, { ...b.state.doc.child(0).attrs, level: 4 }));
    typeJia(a);
    expect(together(a, b)[0]).toBe('今天我们讨论甲甲甲甲方案。');
    expect(a.state.doc.child(0).attrs['level']).toBe(4);
  });

  it('[C4] words typed in a paragraph that becomes a list line are in the list line', () => {
    const [a, b] = pair(TEXT);
    typeJia(a);
    b.edit((tr) => tr.setNodeMarkup(0, b.state.schema.nodes['listLine']!, { list: 'ordered' }));
    expect(together(a, b)).toEqual(['今天我们讨论甲甲方案。']);
    expect(a.state.doc.child(0).attrs['list']).toBe('ordered');
  });

  it('[C5] words typed while all is made bold leave the old words bold', () => {
    const [a, b] = pair(TEXT);
    typeJia(a);
    bold(b, 0, 0, 9);
    expect(together(a, b)).toEqual(['今天我们讨论甲甲方案。']);
    expect(boldText(a).replace('甲甲', '')).toBe(TEXT);
  });

  it('[C6] two splits at different places are both kept', () => {
    const [a, b] = pair(TEXT);
    a.edit((tr) => tr.split(a.at(0, 6)));
    b.edit((tr) => tr.split(b.at(0, 2)));
    expect(together(a, b)).toEqual(['今天', '我们讨论', '方案。']);
  });

  it('[C7] two words typed at one place are there once each, unbroken', () => {
    const [a, b] = pair(TEXT);
    typeJia(a);
    b.type('乙乙', b.at(0, 6));
    expect(['今天我们讨论甲甲乙乙方案。', '今天我们讨论乙乙甲甲方案。']).toContain(together(a, b)[0]);
  });

  it('[C8] a word that both replace gives both new words once', () => {
    const [a, b] = pair(TEXT);
    a.edit((tr) => tr.insertText('审议', a.at(0, 4), a.at(0, 6)));
    b.edit((tr) => tr.insertText('研究', b.at(0, 4), b.at(0, 6)));
    expect(['今天我们审议研究方案。', '今天我们研究审议方案。']).toContain(together(a, b)[0]);
  });

  it.each([
    ['between others', ['前', TEXT, '后'], 1, ['前', '甲甲', '后']],
    ['at the start', [TEXT, '后'], 0, ['甲甲', '后']],
    ['at the end', ['前', TEXT], 1, ['前', '甲甲']],
  ])(
    '[TX4] [C11] words typed in a paragraph that is deleted keep a paragraph of their own at the old place: %s',
    (_where, lines, block, expected) => {
      const [a, b] = pair(...lines);
      typeJia(a, block);
      deleteBlock(b, block);
      expect(together(a, b)).toEqual(expected);
    },
  );

  it('[TX4] [C11] words typed in an empty paragraph that is deleted keep a paragraph of their own', () => {
    const [a, b] = pair('前', '', '后');
    a.type('甲甲', a.at(1, 0));
    b.edit((tr) => tr.join(b.at(1, 0) - 1));
    expect(together(a, b)).toEqual(['前', '甲甲', '后']);
  });

  it('[TX4] [C12] words typed in a paragraph that is moved stay at the old place, with a mark that leads to the new one', () => {
    const [a, b] = pair('前', TEXT, '中', '后');
    typeJia(a, 1);
    moveBlock(b, 1, 3);
    expect(b.lines).toEqual(['前', '中', TEXT, '后']);
    expect(together(a, b)).toEqual(['前', '甲甲', '中', TEXT, '后']);
    const { moved } = a.state.doc.child(1).attrs;
    expect(typeof moved).toBe('string');
    expect(a.state.doc.children.filter((block) => block.attrs['moved'] !== null)).toHaveLength(1);
    for (const person of [a, b]) {
      expect(followMoved(person.view, moved as string)).toBe(true);
      const { from, to } = person.state.selection;
      expect(person.state.doc.textBetween(from, to)).toBe(TEXT);
    }
  });

  it('[C12] the mark follows a paragraph that is moved again, and leads nowhere once it is deleted', () => {
    const [a, b] = pair('前', TEXT, '中', '后');
    typeJia(a, 1);
    moveBlock(b, 1, 3);
    moveBlock(b, 2, 4);
    expect(b.lines).toEqual(['前', '中', '后', TEXT]);
    expect(together(a, b)).toEqual(['前', '甲甲', '中', '后', TEXT]);
    const moved = a.state.doc.child(1).attrs['moved'] as string;
    expect(followMoved(a.view, moved)).toBe(true);
    expect(a.state.doc.textBetween(a.state.selection.from, a.state.selection.to)).toBe(TEXT);
    deleteBlock(b, 4);
    together(a, b);
    expect(followMoved(a.view, moved)).toBe(false);
  });

  it('[C12] a move that is taken back brings the words together again', async () => {
    const { undo } = await import('../../../../client/editor/binding/binding.ts');
    const [a, b] = pair('前', TEXT, '中');
    typeJia(a, 1);
    moveBlock(b, 1, 3);
    together(a, b);
    expect(undo(b.view)).toBe(true);
    expect(together(a, b)).toEqual(['前', '今天我们讨论甲甲方案。', '中']);
    expect(a.state.doc.child(1).attrs['moved']).toBeNull();
  });

  it('[C12] a moved paragraph leaves nothing to see where nobody typed', () => {
    const [a, b] = pair('前', TEXT, '中');
    moveBlock(b, 1, 3);
    expect(together(a, b)).toEqual(['前', '中', TEXT]);
    expect(a.state.doc.children.every((block) => block.attrs['moved'] === null)).toBe(true);
  });

  it('[C13] the same words deleted by both are gone once', () => {
    const [a, b] = pair(TEXT);
    for (const person of [a, b]) person.edit((tr) => tr.delete(person.at(0, 2), person.at(0, 4)));
    expect(together(a, b)).toEqual(['今天讨论方案。']);
  });

  it.each(MARK_NAMES)('[C14] overlapping %s of two people is there all over, and goes when one takes it away', (name) => {
    const [a, b] = pair(TEXT);
    const mark = a.state.schema.marks[name]!;
    a.edit((tr) => tr.addMark(a.at(0, 0), a.at(0, 4), mark.create()));
    b.edit((tr) => tr.addMark(b.at(0, 2), b.at(0, 6), mark.create()));
    together(a, b);
    expect(markedText(a, name)).toBe('今天我们讨论');
    a.edit((tr) => tr.removeMark(a.at(0, 1), a.at(0, 5), mark));
    together(a, b);
    expect(markedText(b, name)).toBe('今论');
  });

  it('[C14] bold that one takes away while the other sets it stays where the other set it', () => {
    const [a, b] = pair(TEXT);
    bold(a, 0, 0, 4);
    together(a, b);
    a.edit((tr) => tr.removeMark(a.at(0, 0), a.at(0, 4), a.state.schema.marks['bold']!));
    bold(b, 0, 2, 6);
    together(a, b);
    // B set it where it was not set yet; A took away what B saw as bold already.
    expect(boldText(a)).toBe('讨论');
  });

  it.each<[string, (person: Person) => void]>([
    ['two paragraphs that change places in one step', (b) => swap(b, 1)],
    ['a paragraph moved up to the start', (b) => moveBlock(b, 1, 0)],
    ['a paragraph moved down to the end', (b) => moveBlock(b, 1, 4)],
  ])('[C12] recognises a move: %s', (_name, move) => {
    const [a, b] = pair('前', TEXT, '中', '后');
    typeJia(a, 1);
    a.type('甲甲', a.at(2, 1));
    move(b);
    const lines = together(a, b);
    const left = lines.findIndex((_, index) => a.state.doc.child(index).attrs['moved'] !== null);
    expect(lines[left]).toBe('甲甲');
    expect(followMoved(b.view, a.state.doc.child(left).attrs['moved'] as string)).toBe(true);
    expect([TEXT, '中']).toContain(b.state.doc.textBetween(b.state.selection.from, b.state.selection.to));
    expect(lines.join('').split('甲甲')).toHaveLength(3);
  });

  it('[C12] a half split off from what was left behind carries no mark', () => {
    const [a, b] = pair('前', TEXT, '后');
    typeJia(a, 1);
    moveBlock(b, 1, 3);
    together(a, b);
    a.edit((tr) => tr.split(a.at(1, 1)));
    expect(together(a, b)).toEqual(['前', '甲', '甲', '后', TEXT]);
    expect(a.state.doc.children.filter((block) => block.attrs['moved'] !== null)).toHaveLength(1);
  });

  it('a paragraph that came back through a colleague is an ordinary one again when somebody works in it', () => {
    const [a, b] = pair('前', TEXT, '后');
    typeJia(a, 1);
    deleteBlock(b, 1);
    together(a, b);
    b.edit((tr) => tr.delete(b.at(1, 0), b.at(1, 2)));
    expect(together(a, b)).toEqual(['前', '', '后']);
  });

  it('a caret stays with its words when another paragraph is moved', () => {
    const [a, b] = pair('前', TEXT, '后');
    a.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, a.at(2, 1))));
    moveBlock(b, 1, 0);
    together(a, b);
    expect(a.lines).toEqual([TEXT, '前', '后']);
    expect(a.state.selection.from).toBe(a.at(2, 1));
  });
});
