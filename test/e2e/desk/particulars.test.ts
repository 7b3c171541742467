import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportId } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from '../page/house.ts';

let house: House;
let owner: Person;
let editor: Person;
let reader: Person;
let report: ReportId;

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  editor = await house.server.person('陆闻远');
  reader = await house.server.person('顾青禾');
  report = await house.sample([
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ]);
}, 180_000);
afterAll(async () => {
  await house?.close();
});

async function form(person: Person, options = {}): Promise<Page> {
  const page = await house.window(person, options);
  page.on('pageerror', (error) => expect.fail(`${person.account.name}: ${error.stack}`));
  await page.goto(`/r/${report}`);
  await page.locator('.particulars-button').click();
  await page.locator('.particulars').waitFor();
  return page;
}
const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true }).click();

test('[PA1] filled in, saved, and read by others with its author; two at once are shown both values', async () => {
  const page = await form(owner);
  const late = await form(editor);
  await page.getByLabel('文种').fill('报告');
  await page.getByLabel('主送机关').fill('市委\n市政府');
  await page.getByLabel('密级').selectOption('秘密');
  await page.getByLabel('保密期限').fill('1年');
  await page.getByLabel('签发人').fill('沈知微');
  await page.getByLabel('成文日期').fill('2026-01-09');
  await page.getByLabel('附件', { exact: true }).fill('任务清单\n数据表');
  await page.getByText('7 项未保存').waitFor();
  await save(page);
  await page.getByText(/已保存（第 \d+ 笔）/).waitFor();
  await page.getByText('2026年1月9日').waitFor();
  await page.getByText('1.任务清单　2.数据表').waitFor();
  await shot(page, 'desk-particulars');

  await late.getByLabel('签发人').fill('陆闻远');
  await late.getByLabel('附注').fill('此件公开发布');
  await save(late);
  await late.getByText('沈知微刚刚改成了').waitFor();
  await shot(late, 'desk-particulars-clash');
  expect(await late.getByLabel('主送机关').inputValue()).toBe('市委\n市政府');
  await late.getByRole('button', { name: '仍用我的' }).click();
  await save(late);
  await late.getByText(/已保存（第/).waitFor();

  const seen = await form(reader);
  expect(await seen.getByLabel('签发人').inputValue()).toBe('陆闻远');
  expect(await seen.getByLabel('附注').isDisabled()).toBe(true);
  await seen
    .getByText(/陆闻远 · .*第 \d+ 笔/)
    .first()
    .waitFor();
  expect(await seen.getByRole('button', { name: '保存', exact: true }).count()).toBe(0);
  for (const window of [page, late, seen]) await window.context().close();
});

test('[PA2] what cannot stand is said beside its field, in both languages, and nothing is saved', async () => {
  const page = await form(editor);
  await page.getByLabel('成文日期').fill('2026-05-09');
  await page.getByLabel('印发日期').fill('2026-05-01');
  await page.getByLabel('抄送机关').fill('甲局\n甲局');
  await save(page);
  await page.getByText('印发日期不能早于成文日期。').waitFor();
  await page.getByText('有重复的，每个只写一次。').waitFor();
  await shot(page, 'desk-particulars-faults');
  await page.context().close();
  const english = await form(editor, { language: 'en-US' });
  expect(await english.getByLabel('Date of printing').inputValue()).toBe('');
  await english.getByLabel('Copies to').fill('甲局\n甲局');
  await english.getByRole('button', { name: 'Save', exact: true }).click();
  await english.getByText('Something stands twice; write each once.').waitFor();
  await shot(english, 'desk-particulars-en');
  await english.context().close();
});
