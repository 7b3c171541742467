import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Contributions, HistoryPage } from '../../../shared/api/history.ts';
import type { ReportState } from '../../../shared/api.ts';
import type { Person, TestReport } from '../../support/test-server.ts';
import type { WsClient } from '../../support/ws-client.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import { chapter, eventually, Stage, toEnd } from './stage.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** More than two pages of sittings. */
const SITTINGS = 75;

let house: House;
let stage: Stage;
let luo: Person;
let he: Person;
let report: TestReport;
let mine: WsClient;
let theirs: WsClient;

/** A long life in short: many sittings of two people over three days, an outline change and a change of particulars among them. */
beforeAll(async () => {
  house = await openHouse();
  const { server } = house;
  // Before anybody is there: the log's time never goes back.
  server.clock.advance(-3 * DAY);
  luo = await server.person('罗映川', true);
  he = await server.person('贺清漪');
  report = await server.report([
    [luo, 'owner'],
    [he, 'editor'],
  ]);
  stage = new Stage(house, report.id, luo);
  [mine, theirs] = await Promise.all([server.room(luo, report, { doc: new Y.Doc() }), server.room(he, report, { doc: new Y.Doc() })]);
  await Promise.all([mine.synced(), theirs.synced()]);
  for (let sitting = 1; sitting <= SITTINGS; sitting += 1) {
    server.clock.advance((3 * DAY) / SITTINGS);
    const who = sitting % 5 === 0 ? theirs : mine;
    who.doc!.getText('t').insert(0, `第${sitting}次写下的话。`);
    await who.untilAcked();
    if (sitting === 30) await post(he, '/outline', { op: 'add', kind: 'chapter', heading: '下一步打算', parent: null, before: null });
    if (sitting === 40) await post(luo, '/particulars', { changes: [{ field: 'issuer', was: '', value: '澄湖管委会' }] });
  }
}, 180_000);

afterAll(async () => {
  await Promise.all([mine.hangUp(), theirs.hangUp()]);
  await house?.close();
  expect(stage.faults).toEqual([]);
});

async function post(person: Person, rest: string, body: unknown): Promise<void> {
  const answer = await house.server.request(person, 'POST', `/api/reports/${report.id}${rest}`, body);
  expect([rest, answer.ok]).toEqual([rest, true]);
}

const rows = (page: Page) => page.locator('[data-sitting]');
const firstRow = (page: Page) => rows(page).first().textContent();

