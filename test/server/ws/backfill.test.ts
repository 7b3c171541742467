import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import { Typist, textOf } from '../../support/typing.ts';
import type { WsClient } from '../../support/ws-client.ts';

let server: TestServer;
let anna: Person;
let report: TestReport;

beforeEach(async () => {
  server = await startTestServer();
  anna = await server.person('安', true);
  report = await server.report([[anna, 'owner']]);
});
afterEach(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

async function enter(query: Record<string, string | number> = {}): Promise<WsClient> {
  const client = await server.room(anna, report, { query });
  await client.roundTrip();
  return client;
}

const updatesOf = (client: WsClient): Uint8Array[] => client.all('update').map((message) => message.bytes);

/** Types one keystroke after another, each acknowledged before the next. */
async function type(client: WsClient, typist: Typist, text: string): Promise<void> {
  for (const character of text) {
    client.sendUpdate(typist.type(character));
    await client.untilAcked();
  }
}

test('[BF1] the report’s socket tells every entry after `since` once, in order, while text keeps coming', async () => {
  const room = await enter();
  const typist = new Typist(700_001).take(Y.mergeUpdates(updatesOf(room)));
  await type(room, typist, '一二三四五六七八九十');
  const { seq: head } = await room.hear('hello');
  const watcher = await server.dial(anna, report.id, { query: { since: 1 } });
  const typing = type(room, typist, '甲乙丙丁戊己庚辛');
  await server.request(anna, 'POST', `/api/reports/${report.id}/outline`, { op: 'title', was: '测试报告', title: '新题' });
  await typing;
  const last = head + 10 + 8 + 1;
  await watcher.hear('entry', (entry) => entry.seq === last);
  const told = watcher.all('entry');
  expect(told.map((entry) => entry.seq)).toEqual(Array.from({ length: last - 1 }, (_, i) => i + 2));
  const text = told.filter((entry) => entry.entry?.kind === 'text' && entry.seq > head);
  expect(text.map(({ entry }) => [entry?.author, entry?.subject, entry?.added, entry?.removed])).toEqual(
    text.map(() => [anna.account.id, report.chapter, 1, 0]),
  );
  expect(told.find((entry) => entry.entry?.kind === 'outline')?.entry?.event).toEqual({ op: 'title', was: '测试报告', title: '新题' });
});

test('[BF2] an entry is told the same long after as it was live', async () => {
  const live = await server.dial(anna, report.id);
  const room = await enter();
  const typist = new Typist(700_002).take(Y.mergeUpdates(updatesOf(room)));
  await type(room, typist, '甲乙丙');
  room.sendUpdate(typist.erase(0, 2));
  await room.untilAcked();
  const { seq } = await live.hear('hello');
  await live.hear('entry', (entry) => entry.seq === seq + 4);
  const later = await server.dial(anna, report.id, { query: { since: seq } });
  await later.hear('entry', (entry) => entry.seq === seq + 4);
  expect(later.all('entry')).toEqual(live.all('entry'));
  expect(later.all('entry').at(-1)?.entry).toMatchObject({ added: 0, removed: 2 });
});

test('[BF3] without `since` the entries begin after hello', async () => {
  const watcher = await server.dial(anna, report.id);
  const { seq } = await watcher.hear('hello');
  const room = await enter();
  await type(room, new Typist(700_003).take(Y.mergeUpdates(updatesOf(room))), '甲');
  await watcher.hear('entry');
  expect(watcher.all('entry').map((entry) => entry.seq)).toEqual([seq + 1]);
});

test('[BF4] a room opened with `since` is told exactly the entries after it', async () => {
  const room = await enter();
  const typist = new Typist(700_004).take(Y.mergeUpdates(updatesOf(room)));
  await type(room, typist, '甲乙丙丁');
  const { seq } = await room.hear('hello');
  const all = await enter();
  for (const since of [seq + 4, seq + 3, seq + 1, seq]) {
    const back = await enter({ since });
    const first = back.heard.findIndex((message) => message.kind === 'step2');
    const before = back.heard.slice(0, first).filter((message) => message.kind === 'update');
    expect(before.length).toBe(seq + 4 - since);
  }
  expect(textOf(updatesOf(all))).toBe('丁丙乙甲');
});

test('[BF5] equal vectors are not equal documents: a deletion made meanwhile reaches a copy that names no `since`', async () => {
  const room = await enter();
  const typist = new Typist(700_005).take(Y.mergeUpdates(updatesOf(room)));
  await type(room, typist, '甲乙');
  const copy = new Y.Doc();
  for (const update of updatesOf(await enter())) Y.applyUpdate(copy, update);
  room.sendUpdate(typist.erase(0, 1));
  await room.untilAcked();
  const vector = Y.encodeStateVector(copy);
  expect(vector).toEqual(Y.encodeStateVector(typist.doc));
  const back = await server.room(anna, report, { doc: copy });
  await back.synced();
  expect(copy.getText('t').toString()).toBe(typist.text);
});

test('[BF6] a chapter with a checkpoint gives the same text to joiners, to copies with a vector and to copies with `since`', async () => {
  const room = await enter();
  const typist = new Typist(700_006).take(Y.mergeUpdates(updatesOf(room)));
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(typist.doc));
  for (let i = 0; i < 80; i += 1) room.sendUpdate(typist.type('长'.repeat(500)));
  await room.untilAcked();
  const stored = await untilStored(report);
  const { seq } = await room.hear('hello');
  expect(stored.seq).toBeGreaterThan(seq);
  await type(room, typist, '后');
  room.sendUpdate(typist.erase(3, 1_000));
  await room.untilAcked();

  const joiner = await enter();
  const first = joiner.heard.findIndex((message) => message.kind === 'step2');
  expect(joiner.heard.slice(0, first).filter((message) => message.kind === 'update').length).toBeLessThan(80);
  expect(textOf(updatesOf(joiner))).toBe(typist.text);
  const back = await server.room(anna, report, { doc: copy, query: { since: seq } });
  await back.synced();
  expect(copy.getText('t').toString()).toBe(typist.text);
  const offline = new Y.Doc();
  const withVector = await server.room(anna, report, { doc: offline });
  await withVector.synced();
  expect(offline.getText('t').toString()).toBe(typist.text);
});

