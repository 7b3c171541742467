import * as Y from 'yjs';
import { isGone, isMarker, type Marker } from '../text/marker.ts';
import { HARD_BREAK, ROOT_NAME } from '../text/render.ts';
import { SERVER_CLIENT_ID, seedUpdate } from '../text/seed.ts';
import { FIGURE_MASK, figuresOf } from './mask.ts';

/** Keys that tell what became of a block in the old text; in the new one nothing has become of it. */
const OF_THE_PAST: ReadonlySet<string> = new Set(['gone', 'moved', 'movedFrom']);

interface Stretch {
  readonly insert: string | object;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** A block of the old text: what stands in it, and its marker (null where the old text ends without one). */
interface Block {
  readonly stretches: readonly Stretch[];
  readonly marker: Marker | null;
}

/**
 * The living text of a chapter as the first text of another one: the same words, kinds of lines and marks, nothing that was deleted, nobody's
 * ids. Written under the server's id upon the seed, as imported text is.
 * @param state a chapter's state (update V1)
 * @param masked put `**` for figures (`figuresOf`)
 */
export function copiedTextUpdate(state: Uint8Array, masked: boolean): Uint8Array {
  const old = new Y.Doc();
  Y.applyUpdate(old, state);
  const blocks = blocksOf(old.getText(ROOT_NAME)).map((block) => (masked ? withMasks(block) : block));
  const made = new Y.Doc({ gc: false });
  Y.applyUpdate(made, seedUpdate());
  made.clientID = SERVER_CLIENT_ID;
  const text = made.getText(ROOT_NAME);
  made.transact(() => write(text, blocks));
  const update = Y.encodeStateAsUpdate(made);
  old.destroy();
  made.destroy();
  return update;
}

function blocksOf(text: Y.Text): Block[] {
  const blocks: Block[] = [];
  let stretches: Stretch[] = [];
  for (const stretch of text.toDelta() as Stretch[]) {
    if (typeof stretch.insert === 'string' || !isMarker(stretch.insert)) {
      stretches.push(stretch);
      continue;
    }
    // A deleted block's marker is only shown where words were typed into it.
    if (stretches.length > 0 || !isGone(stretch.insert)) blocks.push({ stretches, marker: stretch.insert });
    stretches = [];
  }
  if (stretches.length > 0) blocks.push({ stretches, marker: null });
  return blocks;
}

function write(text: Y.Text, blocks: readonly Block[]): void {
  let at = 0;
  blocks.forEach(({ stretches, marker }, index) => {
    for (const { insert, attributes = {} } of stretches) {
      // Given attributes, and not those of the character before it, also when there are none.
      if (typeof insert === 'string') text.insert(at, insert, attributes);
      else text.insertEmbed(at, insert instanceof Y.AbstractType ? insert.clone() : insert, attributes);
      at += typeof insert === 'string' ? insert.length : 1;
    }
    const entries = marker === null ? [] : [...marker.entries()].filter(([key]) => !OF_THE_PAST.has(key));
    if (index < blocks.length - 1) {
      text.insertEmbed(at, new Y.Map(entries), {});
      at += 1;
      return;
    }
    // The seed's marker ends the last block: every chapter keeps it.
    const seed = text.toDelta().at(-1)?.insert as Marker;
    for (const [key, value] of entries) seed.set(key, value);
  });
}

/** Figures are told by the words around them, whatever formats they cross; a mask takes the format of the figure's first character. */
function withMasks(block: Block): Block {
  const words = block.stretches.map(({ insert }) => (typeof insert === 'string' ? insert.replaceAll(HARD_BREAK, '\v') : '\uFFFC')).join('');
  const figures = figuresOf(words);
  if (figures.length === 0) return block;
  let at = 0;
  const stretches = block.stretches.flatMap((stretch) => {
    const { insert } = stretch;
    const start = at;
    at += typeof insert === 'string' ? insert.length : 1;
    if (typeof insert !== 'string') return [stretch];
    const kept = maskedPart(insert, start, figures);
    return kept === '' ? [] : [{ ...stretch, insert: kept }];
  });
  return { ...block, stretches };
}

function maskedPart(words: string, start: number, figures: readonly { readonly offset: number; readonly length: number }[]): string {
  let part = '';
  let from = 0;
  for (const { offset, length } of figures) {
    const begin = offset - start;
    const end = begin + length;
    if (end <= 0 || begin >= words.length) continue;
    part += words.slice(from, Math.max(from, begin)) + (begin >= 0 ? FIGURE_MASK : '');
    from = Math.min(words.length, end);
  }
  return part + words.slice(from);
}
