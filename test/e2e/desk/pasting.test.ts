import type { Editor } from '@tiptap/core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import { caretInto, chaptersOf, editorOf, eventually, imported, openSheet, textOf } from './sheet-house.ts';

let house: House;
let owner: Person;
const TEXT = '甲报告\n一、总体\n（一）第一章\n原有一段。\n（二）第二章\n另有一段。';

beforeAll(async () => {
  house = await openHouse();
  owner = await house.server.person('沈知微', true);
}, 180_000);
afterAll(async () => {
  await house?.close();
  expect(house.server.troubles).toEqual([]);
});

/** Puts both forms on the browser's real clipboard, as another program does. */
async function clipboard(page: Page, html: string, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(
    async ([rich, plain]) => {
      // Chromium cleans HTML that a page writes; a program's own is told by a paste event below.
      await navigator.clipboard.write([
        new ClipboardItem({
          'text/html': new Blob([rich], { type: 'text/html' }),
          'text/plain': new Blob([plain], { type: 'text/plain' }),
        }),
      ]);
    },
    [html, text] as const,
  );
}

/** A paste of exactly this, with the marks and comments that only a program's own clipboard has. */
async function paste(page: Page, html: string, text = ''): Promise<void> {
  await page.evaluate(
    ([rich, plain]) => {
      const data = new DataTransfer();
      data.setData('text/html', rich);
      data.setData('text/plain', plain);
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    },
    [html, text] as const,
  );
}

/** Each line of a chapter as `kind: text`. */
const linesOf = (page: Page, chapter: string): Promise<string[]> =>
  editorOf(page, chapter)
    .locator('.line')
    .evaluateAll((lines) =>
      lines.map((line) => {
        const kind = /line-(\w+)/.exec(line.className)?.[1];
        const depth = line.getAttribute('data-list');
        return `${kind === 'listLine' ? `${depth}:${line.getAttribute('data-indent')}` : kind}: ${line.querySelector('.line-text')?.textContent}`;
      }),
    );

async function atEndOfFirst(page: Page): Promise<string> {
  const [first = ''] = await chaptersOf(page);
  await caretInto(page, first);
  await page.keyboard.press('Enter');
  return first;
}

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-unhide:no;} --></style></head><body lang=ZH-CN><!--StartFragment-->
<p class=MsoNormal style='text-align:justify;text-indent:32.0pt'><span style='font-family:仿宋_GB2312'>　　全年演练<del cite="mailto:w" datetime="2025-11-03T09:20">3</del><ins cite="mailto:w" datetime="2025-11-03T09:20">5</ins>次。<o:p></o:p></span></p>
<p class=MsoListParagraph style='margin-left:21.0pt;text-indent:-21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>排查隐患<o:p></o:p></p>
<p class=MsoListParagraph style='margin-left:42.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span>&nbsp;</span></span></span><![endif]>山塘<span class=MsoCommentReference><![if !supportAnnotations]><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[王1]</a><![endif]></span></p>
<p class=MsoNormal><img width=100 height=80 src="file:///C:/clip_image001.png">见图。</p><!--EndFragment--></body></html>`;

test('[PS1][PS2][PS3][PS4] a piece of Word comes in as its words and lists; what stays behind is said, in both languages', async () => {
  for (const [language, pictures, notes] of [
    ['zh-CN', '有 1 幅图片没有贴入', '有 1 条批注没有贴入'],
    ['en-US', '1 picture was not pasted', '1 comment was not pasted'],
  ] as const) {
    const id = await imported(house, owner, TEXT);
    const page = await openSheet(house, owner, id, { language });
    const first = await atEndOfFirst(page);
    await paste(page, WORD, '全年演练5次。');
    await eventually(() => linesOf(page, first)).toEqual([
      'paragraph: 原有一段。',
      'paragraph: 全年演练5次。',
      'ordered:0: 排查隐患',
      'bullet:1: 山塘',
      'paragraph: 见图。',
    ]);
    await page.getByText(pictures).waitFor();
    await page.getByText(notes).waitFor();
    await shot(page, `desk-paste-word-${language}`);
    await eventually(() => textOf(house, owner, id)).toContain('全年演练5次。\n排查隐患\n山塘\n见图。');
  }
}, 120_000);

test('[PS5][PS6] a web page and a plain text by the real keys', async () => {
  const id = await imported(house, owner, TEXT);
  const page = await openSheet(house, owner, id);
  const first = await atEndOfFirst(page);
  await clipboard(
    page,
    '<div style="font-size:16px"><div>　　<span style="font-weight:700">要点</span>一\u200b。<br>　　要点二。</div><table><tr><td>项目</td><td>完成</td></tr></table></div>',
    '要点',
  );
  await page.keyboard.press('Control+v');
  await eventually(() => linesOf(page, first)).toEqual([
    'paragraph: 原有一段。',
    'paragraph: 要点一。',
    'paragraph: 要点二。',
    'paragraph: 项目　完成',
  ]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Shift+v');
  await eventually(() => linesOf(page, first)).toContain('paragraph: 要点');
}, 120_000);

test('[PS4] a picture alone is not pasted and not shown in place of the report, and that is said', async () => {
  const id = await imported(house, owner, TEXT);
  const page = await openSheet(house, owner, id);
  const first = await atEndOfFirst(page);
  const before = page.url();
  for (const event of ['paste', 'drop'] as const) {
    const kept = await page.evaluate((kind) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(8)], '截图.png', { type: 'image/png' }));
      const given =
        kind === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(given);
      return given.defaultPrevented;
    }, event);
    expect(kept).toBe(true);
  }
  await eventually(() => page.getByText('有 1 幅图片没有贴入').count()).toBe(2);
  expect(page.url()).toBe(before);
  expect(await editorOf(page, first).locator('img').count()).toBe(0);
}, 120_000);

test('[PS7] what is copied in one chapter and pasted in another is the same, by the real keys', async () => {
  const id = await imported(house, owner, TEXT);
  const page = await openSheet(house, owner, id);
  const first = await atEndOfFirst(page);
  await paste(page, WORD);
  // The keys come faster than the editor hears of what they selected.
  await eventually(async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    return page.evaluate(() => (document.activeElement as HTMLElement & { readonly editor?: Editor }).editor?.state.selection.empty);
  }).toBe(false);
  await page.keyboard.press('Control+b');
  await eventually(() => editorOf(page, first).locator('strong').count()).toBe(1);
  const lines = await linesOf(page, first);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  const second = (await chaptersOf(page))[1] ?? '';
  await caretInto(page, second);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
  await eventually(() => linesOf(page, second)).toEqual(lines);
  expect(await editorOf(page, second).locator('strong').textContent()).toBe('见图。');
}, 120_000);
