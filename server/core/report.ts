import { type Action, can, type Role } from '../../shared/access/can.ts';
import type { Access } from '../../shared/api.ts';
import type { ChapterId, ClientId, MemberId, ReportId, Seq } from '../../shared/ids.ts';
import { type Lifecycle, type LifecycleEvent, reduceLifecycle } from '../../shared/lifecycle/lifecycle.ts';
import { decodeEntry, encodeTextPayload } from '../../shared/log/codec.ts';
import type { DecodedEntry, MembersEvent, TextPayload } from '../../shared/log/entry.ts';
import { isAmended, partsOf, reduceStages, type StageEvent, type Stages } from '../../shared/stages/stages.ts';
import type { CloseReason } from '../../shared/wire/codes.ts';
import { encodeGongbi, SCHEMA_VERSION } from '../../shared/wire/protocol.ts';
import type { AwarenessUser } from './awareness.ts';
import { encodeAttribution, encodeNews } from './entry-news.ts';
import { type Greeting, helloOf, type Prepared, prepareGreeting } from './greeting.ts';
import type { ReportPast } from './history/report-past.ts';
import { type Members, reduceMembers, roleIn } from './members.ts';
import { encodeUpdateMessage } from './messages.ts';
import { type CommandOrigin, PendingCommands } from './pending-commands.ts';
import type { Checkpoints, Clock, CommittedEntry, EntryDraft, Ids, OpenLog, Scheduler, TextEngine } from './ports.ts';
import { ReportUnavailable } from './report-error.ts';
import { isTrashedText, type ReportFold, readEntry, reduceReport, stageWith, textNode } from './report-fold.ts';
import { ReportRooms } from './report-rooms.ts';
import type { ReportText } from './report-text.ts';
import type { DurableText, Outcome, Room, RoomHost } from './room.ts';
import { type JoinParams, RoomSession } from './room-session.ts';
import { packet, type SocketPort } from './socket-port.ts';
import type { TextFeed } from './text-feed.ts';
import { type Watcher, Watchers } from './watchers.ts';

export interface ReportParts {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly ids: Ids;
  readonly checkpoints: Checkpoints;
  readonly engine: TextEngine;
  /** Told of trouble that the report survives; never of content. */
  trouble(what: string, error: unknown): void;
}

/** What was typed comes back from the log as it went in: it needs no reading. */
interface TypingOrigin {
  readonly kind: 'typing';
  readonly room: Room;
  readonly session: RoomSession;
  readonly text: TextPayload;
}
type Origin = TypingOrigin | CommandOrigin;

/** What reading the log gave. */
export interface OpenState {
  readonly fold: ReportFold;
  readonly text: ReportText;
  readonly past: ReportPast;
  readonly feed: TextFeed;
  /** An entry that does not follow from those before it: the report is read-only. */
  readonly damage: string | null;
}

/** A copy that was away for less than this was not offline, only on its way. */
const OFFLINE_AFTER_MS = 5_000;
export const REPORT_IDLE_MS = 120_000;

/**
 * One open report: its log and everything that follows from it. The order is always the same:
 * judge (against what was admitted) → append → durable → apply the folds → fan out → acknowledge.
 * When the storage fails, nothing in flight is ever shown to anybody; this object is thrown away and the report is read again from disk.
 */
export class Report implements RoomHost {
  readonly id: ReportId;
  readonly text: ReportText;
  readonly past: ReportPast;
  readonly watchers: Watchers;
  private readonly parts: ReportParts;
  private readonly log: OpenLog;
  private readonly feed: TextFeed;
  private folded: ReportFold;
  /** Members with what is appended and not yet durable: rights are judged by it. */
  private judgedMembers: Members;
  /** Likewise: what is typed after a report was put away is refused, though that is not durable yet. */
  private judgedLife: Lifecycle;
  private judgedStages: Stages;
  private judgedSealed: boolean;
  private state: 'open' | 'stopping' | 'failed' | 'closed' = 'open';
  private readonly rooms: ReportRooms;
  private readonly commands = new PendingCommands();
  private inFlight = 0;
  private readonly taken = new Map<ChapterId, number>();
  private whenIdle: (() => void)[] = [];
  /** Who waits until what was in flight when they asked is durable, in the order of their asking. */
  private readonly whenSafe: { left: number; resolve: () => void }[] = [];
  private usedAt: number;
  private readonly foundDamage: string | null;
  private readonly onFailed: (error: Error) => void;

