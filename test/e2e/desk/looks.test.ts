import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvitationMade, PersonLink } from '../../../shared/api/accounts.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { writeFigures } from '../../support/figures.ts';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';

let house: House;
let owner: Person;
/** No administrator of the house. */
let writer: Person;
let report: ReportId;
let looked = 0;

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  writer = await house.server.person('陆闻远');
  const others = await Promise.all(['顾青禾', '罗映川'].map((name) => house.server.person(name)));
  const members = [[owner, 'owner'] as const, ...[writer, ...others].map((person) => [person, 'editor'] as const)];
  report = await house.sample(members);
  for (const op of ['archive', 'trash']) {
    const other = await house.sample(members);
    expect((await house.server.request(owner, 'POST', `/api/reports/${other}/lifecycle`, { op })).status).toBe(200);
  }
}, 180_000);
afterAll(async () => {
  await house?.close();
  writeFigures('desk-looks', { screens: SCREENS.length, looked });
});

interface Screen {
  readonly name: string;
  /** Who looks; left out = the owner, an administrator; null = nobody signed in. */
  readonly who?: () => Person | null;
  readonly path: () => string | Promise<string>;
  /** Brings it to where it is looked at. */
  readonly ready: (page: Page) => Promise<void>;
  /** Hangs on something that a narrow window hides. */
  readonly onlyWide?: true;
}

const seen = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();
/** A live chapter, and quiet: nothing of the page still on its way. */
const workspace = async (page: Page): Promise<void> => {
  await page.locator('.tiptap').first().waitFor();
  await page.locator('[data-save="saved"]').waitFor();
};
/** After the steps before it, a press; then what it opens. */
const opened =
  (before: (page: Page) => Promise<void>, press: string, then: string) =>
  async (page: Page): Promise<void> => {
    await before(page);
    await page.locator(press).first().click();
    await page.locator(then).first().waitFor();
  };
const MENU = '[role=menu]';
const DIALOG = '[role=dialog]';
const atHome = seen('.rep-title');
const show = (index: number) => async (page: Page) => {
  await atHome(page);
  await page.locator('.filters button').nth(index).click();
  await page.locator('[data-report]').first().waitFor();
};
async function caretInText(page: Page): Promise<void> {
  await workspace(page);
  await page.locator('.tiptap').nth(1).click();
}
async function checking(page: Page): Promise<void> {
  await page
    .locator('textarea')
    .fill('年度报告\n一、情况\n新增企业**家，增长**％。\n（一）做法\n做了几件事。又做了几件。\n二、打算\n接着做。\n');
  await page.locator('textarea ~ * .btn, textarea ~ .btn').first().click();
  await page.locator('footer .primary, .primary').last().waitFor();
}
async function finding(page: Page): Promise<void> {
  await workspace(page);
  await page.keyboard.press('Control+h');
  await page.locator('.find-field').first().fill('工作');
  await page.locator('.find-status').filter({ hasText: /\d/ }).waitFor();
}
async function linkOf(path: string, body: unknown): Promise<string> {
  return ((await (await house.server.request(owner, 'POST', path, body)).json()) as InvitationMade | PersonLink).link;
}
const nobody = (): null => null;

const desk = (): string => `/r/${report}`;
const newcomer = (): Promise<string> => linkOf('/api/people', { name: '新同事', admin: false });

