import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../../shared/wire/codes.ts';
import { encodeGongbi } from '../../../shared/wire/protocol.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import { Typist } from '../../support/typing.ts';
import { Refused, type WsClient } from '../../support/ws-client.ts';

let server: TestServer;
let owner: Person;
let stranger: Person;
let report: TestReport;

beforeAll(async () => {
  server = await startTestServer({ origins: ['https://proxy.example'] });
  owner = await server.person('主人', true);
  stranger = await server.person('外人');
  report = await server.report([[owner, 'owner']]);
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

async function statusOf(dialled: Promise<WsClient>): Promise<number> {
  try {
    await (await dialled).hangUp();
    return 101;
  } catch (error) {
    if (error instanceof Refused) return error.status;
    throw error;
  }
}

describe('before the upgrade', () => {
  const room = (): string => `${report.id}/${report.chapter}`;

  test.each([
    ['no ids at all', () => '', 400],
    ['an id that is too short', () => 'abc', 400],
    ['an id with a dot', () => `${report.id.slice(0, -1)}.`, 400],
    ['a path that climbs', () => `../${report.id}`, 404],
    ['an escaped slash', () => `${report.id}%2f${report.chapter}`, 400],
    ['a null byte', () => `${report.id}%00`, 400],
    ['three ids', () => `${room()}/${report.chapter}`, 400],
    ['a trailing slash', () => `${report.id}/`, 400],
    ['six thousand characters', () => 'a'.repeat(6000), 400],
  ])('[DR1] a path with %s is refused', async (_what, path, status) => {
    // The client library resolves "..": what arrives is then another path of this server.
    expect(await statusOf(server.dial(owner, path()))).toBe(status === 404 ? 400 : status);
  });

  test.each([
    ['protocol', { protocol: 'x' }],
    ['schema', { schema: '-1' }],
    ['since', { since: '1e3' }],
    ['seen', { seen: '3' }],
    ['seen with a short head', { seen: '3.abcd' }],
    ['epoch', { epoch: '../x' }],
    ['token', { token: 'no spaces' }],
  ])('[DR1] a malformed %s is refused', async (_name, query) => {
    expect(await statusOf(server.dial(owner, room(), { query }))).toBe(400);
  });

  test('[DR2] another origin is refused, our own and the proxy are not, and a program without one neither', async () => {
    const from = (origin: string) => statusOf(server.dial(owner, room(), { headers: { origin } }));
    for (const origin of [
      'http://evil.example',
      'null',
      `${server.url}0`,
      `${server.url}.evil.example`,
      'https://127.0.0.1',
      'file://',
      'garbage',
    ]) {
      expect([origin, await from(origin)]).toEqual([origin, 403]);
    }
    expect(await from(server.url)).toBe(101);
    expect(await from('https://proxy.example')).toBe(101);
    expect(await statusOf(server.dial(owner, room()))).toBe(101);
  });

  test('[DR3] without a session nobody gets in', async () => {
    expect(await statusOf(server.dial(null, room()))).toBe(401);
    for (const secret of ['', 'x', 'a'.repeat(40), 'undefined', '%00'.repeat(10)]) {
      expect(await statusOf(server.dial(null, room(), { headers: { cookie: `gongbi_session=${secret}` } }))).toBe(401);
      expect(await statusOf(server.dial(null, room(), { headers: { authorization: `Bearer ${secret}` } }))).toBe(401);
    }
  });

  test('[DR3] a script gets in by its token, in the header or the address', async () => {
    const token = await server.app.accounts.createToken(owner.account.id, 'script');
    expect(await statusOf(server.dial(null, room(), { headers: { authorization: `Bearer ${token}` } }))).toBe(101);
    expect(await statusOf(server.dial(null, room(), { query: { token } }))).toBe(101);
  });

  test('[DR4] a stranger learns nothing, and connecting creates nothing', async () => {
    const other = 'a'.repeat(20);
    expect(await statusOf(server.dial(stranger, room()))).toBe(404);
    expect(await statusOf(server.dial(stranger, report.id))).toBe(404);
    expect(await statusOf(server.dial(owner, other))).toBe(404);
    expect(await statusOf(server.dial(owner, `${report.id}/${other}`))).toBe(404);
    expect(await server.storage.logs.exists(other as never)).toBe(false);
    expect(await statusOf(server.dial(owner, `${report.id}/${other}`))).toBe(404);
  });

  test('[DR5] an address or a member with too many sockets is told to wait', async () => {
    const small = await startTestServer({ limits: { socketsOfMember: 3, socketsOfAddress: 4 } });
    const [a, b] = [await small.person('甲', true), await small.person('乙')];
    const its = await small.report([
      [a, 'owner'],
      [b, 'editor'],
    ]);
    const sockets = await Promise.all([1, 2, 3].map(() => small.room(a, its)));
    expect(await statusOf(small.room(a, its))).toBe(429);
    const fourth = await small.room(b, its);
    expect(await statusOf(small.room(b, its))).toBe(429);
    await sockets[0]?.hangUp();
    await fourth.hangUp();
    const again = await retry(() => small.room(a, its));
    await again.hangUp();
    await small.close();
  });
});

/** Counts go down when the server hears of the close, which is after the client does. */
async function retry(dial: () => Promise<WsClient>): Promise<WsClient> {
  for (;;) {
    try {
      return await dial();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
}

describe('after the upgrade', () => {
  const update = (...bytes: number[]): number[] => [0, 2, bytes.length, ...bytes];
  const broken: readonly (readonly [string, Uint8Array | string, number])[] = [
    ['an empty message', Uint8Array.of(), CLOSE.badFrame.code],
    ['an unknown type', Uint8Array.of(9, 1), CLOSE.badFrame.code],
    ['an auth message', Uint8Array.of(2, 0), CLOSE.badFrame.code],
    ['an unknown sync kind', Uint8Array.of(0, 7, 0), CLOSE.badFrame.code],
    ['a length beyond the message', Uint8Array.of(0, 2, 200, 1), CLOSE.badFrame.code],
    ['a length of 2^53', Uint8Array.of(0, 2, 255, 255, 255, 255, 255, 255, 255, 15), CLOSE.badFrame.code],
    ['bytes left over', Uint8Array.from([...update(0, 0), 5]), CLOSE.badFrame.code],
    ['an unknown sub-kind of ours', Uint8Array.of(4, 99), CLOSE.badFrame.code],
    ['a message only the server sends', encodeGongbi({ kind: 'ack', seq: 1, n: 1 }), CLOSE.badFrame.code],
    ['a vector that ends early', Uint8Array.of(0, 0, 2, 5, 1), CLOSE.badFrame.code],
    ['a vector of 100 kB', syncMessage(0, new Uint8Array(100_000)), CLOSE.badFrame.code],
    ['awareness of 50 000 people', Uint8Array.of(1, 3, 0xd0, 0x86, 3), CLOSE.badFrame.code],
    ['text', 'hello', 1003],
    ['a message of 5 MiB', new Uint8Array(5 * 1024 * 1024), 1009],
  ];

  test.each(broken)(
    '[DR6] %s ends its socket with the documented code, and the healthy one beside it types on',
    async (_what, message, code) => {
      const healthy = new Y.Doc();
      const beside = await server.room(owner, report, { doc: healthy });
      await beside.synced();
      const client = await server.room(owner, report);
      client.sendRaw(message);
      expect((await client.untilClosed()).code).toBe(code);
      healthy.getText('t').insert(0, '好');
      await beside.untilAcked();
      await beside.hangUp();
    },
  );

  test.each([
    ['an invalid opcode', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ['an unmasked frame', Buffer.from([0x82, 0x01, 0x00])],
    ['reserved bits', Buffer.from([0xf2, 0x80, 0, 0, 0, 0])],
    ['half a frame and silence', Buffer.from([0x82])],
    ['noise', randomBytes(64)],
  ])('[DR6] broken framing (%s) hurts nobody else', async (_what, bytes) => {
    const path = `/sync/${report.id}/${report.chapter}?protocol=1&schema=1`;
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const head = [
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ];
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${owner.cookie}\r\n${head.join('\r\n')}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.on('error', () => undefined);
    socket.write(bytes);
    const beside = await server.room(owner, report);
    await beside.roundTrip();
    await beside.hangUp();
    socket.destroy();
  });

  test.each([
    ['sync', Uint8Array.of(0, 0, 1, 0)],
    ['awareness', Uint8Array.of(1, 1, 0)],
    ['a lease', encodeGongbi({ kind: 'ask-lease' })],
  ])("[DR7] on the report's own socket %s is out of place", async (_what, message) => {
    const client = await server.dial(owner, report.id);
    client.sendRaw(message);
    expect((await client.untilClosed()).code).toBe(CLOSE.badFrame.code);
  });

  test('[DR8] too many messages end the socket with 4529, and only that one', async () => {
    const small = await startTestServer({ limits: { messages: { burst: 50, perSecond: 1 } } });
    const person = await small.person('快手', true);
    const its = await small.report([[person, 'owner']]);
    const calm = await small.room(person, its);
    const client = await small.room(person, its);
    for (let i = 0; i < 60; i += 1) client.sendRaw(Uint8Array.of(3));
    expect((await client.untilClosed()).code).toBe(CLOSE.tooMany.code);
    await calm.roundTrip();
    await small.close();
  });

  test('[DR8] asking for the whole state again and again ends with 4529', async () => {
    const client = await server.room(owner, report);
    for (let i = 0; i < 300; i += 1) client.sendStep1(Uint8Array.of(0));
    expect((await client.untilClosed()).code).toBe(CLOSE.tooMany.code);
    expect(client.all('step2').length).toBeLessThan(20);
  });

  test('[DR9] who signs out loses every socket within a second', async () => {
    const person = await server.person('过客', true);
    const its = await server.report([[person, 'owner']]);
    const [room, own] = [await server.room(person, its), await server.dial(person, its.id)];
    await server.request(person, 'DELETE', '/api/session');
    expect((await room.untilClosed()).code).toBe(CLOSE.signedOut.code);
    expect((await own.untilClosed()).code).toBe(CLOSE.signedOut.code);
    expect(await statusOf(server.room(person, its))).toBe(401);
  });

  test('[DR10] an idle socket hears something before y-websocket gives it up', async () => {
    const client = await server.room(owner, report);
    await client.roundTrip();
    const from = client.heard.length;
    server.clock.advance(16_000);
    const said = await client.hear('awareness', () => true, from);
    expect(said.states).toEqual([]);
    await client.hangUp();
  });

  test('[DR11] hello comes first and says who, what and where', async () => {
    const client = await server.room(owner, report);
    await client.hear('step1');
    const hello = client.heard[0];
    expect(hello).toMatchObject({
      kind: 'hello',
      protocol: 1,
      schema: 1,
      member: owner.account.id,
      name: '主人',
      role: 'owner',
      mayWrite: true,
    });
    await client.hangUp();
  });

  test('[DR12] a copy of another epoch, or of a log that this is not, is told so and not merged', async () => {
    const first = await server.room(owner, report);
    const hello = await first.hear('hello');
    await first.hangUp();
    const seen = `${hello.seq}.${hello.chainHead}`;
    const wrong = `${hello.seq}.${'0'.repeat(64)}`;
    const beyond = `${hello.seq + 1_000}.${hello.chainHead}`;
    for (const query of [{ epoch: 'another' }, { seen: wrong }, { seen: beyond }]) {
      const client = await server.room(owner, report, { query });
      expect((await client.untilClosed()).code).toBe(CLOSE.otherEpoch.code);
      expect(client.heard.map((message) => message.kind)).toEqual(['hello']);
    }
    const same = await server.room(owner, report, { query: { epoch: hello.epoch, seen } });
    await same.roundTrip();
    await same.hangUp();
  });

  test('[DR13] another protocol closes with 4409; an older schema reads and may not write', async () => {
    const other = await server.room(owner, report, { query: { protocol: 2 } });
    expect((await other.untilClosed()).code).toBe(CLOSE.oldSchema.code);
    const old = await server.room(owner, report, { query: { schema: 0 } });
    expect(await old.hear('hello')).toMatchObject({ mayWrite: false });
    await old.roundTrip();
    old.sendUpdate(new Typist(200_001).take(textBytes(old)).type('旧'));
    expect(await old.hear('reject')).toMatchObject({ n: 1, code: 'schema' });
    await old.roundTrip();
    await old.hangUp();
  });
});

/** Everything this client was told of the chapter's text, as one update. */
function textBytes(client: WsClient): Uint8Array {
  return Y.mergeUpdates(client.all('update').map((message) => message.bytes));
}

function syncMessage(kind: number, body: Uint8Array): Uint8Array {
  const length: number[] = [];
  let rest = body.length;
  while (rest > 127) {
    length.push((rest & 127) | 128);
    rest >>= 7;
  }
  length.push(rest);
  return Uint8Array.from([0, kind, ...length, ...body]);
}
