import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plainText } from '../../../shared/text/plain-text.ts';
import {
  blockOfToken,
  blockStarts,
  placeOfToken,
  positionOfYjsIndex,
  tokenAt,
  tokenCount,
  yjsIndexAt,
} from '../../../shared/text/positions.ts';
import { HARD_BREAK, layoutOf, ROOT_NAME, render } from '../../../shared/text/render.ts';
import { forbiddenRanges, sanitizeText } from '../../../shared/text/sanitize.ts';
import { paragraphsUpdate, SEED_CLIENT_ID, SERVER_CLIENT_ID, seedUpdate } from '../../../shared/text/seed.ts';
import { linesOf, people } from '../../support/text-people.ts';

function textOf(...updates: Uint8Array[]): Y.Text {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getText(ROOT_NAME);
}

describe('the seed', () => {
  it('is the same bytes always, and applied any number of times gives one empty paragraph', () => {
    expect(seedUpdate()).toEqual(seedUpdate());
    const text = textOf(seedUpdate(), seedUpdate());
    expect(text.length).toBe(1);
    expect(render(text).virtual).toBe(false);
    expect(linesOf(render(text).doc)).toEqual(['']);
    expect([...text.doc!.store.clients.keys()]).toEqual([SEED_CLIENT_ID]);
  });

  it('first text is the same bytes for the same blocks, holds the seed, and reads back', () => {
    const blocks = [
      { kind: 'paragraph', text: '甲段。' },
      { kind: 'heading', level: 4, text: '（1）小节' },
      { kind: 'paragraph', text: '**次，\u2028乙段。' },
    ] as const;
    const update = paragraphsUpdate(blocks, SERVER_CLIENT_ID);
    expect(paragraphsUpdate(blocks, SERVER_CLIENT_ID)).toEqual(update);
    const text = textOf(update, seedUpdate());
    expect(linesOf(render(text).doc)).toEqual(['甲段。', '（1）小节', '**次，乙段。']);
    expect(render(text).doc.child(1).attrs['level']).toBe(4);
    expect(render(text).virtual).toBe(false);
    expect(plainText(text)).toBe('甲段。\n（1）小节\n**次，乙段。');
    expect([...text.doc!.store.clients.keys()].sort()).toEqual([SEED_CLIENT_ID, SERVER_CLIENT_ID]);
  });

  it('no blocks at all give the seed alone; a last block that is a heading is one', () => {
    expect(linesOf(render(textOf(paragraphsUpdate([], SERVER_CLIENT_ID))).doc)).toEqual(['']);
    expect(render(textOf(paragraphsUpdate([{ kind: 'heading', text: '1.' }], SERVER_CLIENT_ID))).doc.child(0).type.name).toBe('heading');
  });
});

describe('rendering', () => {
  it('is total: unknown kinds, embeds, formats and values are shown in some form', () => {
    const doc = new Y.Doc();
    const text = doc.getText(ROOT_NAME);
    text.insert(0, '甲', { colour: 'red' });
    text.insertEmbed(1, { image: 'x' });
    text.insertEmbed(
      2,
      new Y.Map<unknown>([
        ['kind', 'quote'],
        ['depth', 2],
      ]),
    );
    text.insertEmbed(
      3,
      new Y.Map<unknown>([
        ['kind', 'heading'],
        ['level', 9],
      ]),
    );
    text.insertEmbed(
      4,
      new Y.Map<unknown>([
        ['kind', 'list'],
        ['indent', -3],
        ['align', 'sideways'],
      ]),
    );
    text.insertEmbed(5, new Y.Array());
    text.insert(6, `乙${HARD_BREAK}丙`);
    const { doc: rendered, markers, virtual } = render(text);
    expect(rendered.children.map((block) => block.type.name)).toEqual(['unknownLine', 'heading', 'listLine', 'paragraph']);
    expect(rendered.child(0).attrs).toMatchObject({ kind: 'quote', extra: { depth: 2 } });
    expect(rendered.child(1).attrs['level']).toBe(4);
    expect(rendered.child(2).attrs).toMatchObject({ indent: 0, align: null, extra: { align: 'sideways' } });
    expect(rendered.child(3).children.map((node) => node.type.name)).toEqual(['opaque', 'text', 'hardBreak', 'text']);
    expect([markers.length, virtual]).toEqual([3, true]);
    expect(plainText(text)).toBe('甲\n\n\n乙\v丙');
    expect(layoutOf(text)).toMatchObject({ hidden: [0, 0, 0, 0], virtual: true });
    rendered.check();
  });

  it('an empty text is one virtual paragraph, and the first local edit gives it its marker', () => {
    const [a] = people(1, ['']);
    expect(a!.session.now.virtual).toBe(false);
    const text = textOf();
    expect([render(text).virtual, linesOf(render(text).doc)]).toEqual([true, ['']]);
  });

  it('a deleted block is not shown, nor read as text, while it is empty', () => {
    const [a] = people(1, ['甲', '乙', '丙']);
    a!.edit((tr) => tr.delete(a!.at(1, 0) - 1, a!.at(2, 0) - 1));
    expect(a!.lines).toEqual(['甲', '丙']);
    expect(plainText(a!.text)).toBe('甲\n丙');
    expect(a!.session.now.hidden).toEqual([0, 1, 1]);
  });
});

