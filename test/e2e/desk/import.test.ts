import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);

const TEXT = [
  '澄溪园区管委会关于2025年度营商环境建设工作情况的报告',
  '2025年，澄溪园区管委会围绕“企业办事少跑腿”的目标，统筹推进审批、服务、监管三项改革。',
  '一、2025年主要工作',
  '（一）优化审批流程，让项目落地更快',
  '一是推行并联审批。全年召开联席审查会**次，审批平均用时压缩至**个工作日。',
  '（二）做实惠企服务，让政策兑现更准',
  '一是建立政策直达清单。全年兑现资金**万元，惠及企业**家。',
  '2025年，园区营商环境满意度测评得分*.*，较上年提高*.*分。',
  '二、2026年重点工作安排',
  '（一）深化审批制度改革。把并联审批扩大到竣工验收环节。',
  '（二）完善企业服务体系。推动惠企政策“一口受理”。',
].join('\n');

let house: House;
let admin: Person;

beforeAll(async () => {
  house = await openHouse();
  admin = await house.server.person('沈知微', true);
}, 180_000);
afterAll(async () => {
  await house?.close();
  expect(house.server.troubles).toEqual([]);
});

async function openPreview(language: 'zh-CN' | 'en-US', width = 1440): Promise<Page> {
  const page = await house.window(admin, { language, width });
  page.on('pageerror', (error) => expect.fail(String(error.stack)));
  await page.goto('/import');
  await page.locator('input[type=file]').setInputFiles({ name: '营商环境年度报告.txt', mimeType: 'text/plain', buffer: Buffer.from(TEXT) });
  await page.locator('.ptree').waitFor();
  return page;
}

const row = (page: Page, opening: string) => page.locator('.prow', { hasText: opening }).first();
const chip = async (page: Page, opening: string) => (await row(page, opening).locator('.chip').textContent()) ?? '';
const sum = async (page: Page) => (await page.locator('.import-sum b').textContent()) ?? '';
const act = (page: Page, name: string | RegExp) => page.locator('.row-acts').getByRole('button', { name });

test('[IC7] by mouse and keyboard a preview is put right, taken back, and created as it stands', async () => {
  const page = await openPreview('zh-CN');
  await eventually(() => sum(page)).toContain('2 部分');
  const before = await sum(page);
  await row(page, '（一）深化').click();
  await shot(page, 'desk-import-question-zh-CN');
  expect(await axeComplaints(page)).toEqual([]);

  // The guess is asked about; an answer goes to the next one, or away.
  expect(await page.locator('.import-question').textContent()).toContain('第 8 行');
  await page.getByRole('button', { name: '并入（二）' }).click();
  await eventually(() => page.locator('.import-question').count()).toBe(0);

  // By keyboard: down to the third level and up again, with the count following.
  await row(page, '（二）完善').focus();
  await page.keyboard.press('ArrowRight');
  await eventually(() => chip(page, '（二）完善')).toBe('三级');
  await eventually(() => sum(page)).toContain('3 章');
  await page.keyboard.press('ArrowLeft');
  await eventually(() => chip(page, '（二）完善')).toBe('二级');
  await eventually(() => sum(page)).toContain('4 章');

  // Undo goes back through all of it, also the answer.
  await page.keyboard.press('Control+z');
  await eventually(() => chip(page, '（二）完善')).toBe('三级');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await eventually(() => page.locator('.import-question').count()).toBe(1);
  expect(await sum(page)).toBe(before);
  await page.keyboard.press('Control+y');
  await eventually(() => page.locator('.import-question').count()).toBe(0);

  // By mouse: a heading back into its paragraph, a paragraph split.
  await row(page, '（一）深化').click();
  await act(page, '不是标题').click();
  await eventually(() => chip(page, '（一）深化')).toBe('正文');
  await act(page, '拆成两段…').click();
  await shot(page, 'desk-import-split-zh-CN');
  await page.getByRole('dialog').getByRole('button', { name: '拆开' }).click();
  await eventually(() => row(page, '把并联审批').count()).toBe(1);
  await eventually(() => page.locator('.counts').textContent()).toContain('与原文一致');
  await shot(page, 'desk-import-corrected-zh-CN');

  await page.getByRole('button', { name: '创建报告' }).click();
  await page.waitForURL(/\/r\//);
  const id = new URL(page.url()).pathname.split('/')[2] ?? '';
  const text = await (await house.server.request(admin, 'GET', `/api/reports/${id}/text`)).text();
  expect(text).toContain('（一）深化审批制度改革。\n把并联审批扩大到竣工验收环节。');
  expect(text.replace(/\s/g, '').length).toBe(TEXT.replace(/\s/g, '').length);
});

test('[IC7] in English too, and where it is narrow', async () => {
  const page = await openPreview('en-US');
  await row(page, '2025年，园区').click();
  await act(page, 'Make a heading').waitFor();
  await shot(page, 'desk-import-question-en-US');
  expect(await axeComplaints(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, 'desk-import-question-390');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
