import { expect } from 'vitest';
import { expectChapter, type LineExpected } from './expect.ts';
import type { Scenario } from './harness.ts';
import { chapterOf } from './texts.ts';

const bullet = (text: string, indent = 0): LineExpected => ({ kind: `bullet:${indent}`, text });
const ordered = (text: string, indent = 0): LineExpected => ({ kind: `ordered:${indent}`, text });
const quiet = (...lines: LineExpected[]): { oneOf: LineExpected[][]; starts: number } => ({ oneOf: [lines], starts: 0 });

/** Keys, clipboard and what is drawn beside the text, in the browser and seen by the other person. */
export function editingScenarios(scenario: Scenario): void {
  scenario('TY-EDIT-1', 'a list grows by Enter, goes deeper by Tab, and ends by Enter in an empty line', async (room) => {
    await room.begin(chapterOf(['前段。']));
    await room.a.caret(0, 3);
    await room.a.press('Enter', 'Control+Shift+7');
    await room.a.type('一');
    await room.a.press('Enter', 'Tab');
    await room.a.type('二');
    await room.a.press('Enter', 'Shift+Tab');
    await room.a.type('三');
    await room.a.press('Enter', 'Enter');
    await room.a.type('后段。');
    await expectChapter(room, quiet('前段。', ordered('一'), ordered('二', 1), ordered('三'), '后段。'));
    const numbers = await room.b.page.evaluate(() =>
      [...document.querySelectorAll('.line-listLine')].map((line) => getComputedStyle(line, '::before').content),
    );
    expect(numbers).toEqual(['counter(n0) "."', 'counter(n1) "."', 'counter(n0) "."']);
    // In a paragraph Tab is not the editor's: it moves the focus on.
    await room.a.press('Tab');
    expect(await room.a.page.evaluate(() => document.activeElement?.classList.contains('tiptap'))).toBe(false);
  });

  scenario('TY-EDIT-2', 'Backspace at the start of a list line or heading makes it a paragraph before it joins', async (room) => {
    await room.begin(chapterOf(['前段。', bullet('一', 1), { kind: 'h4', text: '题' }]));
    await room.a.caret(1, 0);
    await room.a.press('Backspace');
    await expectChapter(room, quiet('前段。', '一', { kind: 'h4', text: '题' }));
    await room.a.press('Backspace');
    await expectChapter(room, quiet('前段。一', { kind: 'h4', text: '题' }));
    await room.a.caret(1, 0);
    await room.a.press('Backspace');
    await expectChapter(room, quiet('前段。一', '题'));
  });

  scenario('TY-EDIT-3', 'asterisks typed around words stay asterisks, drawn in boxes', async (room) => {
    await room.begin(chapterOf(['']));
    await room.a.caret(0, 0);
    for (const part of ['**', '次，', '*.*', '％，**重点**', '。']) await room.a.type(part);
    await room.a.page.keyboard.type('# ');
    const { a } = await expectChapter(room, quiet('**次，*.*％，**重点**。# '));
    expect(a.written[0]?.runs).toEqual([{ text: '**次，*.*％，**重点**。# ', marks: '' }]);
    const boxes = await room.b.page.evaluate(() => [...document.querySelectorAll('.blank')].map((box) => box.textContent));
    expect(boxes).toEqual(['**', '*.*', '**', '**']);
  });

  scenario('TY-EDIT-4', 'no shortcut is heard while an input method composes', async (room) => {
    await room.begin(chapterOf(['今天方案。']));
    await room.a.caret(0, 2);
    await room.a.type('甲');
    await room.settled();
    await room.a.ime.show('gong');
    await room.a.ime.key('z', ['Control']);
    await room.a.ime.key('b', ['Control']);
    await room.a.ime.key('3', ['Control', 'Alt']);
    await room.a.ime.key('8', ['Control', 'Shift']);
    for (const name of ['Enter', 'Backspace', 'Tab', 'ArrowLeft']) await room.a.ime.key(name, []);
    await room.a.ime.key('ArrowUp', ['Alt']);
    await room.a.ime.commit('公文');
    const { a } = await expectChapter(room, ['今天甲公文方案。']);
    expect(a.written[0]?.runs).toEqual([{ text: '今天甲公文方案。', marks: '' }]);
  });

  scenario('TY-EDIT-5', 'what is copied here is pasted here with its kinds, marks and depths', async (room) => {
    await room.begin(chapterOf([{ kind: 'h3', text: '题' }, bullet('一'), ordered('二', 2), '末段']));
    await room.a.caret(3, 0, 1);
    await room.a.press('Control+b');
    await room.a.caret(3, 2);
    await room.a.press('Enter');
    await room.a.select([0, 0], [3, 2]);
    const { html, text } = await room.a.page.evaluate(() => window.typing.copied());
    expect(text).toBe('题\n• 一\n    1. 二\n末段');
    await room.a.caret(4, 0);
    await room.a.page.evaluate(([given, plain]) => window.typing.paste(given, plain), [html, text] as const);
    const { b } = await expectChapter(
      room,
      quiet(
        { kind: 'h3', text: '题' },
        bullet('一'),
        ordered('二', 2),
        '末段',
        { kind: 'h3', text: '题' },
        bullet('一'),
        ordered('二', 2),
        '末段',
      ),
    );
    expect(b.written[7]?.runs).toEqual(b.written[3]?.runs);
  });

  scenario('TY-EDIT-6', 'nested lists of another program are pasted flat, plain text line by line', async (room) => {
    await room.begin(chapterOf(['']));
    await room.a.caret(0, 0);
    const html = '<ul><li><p>一</p><ol><li><p>二</p></li></ol></li></ul><p>三</p>';
    await room.a.page.evaluate((given) => window.typing.paste(given, '一\n二\n三'), html);
    await expectChapter(room, quiet(bullet('一'), ordered('二', 1), '三'));
    await room.a.page.evaluate(() => window.typing.paste('', '四\r\n五\u2028**六\u0007'));
    await expectChapter(room, quiet(bullet('一'), ordered('二', 1), '三四', '五', '**六'));
  });

  scenario('TY-EDIT-7', 'a paste of more than 500 000 characters is refused and said so, a long one is taken', async (room) => {
    await room.begin(chapterOf(['甲']));
    await room.a.caret(0, 1);
    await room.a.page.evaluate(() => window.typing.paste('', '乙'.repeat(500_001)));
    await expectChapter(room, quiet('甲'));
    expect((await room.a.page.evaluate(() => window.typing.told())).refused).toBe(1);
    await room.a.page.evaluate(() => window.typing.paste('', '乙'.repeat(50_000)));
    await expectChapter(room, quiet(`甲${'乙'.repeat(50_000)}`));
  });

  scenario('TY-EDIT-8', "[TX5] a reader's copy shows everything and writes nothing", async (room) => {
    const reader = room.b;
    reader.mayWrite = false;
    try {
      await room.begin(chapterOf(['今天我们讨论方案。', '后段。']));
      const sent: string[] = [];
      const carry = reader.onUpdate;
      reader.onUpdate = (update) => {
        sent.push(update);
        carry(update);
      };
      await room.a.caret(0, 4, 6);
      await room.a.press('Control+b', 'Control+u');
      await room.a.caret(1, 0);
      await room.a.press('Control+Alt+3', 'Alt+ArrowUp');
      await room.settled();
      await reader.caret(0, 0);
      await reader.press('Backspace', 'Delete', 'Enter', 'x', 'Control+b', 'Control+z');
      await reader.page.evaluate(() => window.typing.paste('', '乙'));
      const { b } = await expectChapter(room, quiet({ kind: 'h3', text: '后段。' }, '今天我们讨论方案。'));
      expect(b.drawn[1]?.runs.find((run) => run.text === '讨论')?.marks).toBe('bold underline');
      expect(sent).toEqual([]);
      reader.onUpdate = carry;
    } finally {
      reader.mayWrite = true;
    }
  });

  scenario('TY-EDIT-9', 'the caret walks out of the chapter at its first and last line and into it in the same column', async (room) => {
    const long = '今天我们讨论方案，'.repeat(8);
    await room.begin(chapterOf([long, long]));
    const keys: [line: number, offset: number, key: string, leaves: string | null][] = [
      [0, 3, 'ArrowUp', 'up column'],
      [0, 60, 'ArrowUp', null],
      [1, 60, 'ArrowDown', 'down column'],
      [1, 3, 'ArrowDown', null],
      [0, 0, 'ArrowLeft', 'up Infinity'],
      [1, long.length, 'ArrowRight', 'down -Infinity'],
      [0, 5, 'Shift+ArrowUp', null],
    ];
    for (const [line, offset, key, leaves] of keys) {
      const before = (await room.a.page.evaluate(() => window.typing.told())).left.length;
      await room.a.caret(line, offset);
      await room.a.press(key);
      const { left } = await room.a.page.evaluate(() => window.typing.told());
      expect([key, left.slice(before)]).toEqual([key, leaves === null ? [] : [leaves]]);
    }
    await room.a.page.evaluate(() => window.typing.focusAt('end'));
    expect((await room.a.sight()).head).toEqual([1, long.length]);
    await room.a.page.evaluate(() => window.typing.focusAt('start', Number.NEGATIVE_INFINITY));
    expect((await room.a.sight()).head).toEqual([0, 0]);
    const column = await room.a.page.evaluate(() => {
      const text = document.querySelectorAll('.line-text')[1]?.firstChild;
      const range = document.createRange();
      range.setStart(text as Node, 5);
      range.setEnd(text as Node, 6);
      return range.getBoundingClientRect().left + 1;
    });
    await room.a.page.evaluate((x) => window.typing.focusAt('start', x), column);
    expect((await room.a.sight()).head).toEqual([0, 5]);
  });

  scenario('TY-EDIT-10', 'the writer of the character at the caret is told as the caret moves', async (room) => {
    await room.begin(chapterOf(['今天']));
    await room.b.caret(0, 2);
    await room.b.type('乙');
    await room.settled();
    await room.a.caret(0, 3);
    await room.a.type('甲');
    await room.settled();
    const writer = async (): Promise<string | undefined> => (await room.a.page.evaluate(() => window.typing.told())).caretIds.at(-1);
    await expect.poll(writer, { message: 'its own character' }).toBe('11');
    await room.a.press('ArrowLeft');
    await expect.poll(writer, { message: "B's character" }).toBe('12');
    await room.a.press('ArrowLeft');
    await expect.poll(writer, { message: 'the text as it came' }).toBe('2');
  });

  scenario('TY-EDIT-11', 'Enter keeps the heading its own, and a hard break stays inside its line', async (room) => {
    await room.begin(chapterOf([{ kind: 'h3', text: '题' }]));
    await room.a.caret(0, 1);
    await room.a.press('Enter');
    await room.a.type('甲');
    await room.a.press('Shift+Enter');
    await room.a.type('乙');
    await expectChapter(room, quiet({ kind: 'h3', text: '题' }, '甲\n乙'));
    await room.a.caret(0, 0);
    await room.a.press('Enter');
    await expectChapter(room, quiet('', { kind: 'h3', text: '题' }, '甲\n乙'));
  });
}
