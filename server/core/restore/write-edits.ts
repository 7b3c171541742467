import * as Y from 'yjs';
import type { ChapterId } from '../../../shared/ids.ts';
import type { RestoredRange } from '../../../shared/log/entry.ts';
import { attributesAt } from '../../../shared/text/attributes.ts';
import { type Attributes, keepFormats } from '../../../shared/text/formats.ts';
import type { Marker } from '../../../shared/text/marker.ts';
import { ROOT_NAME } from '../../../shared/text/render.ts';
import { SERVER_CLIENT_ID } from '../../../shared/text/seed.ts';
import { type Edit, type MarkerValues, wordsOf } from './edits.ts';

/** An update that brings text back, and which of its ids are the same text as which older ones. */
export interface Written {
  readonly update: Uint8Array;
  readonly restored: readonly RestoredRange[];
}

/** A document of our own with everything that is in another's, written under the server's id. */
export function copyOf(text: Y.Text): Y.Text {
  const doc = new Y.Doc({ gc: false });
  const copy = doc.getText(ROOT_NAME);
  keepFormats(copy);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(text.doc!));
  doc.clientID = SERVER_CLIENT_ID;
  return copy;
}

/**
 * Writes edits as the smallest operations, in one transaction.
 * @param text a copy (`copyOf`) from which the edits' runs were read; it is used up
 * @param chapter the chapter it is the text of
 */
export function writeEdits(text: Y.Text, edits: readonly Edit[], chapter: ChapterId): Written {
  const doc = text.doc!;
  const writer = new Writer(text, chapter);
  let update: Uint8Array | null = null;
  const take = (bytes: Uint8Array) => {
    update = bytes;
  };
  doc.on('update', take);
  doc.transact(() => writer.write(edits));
  doc.off('update', take);
  doc.destroy();
  return { update: update ?? new Uint8Array(), restored: writer.restored };
}

class Writer {
  readonly restored: RestoredRange[] = [];
  readonly #text: Y.Text;
  readonly #chapter: ChapterId;
  #index = 0;
  #lineIsEmpty = true;
  readonly #restyled: { readonly index: number; readonly length: number; readonly patch: Record<string, unknown> }[] = [];

  constructor(text: Y.Text, chapter: ChapterId) {
    this.#text = text;
    this.#chapter = chapter;
  }

  write(edits: readonly Edit[]): void {
    for (const edit of edits) this.#write(edit);
    // Last, when every place is settled: neighbours that went or came have no part in it.
    for (const { index, length, patch } of this.#restyled) this.#text.format(index, length, patch);
  }

  #write(edit: Edit): void {
    switch (edit.op) {
      case 'keep': {
        const patch = edit.was === null ? null : difference(edit.run.nowAttributes, edit.was);
        if (patch !== null) this.#restyled.push({ index: this.#index, length: edit.length, patch });
        this.#index += edit.length;
        this.#lineIsEmpty = false;
        return;
      }
      case 'del':
        this.#text.delete(this.#index, edit.length);
        return;
      case 'ins':
        this.#insert(edit);
        this.#lineIsEmpty = false;
        return;
      case 'end':
        if (edit.values !== null) patchMarker(edit.marker, edit.values);
        this.#index += 1;
        this.#lineIsEmpty = true;
        return;
      case 'end-back':
        this.#insertEmbed(new Y.Map(edit.values), attributesAt(this.#text, this.#index).left);
        this.#lineIsEmpty = true;
        return;
      case 'end-out':
        this.#takeOut(edit.marker);
    }
  }

  /** A block that goes whole keeps a hidden marker, so that what somebody types into it meanwhile keeps a paragraph of its own. */
  #takeOut(marker: Marker): void {
    if (!this.#lineIsEmpty) {
      this.#text.delete(this.#index, 1);
      return;
    }
    if (marker.get('gone') !== true) marker.set('gone', true);
    this.#index += 1;
  }

  #insert(edit: Edit & { op: 'ins' }): void {
    const { run, offset, length } = edit;
    const { content, id } = run.item;
    if (!(content instanceof Y.ContentString)) {
      for (const value of content.getContent().slice(offset, offset + length)) this.#insertEmbed(copied(value), run.wasAttributes);
      return;
    }
    const { store, clientID } = this.#text.doc!;
    const before = Y.getState(store, clientID);
    this.#text.insert(this.#index, wordsOf(edit), { ...run.wasAttributes });
    this.#index += length;
    let from = id.clock + offset;
    for (const struct of store.clients.get(clientID) ?? []) {
      if (struct.id.clock < before || !(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
      this.restored.push({
        client: clientID,
        clock: struct.id.clock,
        length: struct.length,
        fromChapter: edit.chapter === this.#chapter ? null : edit.chapter,
        fromClient: id.client,
        fromClock: from,
      });
      from += struct.length;
    }
  }

  #insertEmbed(embed: unknown, attributes: Attributes): void {
    this.#text.insertEmbed(this.#index, embed as object, { ...attributes });
    this.#index += 1;
  }
}

/** What must be set for formats to be `then`; null where they are. */
function difference(now: Attributes, was: Attributes): Record<string, unknown> | null {
  if (now === was) return null;
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(now), ...Object.keys(was)])) {
    if (now[key] !== was[key]) patch[key] = was[key] ?? null;
  }
  return Object.keys(patch).length === 0 ? null : patch;
}

function patchMarker(marker: Marker, values: MarkerValues): void {
  for (const key of [...marker.keys()]) {
    if (!values.has(key) && !(marker.get(key) instanceof Y.AbstractType)) marker.delete(key);
  }
  for (const [key, value] of values) {
    if (value instanceof Y.AbstractType || sameJson(marker.get(key), value)) continue;
    marker.set(key, value);
  }
}

function sameJson(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A Yjs type cannot stand in two places: what comes back is a copy. */
function copied(value: unknown): unknown {
  return value instanceof Y.AbstractType ? value.clone() : value;
}
