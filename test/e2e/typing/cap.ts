import { expect } from 'vitest';
import { expectChapter } from './expect.ts';
import type { Scenario } from './harness.ts';
import { type Room, textOf } from './room.ts';
import { chapterOf } from './texts.ts';

const lines = ['前段。', '今天我们讨论方案。', '后段。'];

/** A composition that is left open. Its room has a clock of its own: thirty seconds are put forward, not waited for. */
export function capScenarios(scenario: Scenario, clockedRoom: () => Promise<Room>): void {
  const left = (id: string, sentence: string, run: (room: Room) => Promise<void>): void =>
    scenario(id, sentence, async () => {
      const room = await clockedRoom();
      await room.begin(chapterOf(lines));
      await room.a.caret(1, 6);
      await room.a.compose();
      await run(room);
    });

  const shownBy = async (person: Room['a']): Promise<string> => textOf((await person.sight()).shown);
  const aShows = async (room: Room, text: string): Promise<void> => {
    await expect.poll(() => shownBy(room.a)).toBe(text);
    expect((await room.a.sight()).composing).toBe(true);
  };

  left(
    'TY-CAP-1',
    "[TX3] others' text in other paragraphs and in the same one appears at once while the composition stays open",
    async (room) => {
      await room.b.caret(2, 0);
      await room.b.type('乙');
      await aShows(room, "前段。｜今天我们讨论gong'wen方案。｜乙后段。");
      await room.b.caret(1, 2);
      await room.b.type('丙');
      await aShows(room, "前段。｜今天丙我们讨论gong'wen方案。｜乙后段。");
      await room.a.ime.commit('公文');
      await room.a.press('1');
      await expectChapter(room, ['前段。', '今天丙我们讨论公文1方案。', '乙后段。']);
    },
  );

  left(
    'TY-CAP-2',
    '[TX3] what would destroy the composing place is held with a note, and other paragraphs go on meanwhile',
    async (room) => {
      await room.b.select([0, 3], [1, 9]);
      await room.b.press('Backspace');
      await expect.poll(async () => (await room.a.sight()).notes).toEqual(['held 1']);
      await aShows(room, "前段。｜今天我们讨论gong'wen方案。｜后段。");
      await room.b.caret(1, 0);
      await room.b.type('乙');
      await aShows(room, "前段。｜今天我们讨论gong'wen方案。｜乙后段。");
      await room.a.ime.commit('公文');
      await room.a.press('1');
      const { a } = await expectChapter(room, ['前段。', '公文1', '乙后段。']);
      expect(a.notes).toEqual([]);
    },
  );

  left('TY-CAP-3', '[TX2] after 30 s without a key the composition ends and its letters are offered back, never written', async (room) => {
    await room.b.select([0, 3], [1, 9]);
    await room.b.press('Backspace');
    await expect.poll(async () => (await room.a.sight()).notes).toEqual(['held 1']);
    await room.a.page.clock.fastForward(29_000);
    expect((await room.a.sight()).composing).toBe(true);
    await room.a.page.clock.fastForward(2_000);
    await expect.poll(async () => (await room.a.sight()).notes).toEqual(["returned gong'wen"]);
    const { a } = await expectChapter(room, ['前段。', '后段。']);
    expect(a.composing).toBe(false);
    await room.a.page.getByRole('button', { name: '✕' }).click();
    expect((await room.a.sight()).notes).toEqual([]);
  });

  left('TY-CAP-4', 'each key in the composition begins the 30 s anew', async (room) => {
    await room.a.page.clock.fastForward(20_000);
    await room.a.ime.show('gong');
    await room.a.page.clock.fastForward(20_000);
    expect((await room.a.sight()).composing).toBe(true);
    await room.a.ime.commit('公文');
    await room.a.press('1');
    await expectChapter(room, ['前段。', '今天我们讨论公文1方案。', '后段。']);
  });

  left('TY-CAP-5', 'a composition that holds nothing up ends after 30 s as well, its letters given back', async (room) => {
    await room.a.page.clock.fastForward(31_000);
    await expect.poll(async () => (await room.a.sight()).notes).toEqual(["returned gong'wen"]);
    await expectChapter(room, lines);
    await room.a.press('1');
    await expectChapter(room, ['前段。', '今天我们讨论1方案。', '后段。']);
  });
}
