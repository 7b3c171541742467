import { expect } from 'vitest';
import { expectChapter, marked } from './expect.ts';
import type { Scenario } from './harness.ts';
import type { Room } from './room.ts';
import { chapterOf } from './texts.ts';

const text = '今天我们讨论方案。';

async function begin(room: Room): Promise<void> {
  await room.begin(chapterOf([text]));
}

async function typeAt(person: Room['a'], place: number, words: string): Promise<void> {
  await person.caret(0, place);
  await person.type(words);
}

/** Undo takes back one's own work and nobody else's. */
export function undoScenarios(scenario: Scenario): void {
  const none = (...lines: string[]): { oneOf: string[][]; starts: number } => ({ oneOf: [lines], starts: 0 });

  scenario('TY-U1', '[TX8] undo takes back only my own, an extra undo does nothing, redo restores', async (room) => {
    await begin(room);
    await typeAt(room.a, 6, '甲甲');
    await room.settled();
    await typeAt(room.b, 2, '乙');
    await expectChapter(room, none('今天乙我们讨论甲甲方案。'));
    await room.a.press('Control+z');
    await expectChapter(room, none('今天乙我们讨论方案。'));
    await room.a.press('Control+z');
    await expectChapter(room, none('今天乙我们讨论方案。'));
    await room.a.press('Control+y');
    await expectChapter(room, none('今天乙我们讨论甲甲方案。'));
  });

  scenario('TY-U2', "B's undo takes back only B's", async (room) => {
    await begin(room);
    await typeAt(room.a, 6, '甲甲');
    await room.settled();
    await typeAt(room.b, 2, '乙');
    await room.settled();
    await room.b.press('Control+z');
    await expectChapter(room, none('今天我们讨论甲甲方案。'));
    await room.b.press('Control+z');
    await expectChapter(room, none('今天我们讨论甲甲方案。'));
    await room.b.press('Control+Shift+z');
    await expectChapter(room, none('今天乙我们讨论甲甲方案。'));
  });

  scenario('TY-U3', "B typed inside my text: undo keeps B's character, redo puts mine around it", async (room) => {
    await begin(room);
    await typeAt(room.a, 6, '甲甲');
    await room.settled();
    await typeAt(room.b, 7, '乙');
    await expectChapter(room, none('今天我们讨论甲乙甲方案。'));
    await room.a.press('Control+z');
    await expectChapter(room, none('今天我们讨论乙方案。'));
    await room.a.press('Control+y');
    await expectChapter(room, none('今天我们讨论甲乙甲方案。'));
  });

  scenario('TY-U4', 'B replaced everything: my undo is harmless', async (room) => {
    await begin(room);
    await typeAt(room.a, 6, '甲甲');
    await room.settled();
    await room.b.caret(0, 0);
    await room.b.press('Control+a');
    await room.b.type('全新');
    await expectChapter(room, none('全新'));
    await room.a.press('Control+z');
    await expectChapter(room, none('全新'));
  });

  scenario('TY-U5', "I split, B types in the second half, I undo: B's text is kept", async (room) => {
    await begin(room);
    await room.a.caret(0, 6);
    await room.a.press('Enter');
    await room.settled();
    await room.b.caret(1, 3);
    await room.b.type('乙乙');
    await expectChapter(room, none('今天我们讨论', '方案。乙乙'));
    await room.a.press('Control+z');
    await expectChapter(room, { oneOf: [['今天我们讨论方案。乙乙'], ['今天我们讨论方案。', '乙乙']], starts: 0 });
  });

  scenario('TY-U6', 'I make words bold, B types inside, I undo: bold is gone from all', async (room) => {
    await begin(room);
    await room.a.caret(0, 4, 6);
    await room.a.press('Control+b');
    await room.settled();
    await typeAt(room.b, 5, '乙');
    const before = await expectChapter(room, none('今天我们讨乙论方案。'));
    expect(marked(before.a.written[0], 'bold')).toBe('讨乙论');
    await room.a.press('Control+z');
    const after = await expectChapter(room, none('今天我们讨乙论方案。'));
    expect(marked(after.a.written[0], 'bold')).toBe('');
  });

  scenario('TY-U7', "I make a heading, B types in it, I undo: B's character is kept", async (room) => {
    await begin(room);
    await room.a.caret(0, 0);
    await room.a.press('Control+Alt+3');
    await room.settled();
    await typeAt(room.b, 2, '乙');
    await expectChapter(room, { oneOf: [[{ kind: 'h3', text: '今天乙我们讨论方案。' }]], starts: 0 });
    await room.a.press('Control+z');
    await expectChapter(room, none('今天乙我们讨论方案。'));
  });

  scenario('TY-U8', 'undo after a composition leaves no pinyin, redo brings the word', async (room) => {
    await begin(room);
    await room.a.caret(0, 6);
    await room.a.compose();
    await room.a.ime.commit('公文');
    await expectChapter(room, ['今天我们讨论公文方案。']);
    await room.a.press('Control+z');
    await expectChapter(room, ['今天我们讨论方案。']);
    await room.a.press('Control+y');
    await expectChapter(room, ['今天我们讨论公文方案。']);
  });

  scenario('TY-U9', 'nobody can undo the imported text into nothing', async (room) => {
    await begin(room);
    for (const person of [room.a, room.b]) {
      await person.caret(0, 3);
      await person.press('Control+z', 'Control+z', 'Control+z');
    }
    await expectChapter(room, none(text));
  });
}
