import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { OutlineAt } from '../../../shared/api/history.ts';
import type { ReportState } from '../../../shared/api.ts';
import type { ChapterId } from '../../../shared/ids.ts';
import type { OutlineCommand, RemovedNode } from '../../../shared/outline/outline.ts';
import { CLOSE } from '../../../shared/wire/codes.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import { Typist, textOf } from '../../support/typing.ts';
import type { WsClient } from '../../support/ws-client.ts';

let server: TestServer;
let anna: Person;
let bo: Person;
let reader: Person;
let report: TestReport;

beforeEach(async () => {
  server = await startTestServer();
  anna = await server.person('安', true);
  bo = await server.person('博');
  reader = await server.person('阅');
  report = await server.report([
    [anna, 'owner'],
    [bo, 'editor'],
    [reader, 'reader'],
  ]);
});
afterEach(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

async function enter(person: Person): Promise<WsClient> {
  const client = await server.room(person, report);
  await client.roundTrip();
  return client;
}

async function outline(command: OutlineCommand): Promise<void> {
  expect((await server.request(anna, 'POST', `/api/reports/${report.id}/outline`, command)).status).toBe(200);
}
const trash = () => outline({ op: 'remove', node: report.chapter });
const bringBack = () => outline({ op: 'restore', node: report.chapter });

const seedOf = (client: WsClient): Uint8Array => Y.mergeUpdates(client.all('update').map((message) => message.bytes));
const state = async (): Promise<ReportState> =>
  (await (await server.request(anna, 'GET', `/api/reports/${report.id}`)).json()) as ReportState;
const inTrash = async (): Promise<RemovedNode | undefined> => (await state()).outline.removed.find(({ id }) => id === report.chapter);
const textNow = async (): Promise<string> => textOf((await enter(anna)).all('update').map((message) => message.bytes));

describe('a chapter in the trash', () => {
  test('[OU11] goes on taking what is typed into it; the trash tells by whom, and it is there when it is restored', async () => {
    const typing = await enter(bo);
    const typist = new Typist(320_001).take(seedOf(typing));
    typing.sendUpdate(typist.type('前'));
    await typing.untilAcked(1);
    await trash();
    const { seq } = (await inTrash())!.removed;
    typing.sendUpdate(typist.type('后'));
    typing.sendUpdate(typist.type('又'));
    await typing.untilAcked(3);
    expect(typing.closed).toBeNull();
    expect(await inTrash()).toMatchObject({
      removed: { by: anna.account.id, seq },
      late: [{ by: bo.account.id, count: 2, seq: seq + 2 }],
    });
    expect((await state()).figures[report.chapter]?.characters).toBe(3);
    await bringBack();
    expect(await inTrash()).toBeUndefined();
    expect(await textNow()).toBe('又后前');
    // Taken out once more, it begins anew.
    await trash();
    expect((await inTrash())?.late).toEqual([]);
  });

  test('[OU11] takes what was written offline, in a room that is opened anew', async () => {
    const first = await enter(bo);
    const typist = new Typist(320_002).take(seedOf(first));
    await first.hangUp();
    typist.type('断网');
    await trash();
    const again = await server.room(bo, report);
    await again.hear('step1');
    again.sendStep2(Y.encodeStateAsUpdate(typist.doc, again.all('step1').at(-1)?.bytes));
    await again.untilAcked(1);
    await expect.poll(async () => (await inTrash())?.late.map(({ by }) => by)).toEqual([bo.account.id]);
    await bringBack();
    expect(await textNow()).toBe('断网');
  });

  test('[OU11] two who write in it go on seeing each other, and each is named', async () => {
    const [a, b] = [await enter(anna), await enter(bo)];
    await trash();
    a.sendUpdate(new Typist(320_003).take(seedOf(a)).type('甲'));
    await a.untilAcked(1);
    await b.until(() => textOf(b.all('update').map((message) => message.bytes)) === '甲', 'the text of the other');
    b.sendUpdate(new Typist(320_004).take(seedOf(b)).type('乙'));
    await b.untilAcked(1);
    expect((await inTrash())?.late.map(({ by, count }) => ({ by, count }))).toEqual([
      { by: anna.account.id, count: 1 },
      { by: bo.account.id, count: 1 },
    ]);
  });

  test('[OU11] is told alike after a restart, and as it was at any point of the past', async () => {
    const typing = await enter(bo);
    await trash();
    const before = (await state()).seq;
    typing.sendUpdate(new Typist(320_005).take(seedOf(typing)).type('迟'));
    await typing.untilAcked(1);
    const told = await inTrash();
    const at = async (seq: number): Promise<RemovedNode | undefined> => {
      const answer = await server.request(anna, 'GET', `/api/reports/${report.id}/at/${seq}/outline`);
      return ((await answer.json()) as OutlineAt).outline.removed.find(({ id }) => id === report.chapter);
    };
    expect((await at(before))?.late).toEqual([]);
    expect(await at(before + 1)).toEqual(told);
    await server.close();
    server = await startTestServer({ storage: server.storage });
    expect(await inTrash()).toEqual(told);
  });

  test('[RE2] is closed, for good, to whoever may not write it, and open to the others', async () => {
    const [reading, typing] = [await enter(reader), await enter(bo)];
    await trash();
    expect((await reading.untilClosed()).code).toBe(CLOSE.gone.code);
    const again = await server.room(reader, report);
    expect((await again.untilClosed()).code).toBe(CLOSE.gone.code);
    expect(again.all('update')).toEqual([]);
    await typing.roundTrip();
    await (await enter(anna)).hangUp();
    // Who may write no longer, may not stay.
    const role = await server.request(anna, 'POST', `/api/reports/${report.id}/members`, { member: bo.account.id, role: 'reader' });
    expect(role.status).toBe(201);
    expect((await typing.untilClosed()).code).toBe(CLOSE.gone.code);
    await bringBack();
    await (await enter(reader)).hangUp();
  });

  test('[RE2] a chapter that never was is refused before the upgrade', async () => {
    await expect(server.room(anna, { id: report.id, chapter: 'aaaaaaaaaaaaaaaaaaaa' as ChapterId })).rejects.toMatchObject({ status: 404 });
  });
});
