import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import {
  caretInto,
  caretIsInPane,
  chaptersOf,
  chapterWithFocus,
  editorOf,
  eventually,
  imported,
  isInPane,
  join,
  longText,
  openSheet,
  textOf,
} from './sheet-house.ts';

let house: House;
let owner: Person;
let other: Person;
const TEXT = longText(8);

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  other = await house.server.person('陆明远');
}, 180_000);
afterAll(async () => {
  await house?.close();
  expect(house.server.troubles).toEqual([]);
});

test('[UN1] Ctrl+Z takes back my last act in whichever chapter it was and goes there; Ctrl+Y does it again', async () => {
  const id = await imported(house, owner, TEXT);
  const page = await openSheet(house, owner, id);
  const chapters = await chaptersOf(page);
  const [first = '', last = ''] = [chapters[0], chapters.at(-1)];
  await caretInto(page, first);
  await page.keyboard.type('甲甲');
  await caretInto(page, last);
  await page.keyboard.type('乙乙');
  await eventually(() => textOf(house, owner, id)).toContain('乙乙');
  // Away from both, with the focus in no text at all.
  await page.locator(`[data-row="${chapters[4]}"]`).focus();
  await page.keyboard.press('Control+z');
  await eventually(() => chapterWithFocus(page)).toBe(last);
  await eventually(() => textOf(house, owner, id)).not.toContain('乙乙');
  await eventually(() => caretIsInPane(page)).toBe(true);
  expect(await textOf(house, owner, id)).toContain('甲甲');
  await page.keyboard.press('Control+z');
  await eventually(() => chapterWithFocus(page)).toBe(first);
  await eventually(() => page.locator('.line[data-shown]').count()).toBe(1);
  await shot(page, 'desk-undo-zh-CN');
  await eventually(() => caretIsInPane(page)).toBe(true);
  await eventually(() => textOf(house, owner, id)).toBe(`${TEXT}\n`);
  await eventually(() => page.getByRole('button', { name: '撤销自己的上一步' }).isDisabled()).toBe(true);
  await page.keyboard.press('Control+y');
  await eventually(() => textOf(house, owner, id)).toContain('甲甲');
  await page.keyboard.press('Control+Shift+z');
  await eventually(() => chapterWithFocus(page)).toBe(last);
  await eventually(() => textOf(house, owner, id)).toContain('乙乙');
  await eventually(() => caretIsInPane(page)).toBe(true);
}, 120_000);

test('[UN1] the buttons reach the whole report too, and a new act ends what could be done again', async () => {
  const id = await imported(house, owner, TEXT);
  const page = await openSheet(house, owner, id);
  const [first = '', second = ''] = await chaptersOf(page);
  await caretInto(page, first);
  await page.keyboard.type('甲甲');
  await caretInto(page, second);
  await page.getByRole('button', { name: '撤销自己的上一步' }).click();
  await eventually(() => chapterWithFocus(page)).toBe(first);
  await eventually(() => textOf(house, owner, id)).toBe(`${TEXT}\n`);
  await caretInto(page, second);
  await page.keyboard.type('丙');
  await eventually(() => page.getByRole('button', { name: '重做' }).isDisabled()).toBe(true);
}, 120_000);

test('[UN2] what another person wrote meanwhile, in the same chapter and in others, is never taken back', async () => {
  const id = await imported(house, owner, TEXT);
  await join(house, owner, id, other, 'editor');
  const mine = await openSheet(house, owner, id);
  const theirs = await openSheet(house, other, id);
  const [first = '', second = ''] = await chaptersOf(mine);
  await caretInto(mine, first);
  await mine.keyboard.type('我的');
  await caretInto(theirs, first);
  await theirs.keyboard.press('ArrowDown');
  await theirs.keyboard.type('别人的');
  await caretInto(theirs, second);
  await theirs.keyboard.type('也是别人的');
  await eventually(() => editorOf(mine, second).textContent()).toContain('也是别人的');
  for (let press = 0; press < 4; press += 1) await mine.keyboard.press('Control+z');
  await eventually(() => textOf(house, owner, id)).not.toContain('我的');
  const text = await textOf(house, owner, id);
  expect(text.split('也是别人的')).toHaveLength(2);
  expect(text.split('别人的')).toHaveLength(3);
}, 120_000);

test('[UN3] a chapter that was scrolled away for longer than a chapter stays open is still there to be undone', async () => {
  const id = await imported(house, owner, longText(10, 40));
  const page = await house.window(owner);
  page.on('pageerror', (error) => expect.fail(String(error.stack)));
  await page.clock.install();
  await page.goto(`/r/${id}`);
  await page.locator('.tiptap').first().waitFor();
  const chapters = await chaptersOf(page);
  const [first = '', second = '', last = ''] = [chapters[0], chapters[1], chapters.at(-1)];
  await caretInto(page, second);
  await caretInto(page, first);
  await page.keyboard.type('甲甲');
  await eventually(() => textOf(house, owner, id)).toContain('甲甲');
  await caretInto(page, last);
  // The one beside it, where nothing was written, leaves its room after a minute.
  await eventually(async () => {
    await page.clock.fastForward(61_000);
    return editorOf(page, second).count();
  }).toBe(0);
  expect(await editorOf(page, first).count()).toBe(1);
  expect(await isInPane(page, `[data-node="${first}"]`)).toBe(false);
  await page.keyboard.press('Control+z');
  await eventually(() => chapterWithFocus(page)).toBe(first);
  await eventually(() => textOf(house, owner, id)).not.toContain('甲甲');
  await eventually(() => caretIsInPane(page)).toBe(true);
}, 120_000);
