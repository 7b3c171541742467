import type { EditorState } from '@tiptap/pm/state';
import * as Y from 'yjs';
import type { Ids } from '../../shared/api/history.ts';
import { isMarker } from '../../shared/text/marker.ts';
import { shownPosition } from './binding/anchors.ts';
import { bindingKey } from './binding/session.ts';

export interface ShownPlace {
  readonly from: number;
  readonly to: number;
}

/**
 * Where stretches of the chapter's text are shown now, by the ids of their units, in the order asked for; null for one of which the first or
 * last unit does not stand here. One walk over the text for all of them.
 */
export function placesOfIds(state: EditorState, wanted: readonly (readonly Ids[])[]): readonly (ShownPlace | null)[] {
  const binding = bindingKey.getState(state);
  if (binding === undefined || wanted.length === 0) return wanted.map(() => null);
  const places = wanted.map(() => ({ from: -1, to: -1 }));
  const byClient = new Map<number, { readonly clock: number; readonly set: (at: number) => void }[]>();
  const look = (client: number, clock: number, set: (at: number) => void): void => {
    const list = byClient.get(client);
    if (list === undefined) byClient.set(client, [{ clock, set }]);
    else list.push({ clock, set });
  };
  wanted.forEach((ids, index) => {
    const first = ids[0];
    const last = ids.at(-1);
    if (first === undefined || last === undefined) return;
    look(first[0], first[1], (at) => {
      places[index]!.from = at;
    });
    look(last[0], last[1] + last[2] - 1, (at) => {
      places[index]!.to = at + 1;
    });
  });
  const { now, options } = binding.session;
  let block = 0;
  let at = 1;
  for (let item = options.text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content, id } = item;
    if (content instanceof Y.ContentType && isMarker(content.type)) {
      if (now.markers[block] !== content.type) continue;
      block += 1;
      at += 2;
      continue;
    }
    for (const { clock, set } of byClient.get(id.client) ?? [])
      if (clock >= id.clock && clock < id.clock + item.length) set(at + clock - id.clock);
    at += item.length;
  }
  return places.map(({ from, to }) => {
    if (from < 0 || to < 0) return null;
    const shown = { from: shownPosition(state, from, 1), to: shownPosition(state, to, -1) };
    return shown.from < shown.to ? shown : null;
  });
}
