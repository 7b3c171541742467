import type { EditorState } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import type { Ids } from '../../../shared/api/history.ts';
import type { ClientId } from '../../../shared/ids.ts';
import { invariant } from '../../../shared/result.ts';
import { isMarker } from '../../../shared/text/marker.ts';
import { positionOfYjsIndex, yjsIndexAt } from '../../../shared/text/positions.ts';
import type { BindingState, Session } from './session.ts';
import { bindingKey } from './session.ts';

/** A position of the shown document as a position of the text as rendered: unsent changes taken back, held ones done. */
function toText(binding: BindingState, position: number, assoc: number): number {
  const { session } = binding;
  let at = position;
  for (const { inverted } of [...session.unsent(binding)].reverse()) at = inverted.getMap().map(at, assoc);
  for (const { step } of session.held) at = step.getMap().map(at, assoc);
  return at;
}

function fromText(binding: BindingState, position: number, assoc: number): number {
  const { session } = binding;
  let at = position;
  for (const { inverted } of [...session.held].reverse()) at = inverted.getMap().map(at, assoc);
  for (const { step } of session.unsent(binding)) at = step.getMap().map(at, assoc);
  return at;
}

/** Where a position of the text as rendered (`session.now.doc`) is shown. In an editor that is not bound: there. */
export function shownPosition(state: EditorState, position: number, assoc: number): number {
  const binding = bindingKey.getState(state);
  if (binding === undefined) return position;
  return Math.max(0, Math.min(fromText(binding, position, assoc), state.doc.content.size));
}

/**
 * A position that means the same place for everybody: counted in the text itself, without what this editor has not sent.
 * @param assoc negative: stays with the character before it; otherwise with the one behind it
 * @throws Error in an editor that is not bound
 */
export function positionToRelative(state: EditorState, position: number, assoc = 0): Y.RelativePosition {
  const binding = bindingKey.getState(state);
  invariant(binding !== undefined, 'relative positions are asked of bound editors only');
  return relativeInText(binding.session, toText(binding, position, assoc < 0 ? -1 : 1), assoc);
}

/** Relative position of a position in the text as rendered (`session.now.doc`). */
export function relativeInText({ options: { text }, now }: Session, position: number, assoc = 0): Y.RelativePosition {
  const index = yjsIndexAt(now.doc, now, Math.max(0, Math.min(position, now.doc.content.size)));
  return Y.createRelativePositionFromTypeIndex(text, Math.min(index, text.length), assoc);
}

/** The place of a relative position (or its JSON, from anywhere) in the shown document; null when it does not belong to this text or has not arrived yet. */
export function relativeToPosition(state: EditorState, relative: unknown): number | null {
  const binding = bindingKey.getState(state);
  if (binding === undefined || typeof relative !== 'object' || relative === null) return null;
  const { text } = binding.session.options;
  let absolute: Y.AbsolutePosition | null;
  try {
    const place = Y.createRelativePositionFromJSON(relative);
    // Asking Yjs for a root by a name that nobody knows would make one.
    if (place.tname !== null && (text.doc!.share.get(place.tname) as unknown) !== text) return null;
    absolute = Y.createAbsolutePositionFromRelativePosition(place, text.doc!);
  } catch {
    return null; // From another browser: any JSON may stand there.
  }
  if (absolute === null || absolute.type !== text) return null;
  const { now } = binding.session;
  const position = positionOfYjsIndex(now.doc, now, absolute.index);
  const shown = fromText(binding, position, absolute.assoc < 0 ? -1 : 1);
  return Math.max(0, Math.min(shown, state.doc.content.size));
}

/**
 * The Yjs id of the character before a position (at the start of a line: of the one behind it), for "who wrote this".
 * @returns null where there is none, and for a character that has not been sent
 */
export function idAt(view: EditorView, position: number): { readonly client: ClientId; readonly clock: number } | null {
  const binding = bindingKey.getState(view.state);
  if (binding === undefined) return null;
  const $position = view.state.doc.resolve(Math.max(0, Math.min(position, view.state.doc.content.size)));
  if ($position.depth === 0 || $position.parent.content.size === 0) return null;
  const unit = $position.parentOffset > 0 ? position - 1 : position;
  for (let at = unit, changes = [...binding.session.unsent(binding)].reverse(); changes.length > 0; ) {
    const result = changes.shift()!.inverted.getMap().mapResult(at, 1);
    if (result.deletedAfter) return null;
    at = result.pos;
  }
  const { now, options } = binding.session;
  const index = yjsIndexAt(now.doc, now, toText(binding, unit, 1));
  let left = index;
  for (let item = options.text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (left < item.length) return { client: item.id.client, clock: item.id.clock + left };
    left -= item.length;
  }
  return null;
}

/**
 * The Yjs ids of the first and the last character of a stretch of the shown document, for questions about the text between them.
 * @returns null where there is none that has been sent
 */
export function idsBetween(state: EditorState, from: number, to: number): readonly Ids[] | null {
  const binding = bindingKey.getState(state);
  if (binding === undefined) return null;
  const { now, options } = binding.session;
  const indexOf = (position: number, assoc: number) => yjsIndexAt(now.doc, now, toText(binding, position, assoc));
  const [begin, end] = [indexOf(from, 1), indexOf(to, -1)];
  let first: Ids | null = null;
  let last: Ids | null = null;
  let at = 0;
  for (let item = options.text._start; item !== null && at < end; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { client, clock } = item.id;
    if (at + item.length > begin && !(item.content instanceof Y.ContentType && isMarker(item.content.type))) {
      first ??= [client, clock + Math.max(0, begin - at), 1];
      last = [client, clock + Math.min(item.length, end - at) - 1, 1];
    }
    at += item.length;
  }
  return first === null || last === null ? null : [first, last];
}

/** All that stands between two positions, by its ids: markers left out. Null when nothing of it has been sent. */
export function allIdsBetween(state: EditorState, from: number, to: number): readonly Ids[] | null {
  const binding = bindingKey.getState(state);
  if (binding === undefined) return null;
  const { now, options } = binding.session;
  const indexOf = (position: number, assoc: number) => yjsIndexAt(now.doc, now, toText(binding, position, assoc));
  const [begin, end] = [indexOf(from, 1), indexOf(to, -1)];
  const ids: [number, number, number][] = [];
  let at = 0;
  for (let item = options.text._start; item !== null && at < end; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { client, clock } = item.id;
    const [low, high] = [Math.max(0, begin - at), Math.min(item.length, end - at)];
    at += item.length;
    if (low >= high || (item.content instanceof Y.ContentType && isMarker(item.content.type))) continue;
    const last = ids.at(-1);
    if (last !== undefined && last[0] === client && last[1] + last[2] === clock + low) last[2] += high - low;
    else ids.push([client, clock + low, high - low]);
  }
  return ids.length === 0 ? null : ids;
}
