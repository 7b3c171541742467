import type { MemberId, Seq } from '../../shared/ids.ts';
import type { CloseReason } from '../../shared/wire/codes.ts';
import { encodeGongbi, type Presence } from '../../shared/wire/protocol.ts';
import { parseClientMessage } from './client-message.ts';
import type { Scheduler } from './ports.ts';
import { type Packet, packet, type SocketPort } from './socket-port.ts';

/** An entry as the report's socket tells it. */
export interface News {
  readonly seq: Seq;
  readonly message: Uint8Array;
}

export interface WatchersParts {
  readonly scheduler: Scheduler;
  /** Entries with after < seq ≤ upTo as messages, from the log. */
  readBack(after: Seq, upTo: Seq): AsyncIterable<News>;
  head(): Seq;
  presence(): Omit<Presence, 'kind'>;
  left(watcher: Watcher): void;
}

const NEWS_DELAY_MS = 100;
const BACKFILL_PACKET = 200;

/** Sockets on the report itself: each hears every entry after its `since` once, in order, without gaps. */
export class Watchers {
  readonly all = new Set<Watcher>();
  private readonly parts: WatchersParts;
  private news: News[] = [];
  private presenceChanged = false;
  private cancel: (() => void) | null = null;

  constructor(parts: WatchersParts) {
    this.parts = parts;
  }

  join(socket: SocketPort, member: MemberId, since: Seq): Watcher {
    const watcher = new Watcher(socket, member, since, this.parts);
    this.all.add(watcher);
    socket.send(packet(this.presenceMessage()));
    this.changePresence();
    void watcher.start();
    return watcher;
  }

  /** A durable entry; told within 100 ms, many together. */
  push(news: News): void {
    if (this.all.size === 0) return;
    this.news.push(news);
    this.schedule();
  }

  /** Somebody entered or left a chapter or the report. */
  changePresence(): void {
    this.presenceChanged = true;
    this.schedule();
  }

  /** Says to a member, on every device of theirs and to nobody else, that they have looked at something. */
  tellLooked(member: MemberId): void {
    const looked = packet(encodeGongbi({ kind: 'looked' }));
    for (const watcher of this.all) if (watcher.member === member) watcher.send(looked);
  }

  members(): MemberId[] {
    return [...new Set(Array.from(this.all, (watcher) => watcher.member))];
  }

  flush(): void {
    this.cancel?.();
    this.cancel = null;
    const news = this.news;
    this.news = [];
    const shared = packet(...news.map((one) => one.message));
    for (const watcher of this.all) watcher.hear(news, shared);
    if (!this.presenceChanged) return;
    this.presenceChanged = false;
    const presence = packet(this.presenceMessage());
    for (const watcher of this.all) watcher.socket.send(presence);
  }

  closeAll(reason: CloseReason): void {
    for (const watcher of [...this.all]) watcher.close(reason);
  }

  stop(): void {
    this.cancel?.();
  }

  presenceMessage(): Uint8Array {
    return encodeGongbi({ kind: 'presence', ...this.parts.presence() });
  }

  private schedule(): void {
    this.cancel ??= this.parts.scheduler.after(NEWS_DELAY_MS, () => this.flush());
  }
}

/** One socket on the report itself. Backfill from the log, then what came meanwhile, then live. */
export class Watcher {
  readonly socket: SocketPort;
  readonly member: MemberId;
  private readonly parts: WatchersParts;
  /** Everything up to here was sent. */
  private sent: Seq;
  private live = false;
  private gone = false;

  constructor(socket: SocketPort, member: MemberId, since: Seq, parts: WatchersParts) {
    this.socket = socket;
    this.member = member;
    this.sent = since;
    this.parts = parts;
  }

  /** Reads the log until nothing is missing; what is committed during a read is found by the next one. */
  async start(): Promise<void> {
    try {
      while (!this.gone && this.sent < this.parts.head()) {
        let messages: News[] = [];
        for await (const news of this.parts.readBack(this.sent, this.parts.head())) {
          messages.push(news);
          if (messages.length < BACKFILL_PACKET) continue;
          if (!(await this.sendNews(messages))) return;
          messages = [];
        }
        if (!(await this.sendNews(messages))) return;
      }
      this.live = true;
    } catch {
      this.close('storage');
    }
  }

  /** @param shared all of `news` as one packet. */
  hear(news: readonly News[], shared: Packet): void {
    if (!this.live || this.gone) return;
    const first = news[0];
    const last = news.at(-1);
    if (first === undefined || last === undefined || last.seq <= this.sent) return;
    if (first.seq === this.sent + 1) this.socket.send(shared);
    else this.socket.send(packet(...news.filter((one) => one.seq > this.sent).map((one) => one.message)));
    this.sent = last.seq;
  }

  receive(bytes: Uint8Array): void {
    if (this.gone) return;
    const message = parseClientMessage(bytes);
    if (message?.kind === 'query-awareness') this.socket.send(packet(encodeGongbi({ kind: 'presence', ...this.parts.presence() })));
    else this.close('badFrame');
  }

  send(message: Packet): void {
    if (!this.gone) this.socket.send(message);
  }

  close(reason: CloseReason): void {
    if (this.gone) return;
    this.leave();
    this.socket.close(reason);
  }

  leave(): void {
    if (this.gone) return;
    this.gone = true;
    this.parts.left(this);
  }

  private async sendNews(news: readonly News[]): Promise<boolean> {
    const last = news.at(-1);
    if (last === undefined) return !this.gone;
    if (this.gone) return false;
    this.socket.send(packet(...news.map((one) => one.message)));
    this.sent = last.seq;
    return await this.socket.drained();
  }
}
