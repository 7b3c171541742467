import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Action, can, isRole, ROLES, type Role } from '../../shared/access/can.ts';
import { type Part, WORK_STAGES, type WorkStage } from '../../shared/access/stage-table.ts';
import { CLOSE } from '../../shared/wire/codes.ts';
import { writeFigures } from '../support/figures.ts';
import { routeTableAlone } from '../support/route-table.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../support/test-server.ts';
import { Typist } from '../support/typing.ts';

/** Everybody who may ask: the four roles, a member of another report, somebody without a session, an owner who has been suspended. */
type Asker = Role | 'stranger' | 'nobody' | 'suspended';
const ASKERS: readonly Asker[] = [...ROLES, 'stranger', 'nobody', 'suspended'];

let server: TestServer;
let people: Map<Asker, Person | null>;
/** One report for each standing that can be reached: what a role may do is cut by it. */
const STANDINGS = ['drafting', 'consulting', 'checking', 'countersigning', 'issuing', 'archived', 'trashed'] as const;
/** Who holds which part in each of them: the owner drafts, the editor checks, the reader countersigns, the commenter issues. */
const PARTS_OF: Readonly<Record<Role, Part>> = { owner: 'drafter', editor: 'checker', reader: 'countersigner', commenter: 'issuer' };
type Standing = (typeof STANDINGS)[number];
let reports: Map<Standing, TestReport>;
/** Answers that were judged: who × what × standing. */
const cells = { http: 0, house: 0, sockets: 0 };

beforeAll(async () => {
  server = await startTestServer();
  const of = async (name: string): Promise<Person> => server.person(name, name === 'owner');
  people = new Map<Asker, Person | null>([['nobody', null]]);
  for (const asker of [...ROLES, 'stranger' as const]) people.set(asker, await of(asker));
  const suspended = await of('suspended');
  people.set('suspended', suspended);
  reports = new Map();
  for (const standing of STANDINGS) {
    const one = await server.report([...ROLES.map((role) => [personOf(role), role] as const), [suspended, 'owner']]);
    reports.set(standing, one);
    for (const role of ROLES.filter((each) => each !== 'owner')) {
      const parts = { op: 'parts', member: personOf(role).account.id, parts: [PARTS_OF[role]] };
      expect((await server.request(personOf('owner'), 'POST', `/api/reports/${one.id}/stages`, parts)).status).toBe(200);
    }
    for (let at = 0; at < WORK_STAGES.indexOf(standing as WorkStage); at += 1) {
      const move = { op: 'move', from: WORK_STAGES[at], to: WORK_STAGES[at + 1], overrides: [{ item: 'unassigned', reason: '统一负责' }] };
      expect((await server.request(personOf('owner'), 'POST', `/api/reports/${one.id}/stages`, move)).status).toBe(200);
    }
    if (standing !== 'archived' && standing !== 'trashed') continue;
    const op = standing === 'archived' ? 'archive' : 'trash';
    expect((await server.request(personOf('owner'), 'POST', `/api/reports/${one.id}/lifecycle`, { op })).status).toBe(200);
  }
  const answer = await server.request(personOf('owner'), 'POST', `/api/people/${suspended.account.id}`, { suspended: true });
  expect(answer.status).toBe(200);
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
  writeFigures('desk-rights', { askers: ASKERS.length, standings: STANDINGS.length, ...cells });
});

function personOf(asker: Asker): Person {
  const person = people.get(asker);
  if (person === null || person === undefined) throw new Error(`${asker} has no account`);
  return person;
}

function reportOf(standing: Standing): TestReport {
  const report = reports.get(standing);
  if (report === undefined) throw new Error(`no report is ${standing}`);
  return report;
}

/** What `can` says, as an HTTP answer: the one table that server, socket and buttons share. */
function expected(asker: Asker, action: Action, standing: Standing): 'passes' | 401 | 403 | 404 {
  if (asker === 'nobody' || asker === 'suspended') return 401;
  if (asker === 'stranger' || !may(asker, 'read', standing)) return 404;
  return may(asker, action, standing) ? 'passes' : 403;
}

