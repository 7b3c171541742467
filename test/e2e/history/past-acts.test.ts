import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportId } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from '../page/house.ts';

const PATIENCE = { timeout: 20_000, interval: 100 };
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);

let house: House;
let shen: Person;
let lu: Person;
let gu: Person;
let report: ReportId;

beforeAll(async () => {
  house = await openHouse();
  shen = await house.server.person('沈知微', true);
  lu = await house.server.person('陆闻远');
  gu = await house.server.person('顾青禾');
  report = await house.sample([
    [shen, 'owner'],
    [lu, 'editor'],
    [gu, 'reader'],
  ]);
}, 180_000);

afterAll(async () => {
  await house?.close();
});

async function open(person: Person, language: 'zh-CN' | 'en-US' = 'zh-CN'): Promise<Page> {
  const page = await house.window(person, { language });
  page.on('pageerror', (error) => expect.fail(`${person.account.name}: ${error.stack}`));
  await page.goto(`/r/${report}`);
  await chapter(page, 1).waitFor();
  return page;
}

/** The live text of the n-th chapter or passage, counted from 0. */
const chapter = (page: Page, index: number): Locator => page.locator('.chapter-body').nth(index).locator('.tiptap');
const saved = (page: Page) => eventually(() => page.locator('[data-save]').getAttribute('data-save')).toBe('saved');
const lines = (page: Page, index: number): Promise<string[]> => chapter(page, index).locator('.line-text').allTextContents();

async function writeInto(page: Page, index: number, text: string): Promise<void> {
  await page.locator('.chapter-body').nth(index).scrollIntoViewIfNeeded();
  await chapter(page, index).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText(text);
  await saved(page);
}

describe('what changed since one last looked', () => {
  test('[UR5] a bar counts it, the outline has a dot, keys walk it, and reading it takes it away on every device', async () => {
    const mine = await open(lu);
    // Somebody looks elsewhere: nothing is read meanwhile.
    await mine.evaluate(() => {
      document.hasFocus = () => false;
    });
    // The first look begins here.
    await eventually(async () => (await house.server.request(lu, 'GET', `/api/reports/${report}/unread`)).status).toBe(200);
    const theirs = await open(shen);
    await writeInto(theirs, 6, '据初步统计，');
    await mine.bringToFront();
    const bar = mine.locator('.unread-bar');
    await eventually(() => bar.count()).toBe(1);
    expect(await bar.textContent()).toContain('你上次看过之后：1 段有改动');
    expect(await mine.locator('.oline .unread-dot').count()).toBe(1);
    await shot(mine, 'unread-bar-zh');

    // While writing, the plain key writes its sign.
    await chapter(mine, 0).click();
    await mine.keyboard.press('Control+Home');
    await mine.keyboard.press(']');
    expect((await lines(mine, 0))[0]).toMatch(/^\]/);
    await mine.keyboard.press('Backspace');
    await saved(mine);

    await mine.keyboard.press('Alt+BracketRight');
    const marked = chapter(mine, 6).locator('[data-unread]');
    await eventually(() => marked.count()).toBe(1);
    expect(await marked.textContent()).toContain('据初步统计，');
    await eventually(() => chapter(mine, 6).evaluate((element) => element.contains(document.activeElement))).toBe(true);
    expect(await bar.count()).toBe(1);
    await shot(mine, 'unread-walked-zh');
    await mine.evaluate(() => Reflect.deleteProperty(document, 'hasFocus'));
    // Before the reader's eyes for a moment: read, here and elsewhere.
    await eventually(() => bar.count()).toBe(0);
    await eventually(() => mine.locator('.oline .unread-dot').count()).toBe(0);
    const elsewhere = await open(lu, 'en-US');
    await eventually(() => elsewhere.locator('.oline-go').count()).toBeGreaterThan(3);
    await eventually(async () => {
      const unread = (await (await house.server.request(lu, 'GET', `/api/reports/${report}/unread`)).json()) as { chapters: unknown[] };
      return unread.chapters.length;
    }).toBe(0);
    expect(await elsewhere.locator('.unread-bar').count()).toBe(0);

    // Another changes it again: unread again, in English too.
    await writeInto(theirs, 6, '再次核对：');
    await elsewhere.bringToFront();
    await eventually(() => elsewhere.locator('.unread-bar').count()).toBe(1);
    expect(await elsewhere.locator('.unread-bar').textContent()).toContain('Since you last looked: 1 paragraph changed');
    await shot(elsewhere, 'unread-bar-en');
    await elsewhere.getByRole('button', { name: 'Mark all as read' }).click();
    await eventually(() => elsewhere.locator('.unread-bar').count()).toBe(0);
    for (const page of [mine, theirs, elsewhere]) await page.context().close();
  }, 90_000);
});

