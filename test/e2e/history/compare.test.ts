import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportId } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import { chapter, headOf, PATIENCE, select, toEnd, wordsOf, writing as written } from './hands.ts';

const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);

let house: House;
let luo: Person;
let he: Person;
let report: ReportId;
/** The report's last entry before the two begin. */
let start: number;
const faults: string[] = [];

const writing = async (page: Page, act: () => Promise<unknown>) => written(page, await head(), act);
const head = () => headOf(house, luo, report);

async function open(person: Person, path = '', options: Parameters<House['window']>[1] = {}): Promise<Page> {
  const page = await house.window(person, options);
  page.on('pageerror', (error) => faults.push(`${person.account.name}: ${error.stack}`));
  await page.goto(`/r/${report}${path}`);
  return page;
}

beforeAll(async () => {
  house = await openHouse();
  luo = await house.server.person('罗映川', true);
  he = await house.server.person('贺清漪');
  report = await house.sample([
    [luo, 'owner'],
    [he, 'editor'],
  ]);
  start = await head();
  house.server.clock.advance(20 * 60_000);
  await twoPeopleWrite();
}, 180_000);

afterAll(async () => {
  await house?.close();
  expect(faults).toEqual([]);
});

/** Both write: words in, words out, a paragraph split, a paragraph moved, a heading named anew. */
async function twoPeopleWrite(): Promise<void> {
  const [mine, theirs] = [await open(luo), await open(he)];
  await chapter(mine, 1).waitFor();
  await chapter(theirs, 1).waitFor();
  const gone = await wordsOf(theirs, 1, 2, 6);
  await select(theirs, 1, gone);
  await writing(theirs, () => theirs.keyboard.insertText('对列入年度计划且要件齐备的项目，'));
  await toEnd(mine, 0);
  await writing(mine, () => mine.keyboard.press('Enter'));
  await writing(mine, () => mine.keyboard.insertText('能通过数据共享核验的一律不再要求企业提供。'));
  const bold = await wordsOf(mine, 2, 1, 4);
  await select(mine, 2, bold);
  await writing(mine, () => mine.keyboard.press('Control+b'));
  house.server.clock.advance(20 * 60_000);
  await toEnd(theirs, 0);
  await writing(theirs, () => theirs.keyboard.press('Alt+ArrowUp'));
  const out = await wordsOf(theirs, 2, 8, 5);
  await select(theirs, 2, out);
  await writing(theirs, () => theirs.keyboard.press('Delete'));
  await mine.close();
  await theirs.close();
}

describe('the compare view', () => {
  test('[HY1] walks every change by key and by button, says who and when, and writes nothing', async () => {
    const before = await head();
    const page = await open(luo, `/compare?from=${start}&to=${before}`);
    await page.locator('.past-sheet .hm').first().waitFor();
    await page.getByText('此处只能看，不能改').waitFor();
    await shot(page, 'history-compare-zh-start');
    const count = Number(await page.locator('[data-count]').getAttribute('data-count'));
    expect(count).toBe(4);
    expect(await page.locator('.chg').count()).toBe(count);

    await page.keyboard.press('n');
    await page.getByText(`第 1 处，共 ${count} 处`).waitFor();
    await page.keyboard.press('j');
    await page.getByText(`第 2 处，共 ${count} 处`).waitFor();
    await page.getByRole('button', { name: '下一处', exact: true }).click();
    await page.getByText(`第 3 处，共 ${count} 处`).waitFor();
    await page.keyboard.press('p');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await page.getByText(`第 ${count} 处，共 ${count} 处`).waitFor();
    await page.locator('.chg', { hasText: '对列入年度计划' }).click();
    expect(await page.locator('.chg[aria-current="true"]').textContent()).toMatch(/贺清漪.*替换/);
    expect(await page.locator('.hm.cur').count()).toBeGreaterThan(0);
    await shot(page, 'history-compare-zh');

    // announced, not only drawn
    expect(await page.locator('ins.hm', { hasText: '对列入年度计划' }).textContent()).toContain('贺清漪插入：');
    expect(await page.locator('.hm-who').first().getAttribute('data-full')).toMatch(/第 \d+ 笔/);
    expect(await page.locator('.tiptap, [contenteditable="true"]').count()).toBe(0);
    expect(await axeComplaints(page)).toEqual([]);
    expect(await head()).toBe(before);
  });

  test('[HY2] shows all marks, a bar only, or the clean text; a moved paragraph is its writer’s, moved by its mover', async () => {
    const page = await open(luo, `/compare?from=${start}&to=${await head()}`);
    await page.locator('.past-sheet .hm').first().waitFor();
    const clean = async () => (await page.locator('.past-sheet').textContent()) ?? '';
    expect(await page.locator('del.hm').count()).toBeGreaterThan(0);
    await page.keyboard.press('2');
    expect(await page.locator('.hm').count()).toBe(0);
    expect(await page.locator('.past-sheet .cbar').count()).toBeGreaterThan(0);
    await page.keyboard.press('3');
    expect(await page.locator('.past-sheet .cbar').count()).toBe(0);
    expect(await clean()).toContain('对列入年度计划且要件齐备的项目，');
    await shot(page, 'history-compare-clean');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '快捷键' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.waitForURL(/\?panel=history$/);
    await page.getByRole('tab', { name: '历史', selected: true }).waitFor();
  });

  test('[HY3] can be read in English, in the dark, and on a phone', async () => {
    const path = `/compare?from=${start}&to=${await head()}`;
    const english = await open(luo, path, { language: 'en-US', dark: true });
    await english.locator('.past-sheet .hm').first().waitFor();
    await english.keyboard.press('n');
    await english.getByText(/^1 of \d+$/).waitFor();
    expect(await english.locator('ins.hm').first().textContent()).toContain('inserted by');
    expect(await axeComplaints(english)).toEqual([]);
    await shot(english, 'history-compare-en-dark');
    const phone = await open(he, path, { width: 390, height: 844 });
    await phone.locator('.past-sheet .hm').first().waitFor();
    await phone.getByRole('button', { name: '下一处', exact: true }).click();
    await phone.getByText(/^第 1 处/).waitFor();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await shot(phone, 'history-compare-phone');
  });
});

