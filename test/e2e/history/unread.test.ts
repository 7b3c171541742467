import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Unread } from '../../../shared/api/read-marks.ts';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import { chapter, eventually, lookAway, lookHere, Stage } from './stage.ts';

let house: House;
let stage: Stage;
let shen: Person;
let lu: Person;

beforeAll(async () => {
  house = await openHouse();
  shen = await house.server.person('沈知微', true);
  lu = await house.server.person('陆闻远');
  const report = await house.sample([
    [shen, 'owner'],
    [lu, 'editor'],
  ]);
  stage = new Stage(house, report, shen);
}, 180_000);

afterAll(async () => {
  await house?.close();
  expect(stage.faults).toEqual([]);
});

/** The unread paragraph nearest to the middle of the window. */
const nearestUnread = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const away = (element: Element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return Math.abs((top + bottom) / 2 - innerHeight / 2);
    };
    const marked = [...document.querySelectorAll('[data-unread]')].sort((one, other) => away(one) - away(other));
    return marked[0]?.textContent ?? '';
  });
const unread = () => stage.get<Unread>('/unread', lu);
const keysUnread = async () => (await unread()).chapters.flatMap(({ blocks }) => blocks.map(({ key }) => key));

describe('what is unread, on two devices of one member', () => {
  test('[UR5] is walked across chapters; what is read on one device is read on the other at once, and only in the wording that was seen', async () => {
    // The first look begins here.
    expect((await unread()).chapters).toEqual([]);
    const desk = await stage.open(lu);
    const phone = await stage.open(lu, '', { width: 390, height: 844 });
    for (const page of [desk, phone]) await chapter(page, 0).waitFor();
    for (const page of [desk, phone]) await lookAway(page);
    const theirs = await stage.open(shen);
    await chapter(theirs, 0).waitFor();
    await stage.writeInto(theirs, 0, '经核，');
    await stage.writeInto(theirs, 3, '今年以来，');
    for (const page of [desk, phone]) {
      await eventually(() => page.locator('.unread-bar').textContent()).toContain('2 段有改动');
      await eventually(() => page.locator('.oline .unread-dot').count()).toBe(2);
    }
    expect(await keysUnread()).toHaveLength(2);
    await shot(desk, 'unread-two-zh');

    // Keys walk them, round both ends, though nothing is read while one looks away.
    const at = () => nearestUnread(desk);
    await desk.keyboard.press(']');
    await eventually(at).toContain('经核，');
    await desk.keyboard.press(']');
    await eventually(at).toContain('今年以来，');
    await desk.keyboard.press('[');
    await eventually(at).toContain('经核，');
    expect(await keysUnread()).toHaveLength(2);

    // Read on the desk: gone on the phone, which nobody touched.
    await lookHere(desk);
    for (const page of [desk, phone]) {
      await eventually(() => page.locator('.unread-bar').textContent()).toContain('1 段有改动');
      await eventually(() => page.locator('.oline .unread-dot').count()).toBe(1);
    }
    await lookAway(desk);

    // The same paragraph in another wording is unread again, on both.
    await stage.writeInto(theirs, 0, '再');
    for (const page of [desk, phone]) await eventually(() => page.locator('.unread-bar').textContent()).toContain('2 段有改动');
    // One's own change to it does not make it read, nor unread.
    await shot(phone, 'unread-two-phone');

    // All at once, from the phone.
    await phone.getByRole('button', { name: '全部标为看过' }).click();
    await eventually(keysUnread).toEqual([]);
    for (const page of [desk, phone]) await eventually(() => page.locator('.unread-bar').count()).toBe(0);
    for (const page of [desk, phone, theirs]) await page.context().close();
  }, 120_000);
});
