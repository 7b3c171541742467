import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ReportState } from '../../../shared/api.ts';
import type { NodeId, ReportId } from '../../../shared/ids.ts';
import type { OutlineCommand, OutlineNode } from '../../../shared/outline/outline.ts';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import { keptUnsent } from '../page/kept-unsent.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);

let house: House;
let owner: Person;
let editor: Person;
let reader: Person;
let report: ReportId;
/** The sample: a lead, part one with chapters and a closing, part two with chapters. */
let nodes: readonly OutlineNode[];

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('周砚秋', true);
  editor = await house.server.person('贺清漪');
  reader = await house.server.person('顾亦凡');
}, 180_000);
beforeEach(async () => {
  report = await house.sample([
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ]);
  nodes = (await state()).outline.nodes;
});
afterAll(async () => {
  await house?.close();
  expect(house.server.troubles).toEqual([]);
});

const state = async (): Promise<ReportState> =>
  (await (await house.server.request(owner, 'GET', `/api/reports/${report}`)).json()) as ReportState;
const command = (person: Person, body: OutlineCommand) => house.server.request(person, 'POST', `/api/reports/${report}/outline`, body);
const textOf = async (chapter: NodeId): Promise<string> =>
  (await house.server.request(owner, 'GET', `/api/reports/${report}/chapters/${chapter}/text`)).text();
const inside = (part: OutlineNode): readonly OutlineNode[] => nodes.filter(({ parent }) => parent === part.id);
const parts = () => nodes.filter(({ kind }) => kind === 'part') as [OutlineNode, OutlineNode];
async function childrenNow(part: OutlineNode | null): Promise<readonly NodeId[]> {
  return (await state()).outline.nodes.filter(({ parent }) => parent === (part?.id ?? null)).map(({ id }) => id);
}

async function openReport(person: Person, options: { width?: number; language?: 'zh-CN' | 'en-US' } = {}): Promise<Page> {
  const page = await house.window(person, options);
  page.on('pageerror', (error) => expect.fail(String(error.stack)));
  await page.goto(`/r/${report}`);
  await page.locator('.tiptap').first().waitFor();
  return page;
}

const row = (page: Page, node: Pick<OutlineNode, 'id'>) => page.locator(`[data-row="${node.id}"]`);
const numberOf = (page: Page, node: OutlineNode) => row(page, node).locator('.oline-number').textContent();
const said = (page: Page) => page.locator('.outline [role="status"]').textContent();
const line = (page: Page) => page.locator('.drop-line');

async function middle(page: Page, node: OutlineNode): Promise<{ x: number; y: number; height: number }> {
  const box = await row(page, node).boundingBox();
  if (box === null) throw new Error('The line is not on the screen');
  return { x: box.x + 120, y: box.y + box.height / 2, height: box.height };
}

/** Presses on a line and brings it above (`-1`) or below (`1`) another, so far to the side. */
async function dragTo(page: Page, node: OutlineNode, target: OutlineNode, side: -1 | 1, dx = 0): Promise<void> {
  const from = await middle(page, node);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 12);
  const to = await middle(page, target);
  await page.mouse.move(from.x + dx, to.y + (side * to.height) / 3, { steps: 4 });
  await line(page).waitFor();
}

