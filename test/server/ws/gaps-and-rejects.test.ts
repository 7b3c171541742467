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
afterEach(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

async function enter(person: Person): Promise<WsClient> {
  const client = await server.room(person, report);
  await client.roundTrip();
  return client;
}

const seedOf = (client: WsClient): Uint8Array => Y.mergeUpdates(client.all('update').map((message) => message.bytes));
const textNow = async (): Promise<string> => textOf((await enter(anna)).all('update').map((message) => message.bytes));

describe('a gap', () => {
  test('[GP1] is answered with SyncStep1, applied in no part, and healed by the next SyncStep2, whose ack covers all', async () => {
    const a = await enter(anna);
    const typist = new Typist(300_001).take(seedOf(a));
    typist.type('失');
    const second = typist.type('后');
    const steps = a.all('step1').length;
    a.sendUpdate(second);
    await a.until(() => a.all('step1').length > steps, 'the question');
    a.sendUpdate(typist.type('续'));
    await a.roundTrip();
    expect(a.acked).toBe(0);
    expect(await textNow()).toBe('');
    const vector = a.all('step1').at(-1)?.bytes;
    a.sendStep2(Y.encodeStateAsUpdate(typist.doc, vector));
    await a.untilAcked(3);
    expect(a.all('ack').map((ack) => ack.n)).toEqual([3]);
    expect(await textNow()).toBe('续后失');
    a.sendUpdate(typist.type('好'));
    await a.untilAcked(4);
  });

  test('[GP2] never closes a socket the first time; three without progress do, with "come back later"', async () => {
    const a = await enter(anna);
    const typist = new Typist(300_002).take(seedOf(a));
    typist.type('失');
    const orphan = typist.type('后');
    a.sendUpdate(orphan);
    await a.roundTrip();
    a.sendStep2(orphan);
    await a.roundTrip();
    a.sendStep2(orphan);
    expect((await a.untilClosed()).code).toBe(CLOSE.resync.code);
    expect(await textNow()).toBe('');
  });

  test('[GP3] a deletion of something unknown is a gap as well', async () => {
    const a = await enter(anna);
    const typist = new Typist(300_003).take(seedOf(a));
    typist.type('甲乙');
    const steps = a.all('step1').length;
    a.sendUpdate(typist.erase(0, 1));
    await a.until(() => a.all('step1').length > steps, 'the question');
    a.sendStep2(Y.encodeStateAsUpdate(typist.doc));
    await a.untilAcked(2);
    expect(await textNow()).toBe('乙');
  });
});

describe('a reject', () => {
  const cases: readonly (readonly [string, (client: WsClient) => Uint8Array, string])[] = [
    ['noise', () => Uint8Array.of(1, 2, 3, 4, 5, 6, 7), 'bad-update'],
    ['a struct-count bomb of seven bytes', () => Uint8Array.of(1, 0x80, 0x80, 0x80, 0x10, 1, 0), 'bad-update'],
    ['an update cut short', (client) => new Typist(310_001).take(seedOf(client)).type('断').slice(0, -1), 'bad-update'],
    ['another root', () => foreignRoot(), 'schema'],
    ['an id of the server', (client) => new Typist(7).take(seedOf(client)).type('冒'), 'foreign-client'],
    ['more than 1 MiB', (client) => new Typist(310_002).take(seedOf(client)).type('长'.repeat(400_000)), 'too-big'],
    ['a hundred new client ids', (client) => manyIds(client), 'too-many-ids'],
  ];

  test.each(cases)(
    '[RE1] %s is refused whole with its code; nothing more of that socket is admitted; reading goes on',
    async (_what, make, code) => {
      const [a, b] = [await enter(anna), await enter(bo)];
      a.sendUpdate(make(a));
      const reject = await a.hear('reject');
      expect(reject).toEqual({ kind: 'reject', n: 1, code });
      const later = new Typist(310_009).take(seedOf(b));
      a.sendUpdate(later.type('迟'));
      await a.roundTrip();
      expect(a.acked).toBe(0);
      const other = new Typist(310_010).take(seedOf(b));
      b.sendUpdate(other.type('乙'));
      await b.untilAcked(1);
      await a.until(() => textOf(a.all('update').map((message) => message.bytes)).includes('乙'), 'the text of the other');
      expect(await textNow()).toBe('乙');
    },
  );

  test('[OW2] a colleague’s client id is refused, and the colleague goes on under it', async () => {
    const [a, b] = [await enter(anna), await enter(bo)];
    const typist = new Typist(320_001).take(seedOf(a));
    a.sendUpdate(typist.type('甲'));
    await a.untilAcked(1);
    await b.until(() => textOf(b.all('update').map((message) => message.bytes)) === '甲', 'the text');
    const forger = new Typist(320_002).take(seedOf(b));
    // Yjs gives a document another id when it meets its own in somebody's text.
    forger.doc.clientID = 320_001;
    b.sendUpdate(forger.type('假'));
    expect(await b.hear('reject')).toMatchObject({ code: 'foreign-client' });
    a.sendUpdate(typist.type('真'));
    await a.untilAcked(2);
    expect(await textNow()).toBe('真甲');
  });

  test('[OW4] a leased id is kept for its member before it is ever used', async () => {
    const [a, b] = [await enter(anna), await enter(bo)];
    a.sendGongbi({ kind: 'ask-lease' });
    const { clientId } = await a.hear('lease');
    expect(clientId).toBeGreaterThanOrEqual(2 ** 16);
    b.sendUpdate(new Typist(clientId).take(seedOf(b)).type('抢'));
    expect(await b.hear('reject')).toMatchObject({ code: 'foreign-client' });
    a.sendUpdate(new Typist(clientId).take(seedOf(a)).type('得'));
    await a.untilAcked(1);
  });
});

function foreignRoot(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 310_003;
  doc.getText('other').insert(0, '另');
  return Y.encodeStateAsUpdate(doc);
}

function manyIds(client: WsClient): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedOf(client));
  for (let i = 0; i < 100; i += 1) {
    doc.clientID = 330_000 + i;
    doc.getText('t').insert(0, '号');
  }
  return Y.encodeStateAsUpdate(doc);
}
