import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlanksState, BlankView } from '../../../shared/api/blanks.ts';
import type { Created, ReportState } from '../../../shared/api.ts';
import { realReport } from '../../support/real-report.ts';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from '../page/house.ts';

/** The report this began with, where the machine has it; else one of ours with the same shape: 28 figures and 8 names to fill in. */
const SOURCE = realReport() ?? join(import.meta.dirname, '../../fixtures/import/01-annual-report.txt');

/** The machine may be busy with other things. */
const PATIENCE_MS = 90_000;
const TEST_MS = 300_000;
const poll = { timeout: PATIENCE_MS };

let house: House;
let owner: Person;
let editor: Person;
let reader: Person;
let report: string;
const faults: string[] = [];

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('周砚秋', true);
  editor = await house.server.person('贺清漪');
  reader = await house.server.person('顾亦凡');
  const imported = await house.server.request(owner, 'POST', '/api/import', { text: readFileSync(SOURCE, 'utf8') });
  report = ((await imported.json()) as Created).id;
  for (const [person, role] of [
    [editor, 'editor'],
    [reader, 'reader'],
  ] as const) {
    const added = await house.server.request(owner, 'POST', `/api/reports/${report}/members`, { member: person.account.id, role });
    expect(added.status).toBeLessThan(300);
  }
}, 180_000);
afterAll(async () => {
  await house.close();
  expect(faults).toEqual([]);
  expect(house.server.troubles).toEqual([]);
});

async function open(person: Person, address: string, options: Parameters<House['window']>[1] = {}): Promise<Page> {
  const page = await house.window(person, options);
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  await page.goto(address);
  return page;
}
const blanks = async (): Promise<readonly BlankView[]> =>
  ((await (await house.server.request(owner, 'GET', `/api/reports/${report}/blanks`)).json()) as BlanksState).blanks;
const panel = (page: Page): Locator => page.locator('.blanks-panel');
const rows = (page: Page): Locator => panel(page).locator('[data-blank-row]');
const pill = (page: Page, name: string): Locator => panel(page).getByRole('button', { name: new RegExp(`^${name} \\d`) });
async function openPanel(page: Page, tab = '待填'): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(tab) }).click();
  await rows(page).first().waitFor();
}
/** A value that fits. */
const valueFor = (blank: BlankView, value: string): string => (blank.kind === 'name' ? `红旗${value}` : value);

