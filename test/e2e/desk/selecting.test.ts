import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import {
  caretInto,
  chaptersOf,
  chapterWithFocus,
  editorOf,
  eventually,
  imported,
  join,
  longText,
  openSheet,
  textOf,
} from './sheet-house.ts';

let house: House;
let owner: Person;
let reader: Person;
const TEXT = longText(8);

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  reader = await house.server.person('陆明远');
}, 180_000);
afterAll(async () => {
  await house?.close();
  expect(house.server.troubles).toEqual([]);
});

test('[WH1][WH2] Ctrl+A takes the chapter, once more the whole report, and copies it with chapters that were not open', async () => {
  const id = await imported(house, owner, TEXT);
  const page = await openSheet(house, owner, id);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const chapters = await chaptersOf(page);
  const [first = '', last = ''] = [chapters[0], chapters.at(-1)];
  expect(await editorOf(page, last).count()).toBe(0);
  await caretInto(page, first);
  await page.keyboard.press('Control+a');
  await eventually(() => page.evaluate(() => getSelection()?.toString().includes('第1章第14段'))).toBe(true);
  expect(await page.locator('.whole-bar').count()).toBe(0);
  await page.keyboard.press('Control+a');
  await page.getByText('已选中全文').first().waitFor();
  // The highlight covers the paper from end to end, and the chapters open behind it.
  expect(
    await page.evaluate(() => {
      const [range] = [...(CSS.highlights.get('gongbi-whole') ?? [])] as Range[];
      return range?.startContainer === document.querySelector('#paper') && range.endOffset === range.endContainer.childNodes.length;
    }),
  ).toBe(true);
  await shot(page, 'desk-whole-zh-CN');
  await page.keyboard.press('Control+c');
  await page.getByText('全文已复制').waitFor();
  expect(await editorOf(page, last).count()).toBe(1);
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string) => (await (await item?.getType(type))?.text()) ?? '';
    return { html: await read('text/html'), text: await read('text/plain') };
  });
  expect(copied.text.replaceAll('\r\n', '\n').trim()).toBe(TEXT);
  const headings = await page.evaluate(
    (html) =>
      [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('h1, h2, h3')].map(
        (one) => `${one.tagName} ${one.textContent}`,
      ),
    copied.html,
  );
  expect(headings.slice(0, 3)).toEqual(['H1 青石镇关于防汛工作情况的报告', 'H2 一、主要工作', 'H3 （一）第1项工作']);
  expect(headings).toHaveLength(10);
  expect(await axeComplaints(page)).toEqual([]);
}, 120_000);

test('[WH3] no key, cut, paste or drop changes a report that is selected whole; Esc puts the caret back', async () => {
  const id = await imported(house, owner, TEXT);
  const page = await openSheet(house, owner, id);
  const [first = ''] = await chaptersOf(page);
  await caretInto(page, first);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+a');
  await page.locator('.whole-bar').waitFor();
  for (const key of ['Delete', 'Backspace', 'Enter', '字', 'a', 'Space', 'Control+x', 'Control+v', 'Control+Backspace']) {
    await (key === '字' ? page.keyboard.insertText(key) : page.keyboard.press(key));
  }
  await page.getByText('打字、删除、剪切和粘贴都不会改动报告').first().waitFor();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '乙');
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await shot(page, 'desk-whole-kept-zh-CN');
  expect(await page.locator('.whole-bar').count()).toBe(1);
  await page.keyboard.press('Escape');
  await eventually(() => page.locator('.whole-bar').count()).toBe(0);
  expect(await page.evaluate(() => CSS.highlights.has('gongbi-whole'))).toBe(false);
  await eventually(() => chapterWithFocus(page)).toBe(first);
  expect((await textOf(house, owner, id)).trim()).toBe(TEXT);
  // The caret stands where it was before anything was selected.
  await page.keyboard.type('甲');
  await eventually(() => textOf(house, owner, id)).toMatch(/第1章第1段[^\n]+甲/);
  expect((await textOf(house, owner, id)).replace('甲', '')).toBe(`${TEXT}\n`);
}, 120_000);

test('[WH1] in the title the line comes first; with the focus nowhere, the report at once; in English, for a reader', async () => {
  const id = await imported(house, owner, TEXT);
  const page = await openSheet(house, owner, id);
  await page.locator('.sheet-title .oneline').click();
  await page.keyboard.press('Control+a');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('青石镇关于防汛工作情况的报告');
  await page.keyboard.press('Control+a');
  await page.locator('.whole-bar').waitFor();
  await page.locator('.sheet-title').click({ position: { x: 4, y: 4 } });
  await eventually(() => page.locator('.whole-bar').count()).toBe(0);

  await join(house, owner, id, reader, 'reader');
  const theirs = await openSheet(house, reader, id, { language: 'en-US' });
  await theirs.keyboard.press('Control+a');
  await theirs.getByText('The whole report is selected').first().waitFor();
  await shot(theirs, 'desk-whole-en-US');
  await theirs.setViewportSize({ width: 390, height: 844 });
  await shot(theirs, 'desk-whole-390-en-US');
  expect(await theirs.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await theirs.getByRole('button', { name: 'Copy all' }).click();
  await theirs.getByText('The whole report is copied').waitFor();
  await theirs.keyboard.press('Escape');
  await eventually(() => theirs.locator('.whole-bar').count()).toBe(0);
}, 120_000);

test('[CO2] chapter, report and selection are counted, each in three ways on hover', async () => {
  const id = await imported(house, owner, '甲报告\n一、总体\n（一）第一章\n全年演练5次，GDP增长3.5％。\n（二）第二章\n完。');
  for (const [language, chapter, report, selected, hint] of [
    ['zh-CN', '本章 17 字', '全文 30 字', '已选 17 字', 'Word、WPS 的「字数」：13'],
    ['en-US', 'Chapter 17 char.', 'Report 30 char.', 'Selected 17 char.', 'Word and WPS “words”: 13'],
  ] as const) {
    const page = await openSheet(house, owner, id, { language });
    const [first = ''] = await chaptersOf(page);
    await caretInto(page, first);
    await page.getByRole('button', { name: chapter, exact: true }).waitFor();
    await page.getByRole('button', { name: report, exact: true }).waitFor();
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: selected, exact: true }).waitFor();
    expect(await axeComplaints(page)).toEqual([]);
    await page.getByRole('button', { name: selected, exact: true }).hover();
    await eventually(() => page.locator('.hint').first().innerText()).toContain(hint);
    await shot(page, `desk-counts-${language}`);
    // Pressing it leaves the caret and the selection in the text.
    await page.getByRole('button', { name: selected, exact: true }).click();
    expect(await chapterWithFocus(page)).toBe(first);
    await page.setViewportSize({ width: 390, height: 844 });
    await shot(page, `desk-counts-390-${language}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
}, 120_000);