  constructor(id: ReportId, parts: ReportParts, log: OpenLog, state: OpenState, onFailed: (error: Error) => void) {
    this.id = id;
    this.parts = parts;
    this.log = log;
    this.folded = state.fold;
    this.judgedMembers = state.fold.members;
    this.judgedLife = state.fold.life;
    this.judgedStages = state.fold.stages;
    this.judgedSealed = state.fold.seal !== null;
    this.text = state.text;
    this.past = state.past;
    this.foundDamage = state.damage;
    this.feed = state.feed;
    this.onFailed = onFailed;
    this.usedAt = parts.clock.now();
    const { clock, checkpoints } = parts;
    const trouble = (what: string, error: unknown): void => parts.trouble(what, error);
    this.rooms = new ReportRooms({ report: id, host: this, log, clock, checkpoints, engine: () => this.readEngine(), trouble });
    this.watchers = new Watchers({
      scheduler: parts.scheduler,
      readBack: (after, upTo) => this.readBack(after, upTo),
      head: () => this.folded.seq,
      presence: () => ({ places: this.presence(), carets: this.rooms.carets() }),
      left: (watcher) => this.watcherLeft(watcher),
    });
  }

  // ---------------------------------------------------------------- what is known

  get fold(): ReportFold {
    return this.folded;
  }

  /** Why the stored record can only be read; null = it is sound. */
  get damage(): string | null {
    return this.log.damage ?? this.foundDamage;
  }

  now(): number {
    return this.parts.clock.now();
  }

  after(ms: number, run: () => void): () => void {
    return this.parts.scheduler.after(ms, run);
  }

  /** How many updates these chapters took from people who write, since the report was opened: whoever reads them sees by it that they moved. */
  writesIn(chapters: Iterable<ChapterId>): number {
    let writes = 0;
    for (const chapter of chapters) writes += this.taken.get(chapter) ?? 0;
    return writes;
  }

  /** Hex of the log's chain head at `seq`. */
  chainHead(seq: Seq): Promise<string> {
    return this.log.chainHead(seq);
  }

  head(): Seq {
    return this.folded.seq;
  }

  roleOf(member: MemberId): Role | null {
    return roleIn(this.judgedMembers, member);
  }

  /** @param assigned what it is about was assigned to this member */
  may(member: MemberId, action: Action, chapter: ChapterId | null, assigned = false): boolean {
    const subject = chapter === null ? null : { chapter, assigned, amended: isAmended(this.judgedStages, chapter) };
    const actor = { member, role: this.roleOf(member), parts: partsOf(this.judgedStages, member) };
    return can(actor, action, subject, stageWith(this.judgedLife, this.judgedStages, this.judgedSealed));
  }

  mayWrite(member: MemberId, chapter: ChapterId | null): boolean {
    return this.state === 'open' && this.damage === null && this.may(member, 'writeText', chapter);
  }

  access(member: MemberId): Access {
    const { stage, epoch } = this.folded;
    const role = this.may(member, 'read', null) ? this.roleOf(member) : null;
    return { role, stage, mayWrite: this.mayWrite(member, null), epoch };
  }

  // ---------------------------------------------------------------- sockets

  /** Reads what a joining socket must be told and judged by. @returns null when the chapter is not there. */
  async prepare(
    chapter: ChapterId | null,
    greeting: Greeting,
    member: MemberId,
  ): Promise<{ prepared: Prepared; room: Room | null } | null> {
    this.usedAt = this.now();
    const room = chapter === null ? null : await this.openRoom(chapter);
    if (chapter !== null && room === null) return null;
    // Whoever may not read the past is not sent it: what was deleted before they came is collected first.
    if (room !== null && !this.may(member, 'readHistory', room.chapter)) await this.rooms.collect(room);
    return { prepared: await prepareGreeting(this.log, this.folded, greeting), room };
  }

