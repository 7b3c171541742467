import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Created } from '../../../shared/api.ts';
import type { ReportId } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from '../page/house.ts';

const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 20_000, interval: 100 });

let house: House;
let owner: Person;
let editor: Person;

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  editor = await house.server.person('陆闻远');
}, 180_000);
afterAll(async () => {
  await house?.close();
});

async function imported(text: string): Promise<ReportId> {
  const answer = await house.server.request(owner, 'POST', '/api/import', { text });
  const { id } = (await answer.json()) as Created;
  await house.server.request(owner, 'POST', `/api/reports/${id}/members`, { member: editor.account.id, role: 'editor' });
  return id;
}

async function home(person: Person, options = {}): Promise<Page> {
  const page = await house.window(person, options);
  page.on('pageerror', (error) => expect.fail(`${person.account.name}: ${error.stack}`));
  await page.goto('/');
  await page.locator('.rep-title').first().waitFor();
  return page;
}
const row = (page: Page, report: ReportId) => page.locator(`[data-report="${report}"]`);
async function pick(page: Page, report: ReportId, act: string): Promise<void> {
  await row(page, report)
    .getByRole('button', { name: /的操作$/ })
    .click();
  await page.getByRole('menuitem', { name: act, exact: true }).click();
}
const show = (page: Page, list: string) => page.getByRole('button', { name: list, exact: true }).click();

describe('home', () => {
  test('[HO1] tells how far a report is, who did what last; what waits leads to its place', async () => {
    const id = await house.sample([
      [owner, 'owner'],
      [editor, 'editor'],
    ]);
    const page = await home(owner);
    await eventually(() => row(page, id).innerText()).toMatch(
      /拟稿，第 1 步，共 6 步[\s\S]*待填[\s\S]*8\/8 章[\s\S]*沈知微[\s\S]*第 \d+ 笔/,
    );
    await shot(page, 'desk-home');
    const todo = page.locator('.todo').first();
    expect(await todo.innerText()).toMatch(/待填[\s\S]*处待填/);
    await todo.getByRole('link').click();
    await page.waitForURL(/\/r\/.*at=/);
    await eventually(() => page.evaluate(() => [...(CSS.highlights.get('gongbi-found') ?? [])].map(String))).toEqual(['*']);
    await shot(page, 'desk-home-arrived');
    await page.context().close();
    const english = await home(owner, { language: 'en-US' });
    await shot(english, 'desk-home-en');
    await english.context().close();
  });

  test('[LI2] archived, thrown away and brought back: the lists follow, and the other’s window is told at once', async () => {
    const id = await imported('归档试验报告\n一、情况\n这里有一段文字。\n');
    const other = await house.window(editor);
    await other.goto(`/r/${id}`);
    await other.locator('.tiptap').first().waitFor();
    await eventually(() => other.locator('.tiptap').first().getAttribute('contenteditable')).toBe('true');
    const page = await home(owner);
    await pick(page, id, '归档');
    await page.getByText('「归档试验报告」已归档').waitFor();
    await eventually(() => row(page, id).count()).toBe(0);
    await eventually(() => other.locator('.tiptap').first().getAttribute('contenteditable')).toBe('false');
    await show(page, '已归档');
    await eventually(() => row(page, id).innerText()).toContain('已归档，只读');
    await shot(page, 'desk-home-archived');
    await pick(page, id, '移到回收站');
    await eventually(() => row(page, id).count()).toBe(0);
    await show(page, '回收站');
    await row(page, id).waitFor();
    await pick(page, id, '恢复');
    await eventually(() => row(page, id).count()).toBe(0);
    await show(page, '已归档');
    await row(page, id).waitFor();
    await page.context().close();
    await other.context().close();
  });

  test('[LI5] a new report from a past one, its figures masked as many as were told', async () => {
    const id = await imported('去年的报告\n一、情况\n2025年新增企业12家，增长8.6%。\n');
    const page = await home(owner);
    await pick(page, id, '以它为底稿新建…');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('把数字改成待填（2 处）').waitFor();
    await shot(page, 'desk-from-past');
    await dialog.getByLabel('报告标题').fill('今年的报告');
    await dialog.getByRole('button', { name: '创建' }).click();
    await eventually(() => page.locator('.tiptap').allInnerTexts()).toContain('2025年新增企业**家，增长**%。');
    await page.context().close();
  });

  test('[LI4] a new report with an outline to begin with', async () => {
    const page = await home(owner);
    await page.getByRole('button', { name: '新建报告' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '创建' }).click();
    await dialog.getByText('请先写标题。').waitFor();
    await dialog.getByLabel('报告标题').fill('三部分的报告');
    await dialog.getByRole('radio', { name: /分部分/ }).check();
    await shot(page, 'desk-new');
    await dialog.getByRole('button', { name: '创建' }).click();
    await eventually(() =>
      page
        .locator('.oline-name')
        .allInnerTexts()
        .then((names) => names.join()),
    ).toContain('下一步打算');
    await page.context().close();
  });
});

describe('search', () => {
  test('[SE2] from home by /, with hits in context; a hit leads to its words in the text', async () => {
    const filler = Array.from({ length: 30 }, (_, index) => `第${index}段，说别的事情，好让后面的在视野之外。`).join('\n');
    const id = await imported(`水务年度报告\n一、概况\n${filler}\n二、管网更新\n${filler}\n全年更新供水管网，漏损率下降。\n`);
    const page = await home(owner);
    await page.keyboard.press('/');
    await page.keyboard.insertText('管');
    await page.keyboard.press('Enter');
    await page.getByText('再多输入一个字').waitFor();
    await page.keyboard.insertText('网');
    await page.keyboard.press('Enter');
    const found = page.locator('.found-report', { hasText: '水务年度报告' });
    await found.waitFor();
    expect(await found.locator('.found-hit').allInnerTexts()).toEqual(['全年更新供水管网，漏损率下降。']);
    expect(await found.locator('mark').allInnerTexts()).toEqual(['管网', '管网']);
    await shot(page, 'desk-search');
    await found.locator('.found-hit').click();
    await page.waitForURL(new RegExp(`/r/${id}`));
    const mark = () =>
      page.evaluate(() => {
        const [range] = CSS.highlights.get('gongbi-found') ?? [];
        if (range === undefined) return null;
        const { top, bottom } = (range as Range).getBoundingClientRect();
        return { words: String(range), seen: top > 0 && bottom < innerHeight };
      });
    await eventually(mark).toEqual({ words: '管网', seen: true });
    await shot(page, 'desk-search-arrived');
    await page.context().close();
  });

  test('[SE3] says when there is nothing, or nothing yet', async () => {
    const page = await house.window(owner);
    await page.goto('/search');
    await page.getByText('输入要找的字词').waitFor();
    await page.getByRole('textbox').fill('绝无此词');
    await page.getByText('没有找到「绝无此词」').waitFor();
    await shot(page, 'desk-search-none');
    await page.context().close();
  });
});
