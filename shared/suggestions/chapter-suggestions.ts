import * as Y from 'yjs';
import type { ChapterId, ClientId, MemberId, Seq } from '../ids.ts';
import type { EntryHeader } from '../log/entry.ts';
import { covers, type IdRange, type IdRanges, idRanges, NO_IDS, saysNothing, subtract, union } from './id-ranges.ts';
import type { Lane, LaneCut, LaneWrite, Piece, Suggestion, SuggestionEvent } from './suggestion.ts';

/** The part of an entry's header that a suggestion remembers. */
export type SuggestionHeader = Pick<EntryHeader, 'seq' | 'at' | 'author'>;

/**
 * The suggestions of one chapter and the lanes that they are made of: a fold over its `suggestion` entries, the same in the server and in
 * every browser. It knows nothing of the text itself. Total: an entry that does not fit changes nothing.
 */
export class ChapterSuggestions {
  readonly chapter: ChapterId;
  readonly #lanes = new Map<ClientId, Lane>();
  readonly #suggestions = new Map<Seq, Suggestion>();

  constructor(chapter: ChapterId) {
    this.chapter = chapter;
  }

  /** Goes its own way from here on. */
  copy(): ChapterSuggestions {
    const copy = new ChapterSuggestions(this.chapter);
    for (const [id, lane] of this.#lanes) copy.#lanes.set(id, lane);
    for (const [id, suggestion] of this.#suggestions) copy.#suggestions.set(id, suggestion);
    return copy;
  }

  lane(id: ClientId): Lane | undefined {
    return this.#lanes.get(id);
  }

  lanes(): Iterable<Lane> {
    return this.#lanes.values();
  }

  lanesOf(proposer: MemberId): Lane[] {
    return [...this.#lanes.values()].filter((lane) => lane.proposer === proposer);
  }

  suggestion(id: Seq): Suggestion | undefined {
    return this.#suggestions.get(id);
  }

  /** In the order in which they were begun. */
  suggestions(): Iterable<Suggestion> {
    return this.#suggestions.values();
  }

  /** Open ones that still say something: a proposer may have taken everything back. */
  open(): Suggestion[] {
    return [...this.#suggestions.values()].filter((suggestion) => suggestion.status === 'open' && !this.isVoid(suggestion));
  }

  /** Has everything that it would put in been taken out again, and does it strike nothing? */
  isVoid({ lanes }: Suggestion): boolean {
    const own: IdRange[] = [];
    let strikes: IdRanges = NO_IDS;
    for (const id of lanes) {
      const lane = this.#lanes.get(id);
      if (lane === undefined || lane.shut) continue;
      if (lane.kind === 'look' && lane.end > lane.base) return false;
      own.push([id, lane.base, lane.end - lane.base]);
      strikes = union(strikes, lane.strikes);
    }
    const written = idRanges(own);
    return covers(strikes, written) && covers(union(written, this.#deadOf(lanes)), strikes);
  }

  #deadOf(lanes: readonly ClientId[]): IdRanges {
    return lanes.reduce((dead, id) => union(dead, this.#lanes.get(id)?.dead ?? NO_IDS), NO_IDS);
  }

  /** What a decision of now reaches. */
  cutsOf({ lanes }: Suggestion): LaneCut[] {
    return lanes.flatMap((id) => {
      const lane = this.#lanes.get(id);
      return lane === undefined ? [] : [{ lane: id, to: lane.end, strikes: lane.strikes }];
    });
  }

  apply(event: SuggestionEvent, header: SuggestionHeader): void {
    switch (event.op) {
      case 'write':
        this.#write(event, header);
        return;
      case 'decide':
        this.#decide(event, header);
        return;
      case 'explain': {
        const known = this.#suggestions.get(event.suggestion);
        if (known === undefined) return;
        this.#suggestions.set(known.id, { ...known, reason: event.reason, thread: event.thread ?? known.thread });
      }
    }
  }

  #write(write: LaneWrite, header: SuggestionHeader): void {
    const before = this.#lanes.get(write.lane);
    if (before !== undefined && (before.proposer !== header.author || before.kind !== write.kind || before.shut)) return;
    const lane: Lane = before ?? freshLane(write, header.author);
    if (write.number <= lane.writes) return;
    const read = readPiece(write, lane.end);
    if (read === null) return;
    const strikes = subtract(union(lane.strikes, write.strike), write.unstrike);
    const written: Lane = {
      ...lane,
      writes: write.number,
      strikes,
      end: read.piece?.to ?? lane.end,
      pieces: read.piece === null ? lane.pieces : [...lane.pieces, read.piece],
    };
    this.#lanes.set(lane.id, written);
    // To strike out what another open suggestion puts in is to revise it: accepted alone, the strike would find nothing to strike.
    const revised = write.strike.flatMap(([client, clock, length]) =>
      clock + length > (this.#lanes.get(client)?.base ?? Number.POSITIVE_INFINITY) ? [client] : [],
    );
    const joined = [lane.id, ...write.merge, ...read.standsOn, ...revised].filter((id) => this.#isOpenOf(id, header.author));
    if (this.#saysMore(written, joined)) this.#join(joined, header);
  }

  /** A write that takes back what nobody has decided about begins no suggestion. */
  #saysMore(lane: Lane, joined: readonly ClientId[]): boolean {
    return lane.suggestion !== null || joined.length > 1 || lane.end > lane.base || lane.strikes.length > 0;
  }

  #isOpenOf(id: ClientId, proposer: MemberId): boolean {
    const lane = this.#lanes.get(id);
    return lane !== undefined && lane.proposer === proposer && !lane.shut;
  }

  /** The lanes, and all that belongs to their suggestions, are one suggestion: the oldest of them. */
  #join(lanes: readonly ClientId[], { seq, at, author }: SuggestionHeader): void {
    const written = lanes[0]!;
    const parts = new Set<Seq>();
    for (const id of lanes) {
      const { suggestion } = this.#lanes.get(id)!;
      if (suggestion !== null) parts.add(suggestion);
    }
    const id = parts.size === 0 ? seq : Math.min(...parts);
    const members = new Set<ClientId>([written]);
    for (const part of parts) for (const lane of this.#suggestions.get(part)?.lanes ?? []) members.add(lane);
    const first = this.#suggestions.get(id) ?? {
      id,
      chapter: this.chapter,
      proposer: author,
      at,
      status: 'open' as const,
      reason: '',
      thread: null,
      decision: null,
    };
    let { reason, thread } = first;
    for (const part of parts) {
      if (part === id) continue;
      const other = this.#suggestions.get(part)!;
      if (reason === '') reason = other.reason;
      thread ??= other.thread;
      this.#suggestions.delete(part);
    }
    this.#suggestions.set(id, { ...first, lanes: [...members], rev: seq, changedAt: at, reason, thread });
    for (const lane of members) this.#lanes.set(lane, { ...this.#lanes.get(lane)!, suggestion: id });
  }

  #decide(event: SuggestionEvent & { readonly op: 'decide' }, header: SuggestionHeader): void {
    const decided = this.#suggestions.get(event.suggestion);
    if (decided?.status !== 'open') return;
    const later: ClientId[] = [];
    const cuts = new Map(event.cuts.map((cut) => [cut.lane, cut]));
    for (const id of decided.lanes) {
      const lane = this.#lanes.get(id);
      if (lane === undefined) continue;
      const after = cutLane(lane, cuts.get(id), event.verdict === 'accepted');
      this.#lanes.set(id, after);
      if (!after.shut && (after.end > after.base || after.strikes.length > 0)) later.push(id);
    }
    const { author: by, at, seq } = header;
    const decision = { by, at, seq, reason: event.reason, shown: event.shown, supersededBy: event.by };
    this.#suggestions.set(decided.id, { ...decided, status: event.verdict, decision });
    // Written while the decision was on its way to the disk: it goes on as a suggestion of its own, under the seq of its newest write.
    if (later.length === 0) return;
    const rest = { ...decided, id: decided.rev === decided.id ? seq : decided.rev, lanes: later, at: decided.changedAt };
    this.#suggestions.set(rest.id, rest);
    for (const id of later) this.#lanes.set(id, { ...this.#lanes.get(id)!, suggestion: rest.id });
  }
}

function freshLane({ lane: id, kind }: LaneWrite, proposer: MemberId): Lane {
  return {
    id,
    proposer,
    kind,
    base: 0,
    end: 0,
    strikes: NO_IDS,
    writes: 0,
    dead: NO_IDS,
    pieces: [],
    suggestion: null,
    shut: false,
  };
}

/** @returns null when the items do not follow on from what the lane holds; an empty piece for ones that it holds already. */
function readPiece(
  { lane, update }: LaneWrite,
  end: number,
): { readonly piece: Piece | null; readonly standsOn: readonly ClientId[] } | null {
  if (saysNothing(update)) return { piece: null, standsOn: [] };
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  const standsOn = new Set<ClientId>();
  try {
    for (const struct of Y.decodeUpdate(update).structs) {
      if (struct.id.client !== lane) return null;
      from = Math.min(from, struct.id.clock);
      to = Math.max(to, struct.id.clock + struct.length);
      if (!(struct instanceof Y.Item)) continue;
      const parent = struct.parent instanceof Y.ID ? struct.parent : null;
      for (const id of [struct.origin, struct.rightOrigin, parent]) if (id !== null && id.client !== lane) standsOn.add(id.client);
    }
  } catch {
    return null;
  }
  if (from > end) return null;
  return { piece: to > end ? { from, to, update } : null, standsOn: to > end ? [...standsOn] : [] };
}

function cutLane(lane: Lane, cut: LaneCut | undefined, accepted: boolean): Lane {
  const to = Math.min(lane.end, Math.max(lane.base, cut?.to ?? lane.base));
  const after: Lane = {
    ...lane,
    base: to,
    strikes: subtract(lane.strikes, cut?.strikes ?? NO_IDS),
    suggestion: null,
  };
  if (accepted) return after;
  if (lane.kind === 'look') return { ...after, base: lane.end, strikes: NO_IDS, shut: true };
  return { ...after, dead: union(lane.dead, to > lane.base ? [[lane.id, lane.base, to - lane.base]] : NO_IDS) };
}
