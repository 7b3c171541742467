import type { ChapterId, ClientId, MemberId, Seq } from '../../shared/ids.ts';
import type { CloseReason, RejectCode } from '../../shared/wire/codes.ts';
import { type AwarenessState, type AwarenessUser, RoomAwareness } from './awareness.ts';
import { END_OF_STATE, encodeStep1Message } from './messages.ts';
import type { RoomSession } from './room-session.ts';
import { type Packet, packet } from './socket-port.ts';
import type { Tail } from './tail.ts';

/** What the report says to an update: `taken` = appended, will be durable or the report fails; `known` = nothing new in it; `ignored` = the report takes nothing any more. */
export type Outcome = 'taken' | 'known' | 'gap' | 'ignored' | RejectCode;

/** What a room needs of its report. */
export interface RoomHost {
  now(): number;
  after(ms: number, run: () => void): () => void;
  /** Last durable entry of the report. */
  head(): Seq;
  ownerOf(client: ClientId): MemberId | null;
  /** Judges an update and, when it is good, appends it. */
  submit(room: Room, session: RoomSession, update: Uint8Array): Outcome;
  /** Encoded state vector of the chapter's text: with what is in flight (to a writer who left a gap), or only what is durable (to a joiner). */
  stateVector(chapter: ChapterId, which: 'admitted' | 'committed'): Uint8Array;
  lease(member: MemberId, chapter: ChapterId): ClientId | null;
  /** Somebody came, went, or the last one left. */
  roomChanged(room: Room): void;
  sessionLeft(session: RoomSession): void;
  tailIsLong(room: Room): void;
}

/** A text entry of this chapter that is durable now. */
export interface DurableText {
  readonly seq: Seq;
  /** The Update message that relays it. */
  readonly message: Uint8Array;
  /** Who wrote its new text, as a message; made only where somebody asked for it. */
  readonly attribution: () => Uint8Array;
  /** The socket it came from; null when it came from none of this room's (an import, another machine). */
  readonly from: RoomSession | null;
}

/** A lone typist sees "saved" at once; among others the ack rides with their text, at most this late. */
const ACK_DELAY_MS = 100;
const PRESENCE_DELAY_MS = 33;

/**
 * One open chapter: who is in it, what they have been told, what they wait for. It knows nothing of storage and holds no live document.
 * Promises: nothing is sent to anybody before it is durable; acks go in order and never before durability; nobody gets their own text back.
 */
export class Room {
  readonly chapter: ChapterId;
  readonly tail: Tail;
  readonly sessions = new Set<RoomSession>();
  private readonly host: RoomHost;
  private readonly awareness: RoomAwareness<RoomSession>;
  private appended = 0;
  private durable = 0;
  private dirty = new Set<ClientId>();
  private cancelAcks: (() => void) | null = null;
  private cancelPresence: (() => void) | null = null;
  /** As the report's socket was last told. */
  private toldCarets = '';

  constructor(host: RoomHost, chapter: ChapterId, tail: Tail) {
    this.host = host;
    this.chapter = chapter;
    this.tail = tail;
    this.awareness = new RoomAwareness((client) => host.ownerOf(client));
  }

  now(): number {
    return this.host.now();
  }

  join(session: RoomSession): void {
    this.sessions.add(session);
    this.host.roomChanged(this);
    session.send(packet(this.step1('committed')));
  }

  leave(session: RoomSession): void {
    this.sessions.delete(session);
    this.markDirty(this.awareness.leave(session, this.now()));
    this.host.sessionLeft(session);
    this.host.roomChanged(this);
  }

  /** Members present, each once. */
  members(): MemberId[] {
    return [...new Set(Array.from(this.sessions, (session) => session.member))];
  }

  /** Members whose caret is here, each once. */
  carets(): MemberId[] {
    return this.awareness.carets();
  }

  step1(which: 'admitted' | 'committed'): Uint8Array {
    return encodeStep1Message(this.host.stateVector(this.chapter, which));
  }

  /** Is text of this room on its way to the disk? */
  get isWaiting(): boolean {
    return this.durable < this.appended;
  }

  /** The answer to a SyncStep1, ending with the empty SyncStep2 and who is there. */
  stateFor(session: RoomSession, vector: Uint8Array, since: Seq | null): Uint8Array[] {
    const entries = (since === null ? null : this.tail.after(since)) ?? this.tail.state(vector);
    const presence = this.awareness.encodeAllBut(session);
    return presence === null ? [...entries, END_OF_STATE] : [...entries, END_OF_STATE, presence];
  }

  /** An update-bearing frame, the socket's `n`-th. */
  receive(session: RoomSession, n: number, update: Uint8Array): 'taken' | 'known' | 'gap' | 'ignored' | 'rejected' {
    const outcome = this.host.submit(this, session, update);
    switch (outcome) {
      case 'taken':
        this.appended += 1;
        session.inFlight += 1;
        session.acks.wait(n, this.appended);
        return outcome;
      case 'known':
        session.acks.wait(n, this.appended);
        if (!this.isWaiting) this.settleAcks(session, this.host.head());
        return outcome;
      case 'gap':
      case 'ignored':
        return outcome;
      default:
        session.reject(n, outcome);
        return 'rejected';
    }
  }

