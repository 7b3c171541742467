import type { Editor } from '@tiptap/core';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportId } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from './house.ts';
import { keptUnsent } from './kept-unsent.ts';

const PATIENCE = { timeout: 20_000, interval: 100 };
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);

let house: House;
let owner: Person;
let editor: Person;
let reader: Person;

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
  editor = await house.server.person('陆闻远');
  reader = await house.server.person('顾青禾');
}, 180_000);

afterAll(async () => {
  await house?.close();
});

const sample = (): Promise<ReportId> =>
  house.sample([
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ]);

interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'zh-CN' | 'en-US';
  readonly dark?: boolean;
}

/** A window with the report's first two chapters live. Anything that breaks in it fails the test. */
async function open(person: Person, report: ReportId, options: OpenOptions = {}): Promise<Page> {
  const page = await house.window(person, options);
  page.on('pageerror', (error) => expect.fail(`${person.account.name}: ${error.stack}`));
  await page.goto(`/r/${report}`);
  await chapter(page, 1).waitFor();
  return page;
}

/** The live text of the n-th chapter or passage, counted from 0. */
const chapter = (page: Page, index: number): Locator => page.locator('.chapter-body').nth(index).locator('.tiptap');
const save = (page: Page): Locator => page.locator('[data-save]');
const outlineRows = async (page: Page): Promise<string[]> =>
  (await page.locator('.oline-name').allTextContents()).map((text) => text.trim());

async function writeInto(page: Page, index: number, text: string): Promise<void> {
  await chapter(page, index).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText(text);
}

/** Which chapter holds the caret, counted from 0; −1 for none. */
const caretIn = (page: Page): Promise<number> =>
  page.evaluate(() => [...document.querySelectorAll('.chapter-body')].findIndex((body) => body.contains(document.activeElement)));

/** Ctrl+Home or Ctrl+End, until the editor knows that the caret is there: it hears of it a moment after the key. */
async function toEdge(page: Page, edge: 'Home' | 'End'): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press(`Control+${edge}`);
    const [head, last] = await page.evaluate(() => {
      const { state } = (document.activeElement as HTMLElement & { readonly editor: Editor }).editor;
      return [state.selection.head, state.doc.content.size - 1];
    });
    return head === (edge === 'Home' ? 1 : last);
  }).toBe(true);
}

