import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** An input by the whole of its label. */
export const field = (page: Page, label: string): Locator =>
  page.locator('input, textarea, [role=textbox]').and(page.getByLabel(label, { exact: true }));

/** What is said beside a field that is marked as wrong: by its own description, so that it is read aloud with the field. */
export async function complaintOf(page: Page, input: string | Locator): Promise<string> {
  const wrong = typeof input === 'string' ? field(page, input) : input;
  await expect.poll(() => wrong.getAttribute('aria-invalid'), { timeout: 15_000, interval: 50 }).toBe('true');
  const ids = ((await wrong.getAttribute('aria-describedby')) ?? '').split(' ').filter(Boolean);
  const texts = await Promise.all(ids.map((id) => page.locator(`[id="${id}"]:visible:not(.cap)`).allTextContents()));
  return texts.flat().join('').trim();
}