const SCREENS: readonly Screen[] = [
  { name: 'home', path: () => '/', ready: atHome },
  { name: 'home-menu', path: () => '/', ready: opened(atHome, '.rep-menu button', MENU) },
  { name: 'home-archived', path: () => '/', ready: show(2) },
  { name: 'home-trash', path: () => '/', ready: show(3) },
  { name: 'me-menu', path: () => '/', ready: opened(atHome, 'header [aria-haspopup=menu]', MENU) },
  { name: 'leave', path: () => '/', ready: opened(opened(atHome, '.rep-menu button', MENU), `${MENU} [role=menuitem]:last-child`, DIALOG) },
  {
    name: 'new',
    path: () => '/',
    ready: async (page) => {
      await opened(atHome, '.home-acts .btn:last-child', '.choice')(page);
      await page.locator('.choice').nth(2).click();
      await page.locator('.sketch').waitFor();
    },
  },
  {
    name: 'new-from-past',
    path: () => '/',
    ready: async (page) => {
      await opened(atHome, '.home-acts .btn:last-child', '.choice')(page);
      await page.locator('.choice').nth(3).click();
      await page.locator('.past input[type=checkbox]').waitFor();
    },
  },
  { name: 'search', path: () => `/search?q=${encodeURIComponent('工作')}`, ready: seen('.found-hit') },
  { name: 'search-none', path: () => `/search?q=${encodeURIComponent('绝无此词')}`, ready: seen('.nothing') },
  { name: 'workspace', path: desk, ready: workspace },
  { name: 'outline-menu', path: desk, ready: opened(workspace, '.oline-more button', MENU), onlyWide: true },
  { name: 'outline-add', path: desk, ready: opened(workspace, '.outline-head [aria-haspopup=menu]', MENU), onlyWide: true },
  {
    name: 'outline-removed',
    path: desk,
    ready: async (page) => {
      await workspace(page);
      if ((await page.locator('.trash').count()) === 0) {
        await page.locator('.oline-go').last().focus();
        await page.keyboard.press('Delete');
      }
      await page.locator('.trash summary').click();
      await page.locator('.trash li').first().waitFor();
    },
    onlyWide: true,
  },
  { name: 'members', path: desk, ready: opened(workspace, '.members-button', '.invitations') },
  { name: 'members-reader', who: () => writer, path: desk, ready: opened(workspace, '.members-button', '.members') },
  { name: 'particulars', path: desk, ready: opened(workspace, '.particulars-button', '.particulars') },
  { name: 'find', path: desk, ready: finding },
  {
    name: 'replace',
    path: desk,
    ready: async (page) => {
      await finding(page);
      await page.locator('.find-field').nth(1).fill('任务');
      await opened(async () => {}, '.find-replace .btn', `${DIALOG} .replace-places section`)(page);
    },
    onlyWide: true,
  },
  { name: 'author', path: desk, ready: opened(workspace, '.tiptap >> nth=1', '.author b'), onlyWide: true },
  { name: 'history', path: () => `${desk()}?panel=history`, ready: seen('.panel-history li'), onlyWide: true },
  { name: 'story', path: desk, ready: opened(caretInText, '.story-button', `${DIALOG} .story-wording`), onlyWide: true },
  { name: 'compare', path: () => `${desk()}/compare?from=1&to=5`, ready: seen('.past-sheet') },
  { name: 'contributions', path: () => `${desk()}/contributions`, ready: seen('main table') },
  { name: 'import', path: () => '/import', ready: seen('textarea') },
  { name: 'import-check', path: () => '/import', ready: checking },
  {
    name: 'import-failed',
    path: () => '/import',
    ready: async (page) => {
      await page.locator('input[type=file]').setInputFiles({ name: '空.txt', mimeType: 'text/plain', buffer: Buffer.from(' ') });
      await page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'import-not-yours', who: () => writer, path: () => '/import', ready: seen('h1') },
  { name: 'account', path: () => '/account', ready: seen('.device') },
  { name: 'people', path: () => '/people', ready: seen('.person') },
  {
    name: 'people-ask',
    path: () => '/people',
    ready: async (page) => {
      await opened(seen('.person'), '.person:nth-child(2) [aria-haspopup=menu]', MENU)(page);
      await page.locator(`${MENU} [role=menuitem]`).last().click();
      await page.locator('.person-ask').waitFor();
    },
  },
  { name: 'sign-in', who: nobody, path: () => '/', ready: seen('h1') },
  {
    name: 'sign-in-wrong',
    who: nobody,
    path: () => '/',
    ready: async (page) => {
      await page.locator('form input').first().press('Enter');
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  { name: 'set-up', who: nobody, path: () => `/setup/${'0'.repeat(40)}`, ready: seen('h1') },
  { name: 'join', who: nobody, path: newcomer, ready: seen('h1') },
  {
    name: 'invitation',
    who: nobody,
    path: () => linkOf(`/api/reports/${report}/invitations`, { role: 'editor', days: 7, note: '' }),
    ready: seen('.offer'),
  },
  { name: 'link-wrong', who: nobody, path: () => `/invite/${'0'.repeat(40)}`, ready: seen('h1') },
  // last of its window: it signs somebody in
  {
    name: 'first-password',
    who: nobody,
    path: newcomer,
    ready: opened(seen('.acts .btn'), '.acts .btn', 'form input[autocomplete=new-password]'),
  },
  { name: 'not-found', path: () => '/nowhere', ready: seen('h1, h2') },
];
const ALL = process.env['GONGBI_PROOF'] === '1';
/** A short round looks at each screen once, at the widest in the light and the narrowest in the dark by turns; a long one at everything. */
const LOOKS = [
  { width: 1440, dark: false },
  { width: 390, dark: true },
  ...(ALL
    ? [
        { width: 1440, dark: true },
        { width: 1200, dark: false },
        { width: 900, dark: true },
        { width: 390, dark: false },
      ]
    : []),
];

let open: { readonly who: Person | null; readonly page: Page } | null = null;
const faults: string[] = [];
/** One window for as long as the same person looks: what it has loaded once, it need not load again. Only one: a second one gets little time. */
async function pageOf(who: Person | null): Promise<Page> {
  if (open?.who === who) return open.page;
  await open?.page.context().close();
  const page = await house.window(who);
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  open = { who, page };
  return page;
}

describe('every screen', () => {
  test.each(SCREENS.map((screen, index) => [screen.name, screen, ALL ? LOOKS : LOOKS.slice(index % 2, (index % 2) + 1)] as const))(
    '[LK1] %s breaks no rule of axe and runs out of no window',
    async (name, { who = () => owner, path, ready, onlyWide }, looks) => {
      const page = await pageOf(who());
      faults.length = 0;
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(await path());
      await ready(page);
      for (const { width: wanted, dark } of looks) {
        const width = onlyWide === true ? Math.max(wanted, 1200) : wanted;
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
        await page.evaluate(async () => {
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          await Promise.all(document.getAnimations().map((animation) => animation.finished));
        });
        await shot(page, `looks-${name}-${width}-${dark ? 'dark' : 'light'}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft({ width, dark, over, complaints: await axeComplaints(page) }).toEqual({ width, dark, over: 0, complaints: [] });
        looked += 1;
      }
      expect(faults).toEqual([]);
    },
  );
});