describe('the history panel', () => {
  test('[HY4] lists sittings newest first with everybody’s faces; new ones come on top; two ticks compare', async () => {
    const page = await open(luo, '?panel=history');
    const sittings = page.locator('[data-sitting]');
    await eventually(() => sittings.count()).toBe(3);
    expect(await sittings.nth(1).getByRole('img', { name: '贺清漪' }).count()).toBe(1);
    expect(await sittings.nth(1).getByRole('img', { name: '罗映川' }).count()).toBe(1);
    expect(await sittings.nth(1).textContent()).toMatch(/增 \d+/);
    await shot(page, 'history-panel-zh');

    house.server.clock.advance(20 * 60_000);
    const theirs = await open(he);
    await chapter(theirs, 0).click();
    await writing(theirs, () => theirs.keyboard.insertText('新来的话'));
    await eventually(() => sittings.count()).toBe(4);
    await eventually(() => sittings.first().textContent()).toContain('新来的话');
    await theirs.close();

    await page.getByRole('button', { name: '筛选' }).click();
    await page.getByLabel('人', { exact: true }).selectOption({ label: '罗映川' });
    await eventually(() => sittings.count()).toBe(2);
    await page.getByRole('button', { name: '清除筛选' }).click();
    await eventually(() => sittings.count()).toBe(4);
    await page.getByRole('checkbox').nth(0).click();
    await page.getByRole('checkbox').nth(2).click();
    await page.getByRole('button', { name: '对比这两处' }).click();
    await page.waitForURL(/compare\?from=\d+&to=\d+$/);
    await page.locator('.past-sheet .hm').first().waitFor();
    expect(await page.locator('.past-timeline .tick-box.on').allTextContents()).toEqual(['乙', '甲']);
  });
});

describe('replay and contributions', () => {
  test('[HY5] a chapter’s life goes forward and back by button, slider and key, and leads to a comparison', async () => {
    const before = await head();
    const page = await open(he, `/replay`);
    await page.locator('.past-sheet[data-seq]').waitFor();
    const seq = async () => Number(await page.locator('.past-sheet').getAttribute('data-seq'));
    const first = await seq();
    await page.getByRole('button', { name: '播放' }).click();
    await page.getByRole('button', { name: '播放' }).waitFor();
    await eventually(seq).toBeGreaterThan(first);
    await eventually(() => page.locator('.past-sheet').textContent()).toContain('新来的话');
    const last = await seq();
    await shot(page, 'history-replay');
    await page.locator('.past-sheet').click();
    await page.keyboard.press('ArrowLeft');
    await eventually(seq).toBeLessThan(last);
    await page.getByRole('slider').fill('0');
    await eventually(seq).toBe(first);
    await page.getByRole('link', { name: '与现在对比' }).click();
    await page.waitForURL(/compare\?from=\d+&to=\d+&chapter=/);
    expect(await head()).toBe(before);
  });

  test('[HY6] contributions say how they count, name imported text as nobody’s, and are saved as a table', async () => {
    const page = await open(luo, '/contributions');
    await page.locator('.contrib-part').first().waitFor();
    await page.getByText('导入的文字不算任何人的').waitFor();
    expect(await page.locator('tbody').first().textContent()).toMatch(/贺清漪.*罗映川.*导入|罗映川.*贺清漪.*导入/);
    expect(await axeComplaints(page)).toEqual([]);
    await shot(page, 'history-contributions');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /CSV/ }).click()]);
    const bytes = readFileSync(await file.path());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8')).toContain('全文,贺清漪,');
  });
});

describe('bringing back', () => {
  test('[HY10] the paragraph of the current change is brought back after a look, by an entry of its own', async () => {
    const before = await head();
    const page = await open(luo, `/compare?from=${start}&to=${before}`);
    await page.locator('.chg', { hasText: '对列入年度计划' }).click();
    await page.getByRole('button', { name: '恢复本段旧文…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('贺清漪').first().waitFor();
    expect(await head()).toBe(before);
    await shot(page, 'history-compare-restore');
    await dialog.getByRole('button', { name: '恢复', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(head).toBe(before + 1);
    // The view that shows the difference to now takes it in by itself.
    await page.waitForURL(new RegExp(`to=${before + 1}$`));
    await page.locator('.past-sheet .hm').first().waitFor();
    await eventually(() => page.locator('.chg', { hasText: '对列入年度计划' }).count()).toBe(0);
  });
});
