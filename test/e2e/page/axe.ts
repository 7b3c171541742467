import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with the page as it stands, a line each: the rule, and where. Rules of WCAG 2.2 A and AA. */
export async function axeComplaints(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // set by the script above
    const { axe: here } = window as unknown as { readonly axe: typeof axe };
    const { violations } = await here.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    // A menu stands over the page for as long as it is open and belongs to no landmark, as a dialog does, which axe exempts by itself.
    const isMenu = (place: string) => document.querySelector(`${place} > [role=menu]`) !== null;
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .filter((node) => id !== 'region' || !isMenu(node.target.join(' ')))
        .map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    );
  });
}
