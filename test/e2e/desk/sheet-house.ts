import type { Editor } from '@tiptap/core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Role } from '../../../shared/access/can.ts';
import type { ReportId } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import type { House } from '../page/house.ts';

export const PATIENCE = { timeout: 15_000, interval: 50 };
export const eventually = <Value>(read: () => Value | Promise<Value>): ReturnType<typeof expect.poll<Value>> => expect.poll(read, PATIENCE);

/** A report of one part with this many chapters, each some screens long, so that the last are not open at first. */
export function longText(chapters: number, lines = 14): string {
  const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
  return [
    '青石镇关于防汛工作情况的报告',
    '一、主要工作',
    ...Array.from({ length: chapters }, (_, chapter) => [
      `（${numerals[chapter]}）第${chapter + 1}项工作`,
      ...Array.from(
        { length: lines },
        (_line, at) => `第${chapter + 1}章第${at + 1}段，物资入库登记，专人看管，随时可以调用，开展演练**场，确保汛期万无一失。`,
      ),
    ]).flat(),
  ].join('\n');
}

export async function imported(house: House, owner: Person, text: string): Promise<ReportId> {
  return ((await (await house.server.request(owner, 'POST', '/api/import', { text })).json()) as { id: ReportId }).id;
}

export async function join(house: House, owner: Person, report: ReportId, person: Person, role: Role): Promise<void> {
  const answer = await house.server.request(owner, 'POST', `/api/reports/${report}/members`, { member: person.account.id, role });
  expect(answer.status).toBeLessThan(300);
}

export async function openSheet(
  house: House,
  person: Person,
  report: ReportId,
  options: { readonly language?: 'zh-CN' | 'en-US'; readonly width?: number; readonly dark?: boolean } = {},
): Promise<Page> {
  const page = await house.window(person, options);
  page.on('pageerror', (error) => expect.fail(String(error.stack)));
  await page.goto(`/r/${report}`);
  await page.locator('.tiptap').first().waitFor();
  return page;
}

export const textOf = async (house: House, person: Person, report: ReportId): Promise<string> =>
  (await house.server.request(person, 'GET', `/api/reports/${report}/text`)).text();

/** Chapters in the order of the paper. */
export const chaptersOf = (page: Page): Promise<string[]> =>
  page.locator('.chapter-body').evaluateAll((bodies) => bodies.map((body) => body.getAttribute('data-chapter') ?? ''));

export const editorOf = (page: Page, chapter: string) => page.locator(`[data-chapter="${chapter}"] .tiptap`);

/** Puts the caret at the end of a chapter's first line, as a person does: by a click and a key. */
export async function caretInto(page: Page, chapter: string): Promise<void> {
  await page.locator(`[data-row="${chapter}"]`).click();
  await editorOf(page, chapter).waitFor();
  await eventually(() =>
    page.evaluate((id) => document.activeElement?.closest('[data-chapter]')?.getAttribute('data-chapter') === id, chapter),
  ).toBe(true);
  // An editor that was given the focus this very moment may put its old selection back; a person would press the key again.
  await eventually(async () => {
    await page.keyboard.press('End');
    return page.evaluate(() => {
      const { editor } = document.activeElement as HTMLElement & { readonly editor?: Editor };
      const head = editor?.state.selection.$head;
      return head !== undefined && (head.parentOffset > 0 || head.parent.content.size === 0);
    });
  }).toBe(true);
}

/** Is an element of the page inside the visible part of the paper's pane? */
export const isInPane = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    const pane = document.querySelector('[data-scroll]')?.getBoundingClientRect();
    const box = document.querySelector(wanted)?.getBoundingClientRect();
    return pane !== undefined && box !== undefined && box.top >= pane.top && box.bottom <= pane.bottom;
  }, selector);

/** Where the focus stands: the chapter's id, or null. */
export const chapterWithFocus = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest('[data-chapter]')?.getAttribute('data-chapter') ?? null);

/** Is the caret's line inside the visible part of the paper's pane? */
export const caretIsInPane = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const pane = document.querySelector('[data-scroll]')?.getBoundingClientRect();
    const node = getSelection()?.focusNode;
    const element = node instanceof Element ? node : node?.parentElement;
    const box = element?.closest('.line')?.getBoundingClientRect();
    return pane !== undefined && box !== undefined && box.bottom > pane.top && box.top < pane.bottom;
  });
