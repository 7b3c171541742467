import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareHouse } from '../../server/first-start.ts';
import { SAMPLE_MEMBERS } from '../../server/sample/sample-report.ts';
import { systemIds } from '../../server/system.ts';
import type { ReportState } from '../../shared/api.ts';
import { countCharacters } from '../../shared/counting/count.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const prepare = (host: string, empty = false, reset: string | null = null) =>
  prepareHouse({ app: server.app, records: server.storage.records, ids: systemIds, host, empty, reset });

async function signIn(path: string): Promise<{ cookie: string; status: number }> {
  const answer = await server.request(null, 'POST', '/api/session', { link: path.split('/').at(-1) });
  return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '', status: answer.status };
}

test('[ST1] an empty folder on loopback gets the sample and a link for each of its three members', async () => {
  const invitations = await prepare('127.0.0.1');
  expect(invitations.map((one) => [one.kind, one.name])).toEqual(SAMPLE_MEMBERS.map((name) => ['sign-in', name]));
  const roles: unknown[] = [];
  for (const { path } of invitations) {
    const { cookie } = await signIn(path);
    const reports = (await (await server.request(null, 'GET', '/api/reports', undefined, { cookie })).json()) as {
      id: string;
      role: string;
    }[];
    roles.push(reports.map((report) => report.role));
  }
  expect(roles).toEqual([['owner'], ['editor'], ['editor']]);
});

test('[ST2] the sample has the shape of a real report: two parts, eight chapters, an opening and a closing, masked figures', async () => {
  const [first] = await prepare('localhost');
  const { cookie } = await signIn(first?.path ?? '');
  const [report] = (await (await server.request(null, 'GET', '/api/reports', undefined, { cookie })).json()) as { id: string }[];
  const state = (await (await server.request(null, 'GET', `/api/reports/${report?.id}`, undefined, { cookie })).json()) as ReportState;
  const kinds = state.outline.nodes.map((node) => node.kind);
  expect(kinds.filter((kind) => kind === 'part').length).toBe(2);
  expect(kinds.filter((kind) => kind === 'chapter').length).toBe(8);
  expect([kinds[0], kinds.at(-1)]).toEqual(['passage', 'passage']);
  const text = await (await server.request(null, 'GET', `/api/reports/${report?.id}/text`, undefined, { cookie })).text();
  expect(countCharacters(text)).toBeGreaterThan(3_100);
  expect(Object.values(state.figures).reduce((sum, figure) => sum + figure.blanks, 0)).toBeGreaterThan(30);
  expect(state.figures[state.outline.nodes.at(-1)!.id]?.characters).toBeGreaterThan(50);
});

test('[ST3] links that nobody used are given out again at the next start; used ones are not', async () => {
  const [first, second] = await prepare('127.0.0.1');
  await signIn(first?.path ?? '');
  const again = await prepare('127.0.0.1');
  expect(again.map((one) => one.name)).toEqual(SAMPLE_MEMBERS.slice(1));
  expect((await signIn(again[0]?.path ?? '')).status).toBe(200);
  expect((await signIn(second?.path ?? '')).status).toBe(410);
  expect(server.storage.records.reports().length).toBe(1);
});

test.each([
  ['--empty', '127.0.0.1', true],
  ['a host that others reach', '0.0.0.0', false],
])('[ST4] with %s the first owner sets the house up by link', async (_what, host, empty) => {
  const [invitation, ...more] = await prepare(host, empty);
  expect([invitation?.kind, more]).toEqual(['set-up', []]);
  expect(server.storage.records.reports()).toEqual([]);
  const answer = await server.request(null, 'POST', '/api/setup', { link: invitation?.path.split('/').at(-1), name: '首任' });
  expect(await answer.json()).toMatchObject({ admin: true });
  expect(await prepare(host, empty)).toEqual([]);
});

test('[ST5] the last administrator who forgot the password gets a link from whoever can start the server', async () => {
  await prepare('127.0.0.1', true);
  const person = await server.person('唯一的管理员', true);
  await server.request(person, 'POST', '/api/account/password', { login: 'Boss', password: 'forgotten 1' });
  const [invitation, ...more] = await prepare('0.0.0.0', false, 'bOSS');
  expect([invitation?.kind, invitation?.name, more]).toEqual(['sign-in', '唯一的管理员', []]);
  const forgotten = await server.request(null, 'POST', '/api/session', { login: 'boss', password: 'forgotten 1' });
  expect(forgotten.status).toBe(401);
  expect((await server.request(person, 'GET', '/api/me')).status).toBe(401);
  const { cookie } = await signIn(invitation?.path ?? '');
  const chosen = await server.request(null, 'POST', '/api/account/password', { password: 'remembered' }, { cookie });
  expect(await chosen.json()).toMatchObject({ admin: true, login: 'Boss', hasPassword: true });
  await expect(prepare('0.0.0.0', false, 'nobody')).rejects.toThrow('Nobody here signs in as nobody');
  await Promise.all([server.person('同名'), server.person('同名')]);
  await expect(prepare('0.0.0.0', false, '同名')).rejects.toThrow('More than one');
});
