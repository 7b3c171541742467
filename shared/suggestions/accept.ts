import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { ClientId, Seq } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { isGone as isHidden, isMarker } from '../text/marker.ts';
import { isWhole, itemOf, textOf } from './fork.ts';
import { apart, has, type IdRanges, knownTo, meets, NO_IDS, subtract, union, withDeletes } from './id-ranges.ts';
import type { Lane, LaneCut } from './suggestion.ts';

/** What accepting one suggestion is judged by. */
export interface AcceptQuestion {
  /** What of it is accepted. */
  readonly cuts: readonly LaneCut[];
  /** All lanes of its proposer. */
  readonly lanes: readonly Lane[];
  /** Open suggestions of everybody else, with what they strike out. */
  readonly rivals: readonly { readonly suggestion: Seq; readonly strikes: IdRanges }[];
  /** Accept although the place of the words is gone. */
  readonly sure: boolean;
}

export interface AcceptPlan {
  /** What the text receives (V1). */
  readonly update: Uint8Array;
  /** Rivals whose struck words are gone by it. */
  readonly superseded: readonly Seq[];
}

/**
 * - `overtaken`: the look of a line was changed in the text since; there is nothing left to accept.
 * - `place-gone`: the paragraph of the words is gone, so that they would join another one. Ask first.
 * - `entangled`: it stands on words that are not part of it (a proposer is still writing): look again.
 */
export type AcceptRefusal = 'overtaken' | 'place-gone' | 'entangled';

/**
 * The update by which a suggestion becomes part of the text: exactly its items, with their ids, and what it strikes out. Items of declined
 * suggestions on which they stand come along as tombstones. Never leaves anything pending in the text.
 * @param main the text with everything that was ever in it; not changed
 */
export function planAccept(main: Y.Doc, question: AcceptQuestion): Result<AcceptPlan, AcceptRefusal> {
  const cuts = new Map(question.cuts.map((cut) => [cut.lane, cut]));
  const doc = new Y.Doc({ gc: false });
  try {
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(main));
    for (const lane of question.lanes) {
      const to = cuts.get(lane.id)?.to ?? lane.base;
      if (lane.shut || (lane.kind === 'look' && !cuts.has(lane.id))) continue;
      for (const piece of lane.pieces) if (piece.to <= to) Y.applyUpdate(doc, piece.update);
    }
    if (!isWhole(doc)) return err('entangled');
    const lanes = new Map(question.lanes.map((lane) => [lane.id, lane]));
    if (question.cuts.some(({ lane }) => lanes.get(lane)?.kind === 'look' && isOvertaken(main, doc, lane))) return err('overtaken');
    const needed = closure(main, doc, cuts);
    const strikes = question.cuts.reduce((struck, cut) => union(struck, cut.strikes), NO_IDS);
    if (!question.sure && placeIsGone(main, doc, question.cuts, lanes, strikes)) return err('place-gone');
    const dead = [...needed].reduce((all, id) => union(all, lanes.get(id)?.dead ?? NO_IDS), NO_IDS);
    const { structs } = apart(Y.encodeStateAsUpdate(doc, vectorWithout(main, doc, needed)));
    const kills = union(strikes, dead);
    const update = withDeletes(structs, clipped(main, doc, needed, kills));
    const killed = knownTo(main, kills);
    const superseded = question.rivals.filter((rival) => meets(rival.strikes, killed)).map(({ suggestion }) => suggestion);
    return ok({ update, superseded });
  } finally {
    doc.destroy();
  }
}

/** Lanes whose items the text lacks and must have: the accepted ones, and what they stand on. */
function closure(main: Y.Doc, doc: Y.Doc, cuts: ReadonlyMap<ClientId, LaneCut>): Set<ClientId> {
  const needed = new Set<ClientId>();
  const wanted = [...cuts.keys()].filter((id) => Y.getState(doc.store, id) > Y.getState(main.store, id));
  while (wanted.length > 0) {
    const id = wanted.pop()!;
    if (needed.has(id)) continue;
    needed.add(id);
    const known = Y.getState(main.store, id);
    for (const struct of doc.store.clients.get(id) ?? []) {
      if (!(struct instanceof Y.Item) || struct.id.clock + struct.length <= known) continue;
      for (const on of standsOn(struct)) {
        if (on.clock >= Y.getState(main.store, on.client) && !needed.has(on.client)) wanted.push(on.client);
      }
    }
  }
  return needed;
}

