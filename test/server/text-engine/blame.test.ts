import { beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../../shared/text/render.ts';
import { ALICE, BOB, CHAPTER, Copy, MALLORY, Office, OTHER } from './office.ts';

const FIRST = 'The quick brown fox jumps over the lazy dog.';
const SECOND = '会议认为，要把规范权力运行摆在更加突出的位置。';
const THIRD = '一要压实责任，二要强化督查。';

let office: Office;
let alice: Copy;
let bob: Copy;

/** Where the k-th paragraph starts and ends in the rendered document. */
function paragraph(copy: Copy, index: number): { readonly from: number; readonly to: number } {
  const { doc } = render(copy.text);
  let from = 0;
  for (let k = 0; k < index; k += 1) from += doc.child(k).nodeSize;
  return { from, to: from + doc.child(index).nodeSize };
}

beforeEach(() => {
  office = new Office();
  alice = new Copy(office, CHAPTER, ALICE, 100_001);
  bob = new Copy(office, CHAPTER, BOB, 100_002);
  alice.type(1, FIRST);
  alice.edit((tr) => tr.split(1 + FIRST.length));
  alice.type(FIRST.length + 3, SECOND);
  alice.edit((tr) => tr.split(FIRST.length + 3 + SECOND.length));
  alice.type(FIRST.length + SECOND.length + 5, THIRD);
});

/** What alice wrote is hers still, all of it, in one order or another; nothing of it is anybody else's. */
async function expectAllAlices(): Promise<void> {
  const blame = await office.blame();
  const others = blame.filter(({ by }) => by.author !== ALICE).map(({ unit }) => unit);
  expect(others.join('')).toBe('');
  expect(blame.length).toBe(FIRST.length + SECOND.length + THIRD.length);
}

describe("[AT1] the editor's actions leave blame with the writer", () => {
  it('Enter in the middle of a paragraph', async () => {
    bob.edit((tr) => tr.split(bob.find('brown')));
    await expectAllAlices();
  });

  it('split and join again', async () => {
    const at = bob.find('brown');
    bob.edit((tr) => tr.split(at));
    bob.edit((tr) => tr.join(at + 1));
    await expectAllAlices();
  });

  it('paragraph to heading, to list line, to a kind of its own', async () => {
    for (const [type, attrs] of [
      ['heading', { level: 3 }],
      ['listLine', { list: 'ordered' }],
      ['unknownLine', { kind: 'quote' }],
    ] as const) {
      bob.edit((tr) => tr.setBlockType(1, 1, tr.doc.type.schema.nodes[type]!, attrs));
      await expectAllAlices();
    }
  });

  it('bold a word', async () => {
    const at = bob.find('brown');
    bob.edit((tr) => tr.addMark(at, at + 5, tr.doc.type.schema.marks['bold']!.create()));
    await expectAllAlices();
  });

  it('delete a word and undo', async () => {
    const at = bob.find('brown');
    bob.edit((tr) => tr.delete(at, at + 5));
    bob.undo.undo();
    await expectAllAlices();
    const brown = (await office.blame()).slice(10, 15);
    expect(brown.map(({ unit }) => unit).join('')).toBe('brown');
    expect(brown.every(({ by }) => by.movedBy?.member === BOB)).toBe(true);
  });

  it('delete all and undo, then redo and undo again', async () => {
    bob.edit((tr) => tr.delete(0, tr.doc.content.size));
    bob.undo.undo();
    await expectAllAlices();
    bob.undo.redo();
    bob.undo.undo();
    await expectAllAlices();
  });

  it('split and undo', async () => {
    bob.edit((tr) => tr.split(bob.find('brown')));
    bob.undo.undo();
    await expectAllAlices();
  });

  it('move a paragraph in one transaction', async () => {
    const { from, to } = paragraph(bob, 0);
    bob.edit((tr) => {
      const slice = tr.doc.slice(from, to);
      tr.delete(from, to);
      tr.insert(tr.doc.content.size, slice.content);
    });
    await expectAllAlices();
    expect((await office.blame()).at(-1)!.by.movedBy?.member).toBe(BOB);
  });

  it('move a short line in one transaction', async () => {
    alice.edit((tr) => tr.insert(0, tr.doc.type.schema.nodes['heading']!.create({ level: 3 }, tr.doc.type.schema.text('1. 背景'))));
    const { from, to } = paragraph(bob, 0);
    bob.edit((tr) => {
      const slice = tr.doc.slice(from, to);
      tr.delete(from, to);
      tr.insert(tr.doc.content.size, slice.content);
    });
    expect(await office.wordsOf(BOB)).toBe('');
    expect(await office.wordsOf(ALICE)).toBe(`${FIRST}${SECOND}${THIRD}1. 背景`);
  });

  it('cut a paragraph and paste it in another transaction', async () => {
    const { from, to } = paragraph(bob, 1);
    const cut = render(bob.text).doc.slice(from, to).content;
    bob.edit((tr) => tr.delete(from, to));
    bob.edit((tr) => tr.insert(tr.doc.content.size, cut));
    await expectAllAlices();
  });

  it('cut a sentence and paste it into the middle of another paragraph', async () => {
    const at = bob.find('quick brown fox');
    bob.edit((tr) => tr.delete(at, at + 'quick brown fox'.length));
    bob.type(bob.find('强化督查'), 'quick brown fox');
    await expectAllAlices();
  });

  it('cut from one chapter, paste into another', async () => {
    const elsewhere = new Copy(office, OTHER, BOB, 100_003);
    const { from, to } = paragraph(bob, 1);
    bob.edit((tr) => tr.delete(from, to));
    elsewhere.type(1, SECOND);
    expect(await office.wordsOf(ALICE, OTHER)).toBe(SECOND);
    const { by } = (await office.blame(OTHER))[0]!;
    expect(by.author).toBe(ALICE);
    expect(by.movedBy?.member).toBe(BOB);
  });

  it('a paragraph typed above is its own writer’s', async () => {
    bob.edit((tr) => tr.insert(0, tr.doc.type.schema.nodes['paragraph']!.create(null, tr.doc.type.schema.text('bob wrote '))));
    expect(await office.wordsOf(BOB)).toBe('bob wrote ');
    expect(await office.wordsOf(ALICE)).toBe(FIRST + SECOND + THIRD);
  });

  it('a split while alice types', async () => {
    const before = [...office.copies];
    office.copies.length = 0;
    alice.type(alice.find('fox') + 3, ' (red)');
    bob.edit((tr) => tr.split(bob.find('jumps')));
    office.copies.push(...before);
    const log = office.updatesOf(CHAPTER);
    for (const update of log) {
      alice.hear(update);
      bob.hear(update);
    }
    expect(await office.wordsOf(BOB)).toBe('');
  });

  it('a paragraph moved many times is alice’s still, found in one step', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { from, to } = paragraph(bob, round % 2);
      bob.edit((tr) => {
        const slice = tr.doc.slice(from, to);
        tr.delete(from, to);
        tr.insert(tr.doc.content.size, slice.content);
      });
    }
    await expectAllAlices();
  });
});

