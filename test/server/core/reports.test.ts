import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeUpdateMessage } from '../../../server/core/messages.ts';
import { newNodeId } from '../../../server/core/new-report.ts';
import type { TextEngine } from '../../../server/core/ports.ts';
import { REPORT_IDLE_MS, type Report } from '../../../server/core/report.ts';
import { ROOM_IDLE_MS } from '../../../server/core/report-rooms.ts';
import { Reports } from '../../../server/core/reports.ts';
import type { RoomSession } from '../../../server/core/room-session.ts';
import type { SocketPort } from '../../../server/core/socket-port.ts';
import { systemIds } from '../../../server/system.ts';
import { InProcessTextEngine } from '../../../server/text-engine/engine.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';
import { seedUpdate } from '../../../shared/text/seed.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { createMemoryStorage, type MemoryStorage } from '../../support/memory-storage.ts';
import { Typist } from '../../support/typing.ts';

const owner = 'o'.repeat(20) as MemberId;
const GREETING = { protocol: 1, schema: 1, since: null, seen: null, epoch: null };

/** Counts what the engine is asked to hold. */
class CountingEngine extends InProcessTextEngine implements TextEngine {
  readonly opened = new Set<ReportId>();
  restarted: () => void = () => {};

  override onRestart(listener: () => void = () => {}): void {
    this.restarted = listener;
  }

  override open(report: ReportId): void {
    this.opened.add(report);
    super.open(report);
  }

  override close(report: ReportId): void {
    this.opened.delete(report);
    super.close(report);
  }
}

let storage: MemoryStorage;
let clock: FakeClock;
let engine: CountingEngine;
let reports: Reports;
let troubles: string[];
let id: ReportId;
let chapter: ChapterId;

beforeEach(async () => {
  storage = createMemoryStorage();
  clock = new FakeClock();
  engine = new CountingEngine();
  troubles = [];
  reports = new Reports({ storage, engine, clock, scheduler: clock, ids: systemIds, trouble: (what) => troubles.push(what) });
  chapter = newNodeId(systemIds);
  const node = { id: chapter, kind: 'chapter', heading: '章', form: 'own-line', parent: null } as const;
  const content = { title: '题', nodes: [node], texts: new Map([[chapter, []]]) };
  id = await reports.create({ beginning: 'empty', content, members: [{ id: owner, name: '主', role: 'owner' }] });
});
afterEach(() => reports.stop(() => undefined));

class DeafSocket implements SocketPort {
  closed: string | null = null;
  sent = 0;

  send(): void {
    this.sent += 1;
  }

  close(reason: string): void {
    this.closed = reason;
  }

  drained(): Promise<boolean> {
    return Promise.resolve(this.closed === null);
  }
}

async function opened(): Promise<Report> {
  const report = await reports.open(id);
  if (report === null) throw new Error('The report is not there');
  return report;
}

async function enter(socket: SocketPort = new DeafSocket()): Promise<RoomSession> {
  const report = await opened();
  const ready = await report.prepare(chapter, GREETING, owner);
  if (ready === null) throw new Error('The chapter is not there');
  return report.join(socket, owner, ready.room, ready.prepared) as RoomSession;
}

/** Lets time pass in steps, so that what timers start can finish in between. */
async function wait(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    clock.advance(5_000);
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  }
}

test('[RP1] a report that nobody uses is closed after a while and opened again with the same head', async () => {
  const before = await opened();
  const session = await enter();
  session.receive(encodeUpdateMessage(new Typist(900_001).take(seedUpdate()).type('字')));
  await wait(REPORT_IDLE_MS * 2);
  expect(engine.opened.has(id)).toBe(true);
  const { seq } = before.fold;
  session.leave();
  await wait(ROOM_IDLE_MS + REPORT_IDLE_MS + 30_000);
  expect(engine.opened.has(id)).toBe(false);
  const after = await opened();
  expect(after).not.toBe(before);
  expect(after.fold).toEqual(before.fold);
  expect(after.fold.seq).toBe(seq);
});

test('[RP2] everybody who opens a report at the same moment gets the same one', async () => {
  await wait(ROOM_IDLE_MS + REPORT_IDLE_MS + 30_000);
  const all = await Promise.all([opened(), opened(), opened()]);
  expect(new Set(all).size).toBe(1);
  const rooms = await Promise.all([1, 2, 3].map(() => all[0].prepare(chapter, GREETING, owner)));
  expect(new Set(rooms.map((ready) => ready?.room)).size).toBe(1);
});

test('[RP3] a long tail becomes a checkpoint before its room is closed', async () => {
  const session = await enter();
  const typist = new Typist(900_002).take(seedUpdate());
  for (let i = 0; i < 150; i += 1) session.receive(encodeUpdateMessage(typist.type('字')));
  await wait(5_000);
  session.leave();
  await wait(ROOM_IDLE_MS * 3);
  const stored = await storage.checkpoints.load(id, chapter);
  expect(stored?.seq).toBe((await opened()).fold.seq);
});

test('[RP6] when the text engine begins anew, every report is closed and fed again, with nothing lost', async () => {
  const before = await opened();
  const socket = new DeafSocket();
  const session = await enter(socket);
  session.receive(encodeUpdateMessage(new Typist(900_006).take(seedUpdate()).type('字')));
  await wait(5_000);
  const { seq } = before.fold;
  engine.restarted();
  expect(troubles).toEqual(['text engine restarted']);
  const after = await opened();
  expect(socket.closed).toBe('stopping');
  expect(after).not.toBe(before);
  expect(after.fold.seq).toBe(seq);
  expect((await after.readEngine().figures(id)).get(chapter)?.text).toBe('字');
});

test('[RP4] after a failed disk the report is opened again with growing pauses, and without what was lost', async () => {
  const socket = new DeafSocket();
  const session = await enter(socket);
  const head = (await opened()).fold.seq;
  storage.failNext();
  session.receive(encodeUpdateMessage(new Typist(900_003).take(seedUpdate()).type('失')));
  await wait(0);
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
  expect(socket.closed).toBe('storage');
  expect(troubles).toEqual(['storage failed']);
  await expect(reports.open(id)).rejects.toMatchObject({ code: 'storage' });
  await wait(5_000);
  expect((await opened()).fold.seq).toBe(head);
  expect(await reports.list(owner)).toMatchObject([{ id, title: '题', seq: head, role: 'owner' }]);
});

test('[RP5] a report whose record does not follow from itself is read and never written', async () => {
  const session = await enter();
  const typist = new Typist(900_004).take(seedUpdate());
  session.receive(encodeUpdateMessage(typist.type('好')));
  await wait(5_000);
  await reports.stop(() => undefined);
  const log = await storage.logs.open(id, { committed: () => undefined, failed: () => undefined });
  log.append([{ at: clock.now(), author: owner, kind: 'text', subject: chapter, payload: Uint8Array.of(1, 0, 0, 0, 9, 9, 9) }]);
  await log.close();
  reports = new Reports({ storage, engine, clock, scheduler: clock, ids: systemIds, trouble: (what) => troubles.push(what) });
  const report = await opened();
  expect(report.damage).toContain('Entry 5');
  expect(report.mayWrite(owner, chapter)).toBe(false);
  await expect(report.appendAndWait([])).rejects.toMatchObject({ code: 'corrupt' });
  const socket = new DeafSocket();
  const reader = await enter(socket);
  reader.receive(encodeUpdateMessage(typist.type('坏')));
  expect(report.fold.seq).toBe(5);
  expect(socket.closed).toBeNull();
});