describe('writing together', () => {
  test('what one writes the other sees, with a face in the chapter, a caret with a name, and the author at the caret', async () => {
    const report = await sample();
    const [mine, theirs] = [await open(owner, report), await open(editor, report)];
    await writeInto(theirs, 1, '陆的话，');
    await eventually(() => chapter(mine, 1).textContent()).toContain('陆的话，');
    await eventually(() => save(theirs).getAttribute('data-save')).toBe('saved');
    await mine.locator('.oline').nth(2).getByRole('button', { name: '去看陆闻远的光标' }).waitFor();
    await chapter(mine, 1).locator('.others-caret[data-name="陆闻远"]').waitFor({ state: 'attached' });
    await mine.getByRole('button', { name: '陆闻远，在（一）' }).first().waitFor();

    await chapter(mine, 1).click();
    await mine.keyboard.press('Control+Home');
    await mine.keyboard.press('ArrowRight');
    const author = mine.getByRole('region', { name: '作者' });
    await eventually(() => author.textContent()).toContain('陆闻远');
    await eventually(() => author.textContent()).toMatch(/第 \d+ 笔/);
    await mine.keyboard.press('Control+End');
    await eventually(() => author.textContent()).toContain('示例文字');
    await shot(mine, 'workspace-zh-CN');
  });

  test('the caret walks with the arrow keys from chapter to chapter, also into one that was not open', async () => {
    const page = await open(owner, await sample());
    const count = await page.locator('.chapter-body').count();
    await chapter(page, 0).click();
    for (let index = 0; index < count - 1; index += 1) {
      await toEdge(page, 'End');
      await page.keyboard.press('ArrowDown');
      await eventually(() => caretIn(page)).toBe(index + 1);
    }
    await toEdge(page, 'Home');
    await page.keyboard.press('ArrowUp');
    await eventually(() => caretIn(page)).toBe(count - 2);
  });

  test('only chapters near the window are open, and the others keep their room', async () => {
    const page = await open(owner, await sample(), { height: 500 });
    const last = page.locator('.chapter-body').last();
    expect(await last.locator('.tiptap').count()).toBe(0);
    expect(await last.evaluate((body) => body.getBoundingClientRect().height)).toBeGreaterThan(30);
    await page.locator('.oline-go').last().click();
    await last.locator('.tiptap').waitFor();
    await eventually(() => last.evaluate((body) => body.getBoundingClientRect().top < innerHeight)).toBe(true);
  });

  test('the toolbar acts on the chapter with the caret and gives its state; the keys are heard too', async () => {
    const page = await open(owner, await sample());
    const bold = page.getByRole('button', { name: '加粗' });
    expect(await bold.getAttribute('aria-disabled')).toBe('true');
    await writeInto(page, 1, '要点');
    await page.keyboard.press('Shift+ArrowLeft');
    await bold.click();
    await eventually(() => bold.getAttribute('aria-pressed')).toBe('true');
    await eventually(() => chapter(page, 1).locator('strong').textContent()).toBe('点');
    // The words are still selected, and nothing stands in the tools' way.
    expect(await page.locator('.selection-bubble').count()).toBe(0);
    await page.getByRole('button', { name: '撤销自己的上一步' }).click();
    await eventually(() => chapter(page, 1).locator('strong').count()).toBe(0);
    await page.keyboard.press('Control+s');
    await page.getByText('不用按保存').waitFor();
  });

  test('a reader reads: no text can be written, and the reason stands beside the title and the tools', async () => {
    const page = await open(reader, await sample());
    expect(await save(page).textContent()).toContain('您的角色是「阅读」');
    expect(await chapter(page, 1).getAttribute('contenteditable')).toBe('false');
    expect(await page.getByRole('textbox', { name: /^标题/ }).first().getAttribute('aria-readonly')).toBe('true');
    expect(await page.getByRole('button', { name: '添加' }).getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('.oline-more').count()).toBe(0);
    await shot(page, 'workspace-reader');
  });
});

describe('the outline', () => {
  test('a heading is edited where it stands; the other window, outline and numbers follow', async () => {
    const report = await sample();
    const [mine, theirs] = [await open(owner, report), await open(editor, report)];
    const heading = mine.locator('.sheet-heading .oneline').first();
    await heading.fill('精简流程');
    await heading.press('Enter');
    await eventually(() => caretIn(mine)).toBe(1);
    await eventually(() => theirs.locator('.sheet-heading').first().textContent()).toBe('（一）精简流程');
    await eventually(async () => (await outlineRows(theirs))[2]).toBe('（一）精简流程');
  });

  test('when two change one heading, the later sees both values and chooses', async () => {
    const report = await sample();
    const [mine, theirs] = [await open(owner, report), await open(editor, report)];
    const [first, second] = [mine.locator('.sheet-part .oneline').first(), theirs.locator('.sheet-part .oneline').first()];
    await second.focus();
    await second.fill('乙的标题');
    await first.fill('甲的标题');
    await first.press('Enter');
    await eventually(async () => (await outlineRows(theirs))[1]).toBe('一、甲的标题');
    await second.press('Enter');
    const clash = theirs.getByRole('alert').filter({ hasText: '甲的标题' });
    await clash.waitFor();
    expect(await clash.textContent()).toContain('乙的标题');
    await shot(theirs, 'heading-clash');
    await clash.getByRole('button', { name: '用我的' }).click();
    await eventually(async () => (await outlineRows(mine))[1]).toBe('一、乙的标题');
    await eventually(() => clash.count()).toBe(0);
  });

  test('add, name, move by keys, take out, put back', async () => {
    const page = await open(owner, await sample());
    const before = await outlineRows(page);
    await page.locator('.oline-go').nth(2).focus();
    await page.getByRole('button', { name: '添加', exact: true }).click();
    await page.getByRole('menuitem', { name: '章', exact: true }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe('新的一章');
    await page.keyboard.insertText('加出来的一章');
    await page.keyboard.press('Enter');
    await eventually(async () => (await outlineRows(page))[3]).toBe('（二）加出来的一章');

    await page.locator('.oline-go').nth(3).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await eventually(async () => (await outlineRows(page))[2]).toBe('（一）加出来的一章');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toContain('加出来的一章');
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: '章节标题' }).fill('改了名的一章');
    await page.keyboard.press('Enter');
    await eventually(async () => (await outlineRows(page))[2]).toBe('（一）改了名的一章');

    await page.locator('.oline-go').nth(2).focus();
    await page.keyboard.press('Delete');
    await eventually(() => outlineRows(page)).toEqual(before);
    await page.getByRole('status').getByRole('button', { name: '撤销' }).click();
    await eventually(async () => (await outlineRows(page))[2]).toBe('（一）改了名的一章');
    await page.locator('.oline-go').nth(2).focus();
    await page.keyboard.press('Delete');
    await eventually(() => outlineRows(page)).toEqual(before);
    await page.locator('.trash summary').click();
    await page.getByRole('button', { name: /^恢复 / }).click();
    await eventually(async () => (await outlineRows(page))[2]).toBe('（一）改了名的一章');
  });
});

