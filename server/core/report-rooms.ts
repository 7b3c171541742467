import type { ChapterId, MemberId, ReportId, Seq } from '../../shared/ids.ts';
import type { CloseReason } from '../../shared/wire/codes.ts';
import { encodeUpdateMessage } from './messages.ts';
import type { Checkpoints, Clock, OpenLog, TextEngine } from './ports.ts';
import { readEntry } from './report-fold.ts';
import { type DurableText, Room, type RoomHost } from './room.ts';
import { Tail } from './tail.ts';

export interface RoomsParts {
  readonly report: ReportId;
  readonly host: RoomHost;
  readonly log: OpenLog;
  readonly clock: Clock;
  readonly checkpoints: Checkpoints;
  /** The engine, fed with everything that is durable. */
  engine(): TextEngine;
  trouble(what: string, error: unknown): void;
}

/** Fewer entries than this are read faster than a checkpoint is made. */
const CHECKPOINT_ENTRIES = 100;
const CHECKPOINT_RETRY_MS = 60_000;
export const ROOM_IDLE_MS = 30_000;

/** The rooms of one report: opened once and shared, checkpointed when their tail grows, closed when nobody is in them. */
export class ReportRooms {
  private readonly parts: RoomsParts;
  private readonly rooms = new Map<ChapterId, Room>();
  private readonly opening = new Map<ChapterId, { readonly room: Promise<Room>; readonly meanwhile: DurableText[] }>();
  private readonly usedAt = new Map<ChapterId, number>();
  private readonly checkpointing = new Set<ChapterId>();
  private readonly checkpointAfter = new Map<ChapterId, number>();

  constructor(parts: RoomsParts) {
    this.parts = parts;
  }

  all(): readonly Room[] {
    return [...this.rooms.values()];
  }

  get(chapter: ChapterId): Room | undefined {
    return this.rooms.get(chapter);
  }

  get isEmpty(): boolean {
    return this.rooms.size === 0 && this.opening.size === 0;
  }

  use(chapter: ChapterId): void {
    this.usedAt.set(chapter, this.parts.clock.now());
  }

  open(chapter: ChapterId): Promise<Room> {
    const open = this.rooms.get(chapter);
    if (open !== undefined) {
      this.use(chapter);
      return Promise.resolve(open);
    }
    const underWay = this.opening.get(chapter);
    if (underWay !== undefined) return underWay.room;
    const meanwhile: DurableText[] = [];
    const room = this.read(chapter, meanwhile).finally(() => this.opening.delete(chapter));
    this.opening.set(chapter, { room, meanwhile });
    return room;
  }

  /** Backfill from checkpoint and log, then what was committed meanwhile, each once. */
  private async read(chapter: ChapterId, meanwhile: readonly DurableText[]): Promise<Room> {
    const { checkpoints, report, host, log } = this.parts;
    const upTo = host.head();
    const stored = await checkpoints.load(report, chapter);
    const tail = new Tail(stored !== null && stored.seq <= upTo ? stored : null);
    for await (const entry of log.read(tail.baseSeq, upTo)) {
      if (entry.kind !== 'text' || entry.subject !== chapter) continue;
      const decoded = readEntry(entry);
      if (decoded?.kind === 'text') tail.push({ seq: entry.seq, message: encodeUpdateMessage(decoded.text.update) });
    }
    for (const { seq, message } of meanwhile) tail.push({ seq, message });
    const room = new Room(host, chapter, tail);
    this.rooms.set(chapter, room);
    this.use(chapter);
    if (tail.isLong()) void this.checkpoint(room);
    return room;
  }

  /** Text entries of one commit, after every fold has been made. */
  committed(texts: ReadonlyMap<ChapterId, readonly DurableText[]>, head: Seq): void {
    for (const [chapter, durable] of texts) {
      this.rooms.get(chapter)?.committed(durable, head);
      this.opening.get(chapter)?.meanwhile.push(...durable);
    }
  }

  async checkpoint(room: Room): Promise<void> {
    const { chapter } = room;
    const { clock, checkpoints, report, trouble } = this.parts;
    if (this.checkpointing.has(chapter) || clock.now() < (this.checkpointAfter.get(chapter) ?? 0)) return;
    this.checkpointing.add(chapter);
    try {
      const checkpoint = await this.parts.engine().checkpoint(report, chapter);
      if (checkpoint === null) return;
      await checkpoints.save(report, chapter, checkpoint);
      room.tail.rebase(checkpoint);
    } catch (error) {
      // Only opening gets slower; the record is not concerned.
      trouble('checkpoint failed', error);
    } finally {
      if (room.tail.isLong()) this.checkpointAfter.set(chapter, clock.now() + CHECKPOINT_RETRY_MS);
      this.checkpointing.delete(chapter);
    }
  }

  /** Takes all that is durable into the room's base, where deleted text is collected. @throws what the engine throws */
  async collect(room: Room): Promise<void> {
    if (room.tail.length === 0) return;
    const { report, checkpoints } = this.parts;
    const checkpoint = await this.parts.engine().checkpoint(report, room.chapter);
    if (checkpoint === null) return;
    if (room.tail.length >= CHECKPOINT_ENTRIES) await checkpoints.save(report, room.chapter, checkpoint);
    room.tail.rebase(checkpoint);
  }

  /** Closes rooms that nobody has been in for a while; a long tail becomes a checkpoint first. */
  sweep(): void {
    const now = this.parts.clock.now();
    for (const [chapter, room] of this.rooms) {
      if (room.sessions.size > 0 || room.isWaiting || this.checkpointing.has(chapter)) continue;
      if (now - (this.usedAt.get(chapter) ?? 0) < ROOM_IDLE_MS) continue;
      if (room.tail.length >= CHECKPOINT_ENTRIES && now >= (this.checkpointAfter.get(chapter) ?? 0)) void this.checkpoint(room);
      else this.drop(room);
    }
  }

  /** Chapter → whose caret is in it. */
  carets(): Record<string, readonly MemberId[]> {
    const carets: Record<string, readonly MemberId[]> = {};
    for (const room of this.rooms.values()) {
      const members = room.carets();
      if (members.length > 0) carets[room.chapter] = members;
    }
    return carets;
  }

  /** Who is in which chapter. */
  places(): Record<string, readonly MemberId[]> {
    const places: Record<string, readonly MemberId[]> = {};
    for (const room of this.rooms.values()) {
      const members = room.members();
      if (members.length > 0) places[room.chapter] = members;
    }
    return places;
  }

  flush(): void {
    for (const room of this.rooms.values()) room.flush();
  }

  closeAll(reason: CloseReason): void {
    for (const room of this.rooms.values()) room.closeAll(reason);
  }

  stop(): void {
    for (const room of this.rooms.values()) room.stop();
  }

  private drop(room: Room): void {
    room.stop();
    this.rooms.delete(room.chapter);
    this.usedAt.delete(room.chapter);
  }
}
