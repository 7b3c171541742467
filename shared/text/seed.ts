import * as Y from 'yjs';
import type { ClientId } from '../ids.ts';
import { layoutOf, ROOT_NAME } from './render.ts';
import { sanitizeText } from './sanitize.ts';

/** Writer of the seed. Writer ids below 2^16 belong to the server and are never leased to anybody. */
export const SEED_CLIENT_ID: ClientId = 1;
export const SERVER_CLIENT_ID: ClientId = 2;
export const FIRST_LEASED_CLIENT_ID: ClientId = 2 ** 16;

/**
 * What every chapter starts with: one empty paragraph. The same bytes always, so that applying them any number of times, by anybody,
 * gives one marker.
 */
export function seedUpdate(): Uint8Array {
  const doc = new Y.Doc({ gc: false });
  doc.clientID = SEED_CLIENT_ID;
  doc.getText(ROOT_NAME).insertEmbed(0, new Y.Map());
  return Y.encodeStateAsUpdate(doc);
}

/** One block of a chapter's first text. Levels other than 3 and 4 do not live in a chapter. */
export type FirstBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly level?: 3 | 4; readonly text: string };

/**
 * A whole chapter's first text as one update, the seed included: the seed's marker ends the last block, the rest is written under
 * `clientId` (a server id for imported and sample text). The same blocks give the same bytes.
 */
export function paragraphsUpdate(blocks: readonly FirstBlock[], clientId: ClientId): Uint8Array {
  const doc = new Y.Doc({ gc: false });
  Y.applyUpdate(doc, seedUpdate());
  doc.clientID = clientId;
  const text = doc.getText(ROOT_NAME);
  doc.transact(() => {
    let at = 0;
    blocks.forEach((block, index) => {
      const words = sanitizeText(block.text);
      text.insert(at, words);
      at += words.length;
      const entries = block.kind === 'paragraph' ? {} : block.level === 4 ? { kind: 'heading', level: 4 } : { kind: 'heading' };
      if (index < blocks.length - 1) {
        text.insertEmbed(at, new Y.Map(Object.entries(entries)));
        at += 1;
      } else {
        const seed = layoutOf(text).markers.at(-1)!;
        for (const [key, value] of Object.entries(entries)) seed.set(key, value);
      }
    });
  });
  return Y.encodeStateAsUpdate(doc);
}