describe('offline', () => {
  test('[UI6] typing goes on with a count, leaving asks, the next visit sends it, and the merge is told', async () => {
    const report = await sample();
    const [mine, theirs] = [await open(owner, report), await open(editor, report)];
    await writeInto(mine, 1, '先写的，');
    await eventually(() => chapter(theirs, 1).textContent()).toContain('先写的，');
    await eventually(() => keptUnsent(mine)).toBe(0);
    await mine.context().setOffline(true);
    await eventually(() => save(mine).getAttribute('data-save')).toBe('offline');
    await mine.keyboard.insertText('断网时写的');
    await eventually(() => mine.locator('.bars').textContent()).toContain('离线，1 笔未保存。');
    await eventually(() => mine.locator('.bars').textContent()).toContain('可以继续写，已存在本机；连上后自动合并。');
    await shot(mine, 'offline-zh-CN');
    await mine.context().setOffline(false);
    await eventually(() => mine.locator('.bars').textContent()).toContain('已连上，您的 1 笔');
    await eventually(() => chapter(theirs, 1).textContent()).toContain('断网时写的');
    await eventually(() => keptUnsent(mine)).toBe(0);

    await mine.context().setOffline(true);
    await eventually(() => save(mine).getAttribute('data-save')).toBe('offline');
    await mine.keyboard.insertText('，关页前写的');
    await eventually(() => mine.locator('.bars').textContent()).toContain('离线，1 笔未保存。');
    await eventually(() => keptUnsent(mine)).toBe(1);
    const asked = new Promise<string>((resolve) => {
      mine.once('dialog', (dialog) => {
        resolve(dialog.type());
        void dialog.accept();
      });
    });
    await mine.close({ runBeforeUnload: true });
    expect(await asked).toBe('beforeunload');
    await eventually(() => mine.isClosed()).toBe(true);
    await mine.context().setOffline(false);
    const again = await mine.context().newPage();
    await again.goto(`/r/${report}`);
    await eventually(() => chapter(again, 1).textContent()).toContain('关页前写的');
    await eventually(() => chapter(theirs, 1).textContent()).toContain('关页前写的');
  }, 90_000);
});

