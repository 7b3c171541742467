import * as Y from 'yjs';

/** For each client: the clocks that the updates insert, as sorted, merged [from, to) pairs. */
export type ClockRanges = ReadonlyMap<number, readonly { readonly from: number; readonly to: number }[]>;

/**
 * Tells whether a server that stands at `vector` has every struct of `doc` once it has taken `updates`. Deletions are not asked about: they
 * do not move a vector, and our own ones are in the outbox until they are acknowledged.
 */
export function coversEverything(doc: Y.Doc, vector: ReadonlyMap<number, number>, updates: readonly Uint8Array[]): boolean {
  const ranges = insertedRanges(updates);
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    let known = vector.get(client) ?? 0;
    for (const range of ranges.get(client) ?? []) if (range.from <= known && range.to > known) known = range.to;
    if (known < clock) return false;
  }
  return true;
}

/** @param updates Yjs V1, each of one writer's consecutive structs (as a local transaction gives) */
function insertedRanges(updates: readonly Uint8Array[]): ClockRanges {
  const ranges = new Map<number, { from: number; to: number }[]>();
  for (const update of updates) {
    const { from, to } = Y.parseUpdateMeta(update);
    for (const [client, start] of from) {
      const list = ranges.get(client) ?? [];
      list.push({ from: start, to: to.get(client) ?? start });
      ranges.set(client, list);
    }
  }
  for (const list of ranges.values()) list.sort((a, b) => a.from - b.from);
  return ranges;
}

/** @returns whether the update (Yjs V1) only deletes. */
export function onlyDeletes(update: Uint8Array): boolean {
  return Y.parseUpdateMeta(update).from.size === 0;
}
