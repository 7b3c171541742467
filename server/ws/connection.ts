import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE, type CloseReason } from '../../shared/wire/codes.ts';
import type { Clock, Scheduler } from '../core/ports.ts';
import type { Packet, SocketPort } from '../core/socket-port.ts';
import { framesOf } from './frames.ts';
import { type Limits, TokenBucket } from './limits.ts';

/** Standard close codes (RFC 6455 §7.4.1) that this server sends by itself. */
export const STANDARD_CLOSE = { unsupported: 1003, restarting: 1012 } as const;
/** After this much time in CLOSING the TCP connection is cut, whatever the other side does. */
const CLOSE_GRACE_MS = 2_000;

export interface ConnectionEvents {
  /** One binary message. The bytes are a view that is valid during the call only. */
  message(bytes: Uint8Array): void;
  /** The connection ended, in whatever way; called once. */
  ended(): void;
}

export interface ConnectionParts {
  readonly ws: WebSocket;
  readonly stream: Duplex;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly limits: Limits;
}

/**
 * One WebSocket as the core sees it. Data leaves through the TCP stream itself, framed once for all receivers of a packet;
 * pings, pongs and closes go through `ws`. That is sound only without permessage-deflate and without fragmented sends.
 */
export class Connection implements SocketPort {
  private readonly parts: ConnectionParts;
  private readonly events: ConnectionEvents;
  private readonly messages: TokenBucket;
  private readonly bytes: TokenBucket;
  private cancelStall: (() => void) | null = null;
  private cancelGrace: (() => void) | null = null;
  private open = true;
  private ended = false;
  private waiting: ((goOn: boolean) => void)[] = [];
  private sentAt: number;
  private answered = true;

  constructor(parts: ConnectionParts, events: ConnectionEvents) {
    this.parts = parts;
    this.events = events;
    this.messages = new TokenBucket(parts.limits.messages, parts.clock);
    this.bytes = new TokenBucket(parts.limits.bytes, parts.clock);
    this.sentAt = parts.clock.now();
    const { ws, stream } = parts;
    ws.on('message', (data, isBinary) => this.receive(data as Buffer, isBinary));
    // Without a listener one broken frame would end the process; `ws` itself answers with 1002, 1007 or 1009.
    ws.on('error', () => this.shut());
    ws.on('close', () => this.end());
    ws.on('pong', () => {
      this.answered = true;
    });
    stream.on('drain', () => this.relax());
  }

  send(packet: Packet): void {
    if (!this.open || packet.messages.length === 0) return;
    const { stream, clock, limits } = this.parts;
    if (stream.writableLength > limits.unsentBytes) {
      this.close('slow');
      return;
    }
    this.sentAt = clock.now();
    if (!stream.write(framesOf(packet))) this.watchStall();
  }

  close(reason: CloseReason): void {
    this.closeWith(CLOSE[reason].code, CLOSE[reason].name);
  }

  /** Closes with a code of the WebSocket standard. */
  closeWith(code: number, reason: string): void {
    if (!this.open) return;
    this.shut();
    this.parts.ws.close(code, reason);
    this.cancelGrace = this.parts.scheduler.after(CLOSE_GRACE_MS, () => this.parts.ws.terminate());
  }

  drained(): Promise<boolean> {
    if (!this.open) return Promise.resolve(false);
    if (!this.parts.stream.writableNeedDrain) return Promise.resolve(true);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Milliseconds since something was sent. */
  silence(): number {
    return this.parts.clock.now() - this.sentAt;
  }

  /** Asks the other side for a sign of life; cuts the connection when the last question was never answered. */
  ping(): void {
    if (!this.open) return;
    if (!this.answered) {
      this.parts.ws.terminate();
      return;
    }
    this.answered = false;
    this.parts.ws.ping();
  }

  private receive(data: Buffer, isBinary: boolean): void {
    if (!this.open) return;
    if (!isBinary) {
      this.closeWith(STANDARD_CLOSE.unsupported, 'text');
      return;
    }
    if (!this.messages.take(1) || !this.bytes.take(data.length)) {
      this.close('tooMany');
      return;
    }
    this.events.message(data);
  }

  private watchStall(): void {
    this.cancelStall ??= this.parts.scheduler.after(this.parts.limits.unsentMs, () => this.close('slow'));
  }

  private relax(): void {
    this.cancelStall?.();
    this.cancelStall = null;
    this.release(this.open);
  }

  private release(goOn: boolean): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve(goOn);
  }

  private shut(): void {
    this.open = false;
    this.cancelStall?.();
    this.release(false);
  }

  private end(): void {
    this.shut();
    this.cancelGrace?.();
    if (this.ended) return;
    this.ended = true;
    this.events.ended();
  }
}
