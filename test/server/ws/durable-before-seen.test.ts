import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../../shared/wire/codes.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import { Typist, textOf } from '../../support/typing.ts';
import type { WsClient } from '../../support/ws-client.ts';

let server: TestServer;
let anna: Person;
let bo: Person;
let report: TestReport;

beforeEach(async () => {
  server = await startTestServer();
  anna = await server.person('安', true);
  bo = await server.person('博');
  report = await server.report([
    [anna, 'owner'],
    [bo, 'editor'],
  ]);
});
afterEach(() => server.close());

/** A socket that has been told the chapter's text. */
async function enter(person: Person): Promise<WsClient> {
  const client = await server.room(person, report);
  await client.roundTrip();
  return client;
}

const updatesOf = (client: WsClient): Uint8Array[] => client.all('update').map((message) => message.bytes);
const seedOf = (client: WsClient): Uint8Array => Y.mergeUpdates(updatesOf(client));

describe('while the disk is held back', () => {
  test('[DU1] nothing is acknowledged, relayed, told to a joiner or named on the report until the fsync is released', async () => {
    const [a, b] = [await enter(anna), await enter(bo)];
    const news = await server.dial(bo, report.id);
    const typist = new Typist(100_001).take(seedOf(a));
    const before = textOf(updatesOf(b));

    server.storage.hold();
    a.sendUpdate(typist.type('密'));
    await a.roundTrip();
    const joiner = await enter(bo);
    await b.roundTrip();
    expect(server.storage.waiting).toBe(1);
    expect(a.acked).toBe(0);
    expect(textOf(updatesOf(b))).toBe(before);
    expect(textOf(updatesOf(joiner))).toBe(before);
    expect(Y.decodeStateVector((await joiner.hear('step1')).bytes).has(100_001)).toBe(false);
    expect(news.all('entry')).toEqual([]);
    const { seq } = await joiner.hear('hello');

    server.storage.release();
    await a.untilAcked(1);
    expect(a.all('ack')).toEqual([{ kind: 'ack', seq: seq + 1, n: 1 }]);
    for (const client of [b, joiner]) await client.until(() => textOf(updatesOf(client)).includes('密'), 'the text');
    expect((await news.hear('entry')).seq).toBe(seq + 1);
  });

  test('[DU2] when the fsync fails nothing of it is ever acknowledged or seen, and the report goes on from what the disk has', async () => {
    const [a, b] = [await enter(anna), await enter(bo)];
    const typist = new Typist(100_002).take(seedOf(a));
    a.sendUpdate(typist.type('存'));
    await a.untilAcked(1);

    server.storage.hold();
    a.sendUpdate(typist.type('失'));
    await a.roundTrip();
    server.storage.failNext();
    server.storage.release();
    expect((await a.untilClosed()).code).toBe(CLOSE.storage.code);
    expect((await b.untilClosed()).code).toBe(CLOSE.storage.code);
    expect(a.acked).toBe(1);
    expect(textOf(updatesOf(b))).not.toContain('失');

    // Right after a failure the report is not opened again; a while later it is, as the disk has it.
    await expect(server.room(anna, report)).rejects.toMatchObject({ status: 503 });
    server.clock.advance(1_000);
    const again = await enter(anna);
    expect(textOf(updatesOf(again))).toContain('存');
    expect(textOf(updatesOf(again))).not.toContain('失');
    expect(Y.decodeStateVector((await again.hear('step1')).bytes).get(100_002)).toBe(1);
    // The client's own copy has it still, sends it again, and now it is stored.
    again.sendStep2(Y.encodeStateAsUpdate(typist.doc));
    await again.untilAcked(1);
    expect(textOf(updatesOf(await enter(bo)))).toContain('失');
  });

  test('[PL7] a command waits for the disk as typing does, and fails with it', async () => {
    server.storage.hold();
    const asked = server.request(anna, 'POST', `/api/reports/${report.id}/outline`, { op: 'title', was: '测试报告', title: '新题' });
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (server.storage.waiting === 1) resolve();
        else setImmediate(look);
      };
      look();
    });
    const meanwhile = await (await server.request(bo, 'GET', `/api/reports/${report.id}`)).json();
    expect(meanwhile).toMatchObject({ outline: { title: '测试报告' } });
    server.storage.failNext();
    server.storage.release();
    const answer = await asked;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: 'storage' } });
    server.clock.advance(1_000);
    expect(await (await server.request(bo, 'GET', `/api/reports/${report.id}`)).json()).toMatchObject({ outline: { title: '测试报告' } });
  });
});

