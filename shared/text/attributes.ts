import * as Y from 'yjs';
import type { Attributes } from './formats.ts';
import { applyFormat } from './formats.ts';

/** A stretch of a text under one set of format attributes. */
export interface AttributeRun {
  readonly from: number;
  readonly to: number;
  readonly attributes: Attributes;
}

/** The format attributes of [from, to), in runs. */
export function attributeRuns(text: Y.Text, from: number, to: number): AttributeRun[] {
  const runs: AttributeRun[] = [];
  const attributes = new Map<string, unknown>();
  let at = 0;
  let fresh = true;
  for (let item = text._start; item !== null && at < to; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) {
      applyFormat(attributes, item.content);
      fresh = true;
    } else if (item.countable) {
      const end = at + item.length;
      if (end > from) {
        const last = runs[runs.length - 1];
        const stop = Math.min(end, to);
        if (last === undefined || fresh) runs.push({ from: Math.max(at, from), to: stop, attributes: Object.fromEntries(attributes) });
        else runs[runs.length - 1] = { ...last, to: stop };
        fresh = false;
      }
      at = end;
    }
  }
  return runs;
}

/** The attributes on both sides of an index: of the unit before it (what typing there inherits) and of the unit behind it. */
export function attributesAt(text: Y.Text, index: number): { readonly left: Attributes; readonly right: Attributes } {
  const attributes = new Map<string, unknown>();
  let at = 0;
  let left: Attributes = {};
  let item = text._start;
  for (; item !== null && at < index; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) applyFormat(attributes, item.content);
    else if (item.countable) at += item.length;
  }
  left = Object.fromEntries(attributes);
  for (; item !== null && at <= index; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) applyFormat(attributes, item.content);
    else if (item.countable) break;
  }
  return { left, right: Object.fromEntries(attributes) };
}
