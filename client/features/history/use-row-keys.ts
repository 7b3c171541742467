import type { KeyboardEvent } from 'react';
import { isComposing } from '../../ui/keys.ts';

/** Keys of the timeline: up and down from row to row, Home and End, and the space bar ticks the row one stands on. Enter opens it: it is a link. */
export function onRowKey(event: KeyboardEvent<HTMLElement>): void {
  if (isComposing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-row]') : null;
  if (row === null) return;
  const isLink = event.target instanceof HTMLAnchorElement;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(row);
  const next = { ArrowDown: rows[at + 1], ArrowUp: rows[at - 1], Home: rows[0], End: rows.at(-1) }[event.key];
  if (event.key === ' ' && isLink) row.querySelector<HTMLElement>('[role="checkbox"]')?.click();
  else if (next !== undefined) next.querySelector<HTMLElement>('a')?.focus();
  else return;
  event.preventDefault();
}
