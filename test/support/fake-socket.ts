import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { SocketClass, SocketLike } from '../../client/connection/environment.ts';
import type { Role } from '../../shared/access/can.ts';
import type { MemberId } from '../../shared/ids.ts';
import type { RejectCode } from '../../shared/wire/codes.ts';
import type { EntryNews, GongbiMessage } from '../../shared/wire/protocol.ts';
import { decodeGongbi, encodeGongbi, MESSAGE, PROTOCOL_VERSION, SCHEMA_VERSION, SYNC } from '../../shared/wire/protocol.ts';

/** Who `FakeServer.write` writes as, unless told otherwise. */
export const COLLEAGUE = 'colleaguecolleague1' as MemberId;

/** One update-bearing frame as the scripted server received it. */
export interface ReceivedFrame {
  readonly kind: 'step2' | 'update';
  readonly n: number;
  readonly update: Uint8Array;
}

/**
 * A server to play against the connection layer without a network: it speaks docs/PROTOCOL.md for one report, holds acknowledgements back,
 * loses them, rejects, and is cut off when told to. It judges clocks only; the real one is tested elsewhere.
 */
export class FakeServer {
  readonly rooms = new Map<string, Y.Doc>();
  /** Text entries made, oldest first. */
  readonly entries: { readonly room: string; readonly update: Uint8Array }[] = [];
  readonly news: (EntryNews & { readonly seq: number })[] = [];
  readonly sockets = new Set<FakeSocket>();
  readonly addresses: string[] = [];
  seq = 0;
  epoch = 'epoch-1';
  schema = SCHEMA_VERSION;
  role: Role = 'editor';
  mayWrite = true;
  member = 'membermembermember1' as MemberId;
  /** false: upgrades fail and open sockets have been cut. */
  reachable = true;
  /** false: acknowledgements wait for `releaseAcks`. */
  acks = true;
  /** Decides on every update-bearing frame; null = admitted. */
  judge: (frame: ReceivedFrame) => RejectCode | null = () => null;
  /** Decides which update-bearing frames are counted and then forgotten, as if their entry had been lost. */
  loses: (frame: ReceivedFrame) => boolean = () => false;
  readonly WebSocket: SocketClass;
  #nextLease = 70_000;
  #heldAcks: { readonly socket: FakeSocket; readonly n: number; readonly seq: number }[] = [];

  constructor() {
    const server = this;
    this.WebSocket = class extends FakeSocket {
      constructor(url: string) {
        super(url, server);
      }
    };
  }

  room(name: string): Y.Doc {
    const doc = this.rooms.get(name) ?? new Y.Doc({ gc: false });
    this.rooms.set(name, doc);
    return doc;
  }

  textOf(name: string): string {
    return this.room(name).getText('t').toString();
  }

  /** Every client id that wrote in a room. */
  clientsOf(name: string): number[] {
    return [...Y.decodeStateVector(Y.encodeStateVector(this.room(name))).keys()];
  }

  /** Somebody else writes. */
  write(name: string, change: (text: Y.Text) => void, client = 1_000_000, author: MemberId = COLLEAGUE): void {
    const doc = this.room(name);
    doc.clientID = client;
    const updates: Uint8Array[] = [];
    const listen = (update: Uint8Array) => updates.push(update);
    doc.on('update', listen);
    change(doc.getText('t'));
    doc.off('update', listen);
    for (const update of updates) this.#commit(name, update, null, author);
  }

  /** A change that somebody else made elsewhere. */
  take(name: string, update: Uint8Array): void {
    this.#commit(name, update, null, COLLEAGUE);
  }

  /** Cuts every socket as a lost network does. */
  cut(code = 1006): void {
    for (const socket of [...this.sockets]) socket.drop(code);
  }

  goAway(): void {
    this.reachable = false;
    this.cut();
  }

  say(message: GongbiMessage): void {
    for (const socket of this.sockets) socket.deliver(encodeGongbi(message));
  }

  releaseAcks(): void {
    this.acks = true;
    const held = this.#heldAcks;
    this.#heldAcks = [];
    for (const { socket, n, seq } of held) socket.deliver(encodeGongbi({ kind: 'ack', n, seq }));
  }

  /** The held acknowledgements never arrive. */
  loseAcks(): void {
    this.acks = true;
    this.#heldAcks = [];
  }

  opened(socket: FakeSocket): void {
    this.sockets.add(socket);
    socket.deliver(
      encodeGongbi({
        kind: 'hello',
        protocol: PROTOCOL_VERSION,
        schema: this.schema,
        epoch: this.epoch,
        member: this.member,
        name: '沈知微',
        role: this.role,
        mayWrite: this.mayWrite,
        seq: this.seq,
        chainHead: 'ab'.repeat(32),
      }),
    );
    if (socket.params.get('epoch') !== null && socket.params.get('epoch') !== this.epoch) {
      socket.drop(4410);
      return;
    }
    if (socket.room === null) {
      this.#beginReport(socket);
      return;
    }
    socket.deliver(syncFrame(SYNC.step1, Y.encodeStateVector(this.room(socket.room))));
  }

