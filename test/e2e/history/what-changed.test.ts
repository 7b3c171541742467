import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportState } from '../../../shared/api.ts';
import type { NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import type { OutlineCommand } from '../../../shared/outline/outline.ts';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import { chapter, headOf, lines, PATIENCE, select, toEnd, wordsOf, writing as written } from './hands.ts';

const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);

let house: House;
/** Owner; editor; and one who comes back and asks what happened. */
let shen: Person;
let gu: Person;
let lu: Person;
let report: ReportId;
let start: Seq;
let draft: Seq;
let gone: string;
const faults: string[] = [];

const head = () => headOf(house, shen, report);
const writing = async (page: Page, act: () => Promise<unknown>) => written(page, await head(), act);

async function open(person: Person, path = '', options: Parameters<House['window']>[1] = {}): Promise<Page> {
  const page = await house.window(person, options);
  page.on('pageerror', (error) => faults.push(`${person.account.name}: ${error.stack}`));
  await page.goto(`/r/${report}${path}`);
  return page;
}

async function state(): Promise<ReportState> {
  return (await (await house.server.request(shen, 'GET', `/api/reports/${report}`)).json()) as ReportState;
}

async function outline(person: Person, command: OutlineCommand): Promise<void> {
  const answer = await house.server.request(person, 'POST', `/api/reports/${report}/outline`, command);
  expect(answer.status, JSON.stringify(await answer.json())).toBeLessThan(300);
}

/** Somebody looks elsewhere: nothing is read meanwhile. */
const lookAway = (page: Page) =>
  page.addInitScript(() => {
    document.hasFocus = () => false;
  });

beforeAll(async () => {
  house = await openHouse();
  shen = await house.server.person('沈知微', true);
  gu = await house.server.person('顾青禾');
  lu = await house.server.person('陆闻远');
  report = await house.sample([
    [shen, 'owner'],
    [gu, 'editor'],
    [lu, 'editor'],
  ]);
  start = await head();
  // The first look begins here.
  expect((await house.server.request(lu, 'GET', `/api/reports/${report}/unread`)).status).toBe(200);
  house.server.clock.advance(20 * 60_000);
  await twoPeopleWrite();
}, 240_000);

afterAll(async () => {
  await house?.close();
  expect(faults).toEqual([]);
});

async function twoPeopleWrite(): Promise<void> {
  const [mine, theirs] = [await open(shen), await open(gu)];
  await chapter(mine, 2).waitFor();
  await chapter(theirs, 2).waitFor();
  // Words in, words out.
  await select(mine, 1, await wordsOf(mine, 1, 2, 6));
  await writing(mine, () => mine.keyboard.insertText('逐项梳理办事流程'));
  draft = await head();
  const named = await house.server.request(shen, 'POST', `/api/reports/${report}/revisions`, { op: 'name', name: '征求意见稿', note: '' });
  expect(named.status).toBeLessThan(300);
  house.server.clock.advance(20 * 60_000);
  // Text of one is moved by the other into another chapter.
  const moved = await wordsOf(theirs, 2, 3, 14);
  await select(theirs, 2, moved);
  await writing(theirs, () => theirs.keyboard.press('Control+x'));
  await toEnd(theirs, 1);
  await writing(theirs, () => theirs.keyboard.press('Control+v'));
  // Format, heading and list.
  await select(theirs, 3, await wordsOf(theirs, 3, 1, 4));
  await writing(theirs, () => theirs.keyboard.press('Control+b'));
  await theirs.locator('.chapter-body').nth(4).scrollIntoViewIfNeeded();
  await chapter(theirs, 4).click();
  await theirs.keyboard.press('Control+Home');
  await writing(theirs, () => theirs.getByRole('button', { name: /编号列表/ }).click());
  await mine.locator('.chapter-body').nth(5).scrollIntoViewIfNeeded();
  await chapter(mine, 5).click();
  await mine.keyboard.press('Control+Home');
  await writing(mine, () => mine.keyboard.press('Control+Alt+3'));
  // The outline: added, named anew, moved, taken out.
  const { nodes } = (await state()).outline;
  const parts = nodes.filter(({ kind }) => kind === 'part');
  const inFirst = nodes.filter(({ parent }) => parent === parts[0]!.id);
  const inSecond = nodes.filter(({ parent }) => parent === parts[1]!.id);
  await outline(shen, { op: 'add', kind: 'chapter', heading: '数据共享进一步扩面', parent: parts[1]!.id, before: null });
  await outline(gu, { op: 'heading', node: inFirst[0]!.id, was: inFirst[0]!.heading, heading: `${inFirst[0]!.heading}更省心` });
  await outline(gu, { op: 'move', node: inFirst[2]!.id as NodeId, parent: parts[0]!.id, before: inFirst[1]!.id });
  gone = inSecond[0]!.heading;
  await outline(gu, { op: 'remove', node: inSecond[0]!.id });
  await mine.close();
  await theirs.close();
}