async function untilStored(its: TestReport): Promise<{ seq: number }> {
  for (;;) {
    const stored = await server.storage.checkpoints.load(its.id, its.chapter);
    if (stored !== null) return stored;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('[BF7] what a copy wrote while the server had not heard of it is marked with since when', async () => {
  const room = await enter();
  const seed = Y.mergeUpdates(updatesOf(room));
  const typist = new Typist(700_007).take(seed);
  await type(room, typist, '先');
  const { seq } = await room.hear('hello');
  await room.hangUp();
  const left = server.clock.now();
  const offline = typist.type('离');
  server.clock.advance(3_600_000);
  const back = await server.room(anna, report);
  await back.roundTrip();
  back.sendUpdate(offline);
  back.sendStep2(Uint8Array.of(0, 0));
  await back.untilAcked(2);
  back.sendUpdate(typist.type('在'));
  await back.untilAcked(3);
  const author = async (clock: number): Promise<{ offlineSince: number; seq: number }> => {
    const path = `/api/reports/${report.id}/chapters/${report.chapter}/author?client=700007&clock=${clock}`;
    return (await (await server.request(anna, 'GET', path)).json()) as { offlineSince: number; seq: number };
  };
  expect(await author(0)).toMatchObject({ author: anna.account.id, via: 'typing', offlineSince: 0, seq: seq + 1, movedBy: null });
  const { offlineSince } = await author(1);
  expect(Math.abs(offlineSince - left)).toBeLessThan(60_000);
  expect(await author(2)).toMatchObject({ offlineSince: 0 });
});

test('[BF8] a report that was closed for want of use is the same when it is opened again', async () => {
  const room = await enter();
  const typist = new Typist(700_008).take(Y.mergeUpdates(updatesOf(room)));
  await type(room, typist, '留');
  const { chainHead: _, ...hello } = await (await enter()).hear('hello');
  await server.close();
  const storage = server.storage;
  server = await startTestServer({ storage });
  const again = await enter();
  expect(await again.hear('hello')).toMatchObject({ ...hello });
  expect(textOf(updatesOf(again))).toBe('留');
  again.sendUpdate(typist.type('续'));
  await again.untilAcked(1);
});
