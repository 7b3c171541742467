import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { keptBuild } from '../../../scripts/lib/build.mjs';
import { newNodeId } from '../../../server/core/new-report.ts';
import { ChildPress } from '../../../server/export/child-press.ts';
import { sampleReport } from '../../../server/sample/sample-report.ts';
import { systemIds } from '../../../server/system.ts';
import type { Role } from '../../../shared/access/can.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type Person, startTestServer, type TestServer } from '../../support/test-server.ts';

/** The built page before a whole server, and a browser to look at it with. */
export interface House {
  readonly server: TestServer;
  readonly browser: Browser;
  /** A window of its own, signed in as `person` (null: nobody). */
  window(person: Person | null, options?: WindowOptions): Promise<Page>;
  /** The sample report with these members; the first is its owner. */
  sample(members: readonly (readonly [Person, Role])[]): Promise<ReportId>;
  /** Another server, with nobody in it yet, behind the same pages and in the same browser; closed by itself. */
  beside(): Promise<House>;
  close(): Promise<void>;
}

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'zh-CN' | 'en-US';
  readonly dark?: boolean;
}

export async function openHouse(): Promise<House> {
  const [product, browser] = await Promise.all([keptBuild(), launchBrowser()]);
  return houseOf(join(product, 'dist'), browser, () => browser.close());
}

/** @param closeRest what is closed with it */
async function houseOf(folder: string, browser: Browser, closeRest: () => Promise<void>): Promise<House> {
  const server = await startTestServer({ webRoot: folder, press: new ChildPress(join(folder, '../dist-server/press.js'), '') });
  const contexts: BrowserContext[] = [];
  return {
    server,
    browser,
    async window(person, { width = 1440, height = 900, language = 'zh-CN', dark = false } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale: language,
        colorScheme: dark ? 'dark' : 'light',
        baseURL: server.url,
      });
      contexts.push(context);
      if (person !== null) {
        const [name = '', value = ''] = person.cookie.split('=');
        await context.addCookies([{ name, value, url: server.url }]);
      }
      return context.newPage();
    },
    async sample(members) {
      const content = sampleReport(() => newNodeId(systemIds));
      return (await server.report(members, { beginning: 'sample', content })).id;
    },
    beside: () => houseOf(folder, browser, async () => {}),
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      await server.close();
      await closeRest();
    },
  };
}

/** Keeps a picture when `GONGBI_SHOTS` names a folder: for people who want to look. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['GONGBI_SHOTS'];
  if (folder === undefined || folder === '') return;
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
