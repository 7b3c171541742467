import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
afterEach(() => server.close());

test('two people write in one chapter and both see the same', async () => {
  server = await startTestServer();
  const anna = await server.person('安娜', true);
  const bo = await server.person('博');
  const report = await server.report([
    [anna, 'owner'],
    [bo, 'editor'],
  ]);
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const a = await server.room(anna, report, { doc: docs[0] });
  const b = await server.room(bo, report, { doc: docs[1] });
  await a.synced();
  await b.synced();
  docs[0].getText('t').insert(0, '今年');
  docs[1].getText('t').insert(0, '去年');
  await a.untilAcked();
  await b.untilAcked();
  await a.until(() => docs[0].getText('t').length === 5, 'text');
  await b.until(() => docs[1].getText('t').length === 5, 'text');
  expect(docs[0].getText('t').toString()).toBe(docs[1].getText('t').toString());
  expect(server.troubles).toEqual([]);
});
