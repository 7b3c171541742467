import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Proofreading } from '../../../shared/api/proofreading.ts';
import type { Created } from '../../../shared/api.ts';
import { repository } from '../../support/repository.ts';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';

/** The machine may be busy with other things. */
const PATIENCE_MS = 90_000;
const TEST_MS = 300_000;
const poll = { timeout: PATIENCE_MS };
const SOURCE = join(repository, 'test/fixtures/proofreading/drafts/b-discipline.txt');

let house: House;
let owner: Person;
let reader: Person;
let report: string;
const faults: string[] = [];

beforeAll(async () => {
  expect(existsSync(SOURCE)).toBe(true);
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  reader = await house.server.person('顾青禾');
  const imported = await house.server.request(owner, 'POST', '/api/import', { text: readFileSync(SOURCE, 'utf8') });
  report = ((await imported.json()) as Created).id;
  const added = await house.server.request(owner, 'POST', `/api/reports/${report}/members`, { member: reader.account.id, role: 'reader' });
  expect(added.status).toBeLessThan(300);
}, 180_000);
afterAll(async () => {
  await house.close();
  expect(faults).toEqual([]);
  expect(house.server.troubles).toEqual([]);
});

async function open(person: Person, options: Parameters<House['window']>[1] = {}): Promise<Page> {
  const page = await house.window(person, options);
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  await page.goto(`/r/${report}?panel=proofreading`);
  await rows(page).first().waitFor();
  return page;
}
const rows = (page: Page): Locator => page.locator('[data-finding-row]');
const row = (page: Page, quote: string): Locator =>
  rows(page)
    .filter({ has: page.locator('mark', { hasText: quote }) })
    .first();
const pill = (page: Page, name: string): Locator =>
  page.locator('.proof-filters').getByRole('button', { name: new RegExp(`^${name} \\d`) });
const look = async (): Promise<Proofreading> =>
  (await (await house.server.request(owner, 'GET', `/api/reports/${report}/proofreading`)).json()) as Proofreading;
const open_ = async (quote: string): Promise<boolean> => {
  const { findings, ignored } = await look();
  return findings.some((one) => one.quote === quote && !ignored.some(({ key }) => key === one.key));
};

