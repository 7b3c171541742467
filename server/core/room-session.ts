import type { ClientId, MemberId, Seq } from '../../shared/ids.ts';
import type { CloseReason, RejectCode } from '../../shared/wire/codes.ts';
import { encodeGongbi } from '../../shared/wire/protocol.ts';
import { AckQueue } from './ack-queue.ts';
import { type AwarenessUser, parseAwareness } from './awareness.ts';
import { parseClientMessage } from './client-message.ts';
import type { Room } from './room.ts';
import type { Packet, SocketPort } from './socket-port.ts';

/** What one socket of a chapter said about itself when it connected. */
export interface JoinParams {
  /** The browser knows the server's chapter schema. */
  readonly schemaFits: boolean;
  /** The copy holds everything up to here. */
  readonly since: Seq | null;
  /** Server time of the newest entry that this copy is proved to have seen; null = nothing is known. */
  readonly seenAt: number | null;
}

/** Reading: nothing is sent live before the state has been. Writing: see docs/PROTOCOL.md §4. */
type Reading = 'awaiting-sync' | 'live';
type Writing =
  | { readonly kind: 'open' }
  /** A gap was answered: update frames are counted and ignored until the next SyncStep2. */
  | { readonly kind: 'resyncing' }
  /** A reject was sent: nothing more is admitted. */
  | { readonly kind: 'rejected' };

const MAX_LEASE_ASKS = 8;
const MAX_GAPS = 3;
const STATE_ANSWERS = { burst: 10, perMs: 1 / 1000 };
const OPEN: Writing = { kind: 'open' };

/** One member's one socket in a room. */
export class RoomSession {
  readonly member: MemberId;
  readonly params: JoinParams;
  readonly acks = new AckQueue();
  /** Client ids this socket wrote under or leased. */
  readonly clients = new Set<ClientId>();
  reading: Reading = 'awaiting-sync';
  writing: Writing = OPEN;
  /** Until the first SyncStep2, what arrives was written before this socket was there. */
  resending = true;
  /** Wants to be told who wrote what comes (live author colours). */
  wantsAttribution = false;
  /** Own appends not yet durable: presence waits behind them. */
  inFlight = 0;
  private readonly room: Room;
  private readonly socket: SocketPort;
  private readonly user: () => AwarenessUser | null;
  private frames = 0;
  private gaps = 0;
  private leaseAsks = 0;
  private answers = STATE_ANSWERS.burst;
  private answeredAt: number;
  private gone = false;

  /** @param user asked again for each state, so that a changed name is shown; null when the member no longer belongs here. */
  constructor(room: Room, socket: SocketPort, member: MemberId, params: JoinParams, user: () => AwarenessUser | null) {
    this.room = room;
    this.socket = socket;
    this.member = member;
    this.params = params;
    this.user = user;
    this.answeredAt = room.now();
  }

  /** One message from the socket; never throws for anything it may hold. */
  receive(bytes: Uint8Array): void {
    if (this.gone) return;
    const message = parseClientMessage(bytes);
    if (message === null) {
      this.close('badFrame');
      return;
    }
    switch (message.kind) {
      case 'step1':
        this.answerState(message.vector);
        return;
      case 'step2':
      case 'update':
        this.receiveUpdate(message.update, message.kind === 'step2');
        return;
      case 'awareness':
        this.receiveAwareness(message.states);
        return;
      case 'query-awareness':
        this.room.tellWhoIsThere(this);
        return;
      case 'ask-lease':
        this.lease();
        return;
      case 'ask-attribution':
        this.wantsAttribution = message.on;
        return;
    }
  }

  /** Sends; a due ack rides along. */
  send(packet: Packet): void {
    if (this.gone) return;
    const ack = this.acks.take();
    if (ack === null) this.socket.send(packet);
    else this.socket.send({ messages: [...packet.messages, encodeGongbi({ kind: 'ack', ...ack })] });
  }

  sendDueAck(): void {
    if (this.acks.isDue) this.send({ messages: [] });
  }

  reject(n: number, code: RejectCode): void {
    this.writing = { kind: 'rejected' };
    this.send({ messages: [encodeGongbi({ kind: 'reject', n, code })] });
  }

  close(reason: CloseReason): void {
    if (this.gone) return;
    this.leave();
    this.socket.close(reason);
  }

  /** The socket ended. */
  leave(): void {
    if (this.gone) return;
    this.gone = true;
    this.room.leave(this);
  }

  private answerState(vector: Uint8Array): void {
    if (!this.mayAnswerState()) {
      this.close('tooMany');
      return;
    }
    // `since` is for the copy as it was when it connected; later it holds more.
    const since = this.reading === 'awaiting-sync' ? this.params.since : null;
    this.reading = 'live';
    this.send({ messages: this.room.stateFor(this, vector, since) });
  }

  private mayAnswerState(): boolean {
    const now = this.room.now();
    this.answers = Math.min(STATE_ANSWERS.burst, this.answers + Math.max(0, now - this.answeredAt) * STATE_ANSWERS.perMs);
    this.answeredAt = now;
    if (this.answers < 1) return false;
    this.answers -= 1;
    return true;
  }

  private receiveUpdate(update: Uint8Array, isStep2: boolean): void {
    this.frames += 1;
    if (this.writing.kind === 'rejected') return;
    if (this.writing.kind === 'resyncing') {
      if (!isStep2) return;
      this.writing = OPEN;
    }
    const outcome = this.room.receive(this, this.frames, update);
    if (outcome === 'gap') this.answerGap();
    else if (outcome === 'taken') this.gaps = 0;
    if (isStep2) this.resending = false;
  }

  private answerGap(): void {
    this.gaps += 1;
    if (this.gaps >= MAX_GAPS) {
      this.close('resync');
      return;
    }
    this.writing = { kind: 'resyncing' };
    this.send({ messages: [this.room.step1('admitted')] });
  }

  private receiveAwareness(bytes: Uint8Array): void {
    const states = parseAwareness(bytes);
    if (states === null) {
      this.close('badFrame');
      return;
    }
    const user = this.user();
    if (user !== null && states.length > 0) this.room.appear(this, user, states);
  }

  private lease(): void {
    this.leaseAsks += 1;
    if (this.leaseAsks > MAX_LEASE_ASKS) {
      this.close('tooMany');
      return;
    }
    const clientId = this.room.lease(this);
    if (clientId === null) return;
    this.clients.add(clientId);
    this.send({ messages: [encodeGongbi({ kind: 'lease', clientId })] });
  }
}
