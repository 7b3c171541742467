import type * as Y from 'yjs';
import type { Ids } from '../../../shared/api/history.ts';
import type { ChapterId } from '../../../shared/ids.ts';
import { attributesAt } from '../../../shared/text/attributes.ts';
import { copyOf } from '../restore/write-edits.ts';

/** Asked of the text engine: put `value` where these units stand. */
export interface FillQuestion {
  readonly chapter: ChapterId;
  /** What stands there, in order, side by side. */
  readonly at: readonly Ids[];
  readonly value: string;
}

/** @returns the update, under the server's id; null when not all of it stands there any more */
export function planFill(textOf: (chapter: ChapterId) => Y.Text | null, { chapter, at, value }: FillQuestion): Uint8Array | null {
  const living = textOf(chapter);
  if (living === null) return null;
  const text = copyOf(living);
  const doc = text.doc!;
  try {
    const place = placeOf(text, at);
    if (place === null) return null;
    let update: Uint8Array | null = null;
    doc.on('update', (bytes: Uint8Array) => {
      update = new Uint8Array(bytes);
    });
    doc.transact(() => {
      // In front of what goes, so that whoever writes beside it later stands on it; with the look of what goes.
      text.insert(place.index, value, attributesAt(text, place.index).right);
      text.delete(place.index + value.length, place.length);
    });
    return update;
  } finally {
    doc.destroy();
  }
}

/** Where units stand among the living ones, when all of them do and nothing stands between. */
function placeOf(text: Y.Text, at: readonly Ids[]): { readonly index: number; readonly length: number } | null {
  const clients = new Set(at.map(([client]) => client));
  const wanted = new Set(at.flatMap(([client, clock, length]) => Array.from({ length }, (_, offset) => `${client}.${clock + offset}`)));
  let index = 0;
  let first = -1;
  let found = 0;
  for (let item = text._start; item !== null && found < wanted.size; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (!clients.has(item.id.client)) {
      if (found > 0) return null;
      index += item.length;
      continue;
    }
    for (let offset = 0; offset < item.length; offset += 1) {
      if (!wanted.has(`${item.id.client}.${item.id.clock + offset}`)) {
        if (found > 0 && found < wanted.size) return null;
        continue;
      }
      if (found === 0) first = index + offset;
      found += 1;
    }
    index += item.length;
  }
  return wanted.size > 0 && found === wanted.size ? { index: first, length: found } : null;
}
