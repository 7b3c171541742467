import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RevisionDone, RevisionList } from '../../../shared/api/revisions.ts';
import type { ReportState } from '../../../shared/api.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let owner: Person;
let reader: Person;
let report: TestReport;

beforeAll(async () => {
  server = await startTestServer();
  owner = await server.person('主人', true);
  reader = await server.person('读者');
  report = await server.report([
    [owner, 'owner'],
    [reader, 'reader'],
  ]);
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const path = (rest: string): string => `/api/reports/${report.id}${rest}`;
const post = (person: Person, body: unknown) => server.request(person, 'POST', path('/revisions'), body);
const list = async (): Promise<RevisionList> => (await (await server.request(owner, 'GET', path('/revisions'))).json()) as RevisionList;
const codeOf = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  ((await answer.json()) as { error: { code: string } }).error.code,
];

test('[RV3] a point is named over HTTP, told on the report’s socket, and stands in the report’s state', async () => {
  const socket = await server.dial(owner, report.id);
  const { head } = await list();
  const named = await post(owner, { op: 'name', name: '送审稿', note: '报处里' });
  expect(named.status).toBe(201);
  const { seq } = (await named.json()) as RevisionDone;
  expect(seq).toBe(head + 1);
  const told = await socket.hear('entry', (message) => message.seq === seq);
  expect(told).toMatchObject({ entry: { kind: 'revision', event: { op: 'name', upTo: head, name: '送审稿', note: '报处里' } } });
  const state = (await (await server.request(reader, 'GET', path(''))).json()) as ReportState;
  expect(state.revisions).toEqual([{ id: seq, upTo: head, name: '送审稿', note: '报处里', by: owner.account.id, at: expect.any(Number) }]);
});

test('[RV3] refusals have stable codes, and only who writes may name', async () => {
  expect(await codeOf(await post(reader, { op: 'name', name: '我的稿', note: '' }))).toEqual([403, 'forbidden']);
  expect(await codeOf(await server.request(reader, 'GET', path('/revisions')))).toEqual([403, 'forbidden']);
  expect(await codeOf(await post(owner, { op: 'name', name: '送审稿', note: '' }))).toEqual([409, 'revision-name-taken']);
  expect(await codeOf(await post(owner, { op: 'name', upTo: 99_999, name: '未来稿', note: '' }))).toEqual([400, 'revision-bad-point']);
  expect(await codeOf(await post(owner, { op: 'name', name: '', note: '' }))).toEqual([400, 'revision-bad-name']);
  expect(await codeOf(await post(owner, { op: 'withdraw', revision: 1 }))).toEqual([404, 'no-such-revision']);
  expect(await codeOf(await post(owner, { op: 'shred' }))).toEqual([400, 'bad-request']);
  const [{ id } = { id: 0 }] = (await list()).revisions;
  const clash = await post(owner, { op: 'rename', revision: id, was: '初稿', name: '二稿', note: '' });
  expect([clash.status, (await clash.json()) as unknown]).toMatchObject([409, { error: { details: { is: '送审稿' } } }]);
  expect((await post(owner, { op: 'withdraw', revision: id })).status).toBe(201);
  expect((await list()).revisions).toEqual([]);
});
