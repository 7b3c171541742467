import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportState } from '../../../shared/api.ts';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import { chapter, eventually, Stage } from './stage.ts';

let house: House;
let stage: Stage;
let luo: Person;
let he: Person;
let gu: Person;
/** Where the sample stands, before anybody wrote. */
let start: number;

beforeAll(async () => {
  house = await openHouse();
  luo = await house.server.person('罗映川', true);
  he = await house.server.person('贺清漪');
  gu = await house.server.person('顾青禾');
  const report = await house.sample([
    [luo, 'owner'],
    [he, 'editor'],
    [gu, 'reader'],
  ]);
  stage = new Stage(house, report, luo);
  start = await stage.head();
  house.server.clock.advance(20 * 60_000);
  const page = await stage.open(he);
  await stage.writeInto(page, 1, '会同各窗口单位，');
  await page.context().close();
  house.server.clock.advance(20 * 60_000);
}, 180_000);

afterAll(async () => {
  await house?.close();
  expect(stage.faults).toEqual([]);
});

const names = async () => (await stage.get<ReportState>('')).revisions.map(({ name, upTo, note }) => [name, upTo, note]);

describe('naming points of a report’s life', () => {
  test('[RV4] the present state, a sitting and any entry are named, with a usual name or another and a note; everybody sees the landmark', async () => {
    const mine = await stage.open(luo, '?panel=history');
    const theirs = await stage.open(he, '?panel=history');
    await theirs.locator('[data-sitting]').first().waitFor();
    const head = await stage.head();

    await mine.getByRole('button', { name: '命名现在…' }).click();
    const dialog = mine.getByRole('dialog', { name: '命名稿次' });
    await eventually(() => dialog.getByLabel('名称', { exact: true }).evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await dialog.getByLabel('到第几笔为止').inputValue()).toBe(String(head));
    await dialog.getByText('现在的样子').waitFor();
    await dialog.getByRole('button', { name: '命名', exact: true }).click();
    await dialog.getByText('写上名称，或在下面选一个。').waitFor();
    await dialog.getByRole('button', { name: '送审稿' }).click();
    await dialog.getByLabel('说明（可不填）').fill('报分管领导审阅');
    expect(await axeComplaints(mine)).toEqual([]);
    await shot(mine, 'names-dialog-zh');
    await dialog.getByRole('button', { name: '命名', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    for (const page of [mine, theirs]) {
      const landmark = page.locator('.mile', { hasText: '送审稿' });
      await landmark.waitFor();
      expect(await landmark.textContent()).toContain('报分管领导审阅');
      expect(await landmark.textContent()).toContain(`第 ${head} 笔`);
    }
    expect(await names()).toEqual([['送审稿', head, '报分管领导审阅']]);

    // A sitting, from its menu.
    const first = mine.locator('[data-sitting]').last();
    await first.getByRole('button', { name: /这一段的操作/ }).click();
    await mine.getByRole('menuitem', { name: '命名这一稿…' }).click();
    await eventually(() => dialog.getByLabel('到第几笔为止').inputValue()).toBe(String(start));
    expect(await dialog.getByRole('button', { name: '送审稿' }).count(), 'a name is offered once').toBe(0);
    await dialog.getByLabel('名称', { exact: true }).fill('征求意见稿');
    await mine.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await mine.locator('.mile', { hasText: '征求意见稿' }).waitFor();

    // Any entry, by its number; one that is not there is refused here.
    await mine.locator('.mile', { hasText: '征求意见稿' }).getByRole('checkbox').click();
    await mine.getByRole('button', { name: '命名这一稿…' }).click();
    await dialog.getByLabel('到第几笔为止').fill('99999');
    await dialog.getByRole('button', { name: '修改稿一' }).click();
    await dialog.getByRole('button', { name: '命名', exact: true }).click();
    await dialog.getByText(/写一个 1 到 \d+ 之间的笔数/).waitFor();
    await dialog.getByLabel('到第几笔为止').fill('3');
    await dialog
      .getByText(/今天|昨天|月/)
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: '命名', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(names).toEqual([
      ['修改稿一', 3, ''],
      ['征求意见稿', start, ''],
      ['送审稿', head, '报分管领导审阅'],
    ]);
    await shot(mine, 'names-panel-zh');
    for (const page of [mine, theirs]) await page.context().close();
  });

  test('[RV4] a name is changed, also when somebody changed it meanwhile, taken back, and given again', async () => {
    const mine = await stage.open(luo, '?panel=history');
    const act = async (name: string, what: string) => {
      await mine.getByRole('button', { name: `“${name}”的操作` }).click();
      await mine.getByRole('menuitem', { name: what }).click();
    };
    await act('修改稿一', '改名和说明…');
    const dialog = mine.getByRole('dialog', { name: '改名和说明' });
    const { revisions } = await stage.get<ReportState>('');
    const { id } = revisions.find(({ name }) => name === '修改稿一')!;
    const theirs = { op: 'rename', revision: id, was: '修改稿一', name: '处内稿', note: '' };
    expect((await house.server.request(he, 'POST', `/api/reports/${stage.report}/revisions`, theirs)).status).toBe(201);
    await dialog.getByLabel('名称', { exact: true }).fill('送审稿');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('这份报告已有同名的稿次').waitFor();
    await dialog.getByLabel('名称', { exact: true }).fill('处务会稿');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('别人刚刚把它改名为“处内稿”').waitFor();
    await shot(mine, 'names-clash-zh');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'detached' });
    await mine.locator('.mile', { hasText: '处务会稿' }).waitFor();

    await act('处务会稿', '撤销名称…');
    const ask = mine.getByRole('dialog', { name: '撤销名称“处务会稿”？' });
    await ask.getByText('正文一个字也不动').waitFor();
    await shot(mine, 'names-withdraw-zh');
    await ask.getByRole('button', { name: '撤销名称' }).click();
    await mine.locator('.mile', { hasText: '处务会稿' }).waitFor({ state: 'detached' });
    await mine.getByRole('button', { name: '撤销', exact: true }).last().click();
    await mine.locator('.mile', { hasText: '处务会稿' }).waitFor();
    expect((await names())[0]).toEqual(['处务会稿', 3, '']);
    await mine.context().close();
  });

  test('[RV4] two landmarks are compared, and the comparison calls them by their names; a name given there shows there', async () => {
    const page = await stage.open(luo, '?panel=history', { language: 'en-US' });
    await page.locator('.mile', { hasText: '征求意见稿' }).getByRole('checkbox').click();
    await page.locator('.mile', { hasText: '送审稿' }).getByRole('checkbox').click();
    await shot(page, 'names-panel-en');
    await page.getByRole('button', { name: 'Compare these two' }).click();
    await page.waitForURL(new RegExp(`compare\\?from=${start}&to=\\d+`));
    await page.locator('.past-sheet .hm').first().waitFor();
    const banner = page.locator('.past-banner');
    expect(await banner.textContent()).toContain('A 征求意见稿');
    expect(await banner.textContent()).toContain('B 送审稿');
    await page
      .locator('[data-sitting]')
      .last()
      .getByRole('button', { name: /sitting/ })
      .click();
    await page.getByRole('menuitem', { name: 'Name this point…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Name a revision' });
    await dialog.getByLabel('Name', { exact: true }).fill('初稿');
    await shot(page, 'names-dialog-en');
    await dialog.getByRole('button', { name: 'Name it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.mile', { hasText: '初稿' }).waitFor();
    await shot(page, 'names-compare-en');
    await page.context().close();
  });

  test('[RV3] who may only read is not offered names, nor the past', async () => {
    const page = await stage.open(gu);
    await chapter(page, 0).waitFor();
    expect(await page.getByRole('tab', { name: '历史' }).count()).toBe(0);
    const refused = await house.server.request(gu, 'POST', `/api/reports/${stage.report}/revisions`, {
      op: 'name',
      name: '我的稿',
      note: '',
    });
    expect(refused.status).toBe(403);
    await page.context().close();
  });

  test('[RV4] on a phone and in the dark a landmark is found and named', async () => {
    const page = await stage.open(luo, '?panel=history', { width: 390, height: 844, dark: true });
    await page.getByRole('button', { name: '打开侧栏' }).click();
    await page.locator('.mile').first().waitFor();
    await shot(page, 'names-phone-dark');
    await page.getByRole('button', { name: '命名现在…' }).click();
    await page.getByRole('dialog').waitFor();
    await shot(page, 'names-phone-dialog');
    expect(await axeComplaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.context().close();
  });
});
