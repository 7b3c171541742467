import type { Node as PMNode } from '@tiptap/pm/model';
import type { Step } from '@tiptap/pm/transform';
import { AddMarkStep, AttrStep, Mapping, RemoveMarkStep } from '@tiptap/pm/transform';

/** A range of the old document and what stands in its place in the new one. */
export interface ChangedRange {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/**
 * What a row of steps changed, as disjoint ascending ranges; outside of them the two documents are equal. Exact, unlike a comparison of
 * the documents: typing an `a` inside `aaa` gives the place where it was typed.
 */
export function changedRanges(before: PMNode, steps: readonly Step[], after: PMNode): ChangedRange[] {
  const maps = steps.map((step) => step.getMap());
  const spans: { from: number; to: number }[] = [];
  steps.forEach((step, index) => {
    const rest = new Mapping(maps.slice(index + 1));
    const add = (from: number, to: number) => spans.push({ from: rest.map(from, -1), to: rest.map(to, 1) });
    maps[index]!.forEach((_oldFrom, _oldTo, newFrom, newTo) => {
      add(newFrom, newTo);
    });
    if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) add(step.from, step.to);
    if (step instanceof AttrStep) add(step.pos, step.pos + 1);
  });
  spans.sort((one, other) => one.from - other.from || one.to - other.to);
  const merged: { from: number; to: number }[] = [];
  for (const span of spans) {
    const last = merged[merged.length - 1];
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  const back = new Mapping([...maps].reverse().map((map) => map.invert()));
  const ranges = merged.map(({ from, to }) => ({ oldFrom: back.map(from, -1), oldTo: back.map(to, 1), newFrom: from, newTo: to }));
  return ranges.length === 0 || areConsistent(ranges, before, after) ? ranges : [wholeDifference(before, after)];
}

/** Ascending, disjoint, and the unchanged stretches between them equally long on both sides. */
function areConsistent(ranges: readonly ChangedRange[], before: PMNode, after: PMNode): boolean {
  let oldAt = 0;
  let newAt = 0;
  for (const range of ranges) {
    if (range.oldFrom < oldAt || range.oldTo < range.oldFrom || range.oldFrom - oldAt !== range.newFrom - newAt) return false;
    oldAt = range.oldTo;
    newAt = range.newTo;
  }
  return before.content.size - oldAt === after.content.size - newAt;
}

function wholeDifference(before: PMNode, after: PMNode): ChangedRange {
  const from = before.content.findDiffStart(after.content) ?? 0;
  const end = before.content.findDiffEnd(after.content) ?? { a: from, b: from };
  const overlap = Math.max(0, from - Math.min(end.a, end.b));
  return { oldFrom: from, oldTo: end.a + overlap, newFrom: from, newTo: end.b + overlap };
}