describe.sequential('blanks, assigned and filled by two people', () => {
  test(
    '[BL1] every mask of the imported report is listed: 36, of which 28 are figures and 8 names',
    async () => {
      const all = await blanks();
      expect([all.length, all.filter(({ kind }) => kind === 'number').length, all.filter(({ kind }) => kind === 'name').length]).toEqual([
        36, 28, 8,
      ]);
      expect(all.every(({ state, before, after }) => state === 'open' && before + after !== '')).toBe(true);
      const page = await open(owner, `/r/${report}`);
      await openPanel(page);
      expect(await rows(page).count()).toBe(36);
      await panel(page).getByText('已填 0 / 36').waitFor();
      await page.locator('.totals').getByText('已填 0 / 36').waitFor();
      await shot(page, 'blanks-list');
      await page.context().close();
    },
    TEST_MS,
  );

  test(
    '[BL4] a chapter is assigned with a day, and whoever may only read finds it at home and fills it from the list',
    async () => {
      const anna = await open(owner, `/r/${report}`);
      await openPanel(anna);
      const chapter = panel(anna).locator('.blanks-chapter').first();
      const count = await chapter.locator('[data-blank-row]').count();
      await chapter.getByRole('button', { name: '整章交办' }).click();
      await chapter.getByLabel('交给').selectOption({ label: '顾亦凡' });
      await chapter.getByLabel(/期限/).fill('2099-12-01');
      await shot(anna, 'blanks-assign');
      await chapter.getByRole('button', { name: '交办', exact: true }).first().click();
      await expect.poll(async () => (await blanks()).filter(({ assigned }) => assigned?.to === reader.account.id).length, poll).toBe(count);
      await chapter
        .getByText(/2099年12月1日 前/)
        .first()
        .waitFor();

      const gu = await open(reader, '/');
      await gu
        .locator('.todo')
        .getByText(new RegExp(`${count} 处由您填`))
        .waitFor();
      await shot(gu, 'blanks-home');
      await gu.locator('.todo').getByRole('link', { name: /去填/ }).first().click();
      await rows(gu).first().waitFor();
      expect(await rows(gu).count()).toBe(count);
      const [first, second] = (await blanks()).filter(({ assigned }) => assigned?.to === reader.account.id) as [BlankView, BlankView];

      // What looks wrong is said, and stands only after a second look.
      const row = rows(gu).first();
      await row.getByRole('button', { name: /^填写/ }).click();
      await row.getByLabel(/填入的/).fill(first.kind === 'number' ? '若干' : '12');
      await row.getByRole('button', { name: '填入', exact: true }).click();
      await row.getByText(/这里要的是/).waitFor();
      await shot(gu, 'blanks-doubt');
      expect((await blanks()).find(({ id }) => id === first.id)?.state).toBe('open');
      await row.getByLabel(/填入的/).fill(valueFor(first, '12'));
      await row.getByLabel(/依据/).fill('组织科十二月台账');
      await row.getByRole('button', { name: '填入', exact: true }).click();
      await expect.poll(async () => (await blanks()).find(({ id }) => id === first.id)?.filled?.by, poll).toBe(reader.account.id);
      await rows(gu).first().getByRole('button', { name: /^填写/ }).click();
      await rows(gu)
        .first()
        .getByLabel(/填入的/)
        .fill(valueFor(second, '8'));
      await rows(gu)
        .first()
        .getByLabel(/填入的/)
        .press('Enter');
      await expect.poll(async () => (await blanks()).find(({ id }) => id === second.id)?.value, poll).toBe(valueFor(second, '8'));
      expect(await gu.locator('.tiptap[contenteditable="true"]').count()).toBe(0);

      // The owner sees it: in the text, in the list, with name, time and source.
      await anna.locator('.tiptap').getByText(valueFor(first, '12'), { exact: true }).first().waitFor();
      await pill(anna, '已填').click();
      await rows(anna).first().getByText('顾亦凡').first().waitFor();
      await rows(anna).first().getByText('依据：组织科十二月台账').waitFor();
      await panel(anna).getByText('按人看').click();
      await panel(anna).getByText(`已填 2 / ${count}`, { exact: true }).first().waitFor();
      await shot(anna, 'blanks-filled');
      await expect
        .poll(() => anna.locator('.chapter-editor .blank-filled').first().getAttribute('title'))
        .toMatch(/顾亦凡填写.*组织科十二月台账/);
      await Promise.all([anna, gu].map((page) => page.context().close()));
    },
    TEST_MS,
  );

  test(
    '[BL9] one that is none loses its box and leaves the count; the history tells it in words',
    async () => {
      const page = await open(editor, `/r/${report}`);
      await openPanel(page);
      const before = await rows(page).count();
      const row = rows(page).last();
      const id = (await row.getAttribute('data-blank-row'))!;
      await row.getByRole('button', { name: /^不是待填项/ }).click();
      await row.getByRole('button', { name: '原文如此' }).click();
      await shot(page, 'blanks-dismiss');
      await row.getByRole('button', { name: '标为不是待填项' }).click();
      await expect.poll(() => rows(page).count(), poll).toBe(before - 1);
      await pill(page, '不是待填').click();
      await rows(page)
        .getByText(/贺清漪.*：原文如此/)
        .waitFor();
      const { chapter } = (await blanks()).find((blank) => blank.id === id)!;
      await page.locator(`.oline-go[data-row="${chapter}"]`).click();
      const boxes = (await blanks()).filter((blank) => blank.chapter === chapter && blank.state === 'open').length;
      await expect.poll(() => page.locator(`[data-node="${chapter}"] .chapter-editor .blank`).count(), poll).toBe(boxes);
      await page.getByRole('tab', { name: '历史' }).click();
      await page.locator('.history').getByRole('button', { name: '筛选' }).click();
      await page.locator('.history').getByLabel('种类').selectOption({ label: '待填项' });
      await page
        .locator('.history .sit')
        .getByText(/交给顾亦凡填|填入“/)
        .first()
        .waitFor();
      await shot(page, 'blanks-history');
      await page.context().close();
    },
    TEST_MS,
  );

  test(
    '[BL15] in English, in the dark and on a phone nothing runs out of the window',
    async () => {
      const english = await open(owner, `/r/${report}`, { language: 'en-US' });
      await openPanel(english, 'Blanks');
      await panel(english)
        .getByText(/of \d+ filled/)
        .first()
        .waitFor();
      await english.keyboard.press('F8');
      await english.locator('.blank-card').waitFor();
      await shot(english, 'blanks-en');
      const dark = await open(owner, `/r/${report}?panel=blanks`, { dark: true });
      await pill(dark, '未填').click();
      await rows(dark).first().waitFor();
      await shot(dark, 'blanks-dark');
      const phone = await open(reader, `/r/${report}?panel=blanks`, { width: 390, height: 844 });
      await rows(phone).first().waitFor();
      await shot(phone, 'blanks-phone');
      await rows(phone).first().getByRole('button', { name: /^填写/ }).click();
      await shot(phone, 'blanks-phone-fill');
      await rows(phone).first().locator('.blank-go').click();
      await phone.locator('.blank-card').waitFor();
      await shot(phone, 'blanks-phone-card');
      for (const page of [english, dark, phone]) {
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
        await page.context().close();
      }
      const { figures } = (await (await house.server.request(owner, 'GET', `/api/reports/${report}`)).json()) as ReportState;
      expect(Object.values(figures).reduce((sum, one) => sum + one.blanks, 0)).toBe(
        (await blanks()).filter(({ state }) => state === 'open').length,
      );
    },
    TEST_MS,
  );
});
