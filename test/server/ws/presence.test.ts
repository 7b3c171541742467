import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../../shared/wire/codes.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import { Typist } from '../../support/typing.ts';
import { encodeAwareness, type WsClient } from '../../support/ws-client.ts';

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
    [bo, 'reader'],
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

/** What this client believes about who is there, as y-protocols would keep it. */
function seenBy(client: WsClient): Map<number, unknown> {
  const states = new Map<number, { clock: number; state: unknown }>();
  for (const { client: id, clock, state } of client.all('awareness').flatMap((message) => message.states)) {
    if (clock > (states.get(id)?.clock ?? 0)) states.set(id, { clock, state });
  }
  return new Map([...states].flatMap(([id, { state }]) => (state === null ? [] : [[id, state]])));
}

const until = (client: WsClient, fits: (seen: Map<number, unknown>) => boolean): Promise<void> =>
  client.until(() => fits(seenBy(client)), 'presence');

test('[PR1] the name, id and colour others see come from the session, whatever the state says', async () => {
  const [a, b] = [await enter(anna), await enter(bo)];
  const forged = { user: { id: bo.account.id, name: '博', colour: 9, role: 'owner' }, cursor: { at: 3 } };
  a.sendAwareness([{ client: 500_001, clock: 1, state: forged }]);
  await until(b, (seen) => seen.has(500_001));
  expect(seenBy(b).get(500_001)).toEqual({ user: { id: anna.account.id, name: '安', colour: 1 }, cursor: { at: 3 } });
});

test('[PR2] nobody changes, freezes or takes away the presence of another', async () => {
  const [a, b] = [await enter(anna), await enter(bo)];
  a.sendAwareness([{ client: 500_002, clock: 5, state: { cursor: 1 } }]);
  await until(b, (seen) => seen.has(500_002));
  b.sendAwareness([{ client: 500_002, clock: 2_000_000_000, state: { cursor: 99 } }]);
  b.sendAwareness([{ client: 500_002, clock: 2_000_000_001, state: null }]);
  await b.roundTrip();
  a.sendAwareness([{ client: 500_002, clock: 6, state: { cursor: 2 } }]);
  const third = await enter(bo);
  await until(third, (seen) => (seen.get(500_002) as { cursor: number } | undefined)?.cursor === 2);
  await until(b, (seen) => (seen.get(500_002) as { cursor: number } | undefined)?.cursor === 2);
});

test('[PR3] a state that this server relayed and an ordinary client sends back changes nothing, also after its owner left', async () => {
  const [a, b] = [await enter(anna), await enter(bo)];
  a.sendAwareness([{ client: 500_003, clock: 1, state: {} }]);
  await until(b, (seen) => seen.has(500_003));
  const echo = b.all('awareness').flatMap((message) => message.states);
  await a.hangUp();
  await until(b, (seen) => !seen.has(500_003));
  b.sendAwareness(echo);
  await b.roundTrip();
  expect(seenBy(await enter(anna)).size).toBe(0);
});

test('[PR4] who leaves is gone for the others, and who comes back under the same id is seen again', async () => {
  const [a, b] = [await enter(anna), await enter(bo)];
  a.sendAwareness([{ client: 500_004, clock: 900, state: {} }]);
  await until(b, (seen) => seen.has(500_004));
  a.ws.terminate();
  await until(b, (seen) => !seen.has(500_004));
  // A page that was loaded anew counts from 1 again.
  const again = await enter(anna);
  again.sendAwareness([{ client: 500_004, clock: 1, state: { back: true } }]);
  await until(b, (seen) => seen.has(500_004));
});

test('[PR5] an id under which somebody else wrote is not spoken for', async () => {
  const a = await enter(anna);
  const seed = Y.mergeUpdates(a.all('update').map((message) => message.bytes));
  a.sendUpdate(new Typist(500_005).take(seed).type('字'));
  await a.untilAcked(1);
  const b = await enter(bo);
  b.sendAwareness([{ client: 500_005, clock: 1, state: {} }]);
  b.sendAwareness([{ client: 500_006, clock: 1, state: {} }]);
  await until(a, (seen) => seen.has(500_006));
  expect(seenBy(a).has(500_005)).toBe(false);
});