describe('what changed since one last looked, side by side', () => {
  test('[HY11] is offered above the paper and among the points, and named in the banner', async () => {
    const page = await house.window(lu);
    await lookAway(page);
    await page.goto(`/r/${report}`);
    await page.locator('.unread-bar').waitFor();
    await shot(page, 'since-bar-zh');
    await page.locator('.unread-bar').getByRole('link', { name: '对比着看' }).click();
    await page.waitForURL(new RegExp(`compare\\?from=${start}&to=\\d+$`));
    await page.locator('.past-sheet .hm').first().waitFor();
    await eventually(() => page.locator('.past-banner').textContent()).toContain('甲 你上次看过时');
    const since = page.getByRole('button', { name: '你上次看过之后' });
    expect(await since.getAttribute('aria-pressed')).toBe('true');
    await shot(page, 'since-compare-zh');

    await page.getByLabel('甲', { exact: true }).selectOption({ label: `征求意见稿（第 ${draft} 笔）` });
    await page.waitForURL(new RegExp(`from=${draft}&`));
    await eventually(() => page.locator('.past-banner').textContent()).toContain('甲 征求意见稿');
    expect(await page.locator('.chg', { hasText: '逐项梳理办事流程' }).count()).toBe(0);
    await since.click();
    await page.waitForURL(new RegExp(`from=${start}&`));
    await eventually(() => page.locator('.chg', { hasText: '逐项梳理办事流程' }).count()).toBe(1);
    await page.context().close();
  }, 90_000);

  test('[HY12] [ and ] walk only what the reader has not seen, and what stands before their eyes is read', async () => {
    const page = await house.window(lu);
    await lookAway(page);
    await page.goto(`/r/${report}/compare?from=${start}&to=${await head()}`);
    await page.locator('[data-unread-count]').waitFor();
    const count = Number(await page.locator('[data-count]').getAttribute('data-count'));
    const unread = Number(await page.locator('[data-unread-count]').getAttribute('data-unread-count'));
    expect(unread).toBeGreaterThan(2);
    expect(unread).toBeLessThan(count);
    const seen = new Set<string>();
    for (let step = 0; step < unread; step += 1) {
      await page.keyboard.press(']');
      seen.add((await page.locator('[role="status"][data-count]').textContent()) ?? '');
    }
    expect(seen.size).toBe(unread);
    for (const words of seen) expect(words).toMatch(new RegExp(`^第 \\d+ 处，共 ${count} 处$`));
    await page.keyboard.press('[');
    await page.evaluate(() => Reflect.deleteProperty(document, 'hasFocus'));
    // Each is read where one stops for a moment.
    for (let step = 0; step < unread && (await page.locator('[data-unread-count]').count()) > 0; step += 1) {
      const left = Number(await page.locator('[data-unread-count]').getAttribute('data-unread-count'));
      await page.keyboard.press(']');
      await eventually(async () => {
        const now = page.locator('[data-unread-count]');
        return (await now.count()) === 0 ? 0 : Number(await now.getAttribute('data-unread-count'));
      }).toBeLessThan(left);
    }
    await eventually(() => page.locator('[data-unread-count]').count()).toBe(0);
    await page.context().close();
  }, 120_000);
});

