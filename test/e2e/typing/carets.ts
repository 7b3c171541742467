import { expect } from 'vitest';
import type { Scenario } from './harness.ts';
import type { Person, Room } from './room.ts';
import { chapterOf } from './texts.ts';

const text = '今天我们讨论方案。';

type Flag = {
  readonly name: string | null;
  readonly classes: string;
  readonly before: string;
  readonly left: number;
  readonly top: number;
};

/** The carets of others that `person` sees: name, classes, the text that stands before each in its line, and where it is drawn. */
function flags(person: Person): Promise<Flag[]> {
  return person.page.evaluate(() =>
    [...document.querySelectorAll('.others-caret')].map((caret) => {
      const range = document.createRange();
      range.setStart(caret.closest('.tiptap > *') ?? caret, 0);
      range.setEndBefore(caret);
      const { left, top } = caret.getBoundingClientRect();
      return { name: caret.getAttribute('data-name'), classes: caret.className, before: range.toString(), left, top };
    }),
  );
}

async function see(person: Person, wanted: (flags: Flag[]) => boolean): Promise<Flag[]> {
  let last: Flag[] = [];
  await expect
    .poll(async () => {
      last = await flags(person);
      return wanted(last);
    })
    .toBe(true);
  return last;
}

async function begin(room: Room, lines: string[] = [text, '后段。']): Promise<void> {
  await room.begin(chapterOf(lines));
}