test('[PR6] one socket speaks for at most four ids', async () => {
  const [a, b] = [await enter(anna), await enter(bo)];
  a.sendAwareness(Array.from({ length: 9 }, (_, i) => ({ client: 501_000 + i, clock: 1, state: {} })));
  await until(b, (seen) => seen.size > 0);
  expect(seenBy(b).size).toBe(4);
});

test.each([
  ['nested 50 000 deep', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['seven levels deep', '{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}'],
  ['larger than 4 KiB', JSON.stringify({ a: 'x'.repeat(4_100) })],
  ['no JSON', '{'],
  ['a number', '5'],
  ['a list', '[]'],
])('[PR7] a state that is %s ends its socket, and joiners are not harmed', async (_what, json) => {
  const a = await enter(anna);
  a.sendRaw(encodeAwareness([{ client: 500_007, clock: 1, json }]));
  expect((await a.untilClosed()).code).toBe(CLOSE.badFrame.code);
  expect(seenBy(await enter(bo)).size).toBe(0);
});

test('[PR8] __proto__ in a state pollutes nothing', async () => {
  const [a, b] = [await enter(anna), await enter(bo)];
  a.sendRaw(
    encodeAwareness([{ client: 500_008, clock: 1, json: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}' }]),
  );
  await until(b, (seen) => seen.has(500_008));
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(seenBy(b).get(500_008)).toMatchObject({ user: { id: anna.account.id } });
});

test('[PR9] a caret never overtakes the text it stands in', async () => {
  const [a, b] = [await enter(anna), await enter(bo)];
  const seed = Y.mergeUpdates(a.all('update').map((message) => message.bytes));
  const typist = new Typist(500_009).take(seed);
  server.storage.hold();
  a.sendUpdate(typist.type('字'));
  a.sendAwareness([{ client: 500_009, clock: 1, state: { cursor: { client: 500_009, clock: 0 } } }]);
  await a.roundTrip();
  // Another member's presence is not held back by it, and comes later than the held one would have.
  b.sendAwareness([{ client: 500_010, clock: 1, state: {} }]);
  await until(a, (seen) => seen.has(500_010));
  expect(seenBy(b).has(500_009)).toBe(false);
  const from = b.heard.length;
  server.storage.release();
  await until(b, (seen) => seen.has(500_009));
  expect(b.heard.slice(from).map((message) => message.kind)).toEqual(['update', 'awareness']);
});

test('[PR10] the report’s socket tells who is in which chapter', async () => {
  const watcher = await server.dial(bo, report.id);
  await watcher.hear('presence', (message) => message.places['']?.includes(bo.account.id) === true);
  const a = await enter(anna);
  await watcher.hear('presence', (message) => message.places[report.chapter]?.[0] === anna.account.id);
  const from = watcher.heard.length;
  await a.hangUp();
  await watcher.hear('presence', (message) => message.places[report.chapter] === undefined, from);
});

test('[PR10] and in which one their caret is, from when it is set there until it leaves', async () => {
  const watcher = await server.dial(bo, report.id);
  const a = await enter(anna);
  await watcher.hear('presence', (message) => message.places[report.chapter]?.[0] === anna.account.id);
  let from = watcher.heard.length;
  a.sendAwareness([{ client: 500_021, clock: 1, state: { cursor: { anchor: {}, head: {} } } }]);
  await watcher.hear('presence', (message) => message.carets[report.chapter]?.[0] === anna.account.id, from);
  from = watcher.heard.length;
  a.sendAwareness([{ client: 500_021, clock: 2, state: { cursor: null } }]);
  await watcher.hear('presence', (message) => message.carets[report.chapter] === undefined, from);
  from = watcher.heard.length;
  a.sendAwareness([{ client: 500_021, clock: 3, state: { cursor: { anchor: {}, head: {} } } }]);
  await watcher.hear('presence', (message) => message.carets[report.chapter] !== undefined, from);
  from = watcher.heard.length;
  await a.hangUp();
  await watcher.hear('presence', (message) => message.carets[report.chapter] === undefined, from);
});