  received(socket: FakeSocket, frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE.gongbi) {
      if (decodeGongbi(decoder)?.kind === 'ask-lease') {
        this.#nextLease += 1;
        socket.deliver(encodeGongbi({ kind: 'lease', clientId: this.#nextLease }));
      }
      return;
    }
    if (type === MESSAGE.awareness) {
      for (const other of this.sockets) if (other !== socket && other.room === socket.room) other.deliver(frame);
      return;
    }
    if (type !== MESSAGE.sync || socket.room === null) return;
    const kind = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (kind === SYNC.step1) {
      this.#answer(socket, body);
      return;
    }
    this.#admit(socket, kind === SYNC.step2 ? 'step2' : 'update', body);
  }

  #answer(socket: FakeSocket, vector: Uint8Array): void {
    socket.deliver(syncFrame(SYNC.update, Y.encodeStateAsUpdate(this.room(socket.room!), vector)));
    socket.deliver(syncFrame(SYNC.step2, new Uint8Array([0, 0])));
    socket.live = true;
  }

  #admit(socket: FakeSocket, kind: ReceivedFrame['kind'], update: Uint8Array): void {
    socket.count += 1;
    const frame = { kind, n: socket.count, update };
    socket.frames.push(frame);
    if (socket.rejected || (socket.gap && kind === 'update') || this.loses(frame)) return;
    const code = this.judge(frame);
    if (code !== null) {
      socket.rejected = true;
      socket.deliver(encodeGongbi({ kind: 'reject', n: frame.n, code }));
      return;
    }
    const room = socket.room!;
    const known = Y.decodeStateVector(Y.encodeStateVector(this.room(room)));
    const { from } = Y.parseUpdateMeta(update);
    socket.gap = [...from].some(([client, clock]) => clock > (known.get(client) ?? 0));
    if (socket.gap) {
      socket.deliver(syncFrame(SYNC.step1, Y.encodeStateVector(this.room(room))));
      return;
    }
    this.#commit(room, update, socket);
    if (this.acks) socket.deliver(encodeGongbi({ kind: 'ack', seq: this.seq, n: frame.n }));
    else this.#heldAcks.push({ socket, n: frame.n, seq: this.seq });
  }

  #commit(room: string, update: Uint8Array, author: FakeSocket | null, member = this.member): void {
    const doc = this.room(room);
    let isNew = author === null;
    const listen = () => {
      isNew = true;
    };
    doc.on('update', listen);
    Y.applyUpdate(doc, update, author);
    doc.off('update', listen);
    if (!isNew) return;
    this.entries.push({ room, update });
    this.enter({ at: 1, author: member, kind: 'text', subject: room, added: 1, removed: 0 });
    for (const other of this.sockets) {
      if (other !== author && other.room === room && other.live) other.deliver(syncFrame(SYNC.update, update));
    }
  }

  /** A log entry for the report's own sockets. */
  enter(entry: EntryNews): void {
    this.seq += 1;
    this.news.push({ ...entry, seq: this.seq });
    for (const socket of this.sockets) if (socket.room === null) socket.deliver(encodeGongbi({ kind: 'entry', seq: this.seq, entry }));
  }

  #beginReport(socket: FakeSocket): void {
    socket.deliver(encodeGongbi({ kind: 'presence', places: { '': [this.member] }, carets: {} }));
    const since = Number(socket.params.get('since') ?? this.seq);
    for (const { seq, ...entry } of this.news) if (seq > since) socket.deliver(encodeGongbi({ kind: 'entry', seq, entry }));
  }
}

function syncFrame(kind: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

/** Both ends of one connection. Messages arrive in order, each in a microtask of its own. */
export class FakeSocket implements SocketLike {
  binaryType = 'blob';
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly OPEN = 1;
  readyState = 0;
  readonly url: string;
  /** The chapter; null on the report's own socket. */
  readonly room: string | null;
  readonly params: URLSearchParams;
  readonly frames: ReceivedFrame[] = [];
  count = 0;
  gap = false;
  rejected = false;
  live = false;
  readonly #server: FakeServer;

  constructor(url: string, server: FakeServer) {
    this.url = url;
    this.#server = server;
    const address = new URL(url);
    this.params = address.searchParams;
    this.room = address.pathname.split('/')[3] ?? null;
    server.addresses.push(url);
    queueMicrotask(() => {
      if (this.readyState !== 0) return;
      if (!server.reachable) {
        this.drop(1006);
        return;
      }
      this.readyState = 1;
      this.onopen?.({} as never);
      server.opened(this);
    });
  }

  send(data: Uint8Array): void {
    if (this.readyState !== 1) return;
    const copy = new Uint8Array(data);
    queueMicrotask(() => {
      if (this.readyState === 1) this.#server.received(this, copy);
    });
  }

  close(code = 1000): void {
    this.drop(code);
  }

  /** Server → client. */
  deliver(frame: Uint8Array): void {
    queueMicrotask(() => {
      if (this.readyState === 1) this.onmessage?.({ data: frame.slice().buffer } as never);
    });
  }

  /** Ends it with a close code, from either side or neither. */
  drop(code: number): void {
    if (this.readyState === 3) return;
    this.#server.sockets.delete(this);
    this.readyState = 3;
    const event = { code, reason: '' };
    queueMicrotask(() => this.onclose?.(event as never));
  }
}