  /** Lets a prepared socket in: hello, then whatever belongs to its kind. @returns null when it was refused (and closed). */
  join(socket: SocketPort, member: MemberId, room: Room | null, prepared: Prepared): RoomSession | Watcher | null {
    const role = this.roleOf(member);
    if (this.state !== 'open' || role === null || !this.may(member, 'read', null)) {
      socket.close(role === null ? 'forbidden' : this.state === 'open' ? 'gone' : 'stopping');
      return null;
    }
    const welcome = { member, name: this.userOf(member)?.name ?? '', role, mayWrite: this.mayWrite(member, room?.chapter ?? null) };
    socket.send(packet(encodeGongbi(helloOf(this.folded, welcome, prepared))));
    if (prepared.refusal !== null) {
      socket.close(prepared.refusal);
      return null;
    }
    const { since, schema } = prepared.greeting;
    if (room === null) return this.watchers.join(socket, member, Math.min(since ?? prepared.seq, this.folded.seq));
    if (this.isLostTo(member, room.chapter)) {
      socket.close('gone');
      return null;
    }
    if (this.rooms.get(room.chapter) !== room) {
      // Between the two steps the room was closed for want of use.
      socket.close('stopping');
      return null;
    }
    const params: JoinParams = { schemaFits: schema === SCHEMA_VERSION, since, seenAt: prepared.seenAt };
    const session = new RoomSession(room, socket, member, params, () => this.userOf(member));
    room.join(session);
    return session;
  }

  /** A chapter in the trash is open only to those who may write it: what they are writing is not lost. */
  private isLostTo(member: MemberId, chapter: ChapterId): boolean {
    return textNode(this.folded.outline, chapter) === null && !this.mayWrite(member, chapter);
  }

  private userOf(id: MemberId): AwarenessUser | null {
    const member = this.folded.members.find((other) => other.id === id && !other.left);
    return member === undefined ? null : { id, name: member.name, colour: member.colour };
  }

  // ---------------------------------------------------------------- RoomHost

  submit(room: Room, session: RoomSession, update: Uint8Array): Outcome {
    if (this.state !== 'open') return 'ignored';
    const at = this.now();
    const { member } = session;
    const refusal = this.refusalToWrite(room, session);
    const judged = this.text.admit(room.chapter, member, at, update, refusal);
    if (judged.kind === 'refused') return judged.code;
    if (judged.kind !== 'admit') return judged.kind;
    const offlineSince = session.resending ? this.offlineSince(session, judged.client, at) : 0;
    if (judged.client !== null) session.clients.add(judged.client);
    this.taken.set(room.chapter, (this.taken.get(room.chapter) ?? 0) + 1);
    const payload = encodeTextPayload({ via: 'typing', offlineSince, wordsOf: null, update });
    const kept = payload.subarray(payload.length - update.length);
    const origin: Origin = { kind: 'typing', room, session, text: { via: 'typing', offlineSince, wordsOf: null, update: kept } };
    this.append([{ at, author: member, kind: 'text', subject: room.chapter, payload, origin }]);
    return 'taken';
  }

  private refusalToWrite(room: Room, session: RoomSession): 'read-only' | 'frozen' | 'schema' | null {
    if (this.damage !== null) return 'read-only';
    if (!this.may(session.member, 'writeText', room.chapter)) {
      const role = this.roleOf(session.member);
      return can({ member: session.member, role }, 'writeText', null, 'drafting') ? 'frozen' : 'read-only';
    }
    return session.params.schemaFits ? null : 'schema';
  }

  private offlineSince(session: RoomSession, client: ClientId | null, now: number): number {
    const since = (client === null ? null : this.text.heardAt(client)) ?? session.params.seenAt;
    return since === null || now - since < OFFLINE_AFTER_MS ? 0 : since;
  }

  ownerOf(client: ClientId): MemberId | null {
    return this.text.ownerOf(client);
  }

  stateVector(chapter: ChapterId, which: 'admitted' | 'committed'): Uint8Array {
    return this.text.stateVector(chapter, which);
  }

  lease(member: MemberId, chapter: ChapterId): ClientId | null {
    if (!this.mayWrite(member, chapter)) return null;
    return this.text.lease(member, () => this.parts.ids.nextClientId(), this.now());
  }

  sessionLeft(session: RoomSession): void {
    const now = this.now();
    for (const client of session.clients) this.text.hear(client, now);
  }

  roomChanged(room: Room): void {
    this.rooms.use(room.chapter);
    this.watchers.changePresence();
  }

  tailIsLong(room: Room): void {
    void this.rooms.checkpoint(room);
  }

  // ---------------------------------------------------------------- the log

