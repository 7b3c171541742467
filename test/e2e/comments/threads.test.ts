import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newNodeId } from '../../../server/core/new-report.ts';
import { systemIds } from '../../../server/system.ts';
import type { ThreadsState } from '../../../shared/api/threads.ts';
import { inputMethod } from '../../support/browser.ts';
import type { Person, TestReport } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';

/** The machine may be busy with other things. */
const PATIENCE_MS = 60_000;
const TEST_MS = 200_000;
const poll = { timeout: PATIENCE_MS };
const FIRST = '一是推行并联审批。全年召开联席审查会**次，审批平均用时由46个工作日压缩至**个工作日。';
const SECOND = '二是做实帮办代办。为在建项目逐一配备专员，协调解决用电、用水等问题**件。';

let house: House;
let owner: Person;
let commenter: Person;
let report: TestReport;
const faults: string[] = [];

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('周砚秋', true);
  commenter = await house.server.person('顾亦凡');
  const id = newNodeId(systemIds);
  const paragraph = (text: string, line: number) => ({ kind: 'paragraph' as const, text, line });
  report = await house.server.report(
    [
      [owner, 'owner'],
      [commenter, 'commenter'],
    ],
    {
      beginning: 'import',
      content: {
        title: '澄溪园区营商环境建设工作情况的报告',
        nodes: [{ id, kind: 'chapter', heading: '优化审批流程', form: 'own-line', parent: null }],
        texts: new Map([[id, [paragraph(FIRST, 1), paragraph(SECOND, 2)]]]),
      },
    },
  );
}, 180_000);
afterAll(async () => {
  await house.close();
  expect(faults).toEqual([]);
  expect(house.server.troubles).toEqual([]);
});

async function open(person: Person, options: Parameters<House['window']>[1] = {}, rest = ''): Promise<Page> {
  const page = await house.window(person, options);
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  await page.goto(`/r/${report.id}${rest}`);
  await page.locator('.sheet .tiptap').getByText('并联审批').waitFor();
  return page;
}
const threads = async () => (await (await house.server.request(owner, 'GET', `/api/reports/${report.id}/threads`)).json()) as ThreadsState;
const panel = (page: Page): Locator => page.locator('.threads-panel');
const cards = (page: Page): Locator => panel(page).locator('[data-thread-card]');

/** Selects words on the paper as a mouse would, also in a text that one may not write. */
async function select(page: Page, words: string): Promise<void> {
  await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.querySelector('.sheet .tiptap')!, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent!.indexOf(wanted);
      if (at >= 0) getSelection()!.setBaseAndExtent(node, at, node, at + wanted.length);
    }
  }, words);
  expect(await page.evaluate(() => String(getSelection()))).toBe(words);
}