describe('the whole report compared', () => {
  test('[HY13] says every kind of change in words: moved text with writer and mover, formats, headings, lists, the outline', async () => {
    const page = await open(lu, `/compare?from=${start}&to=${await head()}`);
    await page.locator('.past-sheet .hm').first().waitFor();
    const rows = await page.locator('.chg').allInnerTexts();
    const row = (...parts: (string | RegExp)[]) =>
      rows.filter((text) => parts.every((part) => (typeof part === 'string' ? text.includes(part) : part.test(text))));
    expect(row('沈知微', '替换', '逐项梳理办事流程')).toHaveLength(1);
    expect(row('顾青禾', '移动', /第 \d+ 段 → .*第 \d+ 段/, '原为导入文字')).toHaveLength(1);
    expect(row('顾青禾', '改格式', '加上加粗')).toHaveLength(1);
    expect(row('顾青禾', '改样式', '正文 → 编号列表')).toHaveLength(1);
    expect(row('沈知微', '改样式', '正文 → 三级标题')).toHaveLength(1);
    expect(row('沈知微', '新增', '数据共享进一步扩面')).toHaveLength(1);
    expect(row('顾青禾', '改标题', '加“更省心”')).toHaveLength(1);
    expect(row('顾青禾', '调整位置')).toHaveLength(1);
    expect(row('顾青禾', '移出', gone)).toHaveLength(1);
    expect(row('移走'), 'a move counts once').toHaveLength(0);

    // announced, not only drawn; by name where somebody pointed at it
    const paper = page.getByRole('region', { name: '对比的正文' });
    expect(await paper.getByRole('insertion').filter({ hasText: '逐项梳理办事流程' }).textContent()).toMatch(
      /^沈知微插入：逐项梳理办事流程。（完）$/,
    );
    expect(await paper.getByRole('deletion').first().textContent()).toMatch(/删除：/);
    await page.locator('.chg', { hasText: '移动' }).click();
    expect(await page.locator('.hm.moved.cur').first().textContent()).toMatch(/^顾青禾移到这里 · 原为导入文字：/);
    expect(await page.locator('.hm.moved.cur .hm-who').first().getAttribute('data-full')).toMatch(
      /顾青禾 移动自（.*第 \d+ 段 · 原为导入文字 · .*第 \d+ 笔/,
    );
    await shot(page, 'what-changed-moved-zh');
    await page.locator('.chg', { hasText: '移出' }).click();
    await shot(page, 'what-changed-removed-zh');
    expect(await axeComplaints(page)).toEqual([]);

    // one chapter
    await page.getByLabel('看哪一章').selectOption({ index: 2 });
    await page.waitForURL(/chapter=/);
    await page.locator('.past-sheet .hm').first().waitFor();
    expect(await page.locator('.past-sheet section').count()).toBe(1);
    expect(await page.locator('.chg', { hasText: '移出' }).count()).toBe(0);
    await shot(page, 'what-changed-chapter-zh');
    await page.context().close();
  }, 90_000);

  test('[HY13] the same in English in the dark, and on a phone, where the points are chosen in a dialog', async () => {
    const path = `/compare?from=${start}&to=${await head()}`;
    const english = await open(lu, path, { language: 'en-US', dark: true });
    await english.locator('.past-sheet .hm').first().waitFor();
    await english.locator('.chg', { hasText: /paragraph \d+ → / }).click();
    expect(await english.locator('.hm.moved.cur').first().textContent()).toMatch(/^moved here by 顾青禾 · imported text: /);
    expect(await english.getByRole('insertion').filter({ hasText: '逐项梳理' }).textContent()).toMatch(/^inserted by 沈知微: /);
    expect(await axeComplaints(english)).toEqual([]);
    await shot(english, 'what-changed-en-dark');
    await english.context().close();

    const phone = await open(shen, path, { width: 390, height: 844 });
    await phone.locator('.past-sheet .hm').first().waitFor();
    await phone.getByRole('button', { name: '下一处', exact: true }).click();
    await phone.getByText(/^第 1 处/).waitFor();
    await shot(phone, 'what-changed-phone');
    await phone.getByRole('button', { name: '换两处…' }).click();
    const dialog = phone.getByRole('dialog', { name: '对比哪两处' });
    await dialog.waitFor();
    await shot(phone, 'what-changed-phone-points');
    expect(await axeComplaints(phone)).toEqual([]);
    await dialog.getByLabel('甲', { exact: true }).selectOption({ label: `征求意见稿（第 ${draft} 笔）` });
    await phone.waitForURL(new RegExp(`from=${draft}&`));
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await phone.context().close();
  }, 90_000);
});