function may(role: Role, action: Action, standing: Standing): boolean {
  return can({ member: personOf(role).account.id, role, parts: [PARTS_OF[role]] }, action, null, standing);
}

describe('every route of a report', () => {
  const table = routeTableAlone();
  const routes = table.filter((route) => route.path.includes(':report'));

  test('is in the table', () => {
    expect(routes.length).toBeGreaterThanOrEqual(10);
    expect(new Set(routes.map((route) => route.rule)).size).toBeGreaterThan(3);
  });

  test.each(routes.map((route) => [route.method, route.path, route] as const))('[AC1] %s %s asks `can`', async (method, path, route) => {
    for (const standing of STANDINGS) {
      const report = reportOf(standing);
      for (const asker of ASKERS) {
        const address = path.replace(':report', report.id).replace(':chapter', report.chapter).replace(':member', 'm'.repeat(20));
        const body = method === 'get' ? undefined : {};
        const answer = await server.request(people.get(asker) ?? null, method.toUpperCase(), address, body);
        // Where anybody signed in may ask, members are told how they stand, whatever they may read.
        const wanted = route.rule === 'signed-in' ? expected(asker, 'read', 'drafting') : expected(asker, route.rule as Action, standing);
        // An empty body or made-up member is refused by the handler, which is behind the guard.
        const hidden = answer.status === 404 && wanted === 404;
        const got = [401, 403].includes(answer.status) || hidden ? answer.status : 'passes';
        // Everybody may leave; the made-up member is somebody else.
        const isOther = path.endsWith('/members/:member') && isRole(asker) && !may(asker, 'manageMembers', standing);
        expect([standing, asker, got]).toEqual([standing, asker, isOther && wanted === 'passes' ? 403 : wanted]);
        cells.http += 1;
      }
    }
  });
});

test('the table is whole: each route is asked by everybody', () => {
  const routes = routeTableAlone();
  expect(new Set(routes.map((route) => `${route.method} ${route.path}`)).size).toBe(routes.length);
});

describe('every route of the house', () => {
  const routes = routeTableAlone().filter((route) => !route.path.includes(':report'));

  test.each(routes.map((route) => [route.method, route.path, route] as const))(
    '[AC1] %s %s asks who comes',
    async (method, path, route) => {
      for (const asker of ASKERS) {
        // Whoever is asked about is nobody: only the guard may answer 401 or 403, the handler finds nothing or a bad form.
        const address = path.replace(/:\w+/, 'm'.repeat(20));
        // Signing out would end what the next line needs.
        if (method === 'delete' && asker !== 'nobody' && asker !== 'suspended') continue;
        const body = method === 'get' ? undefined : { nonsense: true };
        const answer = await server.request(people.get(asker) ?? null, method.toUpperCase(), address, body);
        const signedOut = asker === 'nobody' || asker === 'suspended';
        const mayAdmin = asker === 'owner';
        const wanted = route.rule === 'anyone' ? 'passes' : signedOut ? 401 : route.rule === 'admin' && !mayAdmin ? 403 : 'passes';
        expect([asker, [401, 403].includes(answer.status) ? answer.status : 'passes']).toEqual([asker, wanted]);
        cells.house += 1;
      }
    },
  );
});