describe('author colours', () => {
  test('[LA2] follow what two people write, say who and when, and write nothing', async () => {
    const mine = await open(lu);
    const theirs = await open(shen);
    await writeInto(theirs, 1, '由沈知微起草：');
    await mine.getByRole('button', { name: '作者颜色' }).click();
    const body = chapter(mine, 1);
    const by = (name: string): Locator => body.locator(`.written-by[data-author^="${name}"]`);
    await eventually(async () => (await by('沈知微').allTextContents()).join('')).toBe('由沈知微起草：');
    await writeInto(mine, 1, '陆闻远补：');
    await eventually(async () => (await by('陆闻远').allTextContents()).join('')).toBe('陆闻远补：');
    await writeInto(theirs, 1, '又');
    await eventually(async () => (await by('沈知微').allTextContents()).join('')).toBe('又由沈知微起草：');
    await by('沈知微').last().hover();
    await eventually(() => mine.locator('.author-tip:not([hidden])').textContent()).toMatch(/^沈知微 · 今天 \d\d:\d\d$/);
    await shot(mine, 'authors-zh');
    const head = async () => ((await (await house.server.request(lu, 'GET', `/api/reports/${report}`)).json()) as { seq: number }).seq;
    const before = await head();
    await mine.getByRole('button', { name: '作者颜色' }).click();
    await eventually(() => body.locator('.written-by').count()).toBe(0);
    await mine.getByRole('button', { name: '作者颜色' }).click();
    await eventually(() => body.locator('.written-by').count()).toBeGreaterThan(1);
    expect(await head()).toBe(before);

    const reading = await open(gu);
    expect(await reading.getByRole('button', { name: '作者颜色' }).count(), 'who may not read the past is not offered it').toBe(0);
    for (const page of [mine, theirs, reading]) await page.context().close();
  }, 90_000);
});

describe('the story of a paragraph', () => {
  test('[RT9] tells every earlier wording; one is brought back after it was shown what goes, and undone', async () => {
    const mine = await open(shen);
    // Text by somebody else than its first writer: one person's wordings of one sitting are one.
    const theirs = await open(lu);
    const was = (await lines(mine, 2))[0] ?? '';
    await writeInto(theirs, 2, '经研究，');
    await eventually(async () => (await lines(mine, 2))[0]).toBe(`经研究，${was}`);
    await chapter(mine, 2).click();
    await mine.keyboard.press('Control+Home');
    await mine.getByRole('button', { name: '身世' }).click();
    const story = mine.getByRole('dialog');
    await eventually(() => story.locator('.story-wording').count()).toBeGreaterThan(1);
    expect(await story.locator('.story-wording').first().textContent()).toContain('现在');
    await shot(mine, 'story-zh');
    await story.getByRole('button', { name: '恢复这一版' }).last().click();

    const restore = mine.getByRole('dialog');
    await eventually(() => restore.textContent()).toContain('去掉 4 字');
    expect(await restore.textContent()).toContain('陆闻远 正开着这一章');
    expect(await restore.locator('del').textContent()).toContain('经研究，');
    await shot(mine, 'restore-zh');

    // Somebody changes the paragraph meanwhile: what was shown no longer holds.
    await writeInto(theirs, 2, '再：');
    await restore.getByRole('button', { name: '恢复', exact: true }).click();
    await eventually(() => restore.getByRole('alert').textContent()).toContain('刚刚又有改动');
    await eventually(() => restore.locator('del').textContent()).toContain('再：经研究，');
    await restore.getByRole('button', { name: '恢复', exact: true }).click();
    for (const page of [mine, theirs]) await eventually(async () => (await lines(page, 2))[0]).toBe(was);

    await mine.getByRole('button', { name: '撤销', exact: true }).last().click();
    await mine.getByRole('dialog').getByRole('button', { name: '撤销恢复' }).click();
    for (const page of [mine, theirs]) await eventually(async () => (await lines(page, 2))[0]).toBe(`再：经研究，${was}`);

    const english = await open(lu, 'en-US');
    await chapter(english, 2).click();
    await english.keyboard.press('Control+Home');
    await english.getByRole('button', { name: 'Story' }).click();
    await eventually(() => english.getByRole('dialog').locator('.story-wording').count()).toBeGreaterThan(1);
    await shot(english, 'story-en');
    await english.getByRole('dialog').getByRole('button', { name: 'Restore this wording' }).first().click();
    await eventually(() => english.getByRole('dialog').textContent()).toContain('can be undone');
    await shot(english, 'restore-en');
    for (const page of [mine, theirs, english]) await page.context().close();
  }, 90_000);
});