/** What each sees of the other's caret and selection. */
export function caretScenarios(scenario: Scenario): void {
  scenario('TY-CARET-1', 'name, colour and selection of the other are shown where they are', async (room) => {
    await begin(room);
    await room.b.caret(0, 4, 6);
    const [flag] = await see(room.a, (all) => all.length === 1 && all[0]?.before === '今天我们讨论');
    expect(flag).toMatchObject({ name: '乙', classes: expect.stringContaining('a3') as string });
    const selected = await room.a.page.evaluate(() => {
      const range = document.querySelector('.others-selection');
      return {
        text: range?.textContent,
        coloured: range?.classList.contains('a3'),
        tint: range && getComputedStyle(range).backgroundColor,
      };
    });
    expect(selected).toMatchObject({ text: '讨论', coloured: true });
    expect(selected.tint).not.toMatch(/^(transparent|rgba\(0, 0, 0, 0\))$/);
    expect(await flags(room.b)).toEqual([]);
  });

  scenario('TY-CARET-2', 'it follows what is typed before it and by its owner', async (room) => {
    await begin(room);
    await room.b.caret(0, 6);
    await see(room.a, (all) => all[0]?.before === '今天我们讨论');
    await room.a.caret(0, 0);
    await room.a.type('甲');
    await room.settled();
    await see(room.a, (all) => all[0]?.before === '甲今天我们讨论');
    await room.b.type('乙');
    await room.settled();
    await see(room.a, (all) => all[0]?.before === '甲今天我们讨论乙');
  });

  scenario('TY-CARET-3', 'it is gone after leaving', async (room) => {
    await begin(room);
    await room.b.caret(0, 6);
    await see(room.a, (all) => all.length === 1);
    await room.b.leave();
    await see(room.a, (all) => all.length === 0);
    expect(await room.a.page.locator('.others-selection').count()).toBe(0);
  });

  scenario('TY-CARET-4', 'a hostile name and colour are inert', async (room) => {
    await begin(room);
    await room.b.caret(0, 6);
    await see(room.a, (all) => all.length === 1);
    const hostile = {
      id: 'x',
      name: '<img src=x onerror="document.title=\'taken\'">"};</style><script>document.title="taken"</script>\u202e',
      colour: '1;background:url(//evil.example)',
    };
    await room.b.page.evaluate((user) => window.typing.announce(user), hostile);
    const [flag] = await see(room.a, (all) => all[0]?.name !== '乙');
    expect(flag?.classes.split(' ').filter((name) => name !== 'ProseMirror-widget')).toEqual(['others-caret', 'a1']);
    expect([...(flag?.name ?? '')].length).toBeLessThanOrEqual(24);
    expect(flag?.name).not.toContain('\u202e');
    const page = await room.a.page.evaluate(() => ({
      inside: document.querySelectorAll('.others-caret *').length,
      images: document.images.length,
      scripts: document.querySelectorAll('#sheet script').length,
      style: document.querySelector('.others-caret')?.getAttribute('style'),
      title: document.title,
    }));
    expect(page).toEqual({ inside: 0, images: 0, scripts: 0, style: null, title: 'Typing' });
    expect(room.a.errors).toEqual([]);
  });

  scenario('TY-CARET-5', 'awareness states that are no presence at all draw nothing and throw nothing', async (room) => {
    await begin(room);
    for (const state of [
      { user: null, cursor: { anchor: 1, head: null } },
      { cursor: { anchor: { type: { client: -1, clock: 'x' } }, head: {} } },
      { user: { name: 5 }, cursor: 'here' },
      { user: {}, cursor: { anchor: { tname: 'other' }, head: { tname: 'other' } } },
    ]) {
      await room.b.page.evaluate((given) => window.typing.announceState(given), state);
      await room.idle();
    }
    await room.a.caret(0, 0);
    await room.a.type('甲');
    await room.settled();
    expect(await flags(room.a)).toEqual([]);
    expect(room.a.errors).toEqual([]);
  });

  scenario('TY-CARET-6', 'the name is not cut off in the first line', async (room) => {
    await begin(room);
    await room.b.caret(0, 2);
    await see(room.a, (all) => all.length === 1);
    const shot = await room.a.page.evaluate(() => {
      const caret = document.querySelector('.others-caret');
      if (caret === null) return null;
      const box = caret.getBoundingClientRect();
      const flag = getComputedStyle(caret, '::after');
      const height = Number.parseFloat(flag.height);
      const top = flag.top === 'auto' ? box.bottom - Number.parseFloat(flag.bottom) - height : box.top + Number.parseFloat(flag.top);
      const clipped: boolean[] = [];
      for (let parent = caret.parentElement; parent !== null && parent !== document.body; parent = parent.parentElement) {
        const outer = parent.getBoundingClientRect();
        if (getComputedStyle(parent).overflow !== 'visible') clipped.push(top < outer.top || top + height > outer.bottom);
      }
      return { height, aboveWindow: top < 0, clipped: clipped.includes(true), visible: flag.visibility, opacity: flag.opacity };
    });
    expect(shot).toMatchObject({ aboveWindow: false, clipped: false, visible: 'visible', opacity: '1' });
    expect(shot?.height).toBeGreaterThan(10);
  });

  scenario('TY-CARET-7', 'the name fades after a moment and shows again on hover and on the next move', async (room) => {
    await begin(room);
    await room.b.caret(1, 1);
    await see(room.a, (all) => all.length === 1);
    const opacity = (): Promise<string> =>
      room.a.page.evaluate(() => {
        const caret = document.querySelector('.others-caret');
        return caret === null ? 'none' : getComputedStyle(caret, '::after').opacity;
      });
    // The fading is the stylesheet's: its animations are run to their end instead of being waited for.
    const runDown = (): Promise<void> =>
      room.a.page.evaluate(() => {
        for (const animation of document.getAnimations()) animation.finish();
      });
    expect(await opacity()).toBe('1');
    // The caret may be drawn once more by news that was under way, and its name with it.
    await expect
      .poll(async () => {
        await runDown();
        return opacity();
      })
      .toBe('0');
    const [flag] = await flags(room.a);
    await room.a.page.mouse.move((flag?.left ?? 0) + 1, (flag?.top ?? 0) + 10);
    await expect.poll(opacity).toBe('1');
    await room.a.page.mouse.move(0, 0);
    await room.b.caret(1, 2);
    await see(room.a, (all) => all[0]?.before === '后段');
    expect(await opacity()).toBe('1');
  });

  scenario('TY-CARET-8', 'it is not redrawn while composing, and stands in its new place afterwards', async (room) => {
    await begin(room);
    await room.b.caret(0, 2);
    await see(room.a, (all) => all.length === 1);
    await room.a.caret(0, 6);
    await room.a.ime.show('g');
    // From the first key on: the element stays the same one and stays where it is.
    const first = await room.a.page.evaluateHandle(() => document.querySelector('.others-caret'));
    await room.a.compose(async (step) => {
      await room.b.caret(0, 3 + step);
      await room.idle();
      const same = await room.a.page.evaluate((caret) => caret === document.querySelector('.others-caret'), first);
      expect([step, same, (await flags(room.a))[0]?.before]).toEqual([step, true, '今天']);
    });
    await room.a.ime.commit('公文');
    await room.settled();
    await see(room.a, (all) => all[0]?.before === '今天我们讨论公文方');
  });
}
