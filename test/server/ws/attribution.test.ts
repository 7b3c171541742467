import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let anna: Person;
let ben: Person;
let report: TestReport;

beforeAll(async () => {
  server = await startTestServer();
  anna = await server.person('安');
  ben = await server.person('本');
  report = await server.report([
    [anna, 'owner'],
    [ben, 'reader'],
  ]);
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

test('[LA1] who asks is told who wrote what comes, behind the text and own text too; others are not, and asking ends', async () => {
  const doc = new Y.Doc();
  doc.clientID = 700_001;
  const writer = await server.room(anna, report, { doc });
  const watcher = await server.room(ben, report);
  const deaf = await server.room(ben, report);
  await writer.synced();
  for (const socket of [watcher, deaf]) await socket.roundTrip();
  writer.sendGongbi({ kind: 'ask-attribution', on: true });
  watcher.sendGongbi({ kind: 'ask-attribution', on: true });
  for (const socket of [writer, watcher]) await socket.roundTrip();

  const from = watcher.heard.length;
  doc.getText('t').insert(0, '数据核实');
  const told = await watcher.hear('attribution', () => true, from);
  expect(told).toEqual({
    kind: 'attribution',
    seq: expect.any(Number),
    at: expect.any(Number),
    author: anna.account.id,
    actor: anna.account.id,
    via: 'typing',
    ranges: [{ client: 700_001, clock: 0, length: 4 }],
  });
  const kinds = watcher.heard.slice(from).map(({ kind }) => kind);
  expect(kinds.indexOf('update')).toBeLessThan(kinds.indexOf('attribution'));
  expect((await writer.hear('attribution')).seq).toBe(told.seq);

  watcher.sendGongbi({ kind: 'ask-attribution', on: false });
  await watcher.roundTrip();
  doc.getText('t').insert(0, '再');
  await writer.hear('attribution', ({ seq }) => seq > told.seq);
  for (const socket of [watcher, deaf]) await socket.roundTrip();
  expect(watcher.all('attribution')).toHaveLength(1);
  expect(deaf.all('attribution')).toEqual([]);
});

test('[DR6] asking with another number, or on the report’s own socket, is no message', async () => {
  const odd = await server.room(ben, report);
  odd.sendRaw(Uint8Array.of(4, 25, 2));
  expect((await odd.untilClosed().then(() => odd.closed))?.code).toBe(4400);
  const own = await server.dial(ben, report.id);
  own.sendGongbi({ kind: 'ask-attribution', on: true });
  await own.untilClosed();
  expect(own.closed?.code).toBe(4400);
});