describe.sequential('proofreading, walked through the list', () => {
  test(
    '[PF14] a mistake is gone to from the list, put right by one press as the person’s own typing, and is no longer listed',
    async () => {
      const page = await open(owner);
      await shot(page, 'proof-list');
      expect(await axeComplaints(page)).toEqual([]);
      await page.locator('.chapter-editor .finding.of-error').first().waitFor();
      await shot(page, 'proof-marks');
      await pill(page, '差错').click();
      expect(await rows(page).evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('data-severity')))])).toEqual(['error']);
      expect(await open_('明查暗访')).toBe(true);
      await row(page, '明查暗访').locator('.finding-go').click();
      const card = page.locator('.finding-card');
      await card.waitFor();
      await page.locator('.chapter-editor .finding.of-error.is-current', { hasText: '明查暗访' }).waitFor();
      await shot(page, 'proof-card');
      await card.getByRole('button', { name: /^改为“明察暗访”/ }).click();
      await page.locator('.tiptap', { hasText: '明察暗访' }).first().waitFor();
      await expect.poll(() => open_('明查暗访'), poll).toBe(false);
      await expect.poll(() => row(page, '明查暗访').count(), poll).toBe(0);
      const story = (await (await house.server.request(owner, 'GET', `/api/reports/${report}/entries?after=0&limit=1000`)).json()) as {
        readonly entries?: readonly { kind: string; author: string }[];
      };
      const entries = Array.isArray(story) ? (story as { kind: string; author: string }[]) : (story.entries ?? []);
      expect(entries.at(-1)).toMatchObject({ kind: 'text', author: owner.account.id });
      await page.context().close();
    },
    TEST_MS,
  );

  test(
    '[PF14] F7 leads from finding to finding, and typing over one takes its mark away before the server has said so',
    async () => {
      const page = await open(owner);
      await pill(page, '差错').click();
      const seen: string[] = [];
      for (let step = 0; step < 3; step += 1) {
        await page.keyboard.press('F7');
        await page.locator('.finding-card').waitFor();
        await expect.poll(() => page.locator('.finding-row.is-current').getAttribute('data-finding-row'), poll).not.toBe(seen.at(-1) ?? '');
        seen.push((await page.locator('.finding-row.is-current').getAttribute('data-finding-row')) ?? '');
      }
      expect(new Set(seen).size).toBe(3);
      await page.keyboard.press('Shift+F7');
      await expect.poll(() => page.locator('.finding-row.is-current').getAttribute('data-finding-row'), poll).toBe(seen[1]);
      await page.keyboard.press('Escape');
      await page.locator('.finding-card').waitFor({ state: 'detached' });
      const editor = page.locator('.tiptap').first();
      await editor.click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('各单位要按步就班推进。');
      await page.locator('.chapter-editor .finding', { hasText: '按步就班' }).waitFor();
      await row(page, '按步就班').waitFor();
      for (let back = 0; back < 12; back += 1) await page.keyboard.press('Backspace');
      await expect.poll(() => page.locator('.chapter-editor .finding', { hasText: '按步就班' }).count(), poll).toBe(0);
      await expect.poll(() => row(page, '按步就班').count(), poll).toBe(0);
      await page.context().close();
    },
    TEST_MS,
  );

  test(
    '[PF11] a finding is ignored with a reason, seen by the other person with name and reason, and listed again',
    async () => {
      const page = await open(owner);
      await pill(page, '差错').click();
      const first = rows(page).first();
      const key = (await first.getAttribute('data-finding-row')) ?? '';
      await first.getByRole('button', { name: /^忽略/ }).click();
      await first.getByRole('button', { name: '忽略并记录' }).click();
      await first.getByText('请写明理由。').waitFor();
      await first.getByRole('button', { name: '引用原文' }).click();
      await shot(page, 'proof-ignore');
      await first.getByRole('button', { name: '忽略并记录' }).click();
      await expect.poll(async () => (await look()).ignored.length, poll).toBe(1);
      const other = await open(reader);
      await pill(other, '已忽略').click();
      await other.getByText(/沈知微于.*忽略（第 \d+ 笔）：引用原文/).waitFor();
      expect(
        await rows(other)
          .first()
          .getByRole('button', { name: /重新列出|忽略/ })
          .count(),
      ).toBe(0);
      await pill(page, '已忽略').click();
      await shot(page, 'proof-ignored');
      await rows(page)
        .first()
        .getByRole('button', { name: /重新列出/ })
        .click();
      await expect.poll(async () => (await look()).ignored.length, poll).toBe(0);
      await pill(other, '差错').click();
      await expect.poll(() => other.locator(`[data-finding-row="${key}"]`).count(), poll).toBe(1);
      for (const one of [page, other]) await one.context().close();
    },
    TEST_MS,
  );

  test(
    '[PF14] in English, in the dark, and on a phone',
    async () => {
      const english = await open(owner, { language: 'en-US' });
      await english.locator('.proof-sum', { hasText: /^Errors \d+/ }).waitFor();
      await shot(english, 'proof-en');
      expect(await axeComplaints(english)).toEqual([]);
      const dark = await open(owner, { dark: true });
      await shot(dark, 'proof-dark');
      expect(await axeComplaints(dark)).toEqual([]);
      const phone = await open(owner, { width: 390, height: 844 });
      await shot(phone, 'proof-phone');
      await rows(phone).first().locator('.finding-go').click();
      await phone.locator('.finding-card').waitFor();
      await shot(phone, 'proof-phone-card');
      for (const page of [english, dark, phone]) {
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
        await page.context().close();
      }
    },
    TEST_MS,
  );
});

test(
  '[PF10] an administrator keeps the office’s terms with reason and source, and the report is read by them; others look',
  async () => {
    const page = await house.window(owner);
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
    await page.goto('/terms');
    const form = page.locator('.term-new');
    await form.getByLabel('不用的写法').fill('责任书');
    await form.getByLabel('规定写法').fill('目标责任书');
    await form.getByRole('button', { name: '加入词表' }).click();
    await form.getByText('请写明理由。').waitFor();
    await form.getByLabel('理由').fill('与年度考核名称一致');
    await form.getByLabel('依据').fill('示例委办〔2026〕3号');
    await form.getByRole('button', { name: '加入词表' }).click();
    const term = page.locator('[data-term="责任书"]');
    await term.getByText('与年度考核名称一致 · 示例委办〔2026〕3号').waitFor();
    const told = async () => (await look()).findings.filter(({ quote, source }) => quote === '责任书' && source === 'house').length;
    await expect.poll(told, poll).toBeGreaterThan(0);
    await term.getByRole('button', { name: /^修改/ }).click();
    await term.getByLabel('理由').fill('年度考核用语');
    await term.getByRole('button', { name: '保存' }).click();
    await term.getByText(/年度考核用语/).waitFor();
    await page.getByLabel('查内置词条').fill('布署');
    await shot(page, 'terms');
    expect(await axeComplaints(page)).toEqual([]);
    await page.getByRole('button', { name: '停用 布署', exact: true }).click();
    await page.getByRole('button', { name: '启用 布署', exact: true }).click();
    await term.getByRole('button', { name: /^删去/ }).click();
    await term.waitFor({ state: 'detached' });
    await expect.poll(told, poll).toBe(0);
    const other = await house.window(reader, { language: 'en-US', width: 390, height: 844 });
    await other.goto('/terms');
    await other.getByText('Kept by administrators.', { exact: false }).waitFor();
    await shot(other, 'terms-phone-en');
    expect(await other.locator('.term-form').count()).toBe(0);
    expect(await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    for (const one of [page, other]) await one.context().close();
  },
  TEST_MS,
);
