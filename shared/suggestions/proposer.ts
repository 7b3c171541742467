import * as Y from 'yjs';
import type { ClientId, MemberId, Seq } from '../ids.ts';
import type { Lanes, WritePlace } from '../text/write.ts';
import type { ChapterSuggestions, SuggestionHeader } from './chapter-suggestions.ts';
import { buildFork, textOf } from './fork.ts';
import { apart, type IdRanges, knownTo, meets, NO_IDS, NOTHING } from './id-ranges.ts';
import type { Lane, LaneKind, LaneWrite, SuggestionEvent } from './suggestion.ts';

export interface ProposerOptions {
  /** The chapter's text as this browser has it; changes of it flow into the fork. */
  readonly main: Y.Doc;
  /** What the log says so far; changed by `hear` only. */
  readonly known: ChapterSuggestions;
  readonly member: MemberId;
  /** A client id that nobody used. */
  readonly newLane: () => ClientId;
  /** A write to be kept and sent. */
  readonly onWrite: (write: LaneWrite) => void;
  /** The fork was made anew: the editor goes over to this text. */
  readonly onFork: (text: Y.Text) => void;
}

/**
 * One proposer's fork of a chapter: what they write becomes lanes, what others do to the text flows in, what is decided is taken over.
 * Bound to an editor like any text; the editor's writes go through `run`.
 */
export class Proposer implements Lanes {
  readonly #options: ProposerOptions;
  /** Written here and not yet told back by the log, oldest first. */
  readonly #pending: LaneWrite[] = [];
  /** What is known, with what is pending on top of it. */
  #local: ChapterSuggestions;
  #fork: Y.Doc;
  /** Lane of the act under way: all its operations are one suggestion. */
  #act: { lane: ClientId | null } | null = null;
  readonly #follow = (update: Uint8Array): void => Y.applyUpdate(this.#fork, update, FROM_MAIN);

  /** @param pending writes of an earlier visit that were not acknowledged */
  constructor(options: ProposerOptions, pending: readonly LaneWrite[] = []) {
    this.#options = options;
    this.#pending.push(...pending);
    this.#local = this.#withPending();
    this.#fork = buildFork(options.main, this.#local.lanesOf(options.member));
    options.main.on('update', this.#follow);
  }

  get text(): Y.Text {
    return textOf(this.#fork);
  }

  get fork(): Y.Doc {
    return this.#fork;
  }

  get suggestions(): ChapterSuggestions {
    return this.#local;
  }

  get pending(): readonly LaneWrite[] {
    return this.#pending;
  }

  close(): void {
    this.#options.main.off('update', this.#follow);
    this.#fork.destroy();
  }

  /** An entry of the log, anybody's. */
  hear(event: SuggestionEvent, header: SuggestionHeader): void {
    const { known, member } = this.#options;
    const isOwn = header.author === member && event.op === 'write';
    const own = isOwn ? this.#pending.findIndex((write) => isSame(write, event)) : -1;
    const concerns = event.op === 'decide' && known.suggestion(event.suggestion)?.proposer === member;
    known.apply(event, header);
    if (own >= 0) this.#pending.splice(own, 1);
    this.#local = this.#withPending();
    if ((concerns && event.verdict !== 'accepted') || (isOwn && own < 0)) this.#rebuild();
  }

  /** The server will not have a write: it is dropped. @returns whether it was still waiting */
  refused(write: LaneWrite): boolean {
    const at = this.#pending.indexOf(write);
    if (at < 0) return false;
    this.#pending.splice(at, 1);
    this.#local = this.#withPending();
    this.#rebuild();
    return true;
  }

  /** Everything written in `act` belongs to one suggestion, as a command's or a move's parts do. */
  group(act: () => void): void {
    this.#act = { lane: null };
    try {
      act();
    } finally {
      this.#act = null;
    }
  }

  run(place: WritePlace, write: () => void): void {
    const { lane, kind, merge } = this.#pick(place);
    const fork = this.#fork;
    fork.clientID = lane;
    let update: Uint8Array | null = null;
    const listen = (written: Uint8Array): void => {
      update ??= written;
    };
    fork.on('update', listen);
    try {
      write();
    } finally {
      fork.off('update', listen);
    }
    if (update === null) return;
    const { structs, deletes } = apart(update);
    const act = this.#act;
    const joined = act?.lane === null || act?.lane === undefined || act.lane === lane ? merge : [...merge, act.lane];
    if (act !== null) act.lane ??= lane;
    this.#take({
      lane,
      kind,
      number: this.#nextIn(lane),
      merge: joined,
      update: structs,
      strike: knownTo(fork, deletes),
      unstrike: NO_IDS,
    });
  }

