import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  FoundPerson,
  HousePerson,
  Invitation,
  InvitationMade,
  InvitationOffer,
  InvitationRegistered,
  Me,
  MySession,
  PersonLink,
} from '../../../shared/api/accounts.ts';
import type { ApiError, ReportState } from '../../../shared/api.ts';
import { CLOSE } from '../../../shared/wire/codes.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let admin: Person;
let owner: Person;
let report: TestReport;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.person('管理员', true);
  owner = await server.person('负责人');
  report = await server.report([
    [owner, 'owner'],
    [admin, 'editor'],
  ]);
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

async function refusal(answer: Response): Promise<{ status: number; code: string }> {
  const body = (await answer.json()) as ApiError;
  expect(body.error.requestId).toMatch(/^[a-z0-9]{20}$/);
  return { status: answer.status, code: body.error.code };
}
const json = async <Value>(answer: Response | Promise<Response>): Promise<Value> => (await (await answer).json()) as Value;
const post = (person: Person | null, path: string, body?: unknown, headers?: Record<string, string>) =>
  server.request(person, 'POST', path, body, headers);
const secretIn = (link: string): string => link.slice(link.lastIndexOf('/') + 1);
const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let names = 0;
/** Somebody who signs in with name and password. */
async function withPassword(name: string, login = `login${names++}`, password = 'correct horse'): Promise<Person & { login: string }> {
  const person = await server.person(name);
  expect((await post(person, '/api/account/password', { login, password })).status).toBe(200);
  return { ...person, login };
}

