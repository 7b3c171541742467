import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Limits } from '../../../server/ws/limits.ts';
import { CLOSE } from '../../../shared/wire/codes.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { Typist } from '../../support/typing.ts';
import type { WsClient } from '../../support/ws-client.ts';

let server: TestServer;
afterEach(() => server.close());

const READER_ID = 800_000;

async function setUp(
  limits: Partial<Limits>,
): Promise<{ writer: WsClient; reader: WsClient; typist: Typist; enter: () => Promise<WsClient> }> {
  server = await startTestServer({ limits });
  const anna = await server.person('安', true);
  const report = await server.report([[anna, 'owner']]);
  const enter = () => server.room(anna, report);
  const [writer, reader] = [await enter(), await enter()];
  await writer.roundTrip();
  await reader.roundTrip();
  reader.sendAwareness([{ client: READER_ID, clock: 1, state: {} }]);
  await writer.hear('awareness', ({ states }) => states.some((state) => state.client === READER_ID && state.state !== null));
  const typist = new Typist(800_001).take(Y.mergeUpdates(writer.all('update').map((message) => message.bytes)));
  return { writer, reader, typist, enter };
}

/** The server has let the reader go: its presence is taken away. */
const letGo = (writer: WsClient): boolean =>
  writer.all('awareness').some(({ states }) => states.some((state) => state.client === READER_ID && state.state === null));

test.each([
  ['too much waits for it', { unsentBytes: 256 * 1024 }],
  ['it takes nothing for a while', { unsentMs: 50 }],
])('[SR1] a reader is let go when %s; everybody else goes on', async (_when, limits) => {
  const { writer, reader, typist, enter } = await setUp(limits);
  reader.ws.pause();
  // The kernel's own buffers take some megabytes before anything waits in the server.
  while (!letGo(writer)) {
    writer.sendUpdate(typist.type('满'.repeat(300_000)));
    writer.sendUpdate(typist.erase(0, 299_999));
    await writer.untilAcked();
  }
  reader.ws.resume();
  // Whoever begins to read again may find the reason behind what was sent; else the connection is just cut.
  expect([CLOSE.slow.code, 1006]).toContain((await reader.untilClosed()).code);
  writer.sendUpdate(typist.type('好'));
  await writer.untilAcked();
  await (await enter()).roundTrip();
});