describe('[AT2] what a person typed over another’s words is the typist’s', () => {
  it('replacing a selection by a word that begins alike', async () => {
    const at = bob.find('brown fox');
    bob.edit((tr) => tr.delete(at, at + 9));
    for (const [index, letter] of [...'blue cat'].entries()) bob.type(at + index, letter);
    expect(await office.wordsOf(BOB)).toBe('blue cat');
  });

  it('a paste that changes a few words keeps the rest with its writer', async () => {
    const { from, to } = paragraph(bob, 1);
    const amended = SECOND.replace('更加突出', '最为突出');
    bob.edit((tr) => tr.delete(from + 1, to - 1));
    bob.type(from + 1, amended);
    const bobs = await office.wordsOf(BOB);
    expect(bobs.length).toBeLessThan(9);
    expect(bobs).toContain('最为');
    expect(await office.wordsOf(ALICE)).toContain('会议认为，要把规范权力运行摆在');
  });

  it('words that somebody else deleted are not lent to a third', async () => {
    const mallory = new Copy(office, CHAPTER, MALLORY, 100_009);
    const at = bob.find('quick brown fox');
    bob.edit((tr) => tr.delete(at, at + 'quick brown fox'.length));
    mallory.type(mallory.find('强化督查'), 'quick brown fox');
    expect(await office.wordsOf(MALLORY)).toBe('quick brown fox');
  });

  it('after ten minutes a paste is the paster’s', async () => {
    const at = bob.find('quick brown fox');
    bob.edit((tr) => tr.delete(at, at + 'quick brown fox'.length));
    office.now += 11 * 60_000;
    bob.type(bob.find('强化督查'), 'quick brown fox');
    expect(await office.wordsOf(BOB)).toBe('quick brown fox');
  });
});
