import * as Y from 'yjs';
import type { Marker } from './marker.ts';
import { isMarker, markerKey } from './marker.ts';
import type { Layout } from './render.ts';

/**
 * Where a paragraph went. Yjs has no move: the words are deleted here and written there, and a colleague's concurrent words stay here.
 * The marker at the new place names the old one (`movedFrom`), so the way is found from the old place by asking who came from it; a
 * paragraph that was moved again is followed.
 * @param key `moved` of the line at the old place
 * @returns index of the block at the new place, or null when it is gone for good
 */
export function blockMovedFrom(text: Y.Text, layout: Layout, key: string): number | null {
  const from = new Map<string, Marker>();
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentType) || !isMarker(item.content.type)) continue;
    const origin = item.content.type.get('movedFrom');
    if (typeof origin === 'string') from.set(origin, item.content.type);
  }
  const seen = new Set<string>();
  for (let at = key; !seen.has(at); ) {
    seen.add(at);
    const marker = from.get(at);
    if (marker === undefined) return null;
    const block = layout.markers.indexOf(marker);
    if (block >= 0) return block;
    at = markerKey(marker);
  }
  return null;
}