describe('refused', () => {
  test('what came too late after a lost right is kept, told with its length, listed and copied', async () => {
    const report = await sample();
    const [mine, theirs] = [await open(owner, report), await open(editor, report)];
    await writeInto(theirs, 1, '在前，');
    await eventually(() => chapter(mine, 1).textContent()).toContain('在前，');
    await eventually(() => keptUnsent(theirs)).toBe(0);
    await theirs.context().setOffline(true);
    await eventually(() => save(theirs).getAttribute('data-save')).toBe('offline');
    await theirs.keyboard.insertText('来不及的话');
    await eventually(() => theirs.locator('.bars').textContent()).toContain('离线，1 笔未保存。');

    await mine.getByRole('button', { name: /^成员/ }).click();
    await mine.getByLabel('陆闻远的角色').selectOption('reader');
    await eventually(() =>
      house.server.app.reports.list(editor.account.id).then((list) => list.find(({ id }) => id === report)?.role),
    ).toBe('reader');

    await theirs.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await theirs.context().setOffline(false);
    const bar = theirs.getByRole('alert').filter({ hasText: '有 5 字没有存入' });
    await bar.waitFor();
    await shot(theirs, 'refused-zh-CN');
    await bar.getByRole('button', { name: '复制我的文字' }).click();
    await eventually(() => theirs.evaluate(() => navigator.clipboard.readText())).toBe('来不及的话');
    await bar.getByRole('button', { name: '查看留存' }).click();
    await eventually(() => bar.count()).toBe(0);
    const kept = theirs.getByRole('region', { name: '留存的文字' });
    await eventually(() => kept.textContent()).toContain('来不及的话');
    await eventually(() => chapter(theirs, 1).textContent()).not.toContain('来不及的话');
    await theirs.reload();
    await eventually(() => kept.textContent()).toContain('来不及的话');
    await kept.getByRole('button', { name: '丢弃' }).click();
    await kept.getByRole('button', { name: '没复制也丢弃' }).click();
    await eventually(() => kept.count()).toBe(0);
    expect(await chapter(mine, 1).textContent()).not.toContain('来不及的话');
  }, 90_000);
});