describe('the history of a long life', () => {
  test('[HY4] comes page by page as one scrolls, to its beginning, by days with their counts; keys walk and tick it', async () => {
    const page = await stage.open(luo, '?panel=history');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/history\?/.test(request.url())) asked.push(request.url());
    });
    await eventually(() => rows(page).count()).toBeGreaterThanOrEqual(30);
    expect(await rows(page).count(), 'not the whole life at once').toBeLessThan(SITTINGS);
    expect(await page.locator('.tl-day').first().textContent()).toMatch(/今天 · .*\d+ 笔/);

    await rows(page).first().locator('a').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await eventually(() => rows(page).nth(2).getByRole('checkbox').getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('Home');
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: '对比这两处' }).waitFor();
    await page.getByRole('button', { name: '取消勾选' }).click();

    await expect
      .poll(
        async () => {
          await page.locator('.history-list').evaluate((list) => list.scrollTo(0, list.scrollHeight));
          return await page.getByText('到头了，这是报告的开始。').count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    const total = (await stage.get<HistoryPage>('/history?limit=1')).total;
    expect(await rows(page).count()).toBe(total);
    expect(new Set(asked).size).toBe(asked.length);
    expect(await page.locator('.tl-day').count()).toBeGreaterThanOrEqual(2);
    await page.context().close();
  });

  test('[HY4] is filtered by person, chapter, kind and days, says how many it found, and what there is none of yet', async () => {
    const page = await stage.open(luo, '?panel=history', { language: 'zh-CN' });
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: '筛选' }).click();
    const found = page.locator('.tl-found');
    await page.getByLabel('人', { exact: true }).selectOption({ label: '贺清漪' });
    await eventually(() => found.textContent()).toContain(`找到 ${SITTINGS / 5} 段`);
    expect(await firstRow(page)).toContain(`第${SITTINGS}次写下的话`);
    await page.getByLabel('种类').selectOption({ label: '大纲和标题' });
    await eventually(() => found.textContent()).toContain('找到 1 段');
    expect(await firstRow(page)).toContain('新增“下一步打算”');
    await shot(page, 'panel-filter-zh');
    await page.getByLabel('章', { exact: true }).selectOption({ index: 1 });
    await page.getByText('没有符合筛选的改动').waitFor();
    await page.getByRole('button', { name: '清除筛选' }).first().click();

    await page.getByLabel('种类').selectOption({ label: '发文稿纸、成员和归档' });
    await eventually(() => firstRow(page)).toContain('改发文稿纸：发文机关署名');
    const comments = page.getByLabel('种类').locator('option', { hasText: '批注' });
    expect([await comments.textContent(), await comments.isDisabled()]).toEqual(['批注（还没有）', true]);
    expect(await axeComplaints(page)).toEqual([]);
    await page.getByRole('button', { name: '清除筛选' }).first().click();

    // The day before today, in the viewer's days.
    const { sittings } = await stage.get<HistoryPage>('/history?limit=100');
    const midnight = await page.evaluate(() => new Date().setHours(0, 0, 0, 0));
    const day = await page.evaluate(() => {
      const date = new Date(new Date().setHours(0, 0, 0, 0) - 1);
      const two = (value: number) => String(value).padStart(2, '0');
      return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    });
    const yesterday = sittings.filter(({ from, to }) => to >= midnight - DAY && from < midnight).length;
    expect(yesterday).toBeGreaterThan(0);
    await page.getByLabel('从', { exact: true }).fill(day);
    await page.getByLabel('到', { exact: true }).fill(day);
    await eventually(() => found.textContent()).toContain(`找到 ${yesterday} 段`);
    await page.getByText(/日期和时间按本机时区（UTC/).waitFor();
    // A day from behind the last one becomes that one day.
    await page.getByLabel('从', { exact: true }).evaluate((field: HTMLInputElement) => field.removeAttribute('max'));
    await page.getByLabel('到', { exact: true }).evaluate((field: HTMLInputElement) => field.removeAttribute('min'));
    await page.getByLabel('到', { exact: true }).fill('2020-01-01');
    await eventually(() => page.getByLabel('从', { exact: true }).inputValue()).toBe('2020-01-01');
    await page.getByText('没有符合筛选的改动').waitFor();
    await shot(page, 'panel-none-zh');
    await page.context().close();
  }, 120_000);

  test('[HY4] days are those of the viewer, wherever the computer stands', async () => {
    const { sittings } = await stage.get<HistoryPage>('/history?limit=30');
    for (const zone of ['Asia/Shanghai', 'America/St_Johns']) {
      const context = await house.browser.newContext({
        timezoneId: zone,
        locale: 'en-US',
        baseURL: house.server.url,
        viewport: { width: 1440, height: 900 },
      });
      const [name = '', value = ''] = luo.cookie.split('=');
      await context.addCookies([{ name, value, url: house.server.url }]);
      const page = await context.newPage();
      await page.goto(`/r/${report.id}?panel=history`);
      await rows(page).first().waitFor();
      const dayIn = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
      const [newest] = sittings;
      const ofThatDay = sittings.filter(({ from }) => dayIn(from) === dayIn(newest!.from)).length;
      expect(ofThatDay).toBeLessThan(sittings.length);
      const shown = page.locator('.tl section').first().locator('[data-sitting]');
      await eventually(() => shown.count()).toBe(ofThatDay);
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByText(zone === 'Asia/Shanghai' ? '(UTC+8)' : '(UTC−3:30)').waitFor();
      await context.close();
    }
  });

  test('[HY4] a report in which nothing was written yet says how it began, and names are offered', async () => {
    const fresh = await house.server.report([[luo, 'owner']]);
    const page = await new Stage(house, fresh.id, luo).open(luo, '?panel=history', { language: 'en-US', dark: true });
    await page.getByText('This is where the report began.').waitFor();
    expect(await firstRow(page)).toContain('report created');
    await page.getByRole('button', { name: 'Name now…' }).waitFor();
    await shot(page, 'panel-fresh-en-dark');
    await page.context().close();
  });
});

