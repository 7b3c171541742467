import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { refusedText } from '../../../client/connection/refused-text.ts';

/** A chapter whose first text is acknowledged, and the updates made after it. */
function chapter(...blocks: string[]) {
  const doc = new Y.Doc();
  doc.clientID = 70_001;
  const text = doc.getText('t');
  for (const block of blocks) {
    text.insert(text.length, block);
    text.insertEmbed(text.length, new Y.Map());
  }
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  return { doc, text, updates };
}

describe('refused words', () => {
  test('[RJ13] only what is unacknowledged, with a little around it, though Yjs has joined both into one item', () => {
    const { doc, text, updates } = chapter('上级单位认为，');
    text.insert(7, '我补充一点，');
    // A continuation of the same writer: Yjs keeps one item for both.
    expect(refusedText(doc, updates)).toEqual({
      text: '我补充一点，',
      pieces: [{ before: '上级单位认为，', text: '我补充一点，', after: '' }],
      removed: 0,
    });
  });

  test('a line for each paragraph; stretches of one paragraph stay apart', () => {
    const { doc, text, updates } = chapter('第一段。', '第二段。');
    text.insert(9, '末尾补一句。');
    text.insert(3, '甲');
    text.insert(0, '乙');
    expect(refusedText(doc, updates).text).toBe('乙 … 甲\n末尾补一句。');
    expect(refusedText(doc, updates).pieces.map((piece) => [piece.before, piece.text, piece.after])).toEqual([
      ['', '乙', '第一段甲。'],
      ['乙第一段', '甲', '。'],
      ['第二段。', '末尾补一句。', ''],
    ]);
  });

  test('a new paragraph, bold words and a line break come as plain text', () => {
    const { doc, text, updates } = chapter('原文。');
    text.insert(4, '新段\u2028第二行', { bold: true });
    text.insertEmbed(text.length, new Y.Map());
    expect(refusedText(doc, updates).text).toBe('新段\n第二行');
  });

  test('words typed and taken out again are gone; deletions of other text are counted', () => {
    const { doc, text, updates } = chapter('保留这些字。');
    text.insert(0, '写了又删');
    text.delete(0, 4);
    text.delete(0, 2);
    expect(refusedText(doc, updates)).toEqual({ text: '', pieces: [], removed: 2 });
  });

  test('of a relayed update the inserted text counts, and never the deletions of everybody', () => {
    const { doc, text, updates } = chapter('底稿。');
    text.insert(0, '另一页写的');
    text.delete(text.length - 2, 1);
    expect(refusedText(doc, [], updates)).toMatchObject({ text: '另一页写的', removed: 0 });
  });

  test('context never begins or ends with half a character', () => {
    const before = `${'𠮷'.repeat(4)}字${'𠮷'.repeat(7)}`;
    const { doc, text, updates } = chapter(`${before}字${'𠮷'.repeat(10)}`);
    text.insert(before.length, '某');
    expect(refusedText(doc, updates).pieces).toEqual([{ before: `字${'𠮷'.repeat(7)}`, text: '某', after: `字${'𠮷'.repeat(7)}` }]);
  });
});