describe('moving in the outline', () => {
  test('[OU12] a chapter is dragged to another place; the line says where and on which level, and the numbers follow', async () => {
    const [page, other] = [await openReport(owner), await openReport(editor)];
    const [one] = parts();
    const [first, second, third] = inside(one) as [OutlineNode, OutlineNode, OutlineNode];
    await dragTo(page, first, third, -1);
    await eventually(() => line(page).textContent()).toContain('（二） · “一、');
    expect(await line(page).getAttribute('data-depth')).toBe('1');
    await shot(page, 'outline-drag-zh-CN');
    await page.mouse.up();
    await eventually(async () => (await childrenNow(one)).slice(0, 3)).toEqual([second.id, first.id, third.id]);
    for (const window of [page, other]) {
      await eventually(() => numberOf(window, first)).toBe('（二）');
      await eventually(() => numberOf(window, second)).toBe('（一）');
      await eventually(() => window.locator(`[data-node="${first.id}"] .oneline`).first().isVisible()).toBe(true);
    }
    await eventually(() => said(page)).toContain('后面，现为（二）');
    expect(await line(page).count()).toBe(0);
  });

  test('[OU12] to the left it goes up a level, to the right down; a part takes its chapters along, between parts only', async () => {
    const page = await openReport(owner, { language: 'en-US' });
    const [one, two] = parts();
    const last = inside(two).at(-1)!;
    await dragTo(page, last, last, 1, -60);
    await eventually(() => line(page).getAttribute('data-depth')).toBe('0');
    await eventually(() => line(page).textContent()).toContain('top level');
    await page.mouse.up();
    await eventually(async () => (await childrenNow(null)).at(-1)).toBe(last.id);

    await dragTo(page, last, last, 1, 60);
    await eventually(() => line(page).getAttribute('data-depth')).toBe('1');
    await shot(page, 'outline-level-en-US');
    await page.mouse.up();
    await eventually(async () => (await childrenNow(two)).at(-1)).toBe(last.id);

    await dragTo(page, two, inside(one)[0]!, -1);
    await shot(page, 'outline-part-en-US');
    await page.mouse.up();
    await eventually(() => numberOf(page, two)).toBe('一、');
    expect(await childrenNow(two)).toEqual(inside(two).map(({ id }) => id));
    await eventually(() => numberOf(page, inside(one)[0]!)).toBe('（一）');
  });

  test('[OU12] Esc gives a drag up, the same place sends nothing, and a press without movement goes to the chapter', async () => {
    const page = await openReport(owner);
    const [one] = parts();
    const [first, second] = inside(one) as [OutlineNode, OutlineNode];
    const { seq } = await state();
    await dragTo(page, first, second, 1);
    await page.keyboard.press('Escape');
    await eventually(() => line(page).count()).toBe(0);
    await eventually(() => said(page)).toBe('已取消，没有移动');
    await page.mouse.up();
    await dragTo(page, first, first, 1);
    expect(await line(page).getAttribute('class')).toContain('same');
    await page.mouse.up();
    await eventually(() => line(page).count()).toBe(0);
    await row(page, second).click();
    await eventually(() => page.evaluate(() => document.activeElement?.closest('[data-node]')?.getAttribute('data-node'))).toBe(second.id);
    expect((await state()).seq).toBe(seq);
  });

  test('[OU12] by the keyboard it goes the same ways, and is said', async () => {
    const page = await openReport(owner);
    const [one, two] = parts();
    const [first] = inside(one) as [OutlineNode];
    await row(page, first).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await eventually(() => numberOf(page, first)).toBe('（二）');
    await eventually(() => said(page)).toContain('后面，现为（二）');
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe(first.id);
    await page.keyboard.press('Alt+ArrowLeft');
    await eventually(() => numberOf(page, first)).toBe('二、');
    await eventually(() => said(page)).toContain('现为二');
    await page.keyboard.press('Alt+ArrowRight');
    await eventually(async () => (await childrenNow(one)).at(-1)).toBe(first.id);
    await eventually(() => said(page)).not.toContain('现为二');
    await row(page, two).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await eventually(() => said(page)).toContain('已经在最下面');
  });

  test('[OU12] who may not change the outline has nothing to drag by', async () => {
    const page = await openReport(reader);
    const [one] = parts();
    const [first, , third] = inside(one) as [OutlineNode, OutlineNode, OutlineNode];
    expect(await page.locator('.oline-grip').count()).toBe(0);
    const [from, to] = [await middle(page, first), await middle(page, third)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    expect(await line(page).count()).toBe(0);
    await page.mouse.up();
    expect(await childrenNow(one)).toEqual(inside(one).map(({ id }) => id));
  });

  test('[OU12] what others do meanwhile counts: a line that is gone is let go of, and places are those of now', async () => {
    const page = await openReport(owner);
    const [one] = parts();
    const [first, second, third] = inside(one) as [OutlineNode, OutlineNode, OutlineNode];
    await dragTo(page, first, third, -1);
    expect((await command(editor, { op: 'remove', node: second.id })).status).toBe(200);
    await row(page, second).waitFor({ state: 'detached' });
    const to = await middle(page, third);
    await page.mouse.move(to.x, to.y + to.height / 3, { steps: 2 });
    await page.mouse.up();
    await eventually(async () => (await childrenNow(one)).slice(0, 2)).toEqual([third.id, first.id]);
    await eventually(() => numberOf(page, first)).toBe('（二）');

    await dragTo(page, first, third, -1);
    expect((await command(editor, { op: 'remove', node: first.id })).status).toBe(200);
    await page.getByText('您在拖的这一行刚被别人移到了回收站').waitFor();
    await page.mouse.up();
    expect(await childrenNow(one)).not.toContain(first.id);
  });
});

describe('owner and note', () => {
  for (const language of ['zh-CN', 'en-US'] as const) {
    const zh = language === 'zh-CN';
    test(`[OU13] are given in a small form, shown in the outline and told in the history (${language})`, async () => {
      const page = await openReport(owner, { language });
      const chapter = inside(parts()[0])[0]!;
      // A sitting of its own, so that the history tells nothing else of it.
      house.server.clock.advance(20 * 60_000);
      const openForm = async () => {
        await row(page, chapter).hover();
        await page
          .locator('.oline', { has: row(page, chapter) })
          .locator('.oline-more button')
          .click();
        await page.getByRole('menuitem', { name: zh ? '承办人和备注…' : 'Who is in charge, note…' }).click();
        await page.getByRole('dialog').waitFor();
      };
      await openForm();
      await page.getByLabel(zh ? '承办人' : 'In charge', { exact: true }).selectOption(editor.account.id);
      await page.getByLabel(zh ? '备注' : 'Note', { exact: true }).fill('审批用时数据由政务服务中心提供');
      // Somebody else writes a note meanwhile: both are shown, and saving again decides.
      await command(editor, { op: 'note', node: chapter.id, was: '', note: '请先核对口径' });
      await page.getByRole('button', { name: zh ? '保存' : 'Save', exact: true }).click();
      await page.getByText('请先核对口径').last().waitFor();
      await page.locator('.charge blockquote').waitFor();
      await shot(page, `outline-charge-clash-${language}`);
      expect(await axeComplaints(page)).toEqual([]);
      await page.getByRole('button', { name: zh ? '保存' : 'Save', exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const face = page
        .locator('.oline', { has: row(page, chapter) })
        .getByRole('img', { name: zh ? '承办人：贺清漪' : 'In charge: 贺清漪' });
      await face.waitFor();
      await eventually(() => row(page, chapter).textContent()).toContain('审批用时数据由政务服务中心提供');
      await page.mouse.move(700, 500);
      await page.getByRole('tab', { name: zh ? '历史' : 'History' }).click();
      await page
        .getByText(zh ? /由贺清漪承办|备注写为/ : /贺清漪 is in charge of|note on/)
        .first()
        .waitFor();
      await shot(page, `outline-charge-${language}`);
      expect(await axeComplaints(page)).toEqual([]);
      // The form shows what stands, and takes it away.
      await openForm();
      await page.getByLabel(zh ? '承办人' : 'In charge', { exact: true }).selectOption('');
      await page.getByRole('button', { name: zh ? '保存' : 'Save', exact: true }).click();
      await face.waitFor({ state: 'detached' });
      expect((await state()).outline.charges[chapter.id]).toMatchObject({ owner: null, note: '审批用时数据由政务服务中心提供' });
    });
  }

  test('[OU10] home asks the owner of a chapter for what waits in it', async () => {
    const chapter = inside(parts()[0])[0]!;
    await command(owner, { op: 'owner', node: chapter.id, was: null, owner: editor.account.id });
    const page = await house.window(editor);
    await page.goto('/');
    await page.getByText(chapter.heading.replace(/。$/, '')).first().waitFor();
    await shot(page, 'outline-home-zh-CN');
  });
});

describe('the trash', () => {
  const editorOf = (page: Page, chapter: NodeId) => page.locator(`[data-node="${chapter}"] .tiptap`);
  const trash = (page: Page) => page.locator('.trash');
  async function writeAt(page: Page, chapter: NodeId, words: string): Promise<void> {
    await editorOf(page, chapter).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText(words);
  }

  const languages = ['zh-CN', 'en-US'] as const;
  for (const language of process.env['GONGBI_PROOF'] === '1' ? languages : languages.slice(0, 1)) {
    const zh = language === 'zh-CN';
    test(`[OU14] somebody writing in a chapter that another trashes goes on, and nothing is lost (${language})`, async () => {
      const [writing, trashing] = [await openReport(editor, { language }), await openReport(owner, { language })];
      const chapter = inside(parts()[0])[0]!;
      await row(writing, chapter).click();
      await writeAt(writing, chapter.id, '删除之前');
      await row(trashing, chapter).focus();
      await trashing.keyboard.press('Delete');
      const note = writing.locator('.trash-note');
      await note.waitFor();
      expect(await note.textContent()).toContain(zh ? '周砚秋刚把这里移到了回收站' : '周砚秋 has just moved this to the trash');
      // The caret is where it was, and every key arrives.
      for (const letter of '，删除之后') await writing.keyboard.insertText(letter);
      await eventually(() => trash(trashing).locator('summary').textContent()).toContain(
        zh ? '1 处删除后又有改动' : '1 changed after deletion',
      );
      await shot(writing, `outline-lingering-${language}`);
      expect(await axeComplaints(writing)).toEqual([]);
      await trash(trashing).locator('summary').click();
      await eventually(() => trash(trashing).textContent()).toContain(zh ? '删除后又有改动：贺清漪' : 'Changed after deletion: 贺清漪');
      await trash(trashing).scrollIntoViewIfNeeded();
      await shot(trashing, `outline-trash-${language}`);
      expect(await axeComplaints(trashing)).toEqual([]);
      // Folded away, it is off the page; restored, it is back in its place with all that was written.
      await note.getByRole('button', { name: zh ? '知道了，收起' : 'Fine, fold it away' }).click();
      await editorOf(writing, chapter.id).waitFor({ state: 'detached' });
      await trash(trashing)
        .getByRole('button', { name: zh ? /^恢复/ : /^Restore/ })
        .click();
      await eventually(() => numberOf(trashing, chapter)).toBe('（一）');
      await eventually(() => editorOf(writing, chapter.id).textContent()).toContain('删除之前，删除之后');
      expect(await textOf(chapter.id)).toContain('删除之前，删除之后');
      expect(await trash(trashing).count()).toBe(0);
    });
  }

  test('[OU14] the writer may bring it back at once, with the part that took it along, and writes on', async () => {
    const [writing, trashing] = [await openReport(editor), await openReport(owner)];
    const [one] = parts();
    const chapter = inside(one)[0]!;
    await row(writing, chapter).click();
    await writeAt(writing, chapter.id, '甲');
    await row(trashing, one).focus();
    await trashing.keyboard.press('Delete');
    await writing.locator('.trash-note').getByRole('button', { name: '恢复本章' }).click();
    await writing.locator('.trash-note').waitFor({ state: 'detached' });
    await eventually(() => childrenNow(one)).toEqual(inside(one).map(({ id }) => id));
    await editorOf(writing, chapter.id).click();
    await writing.keyboard.press('Control+Home');
    await writing.keyboard.insertText('乙');
    await eventually(() => textOf(chapter.id)).toContain('乙甲');
  });

  test('[OU14] what was written offline arrives after the deletion, also when the page was closed meanwhile', async () => {
    const [writing, trashing] = [await openReport(editor), await openReport(owner)];
    const [chapter, second] = inside(parts()[0]) as [OutlineNode, OutlineNode];
    await row(writing, chapter).click();
    await writeAt(writing, chapter.id, '在线');
    await eventually(() => textOf(chapter.id)).toContain('在线');
    await writing.context().setOffline(true);
    await writing.locator('[data-save="offline"]').first().waitFor();
    await writing.keyboard.insertText('，断网时写的');
    await eventually(() => keptUnsent(writing)).toBeGreaterThan(0);
    await row(trashing, chapter).focus();
    await trashing.keyboard.press('Delete');
    await row(trashing, chapter).waitFor({ state: 'detached' });
    await writing.context().setOffline(false);
    await writing.locator('.trash-note').waitFor();
    await eventually(() => trash(trashing).locator('summary').textContent()).toContain('1 处删除后又有改动');

    // Closed with unsent words: the next visit sends them into the trash.
    await row(writing, second).click();
    await writeAt(writing, second.id, '关页前');
    await eventually(() => textOf(second.id)).toContain('关页前');
    await writing.context().setOffline(true);
    await writing.locator('[data-save="offline"]').first().waitFor();
    await writing.keyboard.insertText('又写的');
    await eventually(() => keptUnsent(writing)).toBeGreaterThan(0);
    const context = writing.context();
    await writing.close({ runBeforeUnload: false });
    await row(trashing, second).focus();
    await trashing.keyboard.press('Delete');
    await row(trashing, second).waitFor({ state: 'detached' });
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`/r/${report}`);
    await eventually(() => trash(trashing).locator('summary').textContent()).toContain('2 处删除后又有改动');
    for (const { id } of [chapter, second]) expect((await command(owner, { op: 'restore', node: id })).status).toBe(200);
    expect(await textOf(chapter.id)).toContain('在线，断网时写的');
    expect(await textOf(second.id)).toContain('关页前又写的');
  });

  test('[OU14] the trash and the form fit a phone', async () => {
    const chapter = inside(parts()[0])[0]!;
    await command(owner, { op: 'owner', node: inside(parts()[0])[1]!.id, was: null, owner: editor.account.id });
    await command(owner, { op: 'remove', node: chapter.id });
    const page = await house.window(owner, { width: 390, height: 844 });
    await page.goto(`/r/${report}`);
    await page.getByRole('button', { name: '打开大纲' }).click();
    await page.locator('.trash summary').click();
    await page.locator('.trash li').waitFor();
    await shot(page, 'outline-phone-zh-CN');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await axeComplaints(page)).toEqual([]);
  });
});
