import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { NodeId } from '../../../shared/ids.ts';
import {
  canonicalBlocks,
  frameHash,
  reportHash,
  type SignedNode,
  signedBlocks,
  signedChapter,
} from '../../../shared/sign-off/canonical.ts';

/** A paragraph as it is written: its text in pieces, and what its marker says. */
interface Written {
  readonly pieces: readonly { readonly text: string; readonly bold?: boolean }[];
  readonly marker: Readonly<Record<string, unknown>>;
}

/** Writes paragraphs into a document of its own, piece by piece, under a client id of its own. */
function textOf(paragraphs: readonly Written[], client = 70_000, detour = false): Y.Text {
  const doc = new Y.Doc();
  doc.clientID = client;
  const text = doc.getText('t');
  for (const { pieces, marker } of paragraphs) {
    for (const { text: piece, bold } of pieces) {
      if (detour) {
        text.insert(text.length, '走错', {});
        text.delete(text.length - 2, 2);
      }
      text.insert(text.length, piece, bold === true ? { [`bold#${client}.${text.length}`]: true } : {});
      if (bold !== true) text.format(text.length - piece.length, piece.length, { [`bold#${client}.0`]: null });
    }
    text.insertEmbed(text.length, new Y.Map(Object.entries(marker)));
  }
  return text;
}

const plain = (...texts: readonly string[]): Written[] => texts.map((text) => ({ pieces: [{ text }], marker: {} }));
const words = fc.stringMatching(/^[市县区改革发展12３，。 A]{1,8}$/);
const written = fc.record({
  pieces: fc.array(fc.record({ text: words, bold: fc.boolean() }), { minLength: 1, maxLength: 4 }),
  marker: fc.constantFrom<Record<string, unknown>>(
    {},
    { kind: 'heading' },
    { kind: 'heading', level: 4 },
    { kind: 'list' },
    { align: 'center' },
    { later: 1 },
  ),
});

describe('the canonical form', () => {
  test('[CF1] is the same however the text came to be: other writers, other pieces, other detours', () => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), (paragraphs) => {
        const once = canonicalBlocks(textOf(paragraphs));
        const cut = paragraphs.map(({ pieces, marker }) => ({
          marker: Object.fromEntries(Object.entries(marker).reverse()),
          pieces: pieces.flatMap(({ text, bold }) => [...text].map((character) => ({ text: character, bold }))),
        }));
        expect(canonicalBlocks(textOf(cut, 90_001, true))).toEqual(once);
      }),
    );
  });

  test('[CF1] is the same after it was stored and read again', () => {
    const text = textOf(plain('推进改革', '保障民生'));
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(text.doc!));
    expect(signedBlocks(doc.getText('t'))).toEqual(signedBlocks(text));
  });

  test('[CF2] changes with any character, mark, heading and order of paragraphs', () => {
    const one: Written[] = [{ pieces: [{ text: '增长3%' }], marker: {} }, ...plain('二')];
    const others: Written[][] = [
      [{ pieces: [{ text: '增长3％' }], marker: {} }, ...plain('二')],
      [{ pieces: [{ text: '增长' }, { text: '3%', bold: true }], marker: {} }, ...plain('二')],
      [{ pieces: [{ text: '增长3%' }], marker: { kind: 'heading' } }, ...plain('二')],
      [{ pieces: [{ text: '增长3%' }], marker: { align: 'right' } }, ...plain('二')],
      [{ pieces: [{ text: '增长3%' }], marker: { later: true } }, ...plain('二')],
      [...plain('二'), { pieces: [{ text: '增长3%' }], marker: {} }],
      plain('增长3%', '', '二'),
    ];
    const hashes = [one, ...others].map((paragraphs) => signedBlocks(textOf(paragraphs)).blocks.join());
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('[CF2] text is not normalised: another code point is another text', () => {
    const [composed, decomposed] = ['é', 'e\u0301'].map((text) => signedBlocks(textOf(plain(text))).blocks[0]);
    expect(composed).not.toBe(decomposed);
  });

  test('[CF3] what is no text has no part in it: the mark of a moved paragraph, what is left of a deleted one', () => {
    const doc = new Y.Doc();
    const text = doc.getText('t');
    text.insert(0, '甲');
    text.insertEmbed(1, new Y.Map(Object.entries({ movedFrom: '5.7', moved: '9.1' })));
    text.insertEmbed(2, new Y.Map(Object.entries({ gone: true })));
    expect(canonicalBlocks(text)).toEqual(canonicalBlocks(textOf(plain('甲'))));
  });

  test('[CF4] the report’s hash holds title, particulars, order and every chapter', () => {
    const id = (letter: string) => letter.repeat(20) as NodeId;
    const node = (letter: string, heading = letter): SignedNode => ({
      id: id(letter),
      kind: 'chapter',
      heading,
      form: 'own-line',
      parent: null,
    });
    const hashOf = (title: string, particulars: Record<string, string>, nodes: readonly SignedNode[], text: string) => {
      const chapters = new Map(nodes.map((each) => [each.id, signedChapter(each, signedBlocks(textOf(plain(text)))).hash]));
      return `${reportHash({ title, particulars }, nodes, chapters)} ${frameHash({ title, particulars }, nodes)}`;
    };
    const all = [
      hashOf('报告', {}, [node('a'), node('b')], '文'),
      hashOf('报告二', {}, [node('a'), node('b')], '文'),
      hashOf('报告', { signer: '罗映川' }, [node('a'), node('b')], '文'),
      hashOf('报告', {}, [node('b'), node('a')], '文'),
      hashOf('报告', {}, [node('a', '总则'), node('b')], '文'),
      hashOf('报告', {}, [node('a'), node('b')], '字'),
    ];
    expect(new Set(all.map((both) => both.split(' ')[0])).size).toBe(all.length);
    // Title, particulars and order are the frame's; headings and text are the chapters'.
    expect(new Set(all.map((both) => both.split(' ')[1])).size).toBe(4);
  });
});
