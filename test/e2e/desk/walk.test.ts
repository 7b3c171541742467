import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { en } from '../../../client/i18n/en.ts';
import { zhCN } from '../../../client/i18n/zh-CN.ts';
import { launchBrowser } from '../../support/browser.ts';
import { writeFigures } from '../../support/figures.ts';
import { setUpSecret, startRealProcess } from '../../support/real-process.ts';
import { axeComplaints } from '../page/axe.ts';
import { caretBehind } from '../page/carets.ts';
import { field } from '../page/fields.ts';
import { shot } from '../page/house.ts';

/** Of a machine on which much else goes on: a browser gives its second window little of it. */
const PATIENCE = { timeout: 60_000, interval: 100 };
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);
const PROOF = process.env['GONGBI_PROOF'] === '1';

type Words = typeof zhCN;
const LANGUAGES = [
  ['zh-CN', zhCN],
  // English has the same keys and more: the forms of its numbers
  ['en-US', en as unknown as Words],
] as const;

const OWNER = '沈知微';
const GUEST = '贺清漪';
const PASSWORD = '青石镇的一句长话。';
const TEXT = [
  '青石镇关于防讯准备情况的报告',
  '现将防讯工作报告如下。',
  '一、主要工作',
  '（一）备足防讯物资',
  '沙袋、雨具已经入库登记，专人看管。',
  '（二）开展演练',
  '组织防讯演练**场，两个班组参加。',
  '（三）落实责任。把防讯责任落实到人，逐级签字。',
  '二、下一步打算',
  '（一）补充物资',
  '汛期前再补一批。',
].join('\n');

let browser: Browser;
let steps = 0;
let screens = 0;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  writeFigures('desk-walk', { languages: LANGUAGES.length, steps, screens });
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const chapter = (page: Page, index: number): Locator => page.locator('.chapter-body').nth(index).locator('.tiptap');
const textOf = (page: Page, index: number) => chapter(page, index).evaluate((element) => element.textContent ?? '');
const saved = (page: Page) => eventually(() => page.locator('[data-save]').getAttribute('data-save')).toBe('saved');
const outline = async (page: Page): Promise<string[]> => (await page.locator('.oline-name').allTextContents()).map((name) => name.trim());
const filled = (words: string, holes: Readonly<Record<string, string>>) => words.replace(/\{\{(\w+)\}\}/g, (_, hole) => holes[hole] ?? '');

