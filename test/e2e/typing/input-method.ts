import { expect } from 'vitest';
import { expectChapter, type LineExpected, marked } from './expect.ts';
import type { Scenario } from './harness.ts';
import type { Room } from './room.ts';
import { chapterOf } from './texts.ts';

const text = '今天我们讨论方案。';
const around = (...lines: LineExpected[]): LineExpected[] => ['前段。', ...lines, '后段。'];

/** A composes 公文 before 方案 while `during` happens at each key, commits, and presses one more key at once. */
async function composeAndGoOn(room: Room, during: (step: number) => Promise<void> = async () => {}): Promise<void> {
  await room.a.compose(async (step) => {
    await during(step);
    await room.idle();
  });
  await room.a.ime.commit('公文');
  await room.a.press('1');
}

const at =
  (wanted: number, act: () => Promise<void>) =>
  async (step: number): Promise<void> => {
    if (step === wanted) await act();
  };

async function begin(room: Room, lines: readonly LineExpected[] = around(text)): Promise<void> {
  await room.begin(chapterOf(lines));
  await room.a.caret(1, 6);
}

/** The 27 scenarios of composing while somebody else writes. A composes; B acts in mid-composition. */
export function inputMethodScenarios(scenario: Scenario): void {
  scenario('TY-IME-0', 'A composes alone', async (room) => {
    await begin(room);
    await composeAndGoOn(room);
    await expectChapter(room, around('今天我们讨论公文1方案。'));
  });

  const insertions: [id: number, where: string, place: number, forms: string[]][] = [
    [1, 'at the start of the paragraph', 0, ['乙今天我们讨论公文1方案。']],
    [2, 'two characters before the caret', 4, ['今天我们乙讨论公文1方案。']],
    [3, 'at the end of the paragraph', 9, ['今天我们讨论公文1方案。乙']],
    [4, 'exactly where the composition starts', 6, ['今天我们讨论乙公文1方案。', '今天我们讨论公文1乙方案。']],
  ];
  for (const [id, where, place, forms] of insertions) {
    scenario(`TY-IME-${id}`, `B inserts ${where}`, async (room) => {
      await begin(room);
      await room.b.caret(1, place);
      await composeAndGoOn(
        room,
        at(2, () => room.b.type('乙')),
      );
      await expectChapter(room, { oneOf: forms.map((form) => around(form)) });
    });
  }

  scenario('TY-IME-5', 'B inserts exactly where the composition ends, at its last key', async (room) => {
    await begin(room);
    await room.b.caret(1, 6);
    await composeAndGoOn(
      room,
      at(4, () => room.b.type('乙')),
    );
    await expectChapter(room, { oneOf: [around('今天我们讨论乙公文1方案。'), around('今天我们讨论公文1乙方案。')] });
  });

  scenario('TY-IME-6', "B inserts inside the pinyin as B's side can see it: two letters at two keys", async (room) => {
    await begin(room);
    await room.b.caret(1, 6);
    await composeAndGoOn(room, async (step) => {
      if (step === 1) await room.b.type('乙');
      if (step === 3) await room.b.type('丙');
    });
    await expectChapter(room, { oneOf: [around('今天我们讨论乙丙公文1方案。'), around('今天我们讨论公文1乙丙方案。')] });
  });

  scenario('TY-IME-7', 'B types at the start of the paragraph at every key', async (room) => {
    await begin(room);
    await room.b.caret(1, 0);
    await composeAndGoOn(room, () => room.b.type('乙'));
    await expectChapter(room, around('乙乙乙乙乙今天我们讨论公文1方案。'));
  });

  scenario('TY-IME-8', 'B types right before the composition at every key, each letter before the last', async (room) => {
    await begin(room);
    await composeAndGoOn(room, async (step) => {
      await room.b.caret(1, 6);
      await room.b.type('乙丙丁戊己'[step] ?? '');
    });
    await expectChapter(room, { oneOf: [around('今天我们讨论己戊丁丙乙公文1方案。'), around('今天我们讨论公文1己戊丁丙乙方案。')] });
  });

  scenario('TY-IME-9', 'B types right after the composition at every key', async (room) => {
    await begin(room);
    await room.b.caret(1, 6);
    await composeAndGoOn(room, () => room.b.type('乙'));
    await expectChapter(room, { oneOf: [around('今天我们讨论乙乙乙乙乙公文1方案。'), around('今天我们讨论公文1乙乙乙乙乙方案。')] });
  });

  scenario('TY-IME-10', 'B moves the caret beside the composition at every key', async (room) => {
    await begin(room);
    await composeAndGoOn(room, (step) => room.b.caret(1, 5 + (step % 3)));
    await expectChapter(room, around('今天我们讨论公文1方案。'));
  });

  scenario('TY-IME-11', 'B makes the composing paragraph bold', async (room) => {
    await begin(room);
    await room.b.caret(1, 0, 9);
    await composeAndGoOn(
      room,
      at(2, () => room.b.press('Control+b')),
    );
    const { a } = await expectChapter(room, around('今天我们讨论公文1方案。'));
    expect(marked(a.written[1], 'bold')).toMatch(/^今天我们讨论(公文1)?方案。$/);
  });

  scenario('TY-IME-12', 'B makes the composing paragraph a heading', async (room) => {
    await begin(room);
    await room.b.caret(1, 0);
    await composeAndGoOn(
      room,
      at(2, () => room.b.press('Control+Alt+3')),
    );
    await expectChapter(room, around({ kind: 'h3', text: '今天我们讨论公文1方案。' }));
  });

  scenario('TY-IME-13', 'B splits the paragraph before the composition', async (room) => {
    await begin(room);
    await room.b.caret(1, 4);
    await composeAndGoOn(
      room,
      at(2, () => room.b.press('Enter')),
    );
    await expectChapter(room, around('今天我们', '讨论公文1方案。'));
  });

  scenario('TY-IME-14', 'B splits the paragraph after the composition', async (room) => {
    await begin(room);
    await room.b.caret(1, 7);
    await composeAndGoOn(
      room,
      at(2, () => room.b.press('Enter')),
    );
    await expectChapter(room, around('今天我们讨论公文1方', '案。'));
  });

  scenario('TY-IME-15', 'B deletes the two characters before the composition', async (room) => {
    await begin(room);
    await room.b.caret(1, 6);
    await composeAndGoOn(
      room,
      at(2, () => room.b.press('Backspace', 'Backspace')),
    );
    await expectChapter(room, around('今天我们公文1方案。'));
  });

  scenario('TY-IME-16', 'B deletes the whole composing paragraph and 公文 survives in one of its own', async (room) => {
    await begin(room);
    await room.b.select([0, 3], [1, 9]);
    await composeAndGoOn(
      room,
      at(2, () => room.b.press('Backspace')),
    );
    await expectChapter(room, around('公文1'));
  });

  scenario('TY-IME-17', 'B joins the composing paragraph to the one above', async (room) => {
    await begin(room);
    await room.b.caret(1, 0);
    await composeAndGoOn(
      room,
      at(2, () => room.b.press('Backspace')),
    );
    await expectChapter(room, ['前段。今天我们讨论公文1方案。', '后段。']);
  });

  scenario('TY-IME-18', 'B inserts a paragraph before the composing one', async (room) => {
    await begin(room);
    await room.b.caret(1, 0);
    await composeAndGoOn(
      room,
      at(2, async () => {
        await room.b.press('Enter');
        await room.b.caret(1, 0);
        await room.b.type('新段。');
      }),
    );
    await expectChapter(room, around('新段。', '今天我们讨论公文1方案。'));
  });

  scenario('TY-IME-19', 'A composes in an empty paragraph while B types elsewhere', async (room) => {
    await begin(room, around(''));
    await room.a.caret(1, 0);
    await room.b.caret(2, 0);
    await composeAndGoOn(room, () => room.b.type('乙'));
    await expectChapter(room, ['前段。', '公文1', '乙乙乙乙乙后段。']);
  });

  scenario('TY-IME-20', 'A cancels alone', async (room) => {
    await begin(room);
    await room.a.compose();
    await room.a.ime.cancel();
    await room.a.press('1');
    await expectChapter(room, around('今天我们讨论1方案。'));
  });

  scenario('TY-IME-21', 'A cancels while B typed before', async (room) => {
    await begin(room);
    await room.b.caret(1, 2);
    await room.a.compose(at(2, () => room.b.type('乙')));
    await room.a.ime.cancel();
    await room.a.press('1');
    await expectChapter(room, around('今天乙我们讨论1方案。'));
  });

  scenario('TY-IME-22', 'A composes inside bold text and B types before in the same bold', async (room) => {
    await begin(room);
    await room.b.caret(1, 0, 9);
    await room.b.press('Control+b');
    await room.settled();
    await room.b.caret(1, 2);
    await composeAndGoOn(
      room,
      at(2, () => room.b.type('乙')),
    );
    const { a } = await expectChapter(room, around('今天乙我们讨论公文1方案。'));
    expect(marked(a.written[1], 'bold')).toBe('今天乙我们讨论公文1方案。');
  });

  scenario('TY-IME-23', 'A composes in a list line and B types in the same line', async (room) => {
    await begin(room, around({ kind: 'bullet:0', text }));
    await room.b.caret(1, 2);
    await composeAndGoOn(
      room,
      at(2, () => room.b.type('乙')),
    );
    await expectChapter(room, around({ kind: 'bullet:0', text: '今天乙我们讨论公文1方案。' }));
  });

  scenario('TY-IME-24', 'B leaves and arrives during the composition', async (room) => {
    await begin(room);
    await room.b.caret(1, 6);
    await composeAndGoOn(room, async (step) => {
      if (step === 1) await room.b.leave();
      if (step === 3) await room.arrive(room.b, 13);
    });
    await expectChapter(room, around('今天我们讨论公文1方案。'));
  });

  scenario('TY-IME-25', 'A goes offline and online during the composition', async (room) => {
    await begin(room);
    await room.b.caret(1, 2);
    await composeAndGoOn(room, async (step) => {
      if (step === 1) room.cut(room.a);
      if (step === 2) await room.b.type('乙');
      if (step === 3) await room.join(room.a);
    });
    await expectChapter(room, around('今天乙我们讨论公文1方案。'));
  });

  scenario('TY-IME-26', 'A selects a range and composes over it while B types before', async (room) => {
    await begin(room);
    await room.a.caret(1, 4, 6);
    await room.b.caret(1, 0);
    await composeAndGoOn(
      room,
      at(2, () => room.b.type('乙')),
    );
    await expectChapter(room, around('乙今天我们公文1方案。'));
  });
}