async function signIn(person: Person, login: string, password = 'correct horse', device = CHROME): Promise<Person> {
  const answer = await post(null, '/api/session', { login, password }, { 'user-agent': device });
  expect(answer.status).toBe(200);
  return { account: person.account, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

describe('signing in with a password', () => {
  test('[PW1] a name is found whatever its letter case, and is one person’s', async () => {
    const person = await withPassword('沈知衡', '沈Zhiheng');
    const me = await json<Me>(post(null, '/api/session', { login: ' 沈ZHIHENG ', password: 'correct horse' }));
    expect(me).toMatchObject({ id: person.account.id, login: '沈Zhiheng', hasPassword: true });
    const other = await server.person('别人');
    expect(await refusal(await post(other, '/api/account/password', { login: '沈ｚhiheng', password: 'password-2' }))).toEqual({
      status: 409,
      code: 'login-taken',
    });
  });

  test('[PW1] two who choose one name at the same moment: one has it', async () => {
    const people = await Promise.all([server.person('甲'), server.person('乙'), server.person('丙')]);
    const answers = await Promise.all(
      people.map((person) => post(person, '/api/account/password', { login: '同名', password: 'password-2' })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
  });

  test('[PW2] an unknown name, a name without a password and a wrong password are answered alike', async () => {
    const person = await withPassword('问路人');
    const link = await json<PersonLink>(post(admin, '/api/people', { name: '无密码' }));
    expect(link.person.hasPassword).toBe(false);
    const bodies = await Promise.all(
      [
        { login: 'nobody-has-this', password: 'correct horse' },
        { login: '无密码', password: 'correct horse' },
        { login: person.login, password: 'wrong horse' },
        { login: person.login, password: '' },
        { login: person.login, password: 'undefined' },
        { login: 'a b', password: 'correct horse' },
      ].map(async (body) => {
        const answer = await post(null, '/api/session', body);
        const { error } = await json<ApiError>(answer);
        return { status: answer.status, code: error.code, message: error.message, cookie: answer.headers.getSetCookie() };
      }),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ status: 401, code: 'wrong-password', cookie: [] });
  });

  test('[PW4] after ten wrong tries even the right password waits, and is told how long', async () => {
    const house = await startTestServer();
    const person = await house.person('健忘');
    await house.request(person, 'POST', '/api/account/password', { login: 'wang', password: 'correct horse' });
    const enter = (password: string) => house.request(null, 'POST', '/api/session', { login: 'Wang', password });
    for (let count = 0; count < 10; count += 1) expect((await enter('wrong')).status).toBe(401);
    const refused = await enter('correct horse');
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(14 * 60);
    expect((await json<ApiError>(refused)).error).toMatchObject({ code: 'too-many', details: { retryAfter: wait } });
    // The old password is no way around it.
    const change = await house.request(person, 'POST', '/api/account/password', { old: 'correct horse', password: 'password-2' });
    expect(change.status).toBe(429);
    house.clock.advance(15 * 60_000);
    expect((await enter('correct horse')).status).toBe(200);
    await house.close();
  });

  test('[PW5] a password is taken whole: what follows the 72nd byte counts', async () => {
    const long = '长'.repeat(100);
    const person = await withPassword('长密码', 'long-one', `${long}甲`);
    expect((await post(null, '/api/session', { login: person.login, password: `${long}乙` })).status).toBe(401);
    await signIn(person, person.login, `${long}甲`);
    for (const password of ['1234567', 'x'.repeat(257)])
      expect(await refusal(await post(await server.person('试'), '/api/account/password', { login: 'shi', password }))).toEqual({
        status: 400,
        code: 'bad-password',
      });
  });

  test('[SI8] signing in gives a session of its own, and the one the browser had before ends', async () => {
    const person = await withPassword('换会话');
    const answer = await post(person, '/api/session', { login: person.login, password: 'correct horse' });
    const cookie = answer.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    expect(cookie.split(';')[0]).not.toBe(person.cookie);
    expect((await server.request(person, 'GET', '/api/me')).status).toBe(401);
    expect((await server.request({ ...person, cookie: cookie.split(';')[0] ?? '' }, 'GET', '/api/me')).status).toBe(200);
    // A wrong password ends nothing.
    const again = await signIn(person, person.login);
    await post(again, '/api/session', { login: person.login, password: 'wrong' });
    expect((await server.request(again, 'GET', '/api/me')).status).toBe(200);
  });
});

describe('choosing a password', () => {
  test('[PW8] who came in by a link chooses the first, or goes on without', async () => {
    const person = await server.person('初来');
    expect(await json<Me>(server.request(person, 'GET', '/api/me'))).toMatchObject({ login: null, hasPassword: false });
    expect(await refusal(await post(person, '/api/account/password', { password: 'password-1' }))).toMatchObject({ code: 'bad-login' });
    expect(await json<Me>(post(person, '/api/account/password', { login: '初来', password: 'password-1' }))).toMatchObject({
      login: '初来',
      hasPassword: true,
    });
  });

  test('[PW7] a new one asks for the old, and ends every other session, token and open link', async () => {
    const person = await withPassword('改密码');
    const elsewhere = await signIn(person, person.login);
    const link = await server.app.accounts.createLink(person.account.id);
    const token = await server.app.accounts.createToken(person.account.id, '脚本');
    const socket = await server.dial(elsewhere, (await server.report([[person, 'owner']])).id);
    for (const old of [undefined, '', 'wrong', 'undefined'])
      expect(
        await refusal(await post(person, '/api/account/password', { ...(old === undefined ? {} : { old }), password: 'password-2' })),
      ).toEqual({
        status: 403,
        code: 'wrong-password',
      });
    expect((await post(person, '/api/account/password', { old: 'correct horse', password: 'password-2' })).status).toBe(200);
    expect((await server.request(person, 'GET', '/api/me')).status).toBe(200);
    expect((await server.request(elsewhere, 'GET', '/api/me')).status).toBe(401);
    expect((await server.request(null, 'GET', '/api/me', undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
    expect(await refusal(await post(null, '/api/session', { link }))).toMatchObject({ code: 'link-expired' });
    expect((await socket.untilClosed()).code).toBe(CLOSE.signedOut.code);
    expect((await post(null, '/api/session', { login: person.login, password: 'correct horse' })).status).toBe(401);
    await signIn(person, person.login, 'password-2');
  });

  test('[PW9] an administrator’s reset takes password and sessions away and gives a link to choose a new one', async () => {
    const person = await withPassword('忘了');
    const { link, person: shown } = await json<PersonLink>(post(admin, `/api/people/${person.account.id}/link`));
    expect(shown).toMatchObject({ hasPassword: false, login: person.login, seenAt: null });
    expect((await server.request(person, 'GET', '/api/me')).status).toBe(401);
    expect((await post(null, '/api/session', { login: person.login, password: 'correct horse' })).status).toBe(401);
    const entered = await post(null, '/api/session', { link: secretIn(link) });
    const back = { ...person, cookie: entered.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    expect((await post(back, '/api/account/password', { password: 'password-3' })).status).toBe(200);
    await signIn(person, person.login, 'password-3');
    expect((await post(null, '/api/session', { link: secretIn(link) })).status).toBe(410);
  });
});

describe('sessions', () => {
  test('[SI9] are listed in plain words and ended one by one or all others; their sockets close', async () => {
    const person = await withPassword('多处登录');
    const [here, there, phone] = [await signIn(person, person.login), await signIn(person, person.login, undefined, FIREFOX), person];
    const its = await server.report([[person, 'owner']]);
    const [socketThere, roomPhone] = [await server.dial(there, its.id), await server.room(phone, its)];
    const list = await json<MySession[]>(server.request(here, 'GET', '/api/account/sessions'));
    expect(list.map(({ label, kind, mine }) => ({ label, kind, mine }))).toEqual([
      { label: 'Chrome · Windows', kind: 'browser', mine: true },
      { label: 'Firefox · Linux', kind: 'browser', mine: false },
      { label: '', kind: 'browser', mine: false },
    ]);
    expect(JSON.stringify(list)).not.toContain(there.cookie.split('=')[1]);
    const firefox = list[1]?.id ?? '';
    // Nobody ends another's.
    expect((await server.request(owner, 'DELETE', `/api/account/sessions/${firefox}`)).status).toBe(404);
    expect((await server.request(here, 'DELETE', `/api/account/sessions/${firefox}`)).status).toBe(204);
    expect((await socketThere.untilClosed()).code).toBe(CLOSE.signedOut.code);
    expect((await server.request(there, 'GET', '/api/me')).status).toBe(401);
    expect((await server.request(phone, 'GET', '/api/me')).status).toBe(200);
    expect((await server.request(here, 'DELETE', '/api/account/sessions')).status).toBe(204);
    expect((await roomPhone.untilClosed()).code).toBe(CLOSE.signedOut.code);
    expect(await json<MySession[]>(server.request(here, 'GET', '/api/account/sessions'))).toHaveLength(1);
  });

  test('[SI9] when one was last seen is known, and noting it brings no ended one back', async () => {
    const person = await withPassword('来过');
    const before = (await json<MySession[]>(server.request(person, 'GET', '/api/account/sessions')))[0];
    server.clock.advance(20 * 60_000);
    const after = (await json<MySession[]>(server.request(person, 'GET', '/api/account/sessions')))[0];
    expect((after?.seenAt ?? 0) - (before?.seenAt ?? 0)).toBeGreaterThanOrEqual(20 * 60_000);
    expect(after?.since).toBe(before?.since);
    server.clock.advance(20 * 60_000);
    await Promise.all([server.request(person, 'DELETE', '/api/session'), server.request(person, 'GET', '/api/me')]);
    expect((await server.request(person, 'GET', '/api/me')).status).toBe(401);
  });
});

describe('invitations', () => {
  const path = (rest = '') => `/api/reports/${report.id}/invitations${rest}`;
  const invite = async (by: Person, body: object = { role: 'commenter' }, its = report): Promise<InvitationMade> =>
    json<InvitationMade>(post(by, `/api/reports/${its.id}/invitations`, body));
  const look = (link: string, viewer: Person | null = null) => post(viewer, '/api/invitation', { link: secretIn(link) });
  const register = (link: string, login: string, name = '新人') =>
    post(null, '/api/invitation/register', { link: secretIn(link), name, login, password: 'password-1' });

  test('[IV3] what it would grant is shown, and looking uses nothing up', async () => {
    const { link, invitation } = await invite(owner, { role: 'commenter', days: 3, note: '财务处' });
    expect(invitation).toMatchObject({ role: 'commenter', note: '财务处', forNewPeople: false });
    expect(link.startsWith(`${server.url}/invite/`)).toBe(true);
    for (const viewer of [null, owner]) {
      const offer = await json<InvitationOffer>(look(link, viewer));
      expect(offer).toMatchObject({ title: '测试报告', role: 'commenter', invitedBy: '负责人' });
      expect(offer.already).toEqual(viewer === null ? null : { report: report.id, role: 'owner' });
    }
    expect((await json<Invitation[]>(server.request(owner, 'GET', path()))).map((one) => one.id)).toContain(invitation.id);
    expect(JSON.stringify(server.storage.records.invitations())).not.toContain(secretIn(link));
  });

  test('[IV1] one works once, also when several ask at the same moment', async () => {
    const { link, invitation } = await invite(owner, { role: 'reader' });
    const people = [await server.person('抢一'), await server.person('抢二'), await server.person('抢三')];
    const answers = await Promise.all(people.map((person) => post(person, '/api/invitation/accept', { link: secretIn(link) })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410, 410]);
    expect((await json<Invitation[]>(server.request(owner, 'GET', path()))).map((one) => one.id)).not.toContain(invitation.id);
    const state = await json<ReportState>(server.request(owner, 'GET', `/api/reports/${report.id}`));
    expect(state.members.filter((member) => member.name.startsWith('抢'))).toEqual([expect.objectContaining({ role: 'reader' })]);
  });

  test('[IV2] one expires, and can be revoked by whoever manages the members', async () => {
    const late = await invite(owner, { role: 'reader', days: 1 });
    const gone = await invite(owner);
    expect((await server.request(admin, 'DELETE', path(`/${gone.invitation.id}`))).status).toBe(403);
    expect((await server.request(owner, 'DELETE', path(`/${gone.invitation.id}`))).status).toBe(204);
    expect((await server.request(owner, 'DELETE', path(`/${gone.invitation.id}`))).status).toBe(404);
    expect((await look(gone.link)).status).toBe(404);
    server.clock.advance(25 * 3_600_000);
    expect(await refusal(await look(late.link))).toEqual({ status: 410, code: 'link-expired' });
    expect(await refusal(await post(await server.person('迟到'), '/api/invitation/accept', { link: secretIn(late.link) }))).toMatchObject({
      code: 'link-expired',
    });
  });

  test('[IV4] an owner’s makes members, an administrator’s makes accounts too', async () => {
    const ofOwner = await invite(owner);
    expect(await refusal(await register(ofOwner.link, 'xinren'))).toEqual({ status: 403, code: 'not-for-new' });
    const its = await server.report([[admin, 'owner']]);
    const ofAdmin = await invite(admin, { role: 'editor' }, its);
    const answer = await register(ofAdmin.link, 'xinren', '新人');
    const { me, report: joined } = await json<InvitationRegistered>(answer);
    expect(me).toMatchObject({ name: '新人', admin: false, login: 'xinren', hasPassword: true });
    expect(joined).toBe(its.id);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const state = await json<ReportState>(server.request(null, 'GET', `/api/reports/${its.id}`, undefined, { cookie }));
    expect(state.role).toBe('editor');
    expect((await register(ofAdmin.link, 'another')).status).toBe(410);
  });

  test('[IV4] one whose maker lost the right grants nothing', async () => {
    const second = await server.person('第二负责人', true);
    const its = await server.report([
      [owner, 'owner'],
      [second, 'owner'],
    ]);
    const made = [await invite(second, { role: 'owner' }, its), await invite(second, { role: 'owner' }, its)];
    await post(owner, `/api/reports/${its.id}/members`, { member: second.account.id, role: 'editor' });
    for (const { link } of made) expect(await refusal(await look(link))).toEqual({ status: 410, code: 'link-void' });
    await post(owner, `/api/reports/${its.id}/members`, { member: second.account.id, role: 'owner' });
    await post(admin, `/api/people/${second.account.id}`, { admin: false });
    expect(await refusal(await register(made[0]?.link ?? '', 'late-one'))).toMatchObject({ code: 'not-for-new' });
    expect((await post(await server.person('有账号'), '/api/invitation/accept', { link: secretIn(made[1]?.link ?? '') })).status).toBe(200);
  });

  test('[IV5] who belongs already keeps their role, and the link stays open', async () => {
    const { link } = await invite(owner, { role: 'reader' });
    expect(await refusal(await post(owner, '/api/invitation/accept', { link: secretIn(link) }))).toEqual({
      status: 409,
      code: 'already-member',
    });
    expect((await look(link)).status).toBe(200);
  });

  test('[IV6] what a new person writes wrongly is said by its code, and nothing of it is made', async () => {
    const its = await server.report([[admin, 'owner']]);
    const { link } = await invite(admin, { role: 'editor' }, its);
    await withPassword('占名', 'taken-name');
    const before = server.storage.records.accounts().length;
    const send = (change: object) =>
      post(null, '/api/invitation/register', {
        link: secretIn(link),
        name: '新人',
        login: 'fresh-name',
        password: 'password-1',
        ...change,
      });
    expect(await refusal(await send({ name: ' ' }))).toEqual({ status: 400, code: 'bad-name' });
    expect(await refusal(await send({ login: 'a b' }))).toEqual({ status: 400, code: 'bad-login' });
    expect(await refusal(await send({ password: 'short' }))).toEqual({ status: 400, code: 'bad-password' });
    expect(await refusal(await send({ login: 'TAKEN-name' }))).toEqual({ status: 409, code: 'login-taken' });
    expect(server.storage.records.accounts().length).toBe(before);
    const answers = await Promise.all([send({}), send({ login: 'fresh-name-2' })]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410]);
    expect(server.storage.records.accounts().length).toBe(before + 1);
  });

  test('[IV1] the join stands in the log under whoever invited', async () => {
    const { link } = await invite(owner, { role: 'reader' });
    await post(await server.person('留痕'), '/api/invitation/accept', { link: secretIn(link) });
    const { seq } = await json<ReportState>(server.request(owner, 'GET', `/api/reports/${report.id}`));
    const headers = await json<object[]>(server.request(owner, 'GET', `/api/reports/${report.id}/entries?after=${seq - 1}`));
    expect(headers).toEqual([expect.objectContaining({ seq, kind: 'members', author: owner.account.id })]);
  });
});

describe('people', () => {
  test('[PE1] the house keeps an administrator who can sign in', async () => {
    const house = await startTestServer();
    const [first, second] = [await house.person('甲', true), await house.person('乙')];
    const set = (id: string, body: object) => house.request(first, 'POST', `/api/people/${id}`, body);
    expect(await refusal(await set(first.account.id, { admin: false }))).toEqual({ status: 409, code: 'last-admin' });
    expect(await refusal(await set(first.account.id, { suspended: true }))).toMatchObject({ status: 409 });
    expect((await set(second.account.id, { admin: true })).status).toBe(200);
    expect((await set(second.account.id, { suspended: true })).status).toBe(200);
    // A suspended administrator does not count.
    expect(await refusal(await set(first.account.id, { admin: false }))).toMatchObject({ code: 'last-admin' });
    expect((await set(second.account.id, { suspended: false })).status).toBe(200);
    expect((await set(first.account.id, { admin: false })).status).toBe(200);
    expect((await set(second.account.id, { admin: false })).status).toBe(403);
    await house.close();
  });

  test('[PE1] two administrators who withdraw each other at the same moment: one stays', async () => {
    const house = await startTestServer();
    const [first, second] = [await house.person('甲', true), await house.person('乙', true)];
    const withdraw = (by: Person, whom: Person) => house.request(by, 'POST', `/api/people/${whom.account.id}`, { admin: false });
    await Promise.all([withdraw(first, second), withdraw(second, first)]);
    expect(house.storage.records.accounts().filter((account) => account.admin)).toHaveLength(1);
    await house.close();
  });

  test('[PE2] somebody suspended is out at once and cannot come in; let back, they sign in again and their text is theirs', async () => {
    const person = await withPassword('停用');
    const its = await server.report([
      [owner, 'owner'],
      [person, 'editor'],
    ]);
    const open = [await server.dial(person, its.id), await server.room(person, its)];
    const link = await server.app.accounts.createLink(person.account.id);
    const token = await server.app.accounts.createToken(person.account.id, '脚本');
    const suspend = (suspended: boolean) => post(admin, `/api/people/${person.account.id}`, { suspended });
    expect(await json<HousePerson>(suspend(true))).toMatchObject({ suspended: true, seenAt: null });
    for (const socket of open) expect((await socket.untilClosed()).code).toBe(CLOSE.signedOut.code);
    expect((await server.request(person, 'GET', '/api/me')).status).toBe(401);
    expect((await server.request(null, 'GET', '/api/me', undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
    await expect(server.dial(person, its.id)).rejects.toMatchObject({ status: 401 });
    expect(await refusal(await post(null, '/api/session', { link }))).toMatchObject({ code: 'link-expired' });
    expect(await refusal(await post(null, '/api/session', { login: person.login, password: 'correct horse' }))).toEqual({
      status: 403,
      code: 'suspended',
    });
    // Who does not know the password does not learn it.
    expect(await refusal(await post(null, '/api/session', { login: person.login, password: 'wrong horse' }))).toMatchObject({
      code: 'wrong-password',
    });
    const fresh = await server.app.accounts.createLink(person.account.id);
    expect(await refusal(await post(null, '/api/session', { link: fresh }))).toMatchObject({ code: 'suspended' });
    const state = await json<ReportState>(server.request(owner, 'GET', `/api/reports/${its.id}`));
    expect(state.members).toContainEqual(expect.objectContaining({ id: person.account.id, name: '停用', left: false }));
    expect((await suspend(false)).status).toBe(200);
    expect((await server.request(person, 'GET', '/api/me')).status).toBe(401);
    const back = await signIn(person, person.login);
    expect((await server.request(back, 'GET', `/api/reports/${its.id}`)).status).toBe(200);
  });

  test('[PE3] a new name is shown in every report one belongs to, as an entry of its log', async () => {
    const person = await server.person('旧名');
    const its = await server.report([
      [owner, 'owner'],
      [person, 'reader'],
    ]);
    const watch = await server.dial(owner, its.id);
    expect(await refusal(await post(person, '/api/account/name', { name: 'a\nb' }))).toEqual({ status: 400, code: 'bad-name' });
    expect(await json<Me>(post(person, '/api/account/name', { name: ' 新名 ' }))).toMatchObject({ name: '新名' });
    expect(await watch.hear('entry')).toMatchObject({ entry: { kind: 'members', event: { op: 'name', name: '新名' } } });
    const state = await json<ReportState>(server.request(owner, 'GET', `/api/reports/${its.id}`));
    expect(state.members.find((member) => member.id === person.account.id)).toMatchObject({ name: '新名', role: 'reader' });
  });

  test('[PE4] language and theme are kept with the account; null follows the device again', async () => {
    const person = await withPassword('设置');
    const set = (body: object) => post(person, '/api/account/settings', body);
    expect((await json<Me>(set({ language: 'en' }))).settings).toEqual({ language: 'en', theme: null });
    expect((await json<Me>(set({ theme: 'dark' }))).settings).toEqual({ language: 'en', theme: 'dark' });
    const elsewhere = await signIn(person, person.login);
    expect((await json<Me>(server.request(elsewhere, 'GET', '/api/me'))).settings).toEqual({ language: 'en', theme: 'dark' });
    expect((await json<Me>(set({ language: null }))).settings).toEqual({ language: null, theme: 'dark' });
    expect((await set({ theme: 'sepia' })).status).toBe(400);
  });

  test('[PE4] changes made at the same moment lose nothing', async () => {
    const person = await server.person('同时');
    await Promise.all([
      post(person, '/api/account/settings', { language: 'en' }),
      post(person, '/api/account/settings', { theme: 'dark' }),
      post(person, '/api/account/name', { name: '同时改' }),
      post(admin, `/api/people/${person.account.id}`, { admin: true }),
    ]);
    expect(await json<Me>(server.request(person, 'GET', '/api/me'))).toMatchObject({
      name: '同时改',
      admin: true,
      settings: { language: 'en', theme: 'dark' },
    });
  });

  test('[PE5] who manages a report’s members finds people of the house by a part of their name', async () => {
    const [one, suspended] = [await withPassword('欧阳文', 'OuyangW'), await server.person('欧阳停')];
    await post(admin, `/api/people/${suspended.account.id}`, { suspended: true });
    const find = (text: string) =>
      json<FoundPerson[]>(server.request(owner, 'GET', `/api/reports/${report.id}/people?find=${encodeURIComponent(text)}`));
    expect(await find('欧阳')).toEqual([{ id: one.account.id, name: '欧阳文', login: 'OuyangW' }]);
    expect((await find('ouyang')).map((person) => person.name)).toEqual(['欧阳文']);
    expect((await find('')).length).toBeLessThanOrEqual(20);
    // Members are left out.
    expect(await find('管理员')).toEqual([]);
  });
});

describe('the first owner', () => {
  test('[SI3] may choose name and password with the set-up link; what is wrong leaves the link open', async () => {
    const house = await startTestServer();
    const link = await house.app.accounts.createLink(null);
    const send = (body: object) => house.request(null, 'POST', '/api/setup', { link, name: '首任', ...body });
    expect(await refusal(await send({ login: 'boss', password: 'short' }))).toMatchObject({ code: 'bad-password' });
    expect(await refusal(await send({ login: '', password: 'password-1' }))).toMatchObject({ code: 'bad-login' });
    expect((await send({ login: 'boss' })).status).toBe(400);
    const done = await Promise.all([send({ login: 'boss', password: 'password-1' }), send({ login: 'boss', password: 'password-1' })]);
    expect(done.map((answer) => answer.status).sort()).toEqual([200, 410]);
    const me = await json<Me>(house.request(null, 'POST', '/api/session', { login: 'boss', password: 'password-1' }));
    expect(me).toMatchObject({ name: '首任', admin: true });
    await house.close();
  });
});
