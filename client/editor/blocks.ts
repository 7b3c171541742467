import type { EditorState } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Ids } from '../../shared/api/history.ts';
import { markerKey } from '../../shared/text/marker.ts';
import { positionBefore } from '../../shared/text/positions.ts';
import { idsBetween } from './binding/anchors.ts';
import { bindingKey } from './binding/session.ts';

/** The paragraph in which the selection ends, by its marker's key; null where it has none yet (unsent, or a chapter without text). */
export function blockKeyAt(state: EditorState): string | null {
  const binding = bindingKey.getState(state);
  if (binding === undefined) return null;
  const { markers } = binding.session.now;
  const marker = markers[state.selection.$head.index(0)];
  const inStep = binding.session.now.doc.childCount === state.doc.childCount;
  return marker === undefined || !inStep ? null : markerKey(marker);
}

/** What is selected, by its first and last character's ids; null where nothing is, or nothing of it has been sent. */
export function idsOfSelection(state: EditorState): readonly Ids[] | null {
  const { empty, from, to } = state.selection;
  return empty ? null : idsBetween(state, from, to);
}

/** Where each of these paragraphs stands in the editor. Of those that are not shown nothing is told. */
export function blockPlaces(
  state: EditorState,
  keys: ReadonlySet<string>,
): ReadonlyMap<string, { readonly from: number; readonly to: number }> {
  const places = new Map<string, { from: number; to: number }>();
  const binding = bindingKey.getState(state);
  if (binding === undefined || keys.size === 0) return places;
  const { now } = binding.session;
  if (now.doc.childCount !== state.doc.childCount) return places;
  now.markers.forEach((marker, index) => {
    const key = markerKey(marker);
    if (!keys.has(key) || index >= state.doc.childCount) return;
    const from = positionBefore(state.doc, index);
    places.set(key, { from, to: from + state.doc.child(index).nodeSize });
  });
  return places;
}

/** The element of a paragraph; null when it is not shown. */
export function blockElement(view: EditorView, key: string): HTMLElement | null {
  const place = view.isDestroyed ? undefined : blockPlaces(view.state, new Set([key])).get(key);
  const dom = place === undefined ? null : view.nodeDOM(place.from);
  return dom instanceof HTMLElement ? dom : null;
}