// The other language in the long round: the same walk, with other words on the buttons.
describe.each(LANGUAGES.slice(0, PROOF ? undefined : 1))('a new house, %s', (language, words) => {
  test('[DK1] set up, imported and put right, shared by a link, written by two, replaced, trashed, restored, left', async () => {
    const server = await startRealProcess(['--empty']);
    const faults: string[] = [];
    const pages: Page[] = [];
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') for (const [index, page] of pages.entries()) await shot(page, `walk-failed-${index}-${language}`);
      await Promise.all(pages.map((page) => page.context().close()));
      await server.dispose();
    });
    const window = async (): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: language, baseURL: server.url });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE.timeout);
      page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
      pages.push(page);
      return page;
    };
    /** A step of the walk is over: a picture of it; nothing runs out of the window; a long round asks axe too. */
    const did = async (page: Page, name: string): Promise<void> => {
      steps += 1;
      await shot(page, `walk-${String(steps).padStart(2, '0')}-${name}-${language}`);
      await see(page);
    };
    const see = async (page: Page): Promise<void> => {
      screens += 1;
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      if (PROOF) expect(await axeComplaints(page)).toEqual([]);
    };
    const onPhone = async (page: Page, name: string): Promise<void> => {
      await page.setViewportSize({ width: 390, height: 844 });
      await shot(page, `walk-390-${name}-${language}`);
      await see(page);
      await page.setViewportSize({ width: 1440, height: 900 });
    };

    // The link that the server printed.
    const mine = await window();
    await mine.goto(`/setup/${await setUpSecret(server)}`);
    await field(mine, words.signIn.setupName).fill(OWNER);
    await field(mine, words.account.newPassword).fill(PASSWORD);
    await did(mine, 'set-up');
    await press(mine, words.signIn.setupAct);
    await mine.getByText(words.home.emptyHeading).waitFor();
    await did(mine, 'empty-home');

    // A draft that somebody brought along; one heading is none.
    await press(mine, words.home.import);
    await mine.locator('textarea').fill(TEXT);
    await press(mine, words.import.pasteAct);
    const sum = () => mine.locator('.import-sum b').textContent();
    await eventually(sum).toContain(words.import.sumChapters_other.replace('{{count, figure}}', '4'));
    const row = mine.locator('.prow', { hasText: '（三）落实责任' }).first();
    await row.click();
    await did(mine, 'import');
    await mine.locator('.row-acts').getByRole('button', { name: words.importFix.plain }).click();
    await eventually(() => row.locator('.chip').textContent()).toBe(words.import.kindText);
    await eventually(sum).toContain(words.import.sumChapters_other.replace('{{count, figure}}', '3'));
    await did(mine, 'corrected');
    await press(mine, words.import.create);
    await mine.waitForURL(/\/r\/[a-z0-9]+$/);
    await chapter(mine, 2).waitFor();
    expect(await textOf(mine, 2)).toContain('（三）落实责任。把防讯责任落实到人');
    const before = await outline(mine);
    expect(before).toHaveLength(6);
    await did(mine, 'report');

    // Somebody new comes in by a link, first to look on, then to write.
    await mine.locator('.members-button').click();
    await field(mine, words.members.inviteFor).fill('镇应急办');
    await mine.locator('.invitations').getByLabel(words.members.inviteRole).selectOption('commenter');
    await press(mine, words.members.inviteAct);
    const link = await field(mine, words.members.invitationLink).inputValue();
    await did(mine, 'invited');
    const theirs = await window();
    await theirs.goto(link);
    await field(theirs, words.signIn.setupName).fill(GUEST);
    await field(theirs, words.account.newPassword).fill(PASSWORD);
    await did(theirs, 'invitation');
    await press(theirs, words.invitation.register);
    await chapter(theirs, 2).waitFor();
    await eventually(() => chapter(theirs, 2).getAttribute('contenteditable')).toBe('false');
    await did(theirs, 'joined');
    await mine.getByLabel(filled(words.members.roleOf, { name: GUEST })).selectOption('editor');
    await eventually(() => chapter(theirs, 2).getAttribute('contenteditable')).toBe('true');
    await did(mine, 'assigned');
    await mine.keyboard.press('Escape');

    // Both write, each in their chapter, and see each other do so.
    await caretBehind(mine, chapter(mine, 1), '登记，');
    await caretBehind(theirs, chapter(theirs, 2), '班组参加');
    await mine.keyboard.insertText('账物相符，');
    await theirs.keyboard.insertText('，防讯预案随练随改');
    await eventually(() => textOf(theirs, 1)).toContain('登记，账物相符，专人看管');
    await eventually(() => textOf(mine, 2)).toContain('班组参加，防讯预案随练随改');
    await Promise.all([saved(mine), saved(theirs)]);
    await did(mine, 'two-people');
    await onPhone(theirs, 'report');

    // A wrong word stands everywhere.
    await mine.keyboard.press('Control+h');
    await mine.getByLabel(words.find.look, { exact: true }).fill('防讯');
    await mine.getByLabel(words.find.replacement, { exact: true }).fill('防汛');
    await eventually(() => mine.locator('.find-status').textContent()).toMatch(/6/);
    await mine.getByRole('button', { name: words.find.preview }).click();
    await did(mine, 'replacing');
    await mine.locator('.dialog .primary, [role=dialog] .primary').click();
    await eventually(() => textOf(theirs, 2)).toMatch(/^组织防汛演练[\s\S]*防汛预案随练随改[\s\S]*防汛责任/);
    await eventually(() => theirs.locator('.top-name').textContent()).toBe('青石镇关于防汛准备情况的报告');
    await mine.getByLabel(words.find.look, { exact: true }).focus();
    await mine.keyboard.press('Escape');
    await did(theirs, 'replaced');

    // A chapter is taken out and put back, with everybody's words in it, at its place.
    const replaced = await outline(mine);
    await mine.locator('.oline', { hasText: '开展演练' }).locator('.oline-more button').click();
    await mine.getByRole('menuitem', { name: words.outline.remove }).click();
    await eventually(() => outline(theirs)).not.toContain(replaced[3]);
    await did(mine, 'trashed');
    await mine.locator('.trash summary').click();
    await mine.locator('.trash').getByRole('button').first().click();
    await eventually(() => outline(theirs)).toEqual(replaced);
    await chapter(theirs, 2).waitFor();
    await eventually(() => textOf(theirs, 2)).toContain('防汛预案随练随改');
    await did(mine, 'restored');

    // The guest leaves; what they wrote stays.
    await theirs.goto('/');
    await theirs.locator('.rep-title').waitFor();
    await did(theirs, 'home');
    await onPhone(theirs, 'home');
    await theirs.locator('.rep-menu button').click();
    await theirs.getByRole('menuitem', { name: words.home.leave }).click();
    await did(theirs, 'leaving');
    await press(theirs, words.home.leaveAct);
    await theirs.getByText(words.home.emptyHeading).waitFor();
    expect(await textOf(mine, 2)).toContain('防汛预案随练随改');
    await mine.locator('.members-button').click();
    await mine.locator('.member', { hasText: GUEST }).getByText(words.members.left, { exact: true }).waitFor();
    await did(mine, 'left');

    // Out, and in again with the password.
    await theirs.goto('/account');
    await theirs.getByRole('heading', { name: words.account.heading }).waitFor();
    await did(theirs, 'settings');
    await onPhone(theirs, 'settings');
    await theirs.getByRole('button', { name: filled(words.me.menu, { name: GUEST }) }).click();
    await theirs.getByRole('menuitem', { name: words.me.signOut }).click();
    await theirs.getByRole('heading', { name: words.signIn.outHeading }).waitFor();
    await did(theirs, 'signed-out');
    await field(theirs, words.account.login).fill(GUEST);
    await field(theirs, words.account.password).fill(PASSWORD);
    await theirs.keyboard.press('Enter');
    // Where they were when they left.
    await theirs.getByRole('heading', { name: words.account.heading }).waitFor();
    await did(theirs, 'in-again');

    expect(faults).toEqual([]);
    expect(await server.stop()).toBe(0);
  }, 600_000);
});
