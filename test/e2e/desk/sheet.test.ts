import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportId } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);

const TEXT = [
  '青石镇关于防讯准备情况的报告',
  '现将防讯工作报告如下。',
  '一、主要工作',
  '（一）备足防讯物资',
  ...Array.from({ length: 12 }, (_, index) => `第${index + 1}批物资已经入库登记，专人看管，随时可以调用，确保万无一失。`),
  '（二）开展演练',
  '组织防讯演练**场，ＡＢ两个班组参加。',
].join('\n');

let house: House;
let owner: Person;

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
}, 180_000);
afterAll(async () => {
  await house?.close();
  expect(house.server.troubles).toEqual([]);
});

async function imported(): Promise<ReportId> {
  return ((await (await house.server.request(owner, 'POST', '/api/import', { text: TEXT })).json()) as { id: ReportId }).id;
}

async function openReport(id: ReportId, language: 'zh-CN' | 'en-US'): Promise<Page> {
  const page = await house.window(owner, { language });
  page.on('pageerror', (error) => expect.fail(String(error.stack)));
  await page.goto(`/r/${id}`);
  await page.locator('.tiptap').first().waitFor();
  return page;
}

const textOf = async (id: ReportId): Promise<string> => (await house.server.request(owner, 'GET', `/api/reports/${id}/text`)).text();
const status = async (page: Page) => (await page.locator('.find-status').textContent()) ?? '';
const marked = (page: Page, name: string): Promise<string[]> =>
  page.evaluate((key) => [...(CSS.highlights.get(key) ?? [])].map((range) => (range as Range).toString()), name);

test('[FR6] Ctrl+F finds over the whole report, step by step, and marks what is open', async () => {
  const page = await openReport(await imported(), 'zh-CN');
  await page.keyboard.press('Control+f');
  await page.getByLabel('查找', { exact: true }).fill('防讯');
  await eventually(() => status(page)).toBe('第 1 / 4 处');
  await eventually(() => marked(page, 'gongbi-hits')).toContain('防讯');
  await page.keyboard.press('Shift+Enter');
  await eventually(() => status(page)).toBe('第 4 / 4 处');
  // The last place is far down: its chapter opens, and the mark is in the window.
  await eventually(() => marked(page, 'gongbi-hit')).toEqual(['防讯']);
  await eventually(() =>
    page.evaluate(() => {
      const [range] = [...(CSS.highlights.get('gongbi-hit') ?? [])] as Range[];
      const box = range?.getBoundingClientRect();
      return box !== undefined && box.top > 0 && box.bottom < innerHeight;
    }),
  ).toBe(true);
  await shot(page, 'desk-find-zh-CN');
  expect(await axeComplaints(page)).toEqual([]);
  await page.getByLabel('查找', { exact: true }).fill('ab');
  await eventually(() => status(page)).toBe('第 1 / 1 处');
  await page.getByLabel('区分全半角').check();
  await eventually(() => status(page)).toBe('没有找到');
  await page.getByLabel('查找', { exact: true }).focus();
  await page.keyboard.press('Escape');
  await eventually(() => page.locator('.find-bar').count()).toBe(0);
  expect(await marked(page, 'gongbi-hits')).toEqual([]);
});

test('[FR6] Ctrl+H replaces after a look at every place, and one act takes all of it back', async () => {
  const id = await imported();
  const page = await openReport(id, 'zh-CN');
  await page.keyboard.press('Control+h');
  await page.getByLabel('查找', { exact: true }).fill('防讯');
  await page.getByLabel('替换为').fill('防汛');
  await eventually(() => status(page)).toBe('第 1 / 4 处');
  await page.getByRole('button', { name: '查看全部并替换…' }).click();
  await page.getByRole('button', { name: '替换 4 处' }).waitFor();
  await shot(page, 'desk-replace-zh-CN');
  expect(await axeComplaints(page)).toEqual([]);
  await page.getByRole('button', { name: '替换 4 处' }).click();
  await page.getByText('已替换 4 处').waitFor();
  expect(await textOf(id)).toBe(`${TEXT.replaceAll('防讯', '防汛')}\n`);
  await eventually(() => page.locator('.tiptap').first().textContent()).toContain('防汛工作');
  // Also when the notice has gone.
  await page.getByRole('button', { name: '撤销这次替换' }).click();
  await page.getByText('已撤销替换，4 处恢复原样').waitFor();
  expect(await textOf(id)).toBe(`${TEXT}\n`);
});

test('[FR6] when the places cannot be looked for, the bar says why, and looking again works', async () => {
  const page = await openReport(await imported(), 'zh-CN');
  await page.route('**/replace/preview', (route) => route.abort());
  await page.keyboard.press('Control+f');
  await page.getByLabel('查找', { exact: true }).fill('防讯');
  await eventually(() => status(page)).toContain('连不上服务器');
  await page.unroute('**/replace/preview');
  await page.getByLabel('查找', { exact: true }).fill('防讯物资');
  await eventually(() => status(page)).toBe('第 1 / 1 处');
});

test('[FR6] in English too', async () => {
  const page = await openReport(await imported(), 'en-US');
  await page.keyboard.press('Control+h');
  await page.getByLabel('Find', { exact: true }).fill('防讯');
  await page.getByLabel('Replace with').fill('防汛');
  await eventually(() => status(page)).toBe('1 of 4');
  await page.getByRole('button', { name: 'Show all and replace…' }).click();
  await page.getByRole('button', { name: 'Replace 4 places' }).waitFor();
  await shot(page, 'desk-replace-en-US');
  expect(await axeComplaints(page)).toEqual([]);
});
