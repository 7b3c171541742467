import * as Y from 'yjs';
import type { ClientId, MemberId } from '../ids.ts';
import { keepFormats } from '../text/formats.ts';
import { ROOT_NAME } from '../text/render.ts';
import type { ChapterSuggestions } from './chapter-suggestions.ts';
import { deletionOf, type IdRanges, knownTo, NO_IDS, union } from './id-ranges.ts';
import type { Lane } from './suggestion.ts';

/**
 * The chapter as one proposer would have it: the text, the items of their lanes, less what their lanes strike out and what was declined.
 * Made anew (some milliseconds) whenever something that was struck must stand again, because Yjs cannot bring back what was deleted.
 *
 * @param main the text with everything that was ever in it that a lane stands on
 * @returns a document of its own that keeps what is deleted in it; the caller destroys it
 */
export function buildFork(main: Y.Doc, lanes: readonly Lane[]): Y.Doc {
  const fork = new Y.Doc({ gc: false });
  keepFormats(fork.getText(ROOT_NAME));
  Y.transact(
    fork,
    () => {
      Y.applyUpdate(fork, Y.encodeStateAsUpdate(main), BUILDING);
      for (const lane of lanes) if (!lane.shut) for (const { update } of lane.pieces) Y.applyUpdate(fork, update, BUILDING);
      Y.applyUpdate(fork, deletionOf(knownTo(fork, struckBy(lanes))), BUILDING);
    },
    BUILDING,
    false,
  );
  return fork;
}

/** Origin of the transactions that build a fork. */
export const BUILDING = Symbol('building a fork');

export function forkOf(main: Y.Doc, suggestions: ChapterSuggestions, proposer: MemberId): Y.Doc {
  return buildFork(main, suggestions.lanesOf(proposer));
}

/** Everything that these lanes keep out of the fork: open strikes, and words that were declined. */
export function struckBy(lanes: readonly Lane[]): IdRanges {
  return lanes.reduce((struck, lane) => union(struck, union(lane.shut ? NO_IDS : lane.strikes, lane.dead)), NO_IDS);
}

export function textOf(doc: Y.Doc): Y.Text {
  return doc.getText(ROOT_NAME);
}

/** Nothing in the document waits for something that it does not hold. */
export function isWhole({ store }: Y.Doc): boolean {
  return store.pendingStructs === null && store.pendingDs === null;
}

/** The item that holds an id; null for one that the document does not hold or has collected. */
export function itemOf(doc: Y.Doc, client: ClientId, clock: number): Y.Item | null {
  if (Y.getState(doc.store, client) <= clock) return null;
  const struct: unknown = Y.getItem(doc.store, Y.createID(client, clock));
  return struct instanceof Y.Item ? struct : null;
}
