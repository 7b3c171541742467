import type { Node as PMNode } from '@tiptap/pm/model';
import type { Mapping, Step } from '@tiptap/pm/transform';
import { ReplaceStep, replaceStep, Transform } from '@tiptap/pm/transform';
import { changedRanges } from '../../../shared/text/changed-ranges.ts';
import { setMirror } from './private-view.ts';

/** A step together with the step that takes it back. */
export interface Change {
  readonly step: Step;
  readonly inverted: Step;
}

/** The steps of a transform, each with its inverse. */
export function changesOf(transform: Transform, from = 0): Change[] {
  return transform.steps.slice(from).map((step, index) => ({ step, inverted: step.invert(transform.docs[from + index]!) }));
}

/**
 * Takes `local` back, applies `over`, and does `local` again, mapped: the order in which everybody else sees the changes. Positions in
 * redone text are found again (mirrored maps), so a selection stays in it.
 *
 * A local deletion spares what `over` inserted inside its range: nobody has decided to delete words that they had not seen.
 * @param transform stands on the document that holds `local`; receives all steps
 * @returns what could be done again
 * @throws when a step of `over` does not fit the document without `local`
 */
export function rebase(transform: Transform, local: readonly Change[], over: readonly Step[]): Change[] {
  const start = transform.steps.length;
  for (let index = local.length - 1; index >= 0; index -= 1) transform.step(local[index]!.inverted);
  const undone = transform.steps.length;
  for (const step of over) transform.step(step);
  const settled = transform.steps.length;
  const result: Change[] = [];
  for (let index = 0, mirror = start + local.length; index < local.length; index += 1) {
    const mapping = transform.mapping.slice(mirror);
    mirror -= 1;
    const { step } = local[index]!;
    const first = transform.steps.length;
    const spared = step instanceof ReplaceStep && step.to > step.from ? insertedInside(transform, undone, settled, step, mapping) : [];
    if (spared.length > 0) {
      const redone = replaceAround(transform, step as ReplaceStep, mapping, spared);
      if (redone !== null) setMirror(transform.mapping, mirror, redone);
    } else {
      const mapped = step.map(mapping);
      if (mapped === null || transform.maybeStep(mapped).failed !== null) continue;
      setMirror(transform.mapping, mirror, transform.steps.length - 1);
    }
    result.push(...changesOf(transform, first));
  }
  return result;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Ranges with text that the steps [undone, settled) inserted strictly inside the range which `step` deletes, as they stand now. */
function insertedInside(transform: Transform, undone: number, settled: number, step: ReplaceStep, mapping: Mapping): Range[] {
  const from = mapping.map(step.from, 1);
  const to = mapping.map(step.to, -1);
  const ranges: Range[] = [];
  for (let index = undone; index < settled; index += 1) {
    const over = transform.steps[index]!;
    if (!(over instanceof ReplaceStep) || over.slice.size === 0) continue;
    const rest = transform.mapping.slice(index + 1);
    for (const range of surviving(rest, over.from, over.from + over.slice.size)) {
      const inside = { from: Math.max(from, range.from), to: Math.min(to, range.to) };
      if (inside.from < inside.to && hasInline(transform.doc, inside)) ranges.push(inside);
    }
  }
  ranges.sort((one, other) => one.from - other.from);
  const merged: Range[] = [];
  for (const range of ranges) {
    const last = merged[merged.length - 1];
    if (last !== undefined && range.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  return merged;
}

/** What is left of [from, to) after a mapping: runs of what was neither deleted nor parted. */
function surviving(mapping: Mapping, from: number, to: number): Range[] {
  const runs: Range[] = [];
  for (let at = from; at < to; at += 1) {
    const { pos, deletedAfter } = mapping.mapResult(at, 1);
    if (deletedAfter) continue;
    const last = runs[runs.length - 1];
    if (last !== undefined && last.to === pos) runs[runs.length - 1] = { from: last.from, to: pos + 1 };
    else runs.push({ from: pos, to: pos + 1 });
  }
  return runs;
}

function hasInline(doc: PMNode, { from, to }: Range): boolean {
  let found = false;
  doc.nodesBetween(from, to, (node) => {
    if (node.isInline) found = true;
    return !found;
  });
  return found;
}

/**
 * Does a replacement around what must be spared. What it puts in goes behind the last of it: that is where the mapped positions of the
 * steps that follow (the next letters of a composition) come to stand.
 * @returns index of the step that holds its slice, or null when none was needed.
 */
function replaceAround(transform: Transform, step: ReplaceStep, mapping: Mapping, spared: readonly Range[]): number | null {
  const from = mapping.map(step.from, 1);
  const to = mapping.map(step.to, -1);
  const behind = withinLines(transform.doc, spared[spared.length - 1]!.to, to);
  const last = replaceStep(transform.doc, behind.from, behind.to, step.slice);
  const holder = applyFitting(transform, last) ? transform.steps.length - 1 : null;
  for (let index = spared.length - 1; index >= 0; index -= 1) {
    const piece = withinLines(transform.doc, index === 0 ? from : spared[index - 1]!.to, spared[index]!.from);
    if (piece.from < piece.to) applyFitting(transform, replaceStep(transform.doc, piece.from, piece.to));
  }
  return holder;
}

/** A range that ends between lines on one side only is drawn into the line on that side: the lines beside what is spared stay apart. */
function withinLines(doc: PMNode, from: number, to: number): Range {
  const startsBetween = doc.resolve(from).depth === 0;
  const endsBetween = doc.resolve(to).depth === 0;
  if (startsBetween === endsBetween || from === to) return { from, to };
  return startsBetween ? { from: from + 1, to } : { from, to: to - 1 };
}

function applyFitting(transform: Transform, step: Step | null): boolean {
  return step !== null && transform.maybeStep(step).failed === null;
}

/**
 * The same change in as few steps as it takes: what a composition typed, retyped and replaced becomes one replacement, so that doing it
 * again cannot bring back letters which were only on the way. Changes other than of text are left as they are.
 * @param doc the document that holds `local`
 */
export function squash(doc: PMNode, local: readonly Change[]): readonly Change[] {
  if (local.length < 2 || !local.every(({ step }) => step instanceof ReplaceStep)) return local;
  const base = new Transform(doc);
  for (let index = local.length - 1; index >= 0; index -= 1) base.step(local[index]!.inverted);
  const steps = local.map(({ step }) => step);
  const squashed = new Transform(base.doc);
  for (const { oldFrom, oldTo, newFrom, newTo } of changedRanges(base.doc, steps, doc).reverse()) {
    const slice = doc.slice(newFrom, newTo);
    if (slice.openStart > 0 || squashed.maybeStep(new ReplaceStep(oldFrom, oldTo, slice)).failed !== null) return local;
  }
  return squashed.doc.eq(doc) ? changesOf(squashed) : local;
}

/** Ranges of a document that the steps leading to it inserted. */
export function insertions(steps: readonly Step[]): Range[] {
  let ranges: Range[] = [];
  for (const step of steps) {
    const map = step.getMap();
    ranges = ranges.map(({ from, to }) => ({ from: map.map(from, 1), to: map.map(to, -1) })).filter(({ from, to }) => from < to);
    map.forEach((_oldFrom, _oldTo, newFrom, newTo) => {
      if (newFrom < newTo && step instanceof ReplaceStep) ranges.push({ from: newFrom, to: newTo });
    });
  }
  return mergeTouching(ranges);
}

function mergeTouching(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((one, other) => one.from - other.from)) {
    const last = merged[merged.length - 1];
    if (last !== undefined && range.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  return merged;
}
