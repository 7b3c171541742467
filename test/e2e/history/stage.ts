import type { Editor } from '@tiptap/core';
import type { Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { HistoryPage } from '../../../shared/api/history.ts';
import type { ReportId } from '../../../shared/ids.ts';
import type { Person } from '../../support/test-server.ts';
import type { House, WindowOptions } from '../page/house.ts';

const PATIENCE = { timeout: 20_000, interval: 100 };
/** Waits until what is read is as expected. */
export const eventually = <Value>(read: () => Value | Promise<Value>): ReturnType<typeof expect.poll<Value>> => expect.poll(read, PATIENCE);

/** One report in a house, as the tests of the history look at it. */
export class Stage {
  readonly faults: string[] = [];
  readonly house: House;
  readonly report: ReportId;
  /** Who is asked for the report's head. */
  readonly owner: Person;

  constructor(house: House, report: ReportId, owner: Person) {
    this.house = house;
    this.report = report;
    this.owner = owner;
  }

  /** A page of the report in a window of its own; what breaks in it is noted. */
  async open(person: Person, path = '', options: WindowOptions = {}): Promise<Page> {
    const page = await this.house.window(person, options);
    page.on('pageerror', (error) => this.faults.push(`${person.account.name}: ${error.stack}`));
    await page.goto(`/r/${this.report}${path}`);
    return page;
  }

  async get<Value>(rest: string, person = this.owner): Promise<Value> {
    const answer = await this.house.server.request(person, 'GET', `/api/reports/${this.report}${rest}`);
    expect([rest, answer.status]).toEqual([rest, 200]);
    return (await answer.json()) as Value;
  }

  async head(): Promise<number> {
    return (await this.get<HistoryPage>('/history?limit=1')).head;
  }

  /** Does something that writes, and waits until the page says that an entry beyond the last one is saved. */
  async writing(page: Page, act: () => Promise<unknown>): Promise<void> {
    const before = await this.head();
    await act();
    await page.waitForFunction((seq) => {
      const said = document.querySelector<HTMLElement>('[data-save="saved"]')?.textContent ?? '';
      return Number(said.replaceAll(/\D/g, '')) > seq;
    }, before);
  }

  /** Puts words at the beginning of a chapter or passage, counted from 0. */
  async writeInto(page: Page, index: number, text: string): Promise<void> {
    await chapter(page, index).click();
    await toStart(page);
    await this.writing(page, () => page.keyboard.insertText(text));
  }
}

/** The live text of the n-th chapter or passage, counted from 0. */
export const chapter = (page: Page, index: number): Locator => page.locator('.chapter-body').nth(index).locator('.tiptap');

export const lines = (page: Page, index: number): Promise<string[]> => chapter(page, index).locator('.line-text').allTextContents();

/** Ctrl+Home, until the editor knows that the caret is at the beginning. */
export async function toStart(page: Page): Promise<void> {
  await vi.waitFor(async () => {
    await page.keyboard.press('Control+Home');
    const place = await page.evaluate(() => {
      const { editor } = document.activeElement as HTMLElement & { readonly editor?: Editor };
      return editor === undefined || !editor.state.selection.empty ? -1 : editor.state.selection.head;
    });
    expect(place).toBeLessThanOrEqual(2);
    expect(place).toBeGreaterThanOrEqual(0);
  }, PATIENCE);
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

/** Words of a chapter's first paragraph that stand in one piece. */
export const wordsOf = (page: Page, index: number, from: number, length: number): Promise<string> =>
  chapter(page, index)
    .locator('.line-text')
    .first()
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

/** Somebody looks at another window: what stands here is before nobody's eyes. */
export async function lookAway(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.hasFocus = () => false;
  });
}

export async function lookHere(page: Page): Promise<void> {
  await page.evaluate(() => Reflect.deleteProperty(document, 'hasFocus'));
}
