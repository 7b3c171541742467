import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportId } from '../../../shared/ids.ts';
import { DocxReader } from '../../support/docx-reader.ts';
import { pdfPages } from '../../support/pdf-reader.ts';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot, type WindowOptions } from '../page/house.ts';

let house: House;
let owner: Person;
let editor: Person;
let reader: Person;
let report: ReportId;

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  editor = await house.server.person('陆闻远');
  reader = await house.server.person('顾青禾');
  report = await house.sample([
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ]);
  const changes = [
    { field: 'type', was: '', value: '报告' },
    { field: 'addressees', was: [], value: ['市委', '市政府'] },
    { field: 'issuer', was: '', value: '中共示例县工作委员会' },
    { field: 'date', was: '', value: '2026-01-05' },
    { field: 'signer', was: '', value: '沈知微' },
    { field: 'copies', was: [], value: ['县人大常委会办公室', '县政协办公室'] },
    { field: 'printer', was: '', value: '中共示例县工作委员会办公室' },
    { field: 'printDate', was: '', value: '2026-01-08' },
  ];
  expect((await house.server.request(owner, 'POST', `/api/reports/${report}/particulars`, { changes })).status).toBe(200);
}, 180_000);
afterAll(async () => {
  await house?.close();
});

async function dialog(person: Person, options: WindowOptions = {}): Promise<Page> {
  const page = await house.window(person, options);
  // A loaded machine takes its time: each page that is set is a process of its own.
  page.setDefaultTimeout(90_000);
  page.on('pageerror', (error) => expect.fail(`${person.account.name}: ${error.stack}`));
  await page.goto(`/r/${report}`);
  await page.locator('.export-button').click();
  await page.locator('.export-pages img').first().waitFor();
  return page;
}

async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const [download] = await Promise.all([
    page.waitForEvent('download') as Promise<Download>,
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile((await download.path())!)) };
}

test('[EX13] parts are chosen and seen on the pages, and the PDF that is saved has those very pages', async () => {
  const page = await dialog(owner);
  const before = await page.locator('.export-pages img').count();
  await page.getByLabel('版头').check();
  await page.getByLabel('发文字号').fill('示例委〔2026〕12号');
  await page.getByLabel('版记').check();
  await page.locator('.export-preview[aria-busy="false"]').waitFor();
  await page.getByText(/排版用字：标题/).waitFor();
  await page.getByLabel('PDF').check();
  await shot(page, 'export-dialog');
  const { name, bytes } = await saved(page, '导出 PDF');
  expect(name).toMatch(/（第\d+笔）\.pdf$/);
  const pages = await pdfPages(bytes);
  await page.getByText(`共 ${pages.length} 页`, { exact: false }).first().waitFor();
  expect(await page.locator('.export-pages img').count()).toBe(pages.length);
  expect(pages.length).toBeGreaterThanOrEqual(before);
  expect(pages[0]!.map(({ text }) => text).join('')).toContain('示例委〔2026〕12号');
  await page.getByText(`已生成：${name}`).waitFor();
  expect(await axeComplaints(page)).toEqual([]);
}, 240_000);

test('[EX13] the marked copy that is saved names two people; the earlier point is chosen by its name', async () => {
  const head = (await (await house.server.request(owner, 'GET', `/api/reports/${report}`)).json()) as {
    seq: number;
    outline: { title: string };
  };
  expect(
    (await house.server.request(owner, 'POST', `/api/reports/${report}/revisions`, { op: 'name', upTo: head.seq, name: '送审稿' })).status,
  ).toBe(201);
  const titles = [head.outline.title, `${head.outline.title}（修改）`, `某${head.outline.title}（修改）`];
  for (const [index, person] of [editor, owner].entries()) {
    const command = { op: 'title', was: titles[index], title: titles[index + 1] };
    expect((await house.server.request(person, 'POST', `/api/reports/${report}/outline`, command)).status).toBe(200);
  }
  const page = await dialog(owner);
  await page.getByLabel('Word 花脸稿').check();
  await page.getByLabel('从', { exact: true }).selectOption({ label: `送审稿（第 ${head.seq} 笔）` });
  const { name, bytes } = await saved(page, '导出 Word 花脸稿');
  expect(name).toMatch(/（送审稿至第\d+笔）花脸稿\.docx$/);
  const told = new DocxReader(bytes).changes().map(({ kind, author, text }) => `${kind} ${author} ${text}`);
  expect(told).toEqual(['ins 沈知微 某', 'ins 陆闻远 （修改）']);
  await shot(page, 'export-marked');
}, 240_000);

test('[EX13] in English, on a phone, in the dark, and for somebody who only reads', async () => {
  const english = await dialog(owner, { language: 'en-US' });
  await english.getByRole('button', { name: 'Export Word, clean' }).waitFor();
  await shot(english, 'export-en');
  expect(await axeComplaints(english)).toEqual([]);
  const phone = await dialog(owner, { width: 390, height: 844 });
  await shot(phone, 'export-phone');
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const dark = await dialog(reader, { dark: true });
  await shot(dark, 'export-reader-dark');
  expect(await dark.getByLabel('Word 花脸稿').isDisabled()).toBe(true);
  expect(await dark.getByLabel('稿次').count()).toBe(0);
  const { name } = await saved(dark, '导出 Word 清稿');
  expect(name).toMatch(/\.docx$/);
  expect(await axeComplaints(dark)).toEqual([]);
}, 240_000);