describe('pipelining', () => {
  test('[PL1] a fast typist over a slow disk never meets a false gap', async () => {
    const a = await enter(anna);
    const asked = a.all('step1').length;
    const typist = new Typist(100_003).take(seedOf(a));
    server.storage.hold();
    for (let i = 0; i < 300; i += 1) a.sendUpdate(i % 7 === 6 ? typist.erase(1, 2) : typist.type('字'));
    await a.roundTrip();
    expect(server.storage.waiting).toBe(300);
    expect(a.acked).toBe(0);
    server.storage.release();
    await a.untilAcked(300);
    expect(a.all('step1').length).toBe(asked);
    expect(a.all('reject')).toEqual([]);
    expect(textOf(updatesOf(await enter(bo)))).toBe(typist.text);
  });

  test('[PL2] what stands on a colleague’s text that is not durable yet is a gap for nobody who has seen it', async () => {
    const [a, b] = [await enter(anna), await enter(bo)];
    const first = new Typist(100_004).take(seedOf(a));
    const second = new Typist(100_005).take(seedOf(b));
    a.sendUpdate(first.type('甲'));
    await a.untilAcked(1);
    await b.until(() => textOf(updatesOf(b)).includes('甲'), 'the text');
    second.take(seedOf(b));
    server.storage.hold();
    b.sendUpdate(second.type('乙'));
    a.sendUpdate(first.type('丙'));
    await b.roundTrip();
    server.storage.release();
    await b.untilAcked(1);
    await a.untilAcked(2);
    const whole = textOf(updatesOf(await enter(bo)));
    for (const character of '甲乙丙') expect(whole).toContain(character);
  });

  test('[PL3] a resend is not acknowledged before its original is durable, makes no entry, and is acknowledged with the head', async () => {
    const a = await enter(anna);
    const update = new Typist(100_006).take(seedOf(a)).type('一');
    server.storage.hold();
    a.sendUpdate(update);
    await a.roundTrip();
    const again = await enter(anna);
    again.sendUpdate(update);
    await again.roundTrip();
    expect(server.storage.waiting).toBe(1);
    expect(again.acked).toBe(0);
    server.storage.release();
    await again.untilAcked(1);
    await a.untilAcked(1);
    expect(again.all('ack')[0]?.seq).toBe(a.all('ack')[0]?.seq);
  });

  test('[PL4] an empty SyncStep2 is acknowledged too, and makes no entry', async () => {
    const a = await enter(anna);
    const { seq } = await a.hear('hello');
    a.sendStep2(Uint8Array.of(0, 0));
    await a.untilAcked(1);
    expect(a.all('ack')).toEqual([{ kind: 'ack', seq, n: 1 }]);
  });

  test('[PL5] nobody gets their own text back', async () => {
    const [a, b] = [await enter(anna), await enter(bo)];
    const typist = new Typist(100_007).take(seedOf(a));
    const told = updatesOf(a).length;
    for (let i = 0; i < 20; i += 1) a.sendUpdate(typist.type('回'));
    await a.untilAcked(20);
    await b.until(() => textOf(updatesOf(b)) === typist.text, 'the text');
    expect(updatesOf(a).length).toBe(told);
  });

  test('[PL6] a server that is told to stop acknowledges what it took, and says 1012', async () => {
    const a = await enter(anna);
    const typist = new Typist(100_008).take(seedOf(a));
    server.storage.hold();
    a.sendUpdate(typist.type('终'));
    await a.roundTrip();
    const stopped = server.close();
    server.storage.release();
    expect((await a.untilClosed()).code).toBe(1012);
    expect(a.acked).toBe(1);
    await stopped;
  });
});
