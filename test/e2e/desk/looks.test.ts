import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportId } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';

let house: House;
let owner: Person;
let report: ReportId;

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  const others = await Promise.all(['陆闻远', '顾青禾', '罗映川'].map((name) => house.server.person(name)));
  report = await house.sample([[owner, 'owner'], ...others.map((person) => [person, 'editor'] as const)]);
}, 180_000);
afterAll(async () => {
  await house?.close();
});

interface Screen {
  readonly name: string;
  readonly signedOut?: boolean;
  readonly path: () => string;
  /** Brings it to where it is looked at. */
  readonly ready: (page: Page) => Promise<void>;
}

const seen = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();
/** A live chapter, and quiet: nothing of the page still on its way. */
const workspace = async (page: Page): Promise<void> => {
  await page.locator('.tiptap').first().waitFor();
  await page.locator('[data-save="saved"]').waitFor();
};

const SCREENS: readonly Screen[] = [
  { name: 'home', path: () => '/', ready: seen('.rep-title') },
  {
    name: 'new',
    path: () => '/',
    ready: async (page) => {
      await page.locator('.home-acts .btn').last().click();
      await page.locator('.choice').nth(2).click();
      await page.locator('.sketch').waitFor();
    },
  },
  { name: 'search', path: () => `/search?q=${encodeURIComponent('工作')}`, ready: seen('.found-hit') },
  { name: 'workspace', path: () => `/r/${report}`, ready: workspace },
  {
    name: 'members',
    path: () => `/r/${report}`,
    ready: async (page) => {
      await workspace(page);
      await page.locator('.members-button').click();
      await page.locator('.members').waitFor();
    },
  },
  {
    name: 'particulars',
    path: () => `/r/${report}`,
    ready: async (page) => {
      await workspace(page);
      await page.locator('.particulars-button').click();
      await page.locator('.particulars').waitFor();
    },
  },
  { name: 'import', path: () => '/import', ready: seen('textarea') },
  {
    name: 'import-check',
    path: () => '/import',
    ready: async (page) => {
      await page.locator('textarea').fill('年度报告\n一、情况\n新增企业**家，增长**％。\n（一）做法\n做了几件事。\n二、打算\n接着做。\n');
      await page.locator('textarea ~ * .btn, textarea ~ .btn').first().click();
      await page.locator('footer .primary, .primary').last().waitFor();
    },
  },
  { name: 'account', path: () => '/account', ready: seen('main h1') },
  { name: 'people', path: () => '/people', ready: seen('main h1') },
  { name: 'sign-in', signedOut: true, path: () => '/', ready: seen('h1') },
  { name: 'join', signedOut: true, path: () => '/join/0000000000000000000000000000000000000000', ready: seen('h1') },
  { name: 'not-found', path: () => '/nowhere', ready: seen('h1, h2') },
];
const WIDTHS = [1440, 1200, 900, 390] as const;
const ALL = process.env['GONGBI_PROOF'] === '1';
/** A short round looks at the widest in the light and the narrowest in the dark; a long one at every width in both. */
const widthsFor = (dark: boolean): readonly number[] => (ALL ? WIDTHS : [dark ? 390 : 1440]);

describe.each([
  ['light', false],
  ['dark', true],
] as const)('in the %s theme', (theme, dark) => {
  test.each(SCREENS.map((screen) => [screen.name, screen] as const))(
    '[LK1] [LK2] %s breaks no rule of axe and runs out of no window',
    async (name, screen) => {
      const page = await house.window(screen.signedOut ? null : owner, { dark });
      page.on('pageerror', (error) => expect.fail(`${name}: ${error.stack}`));
      await page.goto(screen.path());
      await screen.ready(page);
      for (const width of widthsFor(dark)) {
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        await page.evaluate(async () => {
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          await Promise.all(document.getAnimations().map((animation) => animation.finished));
        });
        await shot(page, `looks-${name}-${width}-${theme}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft({ width, over, complaints: await axeComplaints(page) }).toEqual({ width, over: 0, complaints: [] });
      }
      await page.context().close();
    },
  );
});