  /** Takes writes of words back: what they put in is struck, what they struck stands again. Looks are set back by setting them. */
  takeBack(writes: readonly LaneWrite[]): void {
    let back = false;
    for (const { lane, kind, update, strike } of [...writes].reverse()) {
      if (kind === 'look') continue;
      const own = this.#idsOf(lane, update);
      this.#take({ lane, kind, number: this.#nextIn(lane), merge: [], update: NOTHING, strike: own, unstrike: strike });
      back = true;
    }
    if (back) this.#rebuild();
  }

  #idsOf(lane: ClientId, update: Uint8Array): IdRanges {
    const structs = Y.decodeUpdate(update).structs;
    const from = structs[0]?.id.clock;
    const last = structs.at(-1);
    return from === undefined || last === undefined ? NO_IDS : [[lane, from, last.id.clock + last.length - from]];
  }

  #nextIn(lane: ClientId): number {
    return (this.#local.lane(lane)?.writes ?? 0) + 1;
  }

  #take(write: LaneWrite): void {
    this.#pending.push(write);
    this.#local.apply({ op: 'write', ...write }, this.#headerOf(this.#pending.length));
    this.#options.onWrite(write);
  }

  #withPending(): ChapterSuggestions {
    const local = this.#options.known.copy();
    this.#pending.forEach((write, index) => {
      local.apply({ op: 'write', ...write }, this.#headerOf(index + 1));
    });
    return local;
  }

  /** Numbers beyond every seq, until the log gives one. */
  #headerOf(count: number): SuggestionHeader {
    return { seq: PENDING_FROM + count, at: 0, author: this.#options.member };
  }

  #rebuild(): void {
    const old = this.#fork;
    this.#fork = buildFork(this.#options.main, this.#local.lanesOf(this.#options.member));
    this.#options.onFork(this.text);
    old.destroy();
  }

  /** The lane for a write: that of an open suggestion which it touches, else a new one. */
  #pick(place: WritePlace): { readonly lane: ClientId; readonly kind: LaneKind; readonly merge: readonly ClientId[] } {
    if ('marker' in place) return this.#pickForLook(place.marker._item!.id);
    const [lane, ...merge] = this.#touched(place.from, place.to);
    return { lane: lane ?? this.#options.newLane(), kind: 'text', merge };
  }

  /** A look has a lane of its own even on a line that the same suggestion makes: the line may be accepted while its look is being changed. */
  #pickForLook(line: Y.ID): { readonly lane: ClientId; readonly kind: LaneKind; readonly merge: readonly ClientId[] } {
    for (const lane of this.#local.lanesOf(this.#options.member)) {
      if (lane.kind === 'look' && lane.suggestion !== null && !lane.shut && this.#lineOf(lane) === `${line.client}.${line.clock}`)
        return { lane: lane.id, kind: 'look', merge: [] };
    }
    return { lane: this.#options.newLane(), kind: 'look', merge: [] };
  }

  #lineOf({ id, base, end }: Lane): string | null {
    if (end <= base) return null;
    const item: unknown = Y.getItem(this.#fork.store, Y.createID(id, base));
    const parent = item instanceof Y.Item && item.parent instanceof Y.AbstractType ? item.parent._item : null;
    return parent === null ? null : `${parent.id.client}.${parent.id.clock}`;
  }

  #openLane(id: ClientId): Lane | null {
    const lane = this.#local.lane(id);
    return lane === undefined || lane.proposer !== this.#options.member || lane.shut ? null : lane;
  }

  /** Own open lanes of words that a stretch meets, or that stand right beside it, with what is struck between. */
  #touched(from: number, to: number): ClientId[] {
    const found = new Set<ClientId>();
    const open = this.#local.lanesOf(this.#options.member).filter(({ kind, shut }) => kind === 'text' && !shut);
    let at = 0;
    for (let item = this.text._start; item !== null && at <= to; item = item.right) {
      const { client, clock } = item.id;
      const size = item.deleted || !item.countable ? 0 : item.length;
      const begin = size === 0 ? 0 : Math.max(0, from - 1 - at);
      const end = size === 0 ? item.length : Math.min(size, to + 1 - at);
      const near = size === 0 ? at >= from && at <= to : begin < end;
      at += size;
      if (!near) continue;
      if (size > 0) {
        const home = this.#openLane(client);
        if (home?.kind === 'text' && clock + end > home.base) found.add(client);
      } else if (item.deleted) {
        for (const lane of open) if (meets([[client, clock, item.length]], lane.strikes)) found.add(lane.id);
      }
    }
    return [...found];
  }
}

const FROM_MAIN = Symbol('from the text');
/** Local numbers of writes that have none yet. */
const PENDING_FROM: Seq = 2 ** 50;

function isSame(one: LaneWrite, other: LaneWrite): boolean {
  return one.lane === other.lane && one.number === other.number;
}