describe('bringing back', () => {
  test('[RT12] the story of what is selected is its own, and only that comes back; undoing takes nothing of what others wrote since', async () => {
    const [mine, theirs] = [await open(shen), await open(gu)];
    await chapter(mine, 1).waitFor();
    await chapter(theirs, 1).waitFor();
    const before = (await lines(mine, 1))[0]!;
    expect(before).toContain('逐项梳理办事流程');
    await select(mine, 1, '逐项梳理办事流程');
    await mine.getByRole('button', { name: '身世' }).click();
    const story = mine.getByRole('dialog', { name: /选中文字的身世/ });
    await eventually(() => story.locator('.story-wording').count()).toBe(2);
    const old = (await story.locator('.story-text').last().textContent())!;
    expect(old).toHaveLength(6);
    await shot(mine, 'story-selection-zh');
    expect(await axeComplaints(mine)).toEqual([]);
    await story.getByRole('button', { name: '恢复这一版' }).click();
    const restore = mine.getByRole('dialog', { name: /恢复选中的文字/ });
    await eventually(() => restore.textContent()).toContain('将补回 6 字，去掉 8 字');
    expect(await restore.textContent()).toContain('顾青禾 正开着这一章');
    await shot(mine, 'restore-selection-zh');
    await restore.getByRole('button', { name: '恢复', exact: true }).click();
    for (const page of [mine, theirs])
      await eventually(async () => (await lines(page, 1))[0]).toBe(before.replace('逐项梳理办事流程', old));

    // Somebody writes on; only the restore is undone.
    await select(theirs, 1, old, 'end');
    await writing(theirs, () => theirs.keyboard.insertText('（另见附件）'));
    await mine.getByRole('button', { name: '撤销', exact: true }).last().click();
    const undo = mine.getByRole('dialog', { name: /撤销恢复/ });
    await eventually(() => undo.textContent()).toContain('将补回 8 字，去掉 6 字');
    expect(await undo.textContent()).toContain('之后谁写的、改的都不动');
    await shot(mine, 'restore-undo-zh');
    await undo.getByRole('button', { name: '撤销恢复' }).click();
    const after = before.replace('逐项梳理办事流程', '逐项梳理办事流程（另见附件）');
    for (const page of [mine, theirs]) await eventually(async () => (await lines(page, 1))[0]).toBe(after);
    // Whoever asks who wrote it hears of its writer, and that it was brought back.
    await select(mine, 1, '逐项梳理', 'end');
    await eventually(() => mine.locator('.author').textContent()).toContain('由沈知微恢复');
    await shot(mine, 'restored-author-zh');
    await mine.context().close();
    await theirs.context().close();
  }, 120_000);

  test('[HY14] a chapter is restored from the compare view, which takes it in; what others write meanwhile is offered', async () => {
    const page = await open(shen, `/compare?from=${start}&to=${await head()}`);
    await page.locator('.chg', { hasText: '（另见附件）' }).first().click();
    await page.getByRole('button', { name: '恢复本章旧文…' }).click();
    const dialog = page.getByRole('dialog', { name: /恢复整章/ });
    await dialog.locator('.restore-list').waitFor();
    await shot(page, 'compare-restore-chapter-zh');
    const before = await head();
    await dialog.getByRole('button', { name: '恢复', exact: true }).click();
    await page.waitForURL(new RegExp(`to=${before + 1}$`));
    await eventually(() => page.locator('.chg', { hasText: '（另见附件）' }).count()).toBe(0);
    // Undone: only the restore.
    await page.getByRole('button', { name: '撤销', exact: true }).last().click();
    await page
      .getByRole('dialog', { name: /撤销恢复/ })
      .getByRole('button', { name: '撤销恢复' })
      .click();
    await eventually(() => page.locator('.chg', { hasText: '（另见附件）' }).count()).toBeGreaterThan(0);

    // What was brought back stays in the comparison with the point between, and can be undone from there at any time.
    await page.goto(`/r/${report}/compare?from=${before + 1}&to=${await head()}`);
    await page.locator('.chg', { hasText: /恢复/ }).first().click();
    await page.getByRole('button', { name: '撤销这次恢复…' }).click();
    await page
      .getByRole('dialog', { name: /撤销恢复/ })
      .locator('.restore-list')
      .waitFor();
    await shot(page, 'compare-undo-zh');
    await page.keyboard.press('Escape');
    await page.goto(`/r/${report}/compare?from=${start}&to=${await head()}`);
    await page.locator('.past-sheet .hm').first().waitFor();

    const theirs = await open(gu);
    await chapter(theirs, 0).waitFor();
    await toEnd(theirs, 0);
    await writing(theirs, () => theirs.keyboard.insertText('（此处待核）'));
    const news = page.getByRole('button', { name: /新改动，刷新$/ });
    await news.waitFor();
    await shot(page, 'compare-news-zh');
    expect(await page.locator('.chg', { hasText: '此处待核' }).count(), 'nothing changes under the reader').toBe(0);
    await news.click();
    await eventually(() => page.locator('.chg', { hasText: '此处待核' }).count()).toBe(1);
    expect(await news.count()).toBe(0);
    await page.context().close();
    await theirs.context().close();
  }, 120_000);

  test('[HY14] a chapter that was taken out is put back from the compare view and from the list of what was taken out', async () => {
    const page = await open(shen, `/compare?from=${start}&to=${await head()}`);
    await page.locator('.chg', { hasText: '移出' }).click();
    await page.getByRole('button', { name: '放回这一章' }).click();
    await eventually(() => page.locator('.chg', { hasText: '移出' }).count()).toBe(0);
    expect((await state()).outline.nodes.some(({ heading }) => heading === gone)).toBe(true);
    await page.getByRole('button', { name: '撤销', exact: true }).last().click();
    await eventually(() => page.locator('.chg', { hasText: '移出' }).count()).toBe(1);
    await page.context().close();

    const desk = await open(shen);
    await desk.locator('.trash summary').click();
    await shot(desk, 'trash-zh');
    // The outline leaves out the full stop behind a heading.
    const shown = gone.replace(/。$/, '');
    await desk.locator('.trash li', { hasText: shown }).getByRole('button').click();
    await eventually(() => desk.locator('.oline', { hasText: shown }).count()).toBe(1);
    await eventually(async () => (await state()).outline.nodes.some(({ heading }) => heading === gone)).toBe(true);
    await desk.context().close();
  }, 90_000);
});