  /** Called once for each commit that concerns this chapter, after every fold has been made. */
  committed(texts: readonly DurableText[], head: Seq): void {
    const newest = this.takeDurable(texts);
    const presence = this.takePresence();
    const messages = texts.map((text) => text.message);
    let attribution: Packet | null = null;
    const shared = packet(...messages, ...this.presenceMessage(presence));
    for (const session of this.sessions) {
      if (session.acks.isWaiting) session.acks.settle(this.durable, newest.get(session) ?? head);
      if (session.reading !== 'live') continue;
      const ids = this.awareness.ids(session);
      const speaksOfItself = presence.length > 0 && presence.some((client) => ids.has(client));
      if (!newest.has(session) && !speaksOfItself) session.send(shared);
      else if (texts.length > 1 || presence.length > 0) {
        const others = texts.filter((text) => text.from !== session).map((text) => text.message);
        const own = [...others, ...this.presenceMessage(presence.filter((client) => !ids.has(client)))];
        if (own.length > 0) session.send({ messages: own });
      }
      if (!session.wantsAttribution) continue;
      attribution ??= packet(...texts.map((text) => text.attribution()));
      session.send(attribution);
    }
    this.scheduleAcks();
    if (this.tail.isLong()) this.host.tailIsLong(this);
  }

  /** @returns the newest own entry of each socket that wrote some of it. */
  private takeDurable(texts: readonly DurableText[]): Map<RoomSession, Seq> {
    const newest = new Map<RoomSession, Seq>();
    for (const { seq, message, from } of texts) {
      this.tail.push({ seq, message });
      if (from === null) continue;
      this.durable += 1;
      from.inFlight -= 1;
      newest.set(from, seq);
    }
    return newest;
  }

  appear(session: RoomSession, user: AwarenessUser, states: readonly AwarenessState[]): void {
    this.markDirty(this.awareness.update(session, user, states, this.now()));
  }

  tellWhoIsThere(session: RoomSession): void {
    const presence = this.awareness.encodeAllBut(session);
    if (presence !== null) session.send(packet(presence));
  }

  lease(session: RoomSession): ClientId | null {
    return this.host.lease(session.member, this.chapter);
  }

  /** Sends what is due at once; before the server stops. */
  flush(): void {
    for (const session of this.sessions) session.sendDueAck();
  }

  closeAll(reason: CloseReason): void {
    for (const session of [...this.sessions]) session.close(reason);
  }

  /** No timer of a closed room runs. */
  stop(): void {
    this.cancelAcks?.();
    this.cancelPresence?.();
  }

  private settleAcks(session: RoomSession, seq: Seq): void {
    session.acks.settle(this.durable, seq);
    this.scheduleAcks();
  }

  private scheduleAcks(): void {
    if (this.sessions.size === 1) {
      this.flush();
      return;
    }
    if (this.cancelAcks !== null) return;
    let due = false;
    for (const session of this.sessions) due ||= session.acks.isDue;
    if (!due) return;
    this.cancelAcks = this.host.after(ACK_DELAY_MS, () => {
      this.cancelAcks = null;
      this.flush();
    });
  }

  private markDirty(clients: readonly ClientId[]): void {
    if (clients.length === 0) return;
    for (const client of clients) this.dirty.add(client);
    const carets = this.carets().sort().join();
    if (carets !== this.toldCarets) {
      this.toldCarets = carets;
      this.host.roomChanged(this);
    }
    this.cancelPresence ??= this.host.after(PRESENCE_DELAY_MS, () => {
      this.cancelPresence = null;
      this.flushPresence();
    });
  }

  private flushPresence(): void {
    const clients = this.takePresence();
    if (clients.length === 0) return;
    const shared = packet(...this.presenceMessage(clients));
    for (const session of this.sessions) {
      if (session.reading !== 'live') continue;
      const ids = this.awareness.ids(session);
      const others = clients.filter((client) => !ids.has(client));
      if (others.length === clients.length) session.send(shared);
      else if (others.length > 0) session.send(packet(...this.presenceMessage(others)));
    }
  }

  /** Ids whose states may be told now: a caret may stand in text that is not durable yet, so it waits behind its author's. */
  private takePresence(): ClientId[] {
    const ready: ClientId[] = [];
    for (const client of this.dirty) if ((this.awareness.speakerOf(client)?.inFlight ?? 0) === 0) ready.push(client);
    for (const client of ready) this.dirty.delete(client);
    return ready;
  }

  private presenceMessage(clients: readonly ClientId[]): Uint8Array[] {
    const message = this.awareness.encode(clients);
    return message === null ? [] : [message];
  }
}
