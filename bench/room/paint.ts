import type { Page } from 'playwright-core';
import { launchBrowser } from '../../test/support/browser.ts';
import { typeInto } from './load.ts';
import type { Subject } from './servers.ts';

/** Keystroke to paint in the product's own page, ms. */
export interface Figures {
  readonly p50: number;
  readonly p95: number;
}
export interface Paint {
  readonly alone: Figures;
  readonly crowd: Figures;
}

const CHARACTERS = 30_000;
const PARAGRAPH = '园区坚持问题导向和目标导向相统一，围绕企业反映集中的事项逐条建立台账，明确责任单位和完成时限，';

/** One chapter of 30 000 characters in paragraphs of about 150. */
function longText(): string {
  const paragraph = PARAGRAPH.repeat(3);
  const lines = Array.from({ length: Math.ceil(CHARACTERS / paragraph.length) }, () => paragraph);
  return ['关于测速工作情况的报告', '', '一、测速情况', ...lines].join('\n');
}

/** Puts a listener into the page: every keydown is stamped, the frame that shows it is the one after the next animation frame. */
async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    document.addEventListener(
      'keydown',
      (event) => {
        const start = event.timeStamp;
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => times.push(performance.now() - start);
          channel.port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
}

async function typeAndMeasure(page: Page, keys: number): Promise<Figures> {
  await page.evaluate(() => {
    (window as unknown as { keyTimes: number[] }).keyTimes.length = 0;
  });
  for (let key = 0; key < keys; key++) {
    await page.keyboard.press('a');
    // The gap of a quick typist: input, not a wait for something.
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await page.waitForFunction((count) => (window as unknown as { keyTimes: number[] }).keyTimes.length >= count, keys);
  const times = await page.evaluate(() => [...(window as unknown as { keyTimes: number[] }).keyTimes]);
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(times.length * 0.5)]!, p95: times[Math.floor(times.length * 0.95)]! };
}

/** Opens the long chapter in Chromium and types: alone, then while ten others type five characters a second each. */
export async function measurePaint(start: () => Promise<Subject>, quick: boolean): Promise<Paint> {
  const keys = quick ? 40 : 120;
  const subject = await start();
  const browser = await launchBrowser();
  try {
    const site = subject.site;
    if (site === null) throw new Error('this server has no page');
    const { report, room } = await site.importText(longText());
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    const [name = '', value = ''] = site.cookie.split('=');
    await context.addCookies([{ name, value, url: site.origin }]);
    const page = await context.newPage();
    await page.goto(`${site.origin}/r/${report}`);
    const editor = page.locator('.ProseMirror[contenteditable="true"]').first();
    await editor.locator('text=园区坚持').first().waitFor();
    await editor.click({ position: { x: 200, y: 20 } });
    await watchKeys(page);
    await typeAndMeasure(page, 20);
    const alone = await typeAndMeasure(page, keys);
    const crowd = await typeInto(room, 10, 5);
    const withOthers = await typeAndMeasure(page, keys);
    await crowd.stop();
    return { alone, crowd: withOthers };
  } finally {
    await browser.close();
    await subject.stop();
  }
}
