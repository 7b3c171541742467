import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ChapterId, ReportId } from '../../shared/ids.ts';
import type { Accounts, Identity } from '../core/accounts.ts';
import { KEEP_ALIVE } from '../core/awareness.ts';
import type { Prepared } from '../core/greeting.ts';
import type { Clock, Scheduler } from '../core/ports.ts';
import type { Report } from '../core/report.ts';
import { ReportUnavailable } from '../core/report-error.ts';
import type { Reports } from '../core/reports.ts';
import type { Room } from '../core/room.ts';
import { packet } from '../core/socket-port.ts';
import { secretOf } from '../http/credentials.ts';
import { isOwnOrigin } from '../http/origin.ts';
import type { DiagnosticLog } from '../log.ts';
import { Connection, STANDARD_CLOSE } from './connection.ts';
import { type Limits, SocketCounts } from './limits.ts';
import { parseAddress } from './socket-address.ts';

export interface GatewayParts {
  readonly accounts: Accounts;
  readonly reports: Reports;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: DiagnosticLog;
  readonly limits: Limits;
  readonly origins: readonly string[];
}

/** Sessions that ended elsewhere lose their sockets within this time. */
const TICK_MS = 1_000;
/** y-websocket gives a connection up after 30 s without a message. */
const SILENCE_MS = 15_000;
const PING_MS = 25_000;
const KEEP_ALIVE_PACKET = packet(KEEP_ALIVE);

interface Guest {
  readonly connection: Connection;
  readonly sessionHash: string;
}

/** Refused before 101. A browser can't read it; scripts and tests can. */
class UpgradeRefusal extends Error {
  override readonly name = 'UpgradeRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The door (docs/PROTOCOL.md §1): everything about who, where from and whereto is settled before the upgrade is answered. */
export class Gateway {
  private readonly parts: GatewayParts;
  private readonly server: WebSocketServer;
  private readonly counts: SocketCounts;
  private readonly guests = new Set<Guest>();
  private open = true;
  private cancelTick: () => void;
  private pingedAt: number;

  constructor(parts: GatewayParts) {
    this.parts = parts;
    this.server = new WebSocketServer({
      noServer: true,
      maxPayload: parts.limits.messageBytes,
      perMessageDeflate: false,
      clientTracking: false,
    });
    this.counts = new SocketCounts(parts.limits, parts.clock);
    this.pingedAt = parts.clock.now();
    this.cancelTick = parts.scheduler.after(TICK_MS, () => this.tick());
  }

  attach(http: Server): void {
    http.on('upgrade', (request, socket, head) => {
      // Whatever happens to the connection while it is being judged must not end the process.
      const ignore = (): void => {
        socket.destroy();
      };
      socket.on('error', ignore);
      this.receive(request, socket, head).then(
        () => socket.off('error', ignore),
        (error: unknown) => refuse(socket, this.refusalOf(error)),
      );
    });
  }

  /** Number of open sockets. */
  get size(): number {
    return this.guests.size;
  }

  /** No new sockets. */
  shut(): void {
    this.open = false;
    this.cancelTick();
  }

  /** Ends every socket: the server is stopping. */
  closeAll(): void {
    for (const { connection } of this.guests) connection.closeWith(STANDARD_CLOSE.restarting, 'stopping');
  }

  private async receive(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (!this.open) throw new UpgradeRefusal(503, 'The server is stopping');
    const address = parseAddress(request.url ?? '');
    if (address === null) throw new UpgradeRefusal(400, 'No such address, or parameters missing');
    const { origin, host } = request.headers;
    if (!isOwnOrigin({ origin, host }, this.parts.origins)) throw new UpgradeRefusal(403, 'Another origin');
    const secret = secretOf(request.headers) ?? address.token;
    const identity = secret === null ? null : this.parts.accounts.identify(secret);
    if (identity === null) throw new UpgradeRefusal(401, 'Not signed in');
    const { report, prepared, room } = await this.prepare(address.report, address.chapter, identity, address.greeting);
    const release = this.counts.admit(request.socket.remoteAddress ?? '', identity.account.id);
    if (release === null) throw new UpgradeRefusal(429, 'Too many sockets');
    const abandoned = (): void => release();
    socket.once('close', abandoned);
    if (socket.destroyed) return release();
    this.server.handleUpgrade(request, socket, head, (ws) => {
      this.admit({ ws, stream: socket, identity, report, prepared, room });
    });
  }

  private async prepare(id: ReportId, chapter: ChapterId | null, identity: Identity, greeting: Prepared['greeting']) {
    const report = await this.parts.reports.open(id);
    if (report === null || !report.may(identity.account.id, 'read', chapter)) throw new UpgradeRefusal(404, 'No such report or chapter');
    const ready = await report.prepare(chapter, greeting, identity.account.id);
    if (ready === null) throw new UpgradeRefusal(404, 'No such report or chapter');
    return { report, ...ready };
  }

  private admit(coming: {
    ws: WebSocket;
    stream: Duplex;
    identity: Identity;
    report: Report;
    prepared: Prepared;
    room: Room | null;
  }): void {
    const { ws, stream, identity, report, prepared, room } = coming;
    const { clock, scheduler, limits, log } = this.parts;
    let session: ReturnType<Report['join']> = null;
    const connection = new Connection(
      { ws, stream, clock, scheduler, limits },
      {
        message: (bytes) => {
          try {
            session?.receive(bytes);
          } catch (error) {
            // A fault of ours: this socket ends, the others go on.
            log.write('error', 'message failed', { error });
            connection.close('storage');
          }
        },
        ended: () => {
          this.guests.delete(guest);
          session?.leave();
        },
      },
    );
    const guest: Guest = { connection, sessionHash: identity.sessionHash };
    this.guests.add(guest);
    session = report.join(connection, identity.account.id, room, prepared);
  }

  private refusalOf(error: unknown): UpgradeRefusal {
    if (error instanceof UpgradeRefusal) return error;
    if (error instanceof ReportUnavailable) return new UpgradeRefusal(503, error.message);
    this.parts.log.write('error', 'upgrade failed', { error });
    return new UpgradeRefusal(500, 'Something went wrong on the server');
  }

  private tick(): void {
    if (!this.open) return;
    this.cancelTick = this.parts.scheduler.after(TICK_MS, () => this.tick());
    const now = this.parts.clock.now();
    const ping = now - this.pingedAt >= PING_MS;
    if (ping) {
      this.pingedAt = now;
      this.counts.forget();
    }
    for (const { connection, sessionHash } of this.guests) {
      if (this.parts.accounts.identifyHash(sessionHash) === null) connection.close('signedOut');
      else if (connection.silence() >= SILENCE_MS) connection.send(KEEP_ALIVE_PACKET);
      if (ping) connection.ping();
    }
  }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

function refuse(socket: Duplex, { status, message }: UpgradeRefusal): void {
  if (socket.destroyed) return;
  const body = `${message}\n`;
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
