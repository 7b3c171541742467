import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ChapterBlame } from '../../../shared/api/history.ts';
import type { RestoreDone, RestorePreview } from '../../../shared/api/restore.ts';
import type { ReportState } from '../../../shared/api.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import type { WsClient } from '../../support/ws-client.ts';

let server: TestServer;
let owner: Person;
let editor: Person;
let reader: Person;
let report: TestReport;
let room: WsClient;
let doc: Y.Doc;

beforeAll(async () => {
  server = await startTestServer();
  owner = await server.person('主人', true);
  editor = await server.person('编者');
  reader = await server.person('读者');
  report = await server.report([
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ]);
  doc = new Y.Doc();
  doc.clientID = 700_001;
  room = await server.room(owner, report, { doc });
  await room.synced();
  doc.getText('t').insert(0, '全市招录工作平稳有序。');
  await room.untilAcked();
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const path = (rest: string): string => `/api/reports/${report.id}/chapters/${report.chapter}${rest}`;
const ask = async <Value>(person: Person, method: string, rest: string, body?: unknown): Promise<{ status: number; json: Value }> => {
  const answer = await server.request(person, method, path(rest), body);
  return { status: answer.status, json: (await answer.json()) as Value };
};
const preview = (person: Person, command: unknown) => ask<RestorePreview>(person, 'POST', '/restore/preview', command);
const restore = (person: Person, command: unknown, expected: number) =>
  ask<RestoreDone>(person, 'POST', '/restore', { command, expect: expected });
const head = async (): Promise<number> =>
  ((await (await server.request(owner, 'GET', `/api/reports/${report.id}`)).json()) as ReportState).seq;
const textNow = async (): Promise<string> => (await server.request(owner, 'GET', path('/text'))).text();
const codeOf = ({ status, json }: { status: number; json: unknown }): [number, string] => [
  status,
  (json as { error: { code: string } }).error.code,
];

describe('restoring over HTTP', () => {
  test('[RT8] is looked at, done, shown to everybody in the room, and undone; the words keep their writer', async () => {
    const seq = await head();
    doc.getText('t').delete(2, 4);
    await room.untilAcked();
    const command = { what: 'chapter', seq };
    const looked = await preview(editor, command);
    expect(looked).toMatchObject({
      status: 200,
      json: { added: 4, removed: 0, here: [owner.account.id], paragraphs: [{ op: 'changed' }], replaces: [] },
    });
    const done = await restore(editor, command, looked.json.expect);
    expect(done).toEqual({ status: 201, json: { seq: seq + 2, undo: { what: 'undo', seq: seq + 2 } } });
    await room.until(() => doc.getText('t').toString() === '全市招录工作平稳有序。', 'the restored words');
    expect(await textNow()).toBe('全市招录工作平稳有序。');

    const blame = await ask<ChapterBlame>(owner, 'GET', '/blame');
    const { runs } = blame.json.blocks[0]!;
    const credits = runs.map(({ by }) => blame.json.credits[by]!);
    expect(credits.map(({ author }) => author)).toEqual(runs.map(() => owner.account.id));
    expect(credits.some(({ movedBy }) => movedBy?.member === editor.account.id)).toBe(true);

    const undo = await preview(editor, done.json.undo);
    expect((await restore(editor, done.json.undo, undo.json.expect)).status).toBe(201);
    expect(await textNow()).toBe('全市平稳有序。');
  });

  test('[RT6] is refused when something came since it was looked at', async () => {
    const command = { what: 'chapter', seq: (await head()) - 1 };
    const looked = await preview(owner, command);
    const other = new Y.Doc();
    other.clientID = 700_002;
    const beside = await server.room(editor, report, { doc: other });
    await beside.synced();
    other.getText('t').insert(0, '附：');
    await beside.untilAcked();
    expect(codeOf(await restore(owner, command, looked.json.expect))).toEqual([409, 'restore-moved']);
    const again = await preview(owner, command);
    expect((await restore(owner, command, again.json.expect)).status).toBe(201);
    await beside.hangUp();
  });

  test('[RT8] needs the right to write; bad input has stable codes', async () => {
    const seq = await head();
    expect(codeOf(await preview(reader, { what: 'chapter', seq: 3 }))).toEqual([403, 'forbidden']);
    expect(codeOf(await restore(reader, { what: 'chapter', seq: 3 }, 3))).toEqual([403, 'forbidden']);
    expect(codeOf(await preview(owner, { what: 'chapter', seq: seq + 1 }))).toEqual([400, 'no-such-entry']);
    expect(codeOf(await preview(owner, { what: 'chapter', seq }))).toEqual([409, 'restore-nothing']);
    expect(codeOf(await preview(owner, { what: 'paragraph', block: '9.9', seq }))).toEqual([404, 'restore-no-such-text']);
    expect(codeOf(await preview(owner, { what: 'paragraph', block: 'x', seq }))).toEqual([400, 'bad-request']);
    expect(codeOf(await preview(owner, { what: 'paragraph', block: '1.0', seq, from: 'nochapter00000000' }))).toEqual([
      404,
      'no-such-chapter',
    ]);
    expect(codeOf(await preview(owner, { what: 'everything', seq }))).toEqual([400, 'bad-request']);
  });

  test('[RT8] two at once are done one after the other, and both stand in the log', async () => {
    const first = await head();
    const looked = await preview(owner, { what: 'chapter', seq: first - 1 });
    const answers = await Promise.all([
      restore(owner, { what: 'chapter', seq: first - 1 }, looked.json.expect),
      restore(editor, { what: 'chapter', seq: first - 1 }, looked.json.expect),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('[RT8] stands in the log: a server that starts anew tells the same text and the same writers', async () => {
    const before = await ask<ChapterBlame>(owner, 'GET', '/blame');
    const text = await textNow();
    await server.close();
    server = await startTestServer({ storage: server.storage });
    expect(await textNow()).toBe(text);
    expect((await ask<ChapterBlame>(owner, 'GET', '/blame')).json).toEqual(before.json);
    expect(before.json.credits.some(({ movedBy }) => movedBy !== null)).toBe(true);
  });
});
