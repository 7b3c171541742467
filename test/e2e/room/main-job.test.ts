import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inputMethod, launchBrowser } from '../../support/browser.ts';
import { writeFigures } from '../../support/figures.ts';
import { invite, type RealProcess, type SignedIn, setUpHouse, startRealProcess } from '../../support/real-process.ts';
import { caretBehind } from '../page/carets.ts';

/** The report this began with, where the machine has it; else one of ours with the same shape. */
const REAL = join(import.meta.dirname, '../../../../shared/seed-report.txt');
const OURS = join(import.meta.dirname, '../../fixtures/import/01-annual-report.txt');
const SOURCE = existsSync(REAL) ? REAL : OURS;

const ROUNDS = process.env['GONGBI_PROOF'] === '1' ? 12 : 4;
/** Words as an input method gives them: letters key by key, then the word. */
const WORDS: readonly (readonly [string, string])[] = [
  ['gongwen', '公文'],
  ['huishang', '会商'],
  ['luoshi', '落实'],
  ['taizhang', '台账'],
];

let server: RealProcess;
let browser: Browser;
let owner: SignedIn;
const contexts: BrowserContext[] = [];
const faults: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startRealProcess(['--empty']), launchBrowser()]);
  owner = await setUpHouse(server, '陆闻远');
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

async function window(who: SignedIn): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  contexts.push(context);
  const [name = '', value = ''] = who.cookie.split('=');
  await context.addCookies([{ name, value, url: server.url }]);
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  return page;
}

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['GONGBI_SHOTS'];
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The first chapter's, also while those below it are ready sooner. */
const firstEditor = (page: Page) => page.locator('.chapter-body').first().locator('.tiptap');
const textOf = (page: Page) => firstEditor(page).evaluate((element) => element.textContent ?? '');
const saved = (page: Page) => expect.poll(() => page.locator('[data-save]').getAttribute('data-save'), { timeout: 15_000 }).toBe('saved');

test('[RM1] the report is imported, written by two people in one paragraph through an input method, the server killed, and every word is there under its writer', async () => {
  const source = readFileSync(SOURCE, 'utf8');
  const anna = await window(owner);

  // Imported: previewed, counted, created.
  await anna.goto(`${server.url}/import`);
  await anna.locator('input[type="file"]').setInputFiles(SOURCE);
  const counts = anna.locator('aside dl');
  await counts.waitFor();
  const figures = await counts.locator('dd').allTextContents();
  if (SOURCE === REAL)
    expect(figures.slice(0, 2).concat(figures.at(-3)!.match(/\d+/)![0], figures.slice(-2))).toEqual(['2', '8', '36', '28', '8']);
  await shot(anna, 'import-preview');
  await anna.getByRole('button', { name: '创建报告' }).click();
  await anna.waitForURL(/\/r\/[a-z0-9]+$/);
  const report = anna.url().split('/').at(-1)! as Parameters<typeof invite>[2];
  await firstEditor(anna).waitFor();
  const state = await owner.api.report(report);
  expect(state.outline.title).toBe(source.split('\n')[0]!.replace('\uFEFF', '').trim());

  // A colleague opens it.
  const colleague = await invite(server, owner, report, '贺清漪');
  const bo = await window(colleague);
  await bo.goto(`${server.url}/r/${report}`);
  await firstEditor(bo).waitFor();
  const before = await textOf(anna);
  expect(await textOf(bo)).toBe(before);

  // Both compose in the same paragraph at the same time.
  await caretBehind(anna, firstEditor(anna), before.slice(4, 10));
  await caretBehind(bo, firstEditor(bo), before.slice(20, 26));
  const [annaKeys, boKeys] = [await inputMethod(anna), await inputMethod(bo)];
  const written = { anna: '', bo: '' };
  for (let round = 0; round < ROUNDS; round++) {
    const [annaLetters, annaWord] = WORDS[round % WORDS.length]!;
    const [boLetters, boWord] = WORDS[(round + 1) % WORDS.length]!;
    for (let key = 1; key <= Math.max(annaLetters.length, boLetters.length); key++) {
      await Promise.all([annaKeys.show(annaLetters.slice(0, key)), boKeys.show(boLetters.slice(0, key))]);
    }
    expect(await textOf(bo)).not.toContain(annaLetters);
    await Promise.all([annaKeys.commit(annaWord), boKeys.commit(boWord)]);
    written.anna += annaWord;
    written.bo += boWord;
  }
  const expected = before.slice(0, 10) + written.anna + before.slice(10, 26) + written.bo + before.slice(26);
  await expect.poll(() => textOf(anna), { timeout: 15_000 }).toBe(expected);
  await expect.poll(() => textOf(bo), { timeout: 15_000 }).toBe(expected);
  await Promise.all([saved(anna), saved(bo)]);
  await shot(anna, 'two-people');

  // Killed. What was open keeps working, says so, and comes back by itself.
  await server.kill();
  await expect.poll(() => anna.locator('[data-save]').getAttribute('data-save'), { timeout: 15_000 }).toBe('offline');
  await shot(anna, 'server-dead');
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  await server.restart();

  // Browsers that have never been here see every word, and who wrote it.
  const fresh = await window(colleague);
  await fresh.goto(`${server.url}/r/${report}`);
  await firstEditor(fresh).waitFor();
  await expect.poll(() => textOf(fresh), { timeout: 15_000 }).toBe(expected);
  const author = fresh.locator('.author b');
  for (const [mark, name] of [
    [written.anna, '陆闻远'],
    [written.bo, '贺清漪'],
  ] as const) {
    await caretBehind(fresh, firstEditor(fresh), mark);
    await expect.poll(() => author.textContent(), { timeout: 15_000 }).toBe(name);
  }
  await caretBehind(fresh, firstEditor(fresh), before.slice(0, 4));
  await expect.poll(() => author.textContent(), { timeout: 15_000 }).toContain('导入');
  await shot(fresh, 'after-restart');
  expect(faults).toEqual([]);
  writeFigures('main-job', { realReport: SOURCE === REAL, wordsComposedTogether: ROUNDS * 2, allThereAfterKill: true });
}, 180_000);