describe('signing in', () => {
  test('[UI7] a one-time link is used by a press, not by being opened, and once', async () => {
    const page = await open(owner, await sample());
    await page.getByRole('button', { name: /^成员/ }).click();
    await page.getByLabel('姓名').fill('贺清漪');
    await page.getByRole('button', { name: '加入并生成链接' }).click();
    const link = await page.getByLabel('贺清漪的登录链接，只能用一次').inputValue();
    await shot(page, 'members-zh-CN');

    const guest = await house.window(null);
    await guest.goto(link);
    await guest.reload();
    await guest.getByRole('button', { name: '进入公笔' }).click();
    await guest.getByRole('button', { name: '以后再说' }).click();
    await guest.getByRole('link', { name: '澄湖' }).first().waitFor();

    const late = await house.window(null);
    await late.goto(link);
    await late.getByRole('button', { name: '进入公笔' }).click();
    await late.getByRole('heading', { name: '这个链接已经用过了' }).waitFor();
  });

  test('whoever is not signed in is told how to get in; an unknown page says so', async () => {
    const nobody = await house.window(null);
    await nobody.goto('/');
    await nobody.getByRole('heading', { name: '登录公笔' }).waitFor();
    const page = await house.window(owner);
    await page.goto('/no/such/page');
    await page.getByRole('heading', { name: '没有这一页' }).waitFor();
  });

  test('[UI4] the language follows the browser, can be changed, and stays', async () => {
    const page = await house.window(owner, { language: 'en-US' });
    await page.goto('/');
    await page.getByRole('heading', { name: 'Reports' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '报告', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '报告', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  });
});

describe('importing', () => {
  const TEXT = '关于防汛工作的报告\n现将有关情况报告如下。\n一、主要工作\n（一）排查隐患\n巡查堤段**处。\n（二）备足物资。储备沙袋**条。\n';

  test('nothing is created before the last step; then the report opens with what was shown', async () => {
    const page = await house.window(owner);
    const before = (await house.server.app.reports.list(owner.account.id)).length;
    await page.goto('/import');
    await page.locator('input[type=file]').setInputFiles({ name: '防汛.txt', mimeType: 'text/plain', buffer: Buffer.from(TEXT) });
    await page.getByText('1 部分、2 章').waitFor();
    await page.getByText('标题、各级标题和正文按次序相接，与原文一致').waitFor();
    await page.getByRole('button', { name: /备足物资/ }).click();
    expect(await page.locator('.source .sel').textContent()).toContain('储备沙袋');
    await shot(page, 'import-zh-CN');
    expect((await house.server.app.reports.list(owner.account.id)).length).toBe(before);
    await page.getByRole('button', { name: '创建报告' }).click();
    await eventually(() => outlineRows(page)).toEqual(['导语', '一、主要工作', '（一）排查隐患', '（二）备足物资']);
    await eventually(() => page.locator('.sheet-node.run-in').textContent()).toContain('（二）备足物资。');
    await eventually(() => chapter(page, 2).textContent()).toBe('储备沙袋**条。');
    const [heading, text] = await page.locator('.sheet-node.run-in').evaluate((node) => {
      const top = (selector: string) => node.querySelector(selector)?.getBoundingClientRect().top ?? Number.NaN;
      return [top('.sheet-heading'), top('.line-text')];
    });
    expect(text).toBeCloseTo(heading ?? Number.NaN, 0);
  });

  test('pasted text goes the same way; what cannot be read is said with a way on', async () => {
    const page = await house.window(owner);
    await page.goto('/import');
    await page.getByLabel('或者把文字粘贴在这里').fill(TEXT);
    await page.getByRole('button', { name: '核对粘贴的文字' }).click();
    await page.getByText('1 部分、2 章').waitFor();
    await page.getByRole('button', { name: '换一份' }).click();
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1]);
    await page.locator('input[type=file]').setInputFiles({ name: '图片.png', mimeType: 'image/png', buffer: png });
    await page.getByText('这不是纯文本文件').waitFor();
    await page.getByRole('button', { name: '换一份或粘贴文字' }).click();
    await page.locator('input[type=file]').setInputFiles({ name: '空.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
    await page.getByText('里面没有文字').waitFor();
  });
});

describe('on every screen', () => {
  const SIZES = [
    { width: 1440, height: 900 },
    { width: 1200, height: 800 },
    { width: 1000, height: 800 },
    { width: 390, height: 844 },
  ];

  test.each(['zh-CN', 'en-US'] as const)(
    '[UI8] everything that can be operated has a name, and nothing runs out of the window (%s)',
    async (language) => {
      const page = await open(owner, await sample(), { language });
      const look = async (name: string) => {
        for (const size of SIZES) {
          await page.setViewportSize(size);
          await shot(page, `${name}-${language}-${size.width}`);
          expect(await nameless(page), `${name} at ${size.width}`).toEqual([]);
          await eventually(() => overflow(page)).toBe(0);
        }
      };
      await look('workspace');
      await page.goto('/');
      await page.locator('.rep-title').first().waitFor();
      await look('home');
      await page.goto('/import');
      await page.locator('#main').waitFor();
      await look('import-choose');
    },
  );

  test('on a phone outline and panel come when they are called and go with a touch beside them', async () => {
    const page = await open(owner, await sample(), { width: 390, height: 844 });
    const outline = page.getByRole('navigation', { name: '大纲' });
    expect(await outline.isVisible()).toBe(false);
    await page.getByRole('button', { name: '打开大纲' }).click();
    await outline.waitFor();
    await page.locator('.oline-go').nth(4).click();
    await eventually(() => outline.isVisible()).toBe(false);
    await page.getByRole('button', { name: '打开侧栏' }).click();
    const panel = page.getByRole('complementary', { name: '侧栏' });
    await panel.waitFor();
    await page.locator('.drawer-veil').click({ position: { x: 195, y: 100 } });
    await eventually(() => panel.isVisible()).toBe(false);
  });

  test('dark is a choice and follows the system', async () => {
    const page = await open(owner, await sample(), { dark: true });
    const paper = () => page.locator('.sheet').evaluate((sheet) => getComputedStyle(sheet).backgroundColor);
    expect(await paper()).toBe('rgb(38, 36, 33)');
    await page.getByRole('button', { name: '沈知微的菜单' }).click();
    await page.getByRole('menuitemradio', { name: '浅色' }).click();
    await eventually(paper).toBe('rgb(255, 255, 255)');
  });
});

/** Controls that a screen reader could only call "button". */
async function nameless(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  const operable = new Set(['button', 'link', 'textbox', 'combobox', 'menuitem', 'checkbox', 'radio', 'navigation', 'complementary']);
  return nodes
    .filter((node) => !node.ignored && operable.has(String(node.role?.value)) && String(node.name?.value ?? '').trim() === '')
    .map((node) => `${String(node.role?.value)} #${node.backendDOMNodeId}`);
}

/** How far the page can be scrolled sideways, px. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const pane = document.querySelector('[data-scroll]');
    return Math.max(document.documentElement.scrollWidth - innerWidth, pane === null ? 0 : pane.scrollWidth - pane.clientWidth);
  });
}