  /**
   * Appends and waits.
   * @param rights what of it changes who may do what: counts from now on, not only when it is durable
   * @returns the committed entries. @throws ReportUnavailable when they never will be.
   */
  appendAndWait(
    drafts: readonly Omit<EntryDraft, 'at' | 'origin'>[],
    rights: { readonly members?: MembersEvent; readonly life?: LifecycleEvent; readonly stages?: StageEvent; readonly sealed?: true } = {},
  ): Promise<readonly CommittedEntry[]> {
    if (this.state !== 'open') return Promise.reject(new ReportUnavailable('stopping', 'The report is being closed'));
    if (this.damage !== null) return Promise.reject(new ReportUnavailable('corrupt', 'The stored record is damaged and only read'));
    const waiting = this.commands.wait(drafts.length);
    const at = this.now();
    this.append(drafts.map((draft) => ({ ...draft, at, origin: waiting.origin })));
    if (rights.members !== undefined) this.judgedMembers = reduceMembers(this.judgedMembers, rights.members);
    const header = { author: drafts[0]!.author, at, seq: this.head() };
    if (rights.life !== undefined) this.judgedLife = reduceLifecycle(this.judgedLife, rights.life, header);
    if (rights.sealed === true) this.judgedSealed = true;
    if (rights.stages !== undefined) this.judgedStages = reduceStages(this.judgedStages, rights.stages, header);
    return waiting.done;
  }

  /** Resolves when everything that was appended so far is durable, or never will be. */
  whenDurable(): Promise<void> {
    if (this.inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => this.whenSafe.push({ left: this.inFlight, resolve }));
  }

  private toldSafe(entries: number): void {
    for (const waiting of this.whenSafe) waiting.left -= entries;
    while (this.whenSafe[0] !== undefined && this.whenSafe[0].left <= 0) this.whenSafe.shift()?.resolve();
  }

