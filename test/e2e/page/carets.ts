import type { Editor } from '@tiptap/core';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Puts the caret right behind `mark` in one chapter's live text. An editor that was just given the focus may put its own old selection
 * back a moment later; a person would click again, and so does this.
 */
export async function caretBehind(page: Page, chapter: Locator, mark: string): Promise<void> {
  const put = () =>
    chapter.evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = (node.textContent ?? '').indexOf(wanted);
        if (at < 0) continue;
        (element as HTMLElement).focus();
        document.getSelection()?.collapse(node, at + wanted.length);
        return;
      }
      throw new Error(`not on the page: ${wanted}`);
    }, mark);
  await put();
  // The editor hears of a caret a moment after the page has it: each look gives the last placing time to arrive.
  await expect
    .poll(
      async () => {
        const found = await behind(page, mark.length);
        if (found !== mark) await put();
        return found;
      },
      { timeout: 15_000, interval: 250 },
    )
    .toBe(mark);
}

/** The characters before the caret, as the editor knows it. */
const behind = (page: Page, length: number): Promise<string> =>
  page.evaluate((most) => {
    const { editor } = document.activeElement as HTMLElement & { readonly editor?: Editor };
    if (editor === undefined) return '';
    const { doc, selection } = editor.state;
    return doc.textBetween(Math.max(0, selection.head - most), selection.head);
  }, length);