function standsOn(item: Y.Item): Y.ID[] {
  const parent = item.parent instanceof Y.AbstractType ? (item.parent._item?.id ?? null) : null;
  return [item.origin, item.rightOrigin, parent].filter((id) => id !== null);
}

/** A state vector that knows everything but the items of these lanes which the text lacks. */
function vectorWithout(main: Y.Doc, doc: Y.Doc, lanes: ReadonlySet<ClientId>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, doc.store.clients.size);
  for (const client of doc.store.clients.keys()) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, Y.getState(lanes.has(client) ? main.store : doc.store, client));
  }
  return encoding.toUint8Array(encoder);
}

/** Ids that the text will know; others it would wait for. */
function clipped(main: Y.Doc, doc: Y.Doc, needed: ReadonlySet<ClientId>, kills: IdRanges): IdRanges {
  return kills.flatMap(([client, clock, length]) => knownTo(needed.has(client) ? doc : main, [[client, clock, length]]));
}

/** Was the key that a look sets changed in the text since, or is its line gone? */
function isOvertaken(main: Y.Doc, doc: Y.Doc, lane: ClientId): boolean {
  const known = Y.getState(main.store, lane);
  const seen = new Set<string>();
  for (const struct of doc.store.clients.get(lane) ?? []) {
    if (!(struct instanceof Y.Item) || struct.id.clock < known || struct.parentSub === null) continue;
    const line = struct.parent instanceof Y.AbstractType ? struct.parent._item : null;
    if (line === null) return true;
    const stands = itemOf(main, line.id.client, line.id.clock);
    // A line that comes with the same suggestion is not in the text yet.
    if (stands === null) continue;
    if (stands.deleted || !(stands.content instanceof Y.ContentType)) return true;
    const key = `${line.id.client}.${line.id.clock}.${struct.parentSub}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const value = stands.content.type._map.get(struct.parentSub);
    if (!sameId(value === undefined ? null : value.lastId, struct.origin)) return true;
  }
  return false;
}

function sameId(one: Y.ID | null, other: Y.ID | null): boolean {
  return one === null || other === null ? one === other : Y.compareIDs(one, other);
}

/**
 * Would new words come to stand in another paragraph, or bring a deleted one back? So when the end of their own is gone from the text by
 * somebody else's hand, and with it what they were written behind.
 */
function placeIsGone(main: Y.Doc, doc: Y.Doc, cuts: readonly LaneCut[], lanes: ReadonlyMap<ClientId, Lane>, strikes: IdRanges): boolean {
  const own = new Map(cuts.map(({ lane, to }) => [lane, { from: lanes.get(lane)?.base ?? 0, to }]));
  const isGone = (client: ClientId, clock: number): boolean => {
    const item = itemOf(main, client, clock);
    return item === null ? Y.getState(main.store, client) > clock : item.deleted && !has(strikes, client, clock);
  };
  for (let item = textOf(doc)._start; item !== null; item = item.right) {
    const part = own.get(item.id.client);
    if (part === undefined || item.deleted || !item.countable || item.id.clock + item.length <= part.from) continue;
    const begin: IdRanges = [[item.id.client, item.id.clock, item.length]];
    if (subtract(begin, strikes).length === 0) continue;
    const behind = item.origin;
    if (behind === null || own.has(behind.client) || !isGone(behind.client, behind.clock)) continue;
    const end = nextEnd(item);
    if (end === null || own.has(end.id.client)) continue;
    const stands = itemOf(main, end.id.client, end.id.clock);
    const hidden = stands?.content instanceof Y.ContentType && isMarker(stands.content.type) && isHidden(stands.content.type);
    if (hidden || isGone(end.id.client, end.id.clock)) return true;
  }
  return false;
}

/** The end of the paragraph in which an item was written: the next one to its right, gone or not. */
function nextEnd(item: Y.Item): Y.Item | null {
  for (let next = item.right; next !== null; next = next.right) {
    if (next.content instanceof Y.ContentType && isMarker(next.content.type)) return next;
  }
  return null;
}