describe('positions', () => {
  it('go to tokens and Yjs indices and back, past hidden markers', () => {
    const [a] = people(1, ['甲乙', '', '丙丁戊', '己']);
    a!.edit((tr) => tr.delete(a!.at(1, 0) - 1, a!.at(2, 0) - 1));
    a!.edit((tr) => tr.insert(a!.at(1, 1), a!.state.schema.nodes['hardBreak']!.create()));
    const { now } = a!.session;
    const { doc } = now;
    const starts = blockStarts(doc);
    expect(starts[starts.length - 1]).toBe(tokenCount(doc));
    doc.descendants((node, at) => {
      if (!node.isTextblock) return;
      for (let offset = 0; offset <= node.content.size; offset += 1) {
        const position = at + 1 + offset;
        const token = tokenAt(doc, position);
        expect(placeOfToken(doc, token)).toMatchObject({ position, offset });
        expect(blockOfToken(starts, token)).toBe(doc.resolve(position).index(0));
        expect(positionOfYjsIndex(doc, now, yjsIndexAt(doc, now, position))).toBe(position);
      }
    });
    const before = a!.text.length;
    a!.text.insert(yjsIndexAt(doc, now, a!.at(2, 0)), '庚');
    expect(a!.text.length).toBe(before + 1);
    expect(a!.lines.at(-1)).toBe('庚己');
  });
});

describe('what may stand in a line', () => {
  it('[TX6] line ends, U+2028 and U+2029, lone surrogates and control characters are taken out; a tab becomes a space', () => {
    expect(sanitizeText('甲\r\n乙\u2028丙\u2029丁\ud83d戊\udc00己\u0000庚\u0085\t辛')).toBe('甲乙丙丁戊己庚 辛');
    expect(sanitizeText('👍🏽 汉字，**次\u3000')).toBe('👍🏽 汉字，**次\u3000');
    expect(forbiddenRanges('a\tb\n')).toEqual([
      { from: 1, to: 2, tab: true },
      { from: 3, to: 4, tab: false },
    ]);
  });

  it('[TX6] whatever way they come into the editor, they do not come into the text', () => {
    const [a] = people(1, ['前', '后']);
    a!.type('甲\u2028乙\n丙\ud83d丁\t', a!.at(0, 1));
    expect(a!.lines).toEqual(['前甲乙丙丁 ', '后']);
    expect(plainText(a!.text)).toBe('前甲乙丙丁 \n后');
    a!.edit((tr) => tr.insert(a!.at(1, 0), a!.state.schema.text('\u2029戊', [a!.state.schema.marks['bold']!.create()])));
    expect(plainText(a!.text)).toBe('前甲乙丙丁 \n戊后');
  });
});

describe('what a change costs', () => {
  /** Bytes of what one act sends. */
  function bytesOf(act: (person: ReturnType<typeof people>[number]) => void): number {
    const [a] = people(1, ['今天我们讨论方案。', '第二段']);
    a!.type('甲', a!.at(0, 1));
    a!.sent.length = 0;
    act(a!);
    return a!.sent.reduce((sum, update) => sum + update.length, 0);
  }

  it('Enter and bold cost a few dozen bytes, not a paragraph', () => {
    expect(bytesOf((a) => a.edit((tr) => tr.split(a.at(0, 4))))).toBeLessThan(40);
    expect(bytesOf((a) => a.edit((tr) => tr.addMark(a.at(0, 2), a.at(0, 6), a.state.schema.marks['bold']!.create())))).toBeLessThan(80);
    expect(bytesOf((a) => a.edit((tr) => tr.setNodeMarkup(0, a.state.schema.nodes['heading']!, { level: 3 })))).toBeLessThan(90);
  });

  it('a heading switched on and off two hundred times leaves everybody else a text of about the same size', () => {
    const [a, b] = people(2, ['今天']);
    const size = () => Y.encodeStateAsUpdate(b!.doc).length;
    const before = size();
    for (let round = 0; round < 200; round += 1) {
      const { nodes } = a!.state.schema;
      a!.edit((tr) => tr.setNodeMarkup(0, round % 2 === 0 ? nodes['heading']! : nodes['paragraph']!, {}));
    }
    for (const update of a!.sent) b!.receive(update);
    expect(b!.state.doc.child(0).type.name).toBe('paragraph');
    expect(size() - before).toBeLessThan(60);
  });
});
