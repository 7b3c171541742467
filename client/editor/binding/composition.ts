import type { Node as PMNode } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import type { Mapping, Step } from '@tiptap/pm/transform';
import { Mapping as Maps, ReplaceStep, Transform } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';
import { guardLine, releaseLine } from './line-view.ts';
import { domObserverOf } from './private-view.ts';
import type { Change } from './rebase.ts';
import { insertions, rebase } from './rebase.ts';

/**
 * What a composition allows. The input method owns a range inside one text node of the page; the browser keeps that range over deletions
 * elsewhere in the node, and gives it up when the node is rewritten or leaves its line. So remote changes are shown at once, around that
 * node, and only those wait that would take its place away.
 */

/** The range of the shown document that is being composed: the unsent letters, or the selection while there are none. */
export interface ComposingPlace {
  readonly from: number;
  readonly to: number;
}

export function composingPlace(local: readonly Change[], selection: ComposingPlace): ComposingPlace {
  const ranges = insertions(local.map(({ step }) => step));
  if (ranges.length === 0) return { from: selection.from, to: selection.to };
  return { from: ranges[0]!.from, to: ranges[ranges.length - 1]!.to };
}

/**
 * Would the composing place survive `over`?
 * @param doc the shown document, `local` included
 * @param over steps on the document without `local`
 */
export function keepsPlace(doc: PMNode, local: readonly Change[], over: readonly Step[], place: ComposingPlace): boolean {
  const trial = new Transform(doc);
  for (let index = local.length - 1; index >= 0; index -= 1) trial.step(local[index]!.inverted);
  let from = trial.mapping.map(place.from, -1);
  let to = trial.mapping.map(place.to, 1);
  for (const step of over) {
    if (step instanceof ReplaceStep && takesPlace(trial.doc, step, from, to)) return false;
    if (trial.maybeStep(step).failed !== null) return false;
    from = step.getMap().map(from, -1);
    to = step.getMap().map(to, 1);
  }
  const redone = new Transform(doc);
  const kept = rebase(redone, local, over);
  if (kept.length < local.length) return false;
  if (place.from === place.to) return true;
  const start = redone.mapping.map(place.from, 1);
  const end = redone.mapping.map(place.to, -1);
  if (end - start !== place.to - place.from || redone.doc.textBetween(start, end, '\n') !== doc.textBetween(place.from, place.to, '\n'))
    return false;
  return redone.doc.resolve(start).sameParent(redone.doc.resolve(end)) || !doc.resolve(place.from).sameParent(doc.resolve(place.to));
}

/**
 * Does a step delete across the place, delete the beginning of its line (its line joins the one above or goes: prosemirror-view then looks
 * for the text at a wrong offset), or put a new line exactly there?
 */
function takesPlace(doc: PMNode, step: ReplaceStep, from: number, to: number): boolean {
  if (step.from < from && step.to > to) return true;
  const $from = doc.resolve(from);
  const lineStart = $from.depth > 0 ? $from.before(1) : from;
  if (step.from <= lineStart && step.to > lineStart) return true;
  const structure = step.slice.openStart > 0 || step.slice.openEnd > 0;
  return structure && step.from <= to && step.to >= from;
}

/**
 * Shows a transaction while a composition is under way: cuts the composing text node down to what still stands beside the composition in
 * the new document, so that ProseMirror finds it there and keeps it, and lets no other line take over the composing line's element.
 * Cutting at the node's two ends is all that is ever done to it: inserting or setting its value ends the composition.
 */
export function dispatchAround(view: EditorView, tr: Transaction, place: ComposingPlace): void {
  const observer = domObserverOf(view);
  const node = observer === null ? null : composingNode(view);
  if (observer === null || node === null) {
    view.dispatch(tr);
    return;
  }
  const cut = cutFor(view, node, tr, place);
  const line = lineOfNode(node);
  const start = tr.mapping.map(place.from, 1);
  observer.stop();
  try {
    if (cut.after > 0) node.deleteData(node.length - cut.after, cut.after);
    if (cut.before > 0) node.deleteData(0, cut.before);
    if (line !== null) guardLine(line, tr.doc.resolve(Math.min(start, tr.doc.content.size)).node(1));
    view.dispatch(tr);
  } finally {
    releaseLine();
    observer.start();
  }
}

/** Units to cut off at each end of the composing node. */
function cutFor(view: EditorView, node: Text, tr: Transaction, place: ComposingPlace): { before: number; after: number } {
  const none = { before: 0, after: 0 };
  const old = tr.docs[0] ?? tr.doc;
  const start = view.posAtDOM(node, 0);
  const end = start + node.length;
  if (start > place.from || end < place.to || old.textBetween(start, end) !== node.data) return none;
  const newFrom = tr.mapping.map(place.from, 1);
  const newTo = place.from === place.to ? newFrom : tr.mapping.map(place.to, -1);
  let left = place.from;
  while (left > start && staysBeside(old, tr.doc, tr.mapping, left - 1, newFrom - (place.from - left) - 1)) left -= 1;
  let right = place.to;
  while (right < end && staysBeside(old, tr.doc, tr.mapping, right, newTo + (right - place.to))) right += 1;
  return left === right ? none : { before: left - start, after: end - right };
}

/** Does the unit at `at` stand at `wanted` in the new document, marked as it was? */
function staysBeside(old: PMNode, now: PMNode, mapping: Mapping, at: number, wanted: number): boolean {
  const result = mapping.mapResult(at, 1);
  if (result.deletedAfter || result.pos !== wanted) return false;
  const one = old.nodeAt(at);
  const other = now.nodeAt(wanted);
  return one !== null && other !== null && one.isText && other.isText && one.sameMarkup(other) && unitAt(old, at) === unitAt(now, wanted);
}

function unitAt(doc: PMNode, at: number): string {
  return doc.textBetween(at, at + 1);
}

/** The text node in which the browser composes: the one that holds the caret. */
function composingNode(view: EditorView): Text | null {
  const selection = (view.root as Document).getSelection?.() ?? view.dom.ownerDocument.getSelection();
  const node = selection?.focusNode ?? null;
  if (node === null || !view.dom.contains(node)) return null;
  if (node.nodeType === 3) return node as Text;
  const offset = selection?.focusOffset ?? 0;
  for (const child of [node.childNodes[offset - 1], node.childNodes[offset]]) if (child?.nodeType === 3) return child as Text;
  return null;
}

function lineOfNode(node: Node): HTMLElement | null {
  return node.parentElement?.closest<HTMLElement>('.line') ?? null;
}

/**
 * Steps held back and steps to be shown before them. `held` leads from the shown base document to the text as it is; a new step `next`
 * on that text is moved before them when the result is the same either way.
 * @returns the step as it applies to the base document, and `held` on top of it; null when it depends on what is held.
 */
export function moveBefore(text: PMNode, held: readonly Change[], next: Step): { readonly shown: Step; readonly held: Change[] } | null {
  const wanted = next.apply(text).doc;
  if (wanted === null) return null;
  if (held.length === 0) return { shown: next, held: [] };
  const back = new Maps([...held].reverse().map(({ inverted }) => inverted.getMap()));
  const shown = next.map(back);
  if (shown === null) return null;
  const transform = new Transform(text);
  try {
    const rebased = rebase(transform, held, [shown]);
    return rebased.length === held.length && transform.doc.eq(wanted) ? { shown, held: rebased } : null;
  } catch {
    return null; // The step does not fit the document without what is held: it waits with it.
  }
}
