import type { Editor } from '@tiptap/core';
import type { Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { HistoryPage } from '../../../shared/api/history.ts';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import type { House } from '../page/house.ts';

export const PATIENCE = { timeout: 20_000, interval: 100 };

/** The live text of the n-th chapter or passage, counted from 0. */
export const chapter = (page: Page, index: number): Locator => page.locator('.chapter-body').nth(index).locator('.tiptap');
export const lines = (page: Page, index: number): Promise<string[]> => chapter(page, index).locator('.line-text').allTextContents();

/** The report's last entry. */
export async function headOf(house: House, person: Person, report: ReportId): Promise<Seq> {
  const answer = await house.server.request(person, 'GET', `/api/reports/${report}/history?limit=1`);
  return ((await answer.json()) as HistoryPage).head;
}

/** Does something that writes, and waits until the page says that an entry beyond `before` is saved. */
export async function writing(page: Page, before: Seq, act: () => Promise<unknown>): Promise<void> {
  await act();
  await page.waitForFunction((seq) => {
    const said = document.querySelector<HTMLElement>('[data-save="saved"]')?.textContent ?? '';
    return Number(said.replaceAll(/\D/g, '')) > seq;
  }, before);
}

/** Selects `words` in a chapter as a mouse would; with `at` = end, puts the caret behind them. */
export async function select(page: Page, index: number, words: string, at: 'all' | 'end' = 'all'): Promise<void> {
  await chapter(page, index).click();
  await chapter(page, index).evaluate(
    (element, { words, at }) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const begin = (node.textContent ?? '').indexOf(words);
        if (begin < 0) continue;
        document.getSelection()?.setBaseAndExtent(node, at === 'all' ? begin : begin + words.length, node, begin + words.length);
        return;
      }
      throw new Error(`not on the page: ${words}`);
    },
    { words, at },
  );
  await vi.waitFor(async () => expect(await chosen(page)).toBe(at === 'all' ? words : ''), PATIENCE);
}

/** What the editor with the caret holds selected: it hears of a selection a moment after the page has it. */
const chosen = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const { editor } = document.activeElement as HTMLElement & { readonly editor?: Editor };
    if (editor === undefined) return null;
    const { doc, selection } = editor.state;
    return doc.textBetween(selection.from, selection.to);
  });

/** Ctrl+End, until the editor knows that the caret is at the end of its chapter. */
export async function toEnd(page: Page, index: number): Promise<void> {
  await chapter(page, index).click();
  await vi.waitFor(async () => {
    await page.keyboard.press('Control+End');
    const isAtEnd = await page.evaluate(() => {
      const { editor } = document.activeElement as HTMLElement & { readonly editor?: Editor };
      return editor !== undefined && editor.state.selection.head === editor.state.doc.content.size - 1;
    });
    expect(isAtEnd).toBe(true);
  }, PATIENCE);
}

/** Words of a chapter's n-th line that stand in one piece. */
export const wordsOf = (page: Page, index: number, from: number, length: number, line = 0): Promise<string> =>
  chapter(page, index)
    .locator('.line-text')
    .nth(line)
    .evaluate(
      (element, { from, length }) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const text = node.textContent ?? '';
          if (text.length >= from + length) return text.slice(from, from + length);
        }
        throw new Error('no words of that length');
      },
      { from, length },
    );
