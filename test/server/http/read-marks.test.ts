import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ReadMarks, Unread } from '../../../shared/api/read-marks.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import type { WsClient } from '../../support/ws-client.ts';

let server: TestServer;
let anna: Person;
let ben: Person;
let reader: Person;
let report: TestReport;
const rooms = new Map<Person, { doc: Y.Doc; socket: WsClient }>();

beforeAll(async () => {
  server = await startTestServer();
  anna = await server.person('安');
  ben = await server.person('本');
  reader = await server.person('读');
  report = await server.report([
    [anna, 'owner'],
    [ben, 'editor'],
    [reader, 'reader'],
  ]);
  for (const [index, person] of [anna, ben].entries()) {
    const doc = new Y.Doc();
    doc.clientID = 700_001 + index;
    const socket = await server.room(person, report, { doc });
    await socket.synced();
    rooms.set(person, { doc, socket });
  }
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const path = (rest: string): string => `/api/reports/${report.id}${rest}`;
const unread = async (person: Person): Promise<Unread> => (await (await server.request(person, 'GET', path('/unread'))).json()) as Unread;
const mark = (person: Person, marks: ReadMarks) => server.request(person, 'POST', path('/read-marks'), marks);

async function write(person: Person, at: number, text: string): Promise<void> {
  const { doc, socket } = rooms.get(person)!;
  doc.getText('t').insert(at, text);
  await socket.untilAcked();
  // The other one has it as well, so that what they write stands on it.
  for (const [other, room] of rooms) {
    if (other !== person) await room.socket.until(() => room.doc.getText('t').toString() === doc.getText('t').toString(), 'the same text');
  }
}

test('[UR1] the first look begins there; then what others changed is unread, one’s own is not', async () => {
  await write(anna, 0, '数据核实工作已经完成。');
  const first = await unread(ben);
  expect(first.chapters).toEqual([]);
  await write(ben, 0, '【初稿】');
  expect((await unread(ben)).chapters).toEqual([]);
  await write(anna, 4, '全部');
  const now = await unread(ben);
  expect(now.since).toBeGreaterThanOrEqual(first.since);
  expect(now.chapters).toMatchObject([{ chapter: report.chapter, removed: 0, blocks: [{ by: [anna.account.id], seq: now.seq }] }]);
});

test('[UR2] who read something is told so on every device, and nobody else is', async () => {
  const [phone, desk, other] = [await server.dial(ben, report.id), await server.dial(ben, report.id), await server.dial(anna, report.id)];
  const isLooked = (message: { readonly kind: string }) => message.kind === 'looked';
  expect((await mark(ben, { blocks: [{ chapter: report.chapter, key: '9.9', hash: 'x', seq: 1 }] })).status).toBe(204);
  for (const socket of [phone, desk]) await socket.until(() => socket.heard.some(isLooked), 'looked');
  // What anna hears next is something else: by then she would have heard it.
  const title = { op: 'title', was: '测试报告', title: '测试报告一' };
  expect((await server.request(anna, 'POST', path('/outline'), title)).status).toBe(200);
  await other.until(() => other.heard.some(({ kind }) => kind === 'entry'), 'the title');
  expect(other.heard.some(isLooked)).toBe(false);
  for (const socket of [phone, desk, other]) await socket.hangUp();
});

test('[UR2] a paragraph read in a wording stays read until another changes it again', async () => {
  const told = await unread(ben);
  const [{ chapter, blocks }] = told.chapters as [Unread['chapters'][number]];
  const [{ key, hash }] = blocks as [(typeof blocks)[number]];
  await write(anna, 0, '一');
  // What was seen was the wording before: the newest still shows.
  expect((await mark(ben, { blocks: [{ chapter, key, hash, seq: told.seq }] })).status).toBe(204);
  expect((await unread(ben)).chapters).toHaveLength(1);

  const newer = await unread(ben);
  await mark(ben, { blocks: [{ chapter, key, hash: newer.chapters[0]!.blocks[0]!.hash, seq: newer.seq }] });
  expect((await unread(ben)).chapters).toEqual([]);
  await write(ben, 0, '二');
  expect((await unread(ben)).chapters, 'only its reader changed it').toEqual([]);
  await write(anna, 0, '三');
  expect((await unread(ben)).chapters).toHaveLength(1);
});

test('[UR3] everything up to an entry is known, and knowledge never goes back', async () => {
  const told = await unread(ben);
  expect(told.chapters).toHaveLength(1);
  await mark(ben, { upTo: told.seq });
  expect((await unread(ben)).chapters).toEqual([]);
  await mark(ben, { upTo: 1 });
  expect((await unread(ben)).chapters).toEqual([]);
  await mark(ben, { upTo: 999_999 });
  expect((await unread(ben)).seq, 'the log knows nothing of it').toBe(told.seq);
  await write(anna, 0, '四');
  expect((await unread(ben)).chapters).toHaveLength(1);
});

test('[UR2] marks are a member’s own, need the right to read the past, and bad input has codes', async () => {
  await write(anna, 0, '五');
  const told = await unread(ben);
  const [{ chapter, blocks }] = told.chapters as [Unread['chapters'][number]];
  const [{ key, hash }] = blocks as [(typeof blocks)[number]];
  await mark(anna, { blocks: [{ chapter, key, hash, seq: told.seq }] });
  expect((await unread(ben)).chapters).toHaveLength(1);
  const status = async (person: Person, marks: unknown): Promise<[number, string]> => {
    const answer = await server.request(person, 'POST', path('/read-marks'), marks);
    return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
  };
  expect((await server.request(reader, 'GET', path('/unread'))).status).toBe(403);
  expect(await status(reader, { upTo: 1 })).toEqual([403, 'forbidden']);
  expect(await status(ben, { blocks: [{ chapter, key, hash, seq: told.seq + 50 }] })).toEqual([400, 'no-such-entry']);
  expect(await status(ben, { blocks: [{ chapter: 'nochapter00000000', key, hash, seq: 1 }] })).toEqual([404, 'no-such-chapter']);
  expect(await status(ben, { blocks: [] })).toEqual([400, 'bad-request']);
});