describe('a chapter’s socket', () => {
  test.each([
    ['stranger', 404],
    ['nobody', 401],
    ['suspended', 401],
  ] as const)('[AC1] %s gets none, neither of a chapter nor of the report', async (asker, status) => {
    for (const standing of STANDINGS) {
      const { id, chapter } = reportOf(standing);
      for (const path of [id, `${id}/${chapter}`]) {
        await expect(server.dial(people.get(asker) ?? null, path)).rejects.toMatchObject({ status });
        cells.sockets += 1;
      }
    }
  });

  test.each(ROLES.flatMap((role) => STANDINGS.map((standing) => [role, standing] as const)))(
    '[AC1] %s reads and writes exactly when `can` says so: %s',
    async (role, standing) => {
      const report = reportOf(standing);
      if (!may(role, 'read', standing)) {
        for (const path of [report.id, `${report.id}/${report.chapter}`])
          await expect(server.dial(personOf(role), path)).rejects.toMatchObject({ status: 404 });
        cells.sockets += 2;
        return;
      }
      const mayWrite = may(role, 'writeText', standing);
      const client = await server.room(personOf(role), report);
      expect(await client.hear('hello')).toMatchObject({ role, mayWrite });
      await client.roundTrip();
      const seed = Y.mergeUpdates(client.all('update').map((message) => message.bytes));
      // What is known already is no writing: every browser answers SyncStep1 with it.
      client.sendStep2(seed);
      await client.untilAcked(1);
      client.sendGongbi({ kind: 'ask-lease' });
      client.sendUpdate(new Typist(600_000 + ROLES.indexOf(role)).take(seed).type('字'));
      if (mayWrite) {
        await client.untilAcked(2);
        expect(client.all('lease').length).toBe(1);
      } else {
        expect(await client.hear('reject')).toEqual({
          kind: 'reject',
          n: 2,
          code: may(role, 'writeText', 'drafting') ? 'frozen' : 'read-only',
        });
        await client.roundTrip();
        expect(client.all('lease')).toEqual([]);
      }
      // read, write, lease
      cells.sockets += 3;
    },
  );

  test('[AC3] a role that is taken away while connected is told, and counts from that moment', async () => {
    const [owner, editor] = [personOf('owner'), await server.person('临时')];
    const its = await server.report([
      [owner, 'owner'],
      [editor, 'editor'],
    ]);
    const [room, own] = [await server.room(editor, its), await server.dial(editor, its.id)];
    await room.roundTrip();
    const typist = new Typist(610_001).take(Y.mergeUpdates(room.all('update').map((message) => message.bytes)));
    room.sendUpdate(typist.type('甲'));
    await room.untilAcked(1);
    const set = (role: Role) => server.request(owner, 'POST', `/api/reports/${its.id}/members`, { member: editor.account.id, role });
    expect((await set('reader')).status).toBe(201);
    expect(await room.hear('rights')).toEqual({ kind: 'rights', role: 'reader', mayWrite: false });
    expect(await own.hear('rights')).toMatchObject({ role: 'reader' });
    room.sendUpdate(typist.type('乙'));
    expect(await room.hear('reject')).toMatchObject({ code: 'read-only' });

    const out = await server.request(owner, 'DELETE', `/api/reports/${its.id}/members/${editor.account.id}`);
    expect(out.status).toBe(200);
    expect((await room.untilClosed()).code).toBe(CLOSE.forbidden.code);
    expect((await own.untilClosed()).code).toBe(CLOSE.forbidden.code);
    await expect(server.room(editor, its)).rejects.toMatchObject({ status: 404 });
    const access = await server.request(editor, 'GET', `/api/reports/${its.id}/access`);
    expect(await access.json()).toMatchObject({ role: null, mayWrite: false });
  });

  test('[AC4] a report cannot be left without an owner', async () => {
    const [owner, other] = [personOf('owner'), personOf('editor')];
    const its = await server.report([
      [owner, 'owner'],
      [other, 'editor'],
    ]);
    const members = `/api/reports/${its.id}/members`;
    expect((await server.request(owner, 'DELETE', `${members}/${owner.account.id}`)).status).toBe(409);
    expect((await server.request(owner, 'POST', members, { member: owner.account.id, role: 'reader' })).status).toBe(409);
    expect((await server.request(owner, 'POST', members, { member: other.account.id, role: 'owner' })).status).toBe(201);
    expect((await server.request(owner, 'DELETE', `${members}/${owner.account.id}`)).status).toBe(200);
    const left = (await (await server.request(other, 'GET', members)).json()) as { id: string; left: boolean }[];
    expect(left.find((member) => member.id === owner.account.id)).toMatchObject({ left: true, name: 'owner' });
  });
});