describe('replay', () => {
  test('[HY5] is played, paused and stepped by keys, at any speed, and lands where one names, compares and restores', async () => {
    const before = await stage.head();
    const page = await stage.open(he, '/replay', { language: 'en-US', dark: true });
    await page.locator('.past-sheet[data-seq]').waitFor();
    const count = Number((await page.locator('.player-count').textContent())?.split('/')[1]);
    expect(count).toBeGreaterThan(SITTINGS);
    const seq = async () => Number(await page.locator('.past-sheet').getAttribute('data-seq'));
    const slider = page.getByRole('slider');
    await page.locator('.past-sheet').click();
    await page.keyboard.press('End');
    await eventually(() => slider.inputValue()).toBe(String(count - 1));
    // the seq is there with the text
    await eventually(seq).toBeGreaterThan(1);
    const last = await seq();
    await page.keyboard.press('Home');
    await eventually(() => slider.inputValue()).toBe('0');
    await page.keyboard.press('ArrowRight');
    await eventually(() => slider.inputValue()).toBe('1');
    await page.getByLabel('Speed').selectOption('8');
    await page.locator('.past-sheet').click();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await eventually(async () => Number(await slider.inputValue())).toBeGreaterThan(3);
    await page.locator('.past-sheet').click();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await slider.fill(String(Math.floor(count / 2)));
    await page.locator('.past-sheet .hw.own').first().waitFor();
    expect(await page.locator('.player-people li').count()).toBe(2);
    await eventually(seq).toBeGreaterThan(1);
    const middle = await seq();
    expect(middle).toBeLessThan(last);
    expect(await axeComplaints(page)).toEqual([]);
    await shot(page, 'replay-en-dark');
    expect(await stage.head(), 'playing writes nothing').toBe(before);

    await page.getByRole('button', { name: 'Restore this…' }).click();
    await page.getByRole('dialog').getByText('can be undone').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Name this point…' }).click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('过程稿');
    await page.getByRole('button', { name: 'Name it' }).click();
    await page.locator('.player .chip', { hasText: '过程稿' }).waitFor();
    expect((await stage.get<ReportState>('')).revisions.map(({ name, upTo }) => [name, upTo])).toEqual([['过程稿', middle]]);
    await page.getByRole('link', { name: 'Compare with now' }).click();
    await page.waitForURL(new RegExp(`compare\\?from=${middle}&to=\\d+&chapter=`));
    await page.context().close();
  }, 120_000);

  test('[HY5] [HY6] replay and contributions fit a phone', async () => {
    const page = await stage.open(he, '/replay', { width: 390, height: 844 });
    await page.locator('.past-sheet[data-seq]').waitFor();
    await page.getByRole('slider').fill('20');
    await page.locator('.past-sheet .hw.own').first().waitFor();
    await shot(page, 'replay-phone');
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await fits()).toBeLessThanOrEqual(390);
    const sheet = await page.locator('.desk.replay .scroll').boundingBox();
    expect(sheet!.height, 'the text has more than half of what is left').toBeGreaterThan(380);
    await page.goto(`/r/${report.id}/contributions`);
    await page.locator('.contrib-part').first().waitFor();
    expect(await fits()).toBeLessThanOrEqual(390);
    await shot(page, 'contributions-phone');
    await page.context().close();
  });
});

describe('contributions', () => {
  test('[HI7] [HY6] moving somebody’s paragraph in the page changes nobody’s figures; the page says how it counts', async () => {
    const page = await stage.open(he);
    await chapter(page, 0).waitFor();
    await toEnd(page, 0);
    await stage.writing(page, () => page.keyboard.press('Enter'));
    await stage.writing(page, () => page.keyboard.insertText('贺清漪补写的一段。'));
    const figures = async () => (await stage.get<Contributions>('/contributions')).members;
    const before = await figures();
    expect(before.map(({ written }) => written).every((written) => written > 0)).toBe(true);
    const owner = await stage.open(luo);
    await chapter(owner, 0).waitFor();
    await toEnd(owner, 0);
    await stage.writing(owner, () => owner.keyboard.press('Alt+ArrowUp'));
    await eventually(async () => (await chapter(owner, 0).locator('.line-text').first().textContent()) ?? '').toContain(
      '贺清漪补写的一段。',
    );
    expect(await figures()).toEqual(before);

    const told = await stage.open(luo, '/contributions', { language: 'en-US', dark: true });
    await told.getByText('moving or restoring somebody’s text changes nobody’s figures').waitFor();
    const table = (await told.locator('tbody').first().textContent()) ?? '';
    for (const { surviving } of before) expect(table.replaceAll(/\s/g, '')).toContain(String(surviving));
    expect(await axeComplaints(told)).toEqual([]);
    await shot(told, 'contributions-en-dark');
    for (const window of [page, owner, told]) await window.context().close();
  }, 120_000);
});