describe.sequential('comments by two people', () => {
  test(
    '[TH8] somebody who may only comment selects words and writes with an input method, names a member by pinyin, and sends with Ctrl+Enter',
    async () => {
      const gu = await open(commenter);
      await select(gu, '审批平均用时');
      await gu.keyboard.press('Control+Alt+KeyM');
      const box = panel(gu).getByLabel('新批注').locator('textarea');
      await box.waitFor();
      await expect.poll(() => box.evaluate((field) => field === document.activeElement)).toBe(true);
      const ime = await inputMethod(gu);
      await ime.show('qing');
      // Enter of the input method, with Ctrl too: nothing is sent.
      await ime.key('Enter', []);
      await ime.key('Enter', ['Control']);
      await ime.commit('请');
      await gu.keyboard.insertText('＠');
      await ime.show("z'y'q");
      await panel(gu).getByRole('option', { name: '周砚秋' }).waitFor();
      await ime.cancel();
      await gu.keyboard.type('zy');
      await shot(gu, 'threads-mention');
      await gu.keyboard.press('Enter');
      await expect.poll(() => box.inputValue()).toBe('请@周砚秋 ');
      await ime.show('xieming');
      await ime.commit('写明起算点');
      expect((await threads()).threads).toEqual([]);

      // What was not sent is there after a reload.
      await gu.reload();
      await gu.locator('.sheet .tiptap').getByText('并联审批').waitFor();
      await select(gu, '审批平均用时');
      await gu.keyboard.press('Control+Alt+KeyM');
      await expect.poll(() => box.inputValue()).toBe('请@周砚秋 写明起算点');
      await box.press('Control+Enter');
      await expect.poll(async () => (await threads()).threads.length, poll).toBe(1);
      const [thread] = (await threads()).threads;
      expect(thread).toMatchObject({
        by: commenter.account.id,
        anchor: { on: 'text', quote: '审批平均用时' },
        comments: [{ body: { text: '请@周砚秋 写明起算点', mentions: [{ member: owner.account.id, at: 1, length: 4 }] } }],
      });
      await gu.locator('.thread-mark', { hasText: '审批平均用时' }).waitFor();
      await gu.context().close();
    },
    TEST_MS,
  );

  test(
    '[TH9] the other sees it at once, words and card raise each other, an answer and the disposition come back',
    async () => {
      const zhou = await open(owner);
      const gu = await open(commenter, {}, '?panel=threads');
      await zhou.getByRole('tab', { name: /批注 1/ }).waitFor();
      await zhou.locator('.thread-mark', { hasText: '审批平均用时' }).click();
      const card = cards(zhou).first();
      await zhou.locator('.thread-mark.is-current').waitFor();
      await card.getByText('写明起算点').waitFor();
      await card.getByRole('textbox', { name: '回复' }).fill('自受理之日起算，已与政务服务中心核对。');
      await card.getByRole('textbox', { name: '回复' }).press('Control+Enter');
      await shot(zhou, 'threads-card');
      await cards(gu).first().getByText('1 条回复').waitFor();

      // Typed inside and cut and pasted elsewhere, the words keep it.
      await card.getByRole('button', { name: '据此修订' }).click();
      await zhou.locator('.sheet .tiptap').getByText('平均用时').last().click();
      await select(zhou, '由46个');
      await zhou.keyboard.press('ArrowLeft');
      await zhou.keyboard.insertText('（自受理之日起算）');
      await expect
        .poll(
          async () => await (await house.server.request(owner, 'GET', `/api/reports/${report.id}/chapters/${report.chapter}/text`)).text(),
          poll,
        )
        .toContain('（自受理之日起算）由46个');
      await card.getByRole('button', { name: '关联改动' }).click();
      await card.getByText('1 处改动').waitFor();
      await card.getByRole('button', { name: '部分采纳' }).click();
      await card.getByLabel('部分采纳的理由').fill('补起算点，口径不变');
      await card.getByRole('button', { name: '了结' }).click();
      await card.getByText('补起算点，口径不变').waitFor();
      await expect.poll(() => cards(gu).count(), poll).toBe(0);
      await panel(gu)
        .getByRole('button', { name: /^已了结/ })
        .click();
      await cards(gu).first().getByText('部分采纳', { exact: true }).waitFor();
      expect((await threads()).threads[0]).toMatchObject({ closed: { disposition: 'partly' }, links: [{ answer: { by: 'edit' } }] });
      await zhou.context().close();
      await gu.context().close();
    },
    TEST_MS,
  );

  test(
    '[TH3] deleted words are said to be gone with their quote, on a phone and in English too',
    async () => {
      const zhou = await open(owner);
      await select(zhou, '用电、用水等问题');
      await zhou.keyboard.press('Control+Alt+KeyM');
      const box = panel(zhou).getByLabel('新批注').locator('textarea');
      await box.fill('<b>请补</b>典型事例');
      await box.press('Control+Enter');
      await expect.poll(async () => (await threads()).threads.length, poll).toBe(2);
      await zhou.locator('.sheet .tiptap').getByText('二是做实').click();
      await select(zhou, '用电、用水等问题');
      await zhou.keyboard.press('Delete');
      await panel(zhou).getByText('原文已删除').waitFor();
      await panel(zhou).getByText('<b>请补</b>典型事例').waitFor();
      await shot(zhou, 'threads-gone');
      const phone = await open(commenter, { width: 390, height: 844, language: 'en-US' }, '?panel=threads');
      await panel(phone).getByText('Original text deleted').waitFor();
      expect(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await shot(phone, 'threads-phone-en');
      await zhou.context().close();
      await phone.context().close();
    },
    TEST_MS,
  );

  test(
    '[TH12] the panel has no fault that axe finds, in both languages, in the dark and on a phone, with a card open and a comment begun',
    async () => {
      const text = '@顾亦凡 请核对本章口径，并注明数据截止日期。';
      const mentions = [{ member: commenter.account.id, at: 0, length: 4 }];
      const begun = { op: 'start', target: { on: 'node', node: report.chapter }, body: { text, mentions }, due: '2026-12-04' };
      const answer = await house.server.request(owner, 'POST', `/api/reports/${report.id}/threads`, { ...begun, to: commenter.account.id });
      expect(answer.status).toBe(201);
      const looks = [
        ['zh', '回复', {}],
        ['en', 'Reply', { language: 'en-US' }],
        ['dark', '回复', { dark: true }],
        ['phone', '回复', { width: 390, height: 844 }],
        ['phone-dark-en', 'Reply', { width: 390, height: 844, dark: true, language: 'en-US' }],
      ] as const;
      for (const [name, reply, options] of looks) {
        const page = await open(owner, options, '?panel=threads');
        const card = cards(page).filter({ hasText: '请核对本章口径' });
        await card.getByText('请核对本章口径').click();
        await card.getByRole('textbox', { name: reply }).waitFor();
        await shot(page, `threads-look-${name}`);
        expect(await axeComplaints(page), name).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        await page.context().close();
      }
    },
    TEST_MS,
  );

  test(
    '[TH13] home leads whoever was asked to the thread, which is open there',
    async () => {
      const gu = await house.window(commenter);
      gu.setDefaultTimeout(PATIENCE_MS);
      await gu.goto('/');
      const todo = gu.locator('.todo', { hasText: '1 条批注交您办理' });
      await todo.waitFor();
      await shot(gu, 'threads-home');
      await todo.getByRole('link').click();
      await cards(gu).filter({ hasText: '请核对本章口径' }).getByRole('textbox', { name: '回复' }).waitFor();
      await gu.context().close();
    },
    TEST_MS,
  );

  test(
    '[TH10] the history tells in words what was said and decided',
    async () => {
      const zhou = await open(owner, {}, '?panel=history');
      await zhou.getByRole('button', { name: '筛选' }).click();
      await zhou.getByLabel('种类').selectOption({ label: '批注' });
      const told = zhou.locator('.history-list');
      await told.getByText('回复“审批平均用时”的批注：自受理之日起算，已与政务服务中心核对。').first().waitFor();
      await told.getByText('了结“审批平均用时”的批注：部分采纳，补起算点，口径不变').first().waitFor();
      await shot(zhou, 'threads-history');
      await zhou.context().close();
    },
    TEST_MS,
  );
});