  private append(drafts: readonly EntryDraft[]): void {
    this.inFlight += drafts.length;
    try {
      this.log.append(drafts);
    } catch (error) {
      // The log ended without telling: what was admitted is not in it, so nothing here can be trusted any more.
      this.failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** LogListener: these entries are durable. */
  committed(entries: readonly CommittedEntry[]): void {
    try {
      this.applyAll(entries);
    } catch (error) {
      // A fold that breaks off leaves half a state: nobody may go on with it. What is durable is read again from the log.
      this.failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private applyAll(entries: readonly CommittedEntry[]): void {
    const texts = new Map<ChapterId, DurableText[]>();
    const done: (() => void)[] = [];
    for (const entry of entries) {
      const origin = entry.origin as Origin | undefined;
      if (origin !== undefined) this.inFlight -= 1;
      this.apply(entry, origin, texts);
      if (origin?.kind === 'command') done.push(() => origin.done(entry));
    }
    this.rooms.committed(texts, this.folded.seq);
    for (const run of done) run();
    this.toldSafe(entries.filter(({ origin }) => origin !== undefined).length);
    if (this.inFlight === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private apply(entry: CommittedEntry, origin: Origin | undefined, texts: Map<ChapterId, DurableText[]>): void {
    const { seq, at, author } = entry;
    const decoded: DecodedEntry =
      origin?.kind === 'typing' ? { seq, at, author, kind: 'text', subject: origin.room.chapter, text: origin.text } : decodeEntry(entry);
    this.folded = reduceReport(this.folded, decoded);
    this.past.add(decoded, decoded);
    if (decoded.kind !== 'text') {
      this.watchers.push({ seq, message: encodeNews(seq, decoded, null) });
      if (decoded.kind === 'members' || decoded.kind === 'lifecycle' || decoded.kind === 'stage' || decoded.kind === 'seal')
        this.rightsChanged();
      if (decoded.kind === 'outline') this.outlineChanged();
      return;
    }
    const { subject: chapter, text } = decoded;
    const recorded = origin?.kind === 'typing' ? this.text.commit(decoded) : this.text.replay(decoded);
    const change = { added: recorded.added, removed: recorded.removed };
    this.feed.push({ seq, at, author, chapter, ...text });
    const typing = origin?.kind === 'typing' && origin.room === this.rooms.get(chapter) ? origin : null;
    const durable: DurableText = {
      seq,
      message: encodeUpdateMessage(text.update),
      attribution: () => encodeAttribution(recorded),
      from: typing?.session ?? null,
    };
    const list = texts.get(chapter);
    if (list === undefined) texts.set(chapter, [durable]);
    else list.push(durable);
    if (this.watchers.all.size > 0) this.watchers.push({ seq, message: encodeNews(seq, decoded, change) });
  }

  /** LogListener: what is in flight is lost. Nobody was told of it; everybody reconnects to the report as the disk has it. */
  failed(error: Error): void {
    if (this.state === 'failed' || this.state === 'closed') return;
    this.state = 'failed';
    const unavailable = new ReportUnavailable('storage', 'The disk failed; nothing of this was stored');
    this.commands.fail(unavailable);
    this.closeSockets('storage');
    this.stopTimers();
    for (const resolve of this.whenIdle.splice(0)) resolve();
    this.toldSafe(Number.POSITIVE_INFINITY);
    this.onFailed(error);
  }

  private rightsChanged(): void {
    this.judgedMembers = this.folded.members;
    this.judgedLife = this.folded.life;
    this.judgedStages = this.folded.stages;
    this.judgedSealed = this.folded.seal !== null;
    const tell = (session: RoomSession | Watcher, chapter: ChapterId | null): void => {
      const role = roleIn(this.folded.members, session.member);
      if (role === null) {
        session.close('forbidden');
        return;
      }
      if (!this.may(session.member, 'read', null) || (chapter !== null && this.isLostTo(session.member, chapter))) {
        session.close('gone');
        return;
      }
      const fits = !(session instanceof RoomSession) || session.params.schemaFits;
      session.send(packet(encodeGongbi({ kind: 'rights', role, mayWrite: fits && this.mayWrite(session.member, chapter) })));
    };
    for (const watcher of [...this.watchers.all]) tell(watcher, null);
    for (const room of this.rooms.all()) for (const session of [...room.sessions]) tell(session, room.chapter);
  }

  private outlineChanged(): void {
    for (const { chapter, sessions } of this.rooms.all())
      for (const session of [...sessions]) if (this.isLostTo(session.member, chapter)) session.close('gone');
  }

  // ---------------------------------------------------------------- rooms

  /** @returns null when the report has no such chapter with text, in its outline or its trash. */
  private async openRoom(chapter: ChapterId): Promise<Room | null> {
    const { outline } = this.folded;
    return textNode(outline, chapter) === null && !isTrashedText(outline, chapter) ? null : this.rooms.open(chapter);
  }

  /** Closes rooms that nobody is in. @returns true when the report itself may be closed. */
  sweep(): boolean {
    this.rooms.sweep();
    const busy = !this.rooms.isEmpty || this.watchers.all.size > 0 || this.inFlight > 0;
    return this.state === 'open' && !busy && this.now() - this.usedAt >= REPORT_IDLE_MS;
  }

  // ---------------------------------------------------------------- the report's own sockets

  /** Who is in which chapter; those who only have the report open stand under ''. */
  presence(): Record<string, readonly MemberId[]> {
    const places = this.rooms.places();
    const placed = new Set(Object.values(places).flat());
    const elsewhere = this.watchers.members().filter((member) => !placed.has(member));
    if (elsewhere.length > 0) places[''] = elsewhere;
    return places;
  }

  private async *readBack(after: Seq, upTo: Seq): AsyncIterable<{ seq: Seq; message: Uint8Array }> {
    for await (const entry of this.log.read(after, upTo)) {
      const decoded = readEntry(entry);
      const change = decoded?.kind === 'text' ? this.text.changeOf(entry.seq) : null;
      yield { seq: entry.seq, message: encodeNews(entry.seq, decoded, change) };
    }
  }

  private watcherLeft(watcher: Watcher): void {
    this.watchers.all.delete(watcher);
    this.usedAt = this.now();
    this.watchers.changePresence();
  }

  // ---------------------------------------------------------------- reading

  /** Marks the report as used, so that it stays open. */
  touch(): void {
    this.usedAt = this.now();
  }

  /** The engine, fed with everything that is durable. */
  readEngine(): TextEngine {
    this.touch();
    this.feed.flush();
    return this.parts.engine;
  }

  readLog(after: Seq, upTo: Seq): ReturnType<OpenLog['read']> {
    this.touch();
    return this.log.read(after, upTo);
  }

  // ---------------------------------------------------------------- the end

  /** Takes nothing more, waits until everything in flight is durable (or has failed) and acknowledges it. */
  async settle(): Promise<void> {
    if (this.state === 'open') this.state = 'stopping';
    if (this.inFlight > 0 && this.state === 'stopping') await new Promise<void>((resolve) => this.whenIdle.push(resolve));
    this.rooms.flush();
    this.watchers.flush();
  }

  /** Settles, then gives back everything it holds; sockets that are still there are closed. */
  async close(reason: CloseReason): Promise<void> {
    await this.settle();
    this.closeSockets(reason);
    this.stopTimers();
    this.state = 'closed';
    this.feed.close();
    await this.log.close();
  }

  private closeSockets(reason: CloseReason): void {
    this.rooms.closeAll(reason);
    this.watchers.closeAll(reason);
  }

  private stopTimers(): void {
    this.rooms.stop();
    this.watchers.stop();
  }
}
