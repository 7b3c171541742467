import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import {
  caretInto,
  chaptersOf,
  chapterWithFocus,
  editorOf,
  eventually,
  imported,
  isInPane,
  join,
  longText,
  openSheet,
} from './sheet-house.ts';

let house: House;
let owner: Person;
let other: Person;

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  other = await house.server.person('陆明远');
}, 180_000);
afterAll(async () => {
  await house?.close();
  expect(house.server.troubles).toEqual([]);
});

test('[VI1] a face in the top bar, the outline and the panel leads to the caret, also in a chapter not opened yet', async () => {
  const id = await imported(house, owner, longText(10));
  await join(house, owner, id, other, 'editor');
  const theirs = await openSheet(house, other, id);
  const last = (await chaptersOf(theirs)).at(-1) ?? '';
  await caretInto(theirs, last);
  await theirs.keyboard.press('ArrowDown');
  for (const [language, name, ways] of [
    ['zh-CN', /^陆明远，在/, [/^陆明远，在/, '去看陆明远的光标']],
    ['en-US', /^陆明远/, [/^陆明远/, 'Go to the caret of 陆明远']],
  ] as const) {
    const mine = await openSheet(house, owner, id, { language });
    const caret = `[data-node="${last}"] .others-caret[data-member="${other.account.id}"]`;
    // Known from the report alone: the chapter is not open here.
    await mine.locator('.top').getByRole('button', { name }).waitFor();
    await eventually(() => mine.locator(`li:has([data-row="${last}"]) .av`).count()).toBe(1);
    expect(await editorOf(mine, last).count()).toBe(0);
    const [first = ''] = await chaptersOf(mine);
    await caretInto(mine, first);
    const press = [
      () => mine.locator('.top').getByRole('button', { name: ways[0] }).click(),
      () => mine.getByRole('button', { name: ways[1] }).click(),
      () => mine.locator('.panel .person', { hasText: '陆明远' }).click(),
    ];
    for (const go of press) {
      // A visit holds its place for a moment while chapters open; a wheel, a key or a press ends that, a script's scrolling does not.
      await eventually(async () => {
        await mine.evaluate(() => document.querySelector('[data-scroll]')?.scrollTo({ top: 0 }));
        return isInPane(mine, caret);
      }).toBe(false);
      await go();
      await eventually(() => isInPane(mine, caret)).toBe(true);
    }
    await shot(mine, `desk-visit-${language}`);
    // One's own caret stays at home.
    expect(await chapterWithFocus(mine)).not.toBe(last);
  }
}, 120_000);

test('[VI2] of somebody without a caret in the text that is said', async () => {
  const id = await imported(house, owner, longText(6));
  await join(house, owner, id, other, 'editor');
  const theirs = await openSheet(house, other, id);
  const mine = await openSheet(house, owner, id);
  await mine
    .locator('.top')
    .getByRole('button', { name: /^陆明远/ })
    .click();
  await mine.getByText('陆明远的光标现在不在正文里').waitFor();
  await shot(mine, 'desk-visit-nowhere-zh-CN');
  const [first = ''] = await chaptersOf(theirs);
  await caretInto(theirs, first);
  await mine
    .locator('.top')
    .getByRole('button', { name: /^陆明远，在「?（一）/ })
    .waitFor();
}, 120_000);
