import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiError, ReportState } from '../../../shared/api.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let web: string;
let owner: Person;
let editor: Person;
let report: TestReport;

beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), 'gongbi-web-'));
  mkdirSync(join(web, 'assets'));
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(web, 'assets', 'main-abc123.js'), 'export {};');
  writeFileSync(join(web, '.secret'), 'hidden');
  server = await startTestServer({ webRoot: web });
  owner = await server.person('主人', true);
  editor = await server.person('编者');
  report = await server.report([
    [owner, 'owner'],
    [editor, 'editor'],
  ]);
});
afterAll(async () => {
  await server.close();
  rmSync(web, { recursive: true });
  expect(server.troubles).toEqual([]);
});

async function errorOf(answer: Response): Promise<{ status: number; code: string }> {
  const body = (await answer.json()) as ApiError;
  expect(body.error.requestId).toMatch(/^[a-z0-9]{20}$/);
  expect(body.error.message.length).toBeGreaterThan(5);
  return { status: answer.status, code: body.error.code };
}

const reportPath = (rest = ''): string => `/api/reports/${report.id}${rest}`;

describe('signing in', () => {
  test('[SI1] a one-time link signs in once', async () => {
    const link = await server.app.accounts.createLink(editor.account.id);
    const first = await server.request(null, 'POST', '/api/session', { link });
    expect(await first.json()).toMatchObject({ id: editor.account.id, name: '编者', admin: false });
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^gongbi_session=[a-z0-9]{40}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    const second = await server.request(null, 'POST', '/api/session', { link });
    expect(await errorOf(second)).toEqual({ status: 410, code: 'link-used' });
    const me = await server.request(null, 'GET', '/api/me', undefined, { cookie: cookie.split(';')[0] ?? '' });
    expect(me.status).toBe(200);
  });

  test('[SI1] two requests with one link at the same moment give one session', async () => {
    const link = await server.app.accounts.createLink(editor.account.id);
    const answers = await Promise.all([1, 2, 3].map(() => server.request(null, 'POST', '/api/session', { link })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410, 410]);
  });

  test('[SI2] a link expires, and using one ends the others of the same account', async () => {
    const [a, b] = [await server.app.accounts.createLink(editor.account.id), await server.app.accounts.createLink(editor.account.id)];
    await server.request(null, 'POST', '/api/session', { link: a });
    expect(await errorOf(await server.request(null, 'POST', '/api/session', { link: b }))).toEqual({ status: 410, code: 'link-expired' });
    const elsewhere = await startTestServer();
    const late = await elsewhere.app.accounts.createLink((await elsewhere.person('迟')).account.id);
    elsewhere.clock.advance(8 * 24 * 3_600_000);
    expect(await errorOf(await elsewhere.request(null, 'POST', '/api/session', { link: late }))).toEqual({
      status: 410,
      code: 'link-expired',
    });
    await elsewhere.close();
  });

  test('[SI3] the set-up link makes the first owner, once', async () => {
    const fresh = await startTestServer();
    const link = await fresh.app.accounts.createLink(null);
    expect(await errorOf(await fresh.request(null, 'POST', '/api/setup', { link, name: ' \n ' }))).toEqual({
      status: 400,
      code: 'bad-name',
    });
    const answer = await fresh.request(null, 'POST', '/api/setup', { link, name: '首任' });
    expect(await answer.json()).toMatchObject({ name: '首任', admin: true });
    const again = await fresh.app.accounts.createLink(null);
    expect(await errorOf(await fresh.request(null, 'POST', '/api/setup', { link: again, name: '次任' }))).toEqual({
      status: 410,
      code: 'link-used',
    });
    await fresh.close();
  });

  test('[SI4] signing out ends the session', async () => {
    const person = await server.person('过客');
    expect((await server.request(person, 'DELETE', '/api/session')).status).toBe(204);
    expect(await errorOf(await server.request(person, 'GET', '/api/me'))).toEqual({ status: 401, code: 'signed-out' });
  });

  test('[SI5] a token works as bearer and only admins make one', async () => {
    const made = await server.request(owner, 'POST', '/api/tokens', { label: '脚本' });
    const { token } = (await made.json()) as { token: string };
    const me = await server.request(null, 'GET', '/api/me', undefined, { authorization: `Bearer ${token}` });
    expect(await me.json()).toMatchObject({ id: owner.account.id });
    expect(await errorOf(await server.request(editor, 'POST', '/api/tokens', { label: 'x' }))).toEqual({ status: 403, code: 'forbidden' });
  });

  test('[SI6] secrets are kept as hashes only', async () => {
    const link = await server.app.accounts.createLink(editor.account.id);
    expect(JSON.stringify(server.storage.records.links())).not.toContain(link);
  });

  test('[SI7] somebody who tries link after link is slowed down', async () => {
    const small = await startTestServer();
    const statuses = await Promise.all(
      Array.from({ length: 130 }, () =>
        small.request(null, 'POST', '/api/session', { link: 'a'.repeat(40) }).then((answer) => answer.status),
      ),
    );
    expect(statuses.filter((status) => status === 404).length).toBeGreaterThan(90);
    expect(statuses).toContain(429);
    await small.close();
  });
});

describe('bad input', () => {
  test.each([
    ['no JSON', '{', 400, 'bad-request'],
    ['a list', [], 400, 'bad-request'],
    ['null', null, 400, 'bad-request'],
    ['an unknown operation', { op: 'burn' }, 400, 'bad-request'],
    ['a missing field', { op: 'title', was: '测试报告' }, 400, 'bad-request'],
    ['an unknown field', { op: 'remove', node: 'a'.repeat(20), author: 'somebody' }, 400, 'bad-request'],
    ['__proto__', '{"op":"remove","node":"aaaaaaaaaaaaaaaaaaaa","__proto__":{"polluted":1}}', 400, 'bad-request'],
    ['an id that is none', { op: 'remove', node: '../../etc' }, 400, 'bad-request'],
    ['a number for a title', { op: 'title', was: '测试报告', title: 5 }, 400, 'bad-request'],
    ['two lines', { op: 'title', was: '测试报告', title: 'a\nb' }, 400, 'outline-bad-text'],
    ['a node that is not there', { op: 'remove', node: 'a'.repeat(20) }, 404, 'outline-no-such-node'],
    ['what stood before', { op: 'title', was: '别的', title: '新' }, 409, 'outline-clash'],
    ['300 kB', { op: 'title', was: 'x'.repeat(300_000), title: 'y' }, 413, 'too-big'],
  ])('[HT1] an outline command that is %s is refused with its code and changes nothing', async (_what, body, status, code) => {
    const before = (await (await server.request(owner, 'GET', reportPath())).json()) as ReportState;
    expect(await errorOf(await server.request(owner, 'POST', reportPath('/outline'), body))).toEqual({ status, code });
    const after = (await (await server.request(owner, 'GET', reportPath())).json()) as ReportState;
    expect(after).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([
    ['/api/nothing', 404],
    ['/api/reports/short', 404],
    [`/api/reports/${'a'.repeat(20)}`, 404],
    ['/api/reports/..%2f..%2fetc', 404],
    ['/api/reports/%00', 404],
    ['/api/reports/%E0%A4%A', 400],
  ])('[HT2] %s gives the one form of error', async (path, status) => {
    expect((await errorOf(await server.request(owner, 'GET', path))).status).toBe(status);
  });

  test.each([
    'client=1',
    'client=x&clock=1',
    'client=1&clock=-1',
    'client=1&clock=1&more=1',
    'client=4294967296&clock=0',
    'client=1&client=2&clock=0',
  ])('[HT2] ?%s is no question for an author', async (query) => {
    const answer = await server.request(owner, 'GET', reportPath(`/chapters/${report.chapter}/author?${query}`));
    expect((await errorOf(answer)).code).toBe('bad-request');
  });

  test('[HT3] a request of another origin’s page is refused before anything else', async () => {
    const ask = (headers: Record<string, string>) => server.request(owner, 'POST', '/api/reports', { title: '外来' }, headers);
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      expect(await errorOf(await rawRequest(headers))).toEqual({ status: 403, code: 'cross-origin' });
    }
    expect((await ask({ origin: server.url })).status).toBe(201);
  });

  /** `fetch` of Node does not let a program set these headers. */
  function rawRequest(headers: Record<string, string>): Promise<Response> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        `${server.url}/api/reports`,
        { method: 'POST', headers: { ...headers, cookie: owner.cookie, 'content-type': 'application/json' } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => resolve(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 0 })));
        },
      );
      sent.on('error', reject);
      sent.end('{"title":"外来"}');
    });
  }

  test('[HT4] who may not ask cannot make the server read a large body', async () => {
    const answer = await server.request(editor, 'POST', '/api/import', new Uint8Array(9 * 1024 * 1024), {
      'content-type': 'application/octet-stream',
    });
    expect(answer.status).toBe(403);
  });
});

describe('importing', () => {
  const send = (path: string, body: Uint8Array) =>
    server.request(owner, 'POST', path, body, { 'content-type': 'application/octet-stream' });
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  test.each([
    ['nothing', new Uint8Array(0), 422, 'empty'],
    ['white space', bytes(' \n　\r\n'), 422, 'empty'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0), 422, 'binary'],
    ['zeros', new Uint8Array(2_000), 422, 'binary'],
    ['more than 10 MB', new Uint8Array(10 * 1024 * 1024 + 1).fill(0x61), 413, 'too-big'],
  ])('[IM7] %s is told so, and nothing is created', async (_what, body, status, code) => {
    const before = server.storage.records.reports().length;
    for (const path of ['/api/import/preview', '/api/import']) expect(await errorOf(await send(path, body))).toEqual({ status, code });
    expect(server.storage.records.reports().length).toBe(before);
  });

  test('[IM1] a text becomes a report whose plain text is the source', async () => {
    const source = '关于工作的报告\n导语写在这里。\n一、基本情况\n（一）队伍建设\n人员**名。\n（二）制度建设\n制度*项。\n';
    const preview = await (await send('/api/import/preview', bytes(source))).json();
    expect(preview).toMatchObject({ title: '关于工作的报告', encoding: 'utf-8' });
    const created = await send('/api/import', bytes(source));
    expect(created.status).toBe(201);
    const { id } = (await created.json()) as { id: string };
    expect(await (await server.request(owner, 'GET', `/api/reports/${id}/text`)).text()).toBe(source);
    const state = (await (await server.request(owner, 'GET', `/api/reports/${id}`)).json()) as ReportState;
    expect(state.outline.nodes.map((node) => node.kind)).toEqual(['passage', 'part', 'chapter', 'chapter']);
    expect(Object.values(state.figures).reduce((sum, figure) => sum + figure.blanks, 0)).toBe(2);
    // Imported text is nobody's writing, and stands under an id of the server.
    const chapter = state.outline.nodes.at(-1)?.id;
    const author = await server.request(owner, 'GET', `/api/reports/${id}/chapters/${chapter}/author?client=2&clock=0`);
    expect(await author.json()).toMatchObject({ author: null, actor: owner.account.id, via: 'import' });
  });

  test('[IM1] pasted text is imported the same way', async () => {
    const text = '标题报告\n一、甲章\n内容。\n';
    const { id } = (await (await server.request(owner, 'POST', '/api/import', { text })).json()) as { id: string };
    expect(await (await server.request(owner, 'GET', `/api/reports/${id}/text`)).text()).toBe(text);
  });
});

describe('commands', () => {
  test('[HT5] a chapter that is added has its seed at once, and its author', async () => {
    const added = await server.request(editor, 'POST', reportPath('/outline'), {
      op: 'add',
      kind: 'chapter',
      heading: '新章',
      parent: null,
      before: null,
    });
    const { node, seq } = (await added.json()) as { node: string; seq: number };
    const room = await server.dial(editor, `${report.id}/${node}`);
    await room.roundTrip();
    expect(room.all('update').length).toBeGreaterThan(0);
    const state = (await (await server.request(owner, 'GET', reportPath())).json()) as ReportState;
    expect(state.outline.headingSet[node]).toMatchObject({ by: editor.account.id, seq });
    expect(state.seq).toBe(seq + 1);
    await room.hangUp();
  });

  test('[HT6] two people who change one title at once: the second is refused and told what stands', async () => {
    const { outline } = (await (await server.request(owner, 'GET', reportPath())).json()) as ReportState;
    const answers = await Promise.all(
      ['甲题', '乙题'].map((title) => server.request(owner, 'POST', reportPath('/outline'), { op: 'title', was: outline.title, title })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const refused = answers.find((answer) => answer.status === 409);
    expect(await refused?.json()).toMatchObject({
      error: { code: 'outline-clash', details: { is: answers[0]?.status === 200 ? '甲题' : '乙题' } },
    });
  });

  test('[HT7] somebody invited by name gets an account and a link that works', async () => {
    const answer = await server.request(owner, 'POST', reportPath('/members'), { name: '新人', role: 'commenter' });
    const { member, link } = (await answer.json()) as { member: string; link: string };
    expect(link.startsWith(`${server.url}/join/`)).toBe(true);
    const session = await server.request(null, 'POST', '/api/session', { link: link.split('/').at(-1) });
    expect(await session.json()).toMatchObject({ id: member, name: '新人', admin: false });
    const reports = (await (await server.request(owner, 'GET', '/api/reports')).json()) as {
      id: string;
      members: { id: string; role: string }[];
    }[];
    expect(reports.find((one) => one.id === report.id)?.members).toContainEqual(expect.objectContaining({ id: member, role: 'commenter' }));
  });

  test('[HT8] headers of entries are told in order, with a limit', async () => {
    const answer = await server.request(editor, 'GET', reportPath('/entries?after=1&limit=2'));
    expect(await answer.json()).toMatchObject([
      { seq: 2, kind: 'members' },
      { seq: 3, kind: 'members' },
    ]);
    expect((await server.request(editor, 'GET', reportPath('/entries?limit=0'))).status).toBe(400);
  });
});

describe('pages', () => {
  test('[HT9] every address of the page gives the page, files with a hash may be kept for ever', async () => {
    for (const path of ['/', '/r/anything', '/join/secret']) {
      const page = await server.request(null, 'GET', path, undefined, { accept: 'text/html' });
      expect([path, page.status, await page.text()]).toEqual([path, 200, '<!doctype html><title>page</title>']);
      expect(page.headers.get('cache-control')).toContain('no-cache');
    }
    const asset = await server.request(null, 'GET', '/assets/main-abc123.js');
    expect(asset.headers.get('cache-control')).toContain('immutable');
  });

  test('[HT10] nothing else of the folder is served', async () => {
    for (const path of ['/.secret', '/assets/', '/assets', '/assets/missing.js', '/..%2f..%2fetc%2fpasswd', '/assets/..%2f.secret']) {
      const answer = await server.request(null, 'GET', path, undefined, { accept: 'text/html' });
      expect([path, await answer.text()]).not.toEqual([path, 'hidden']);
      if (path.startsWith('/assets/')) expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test('[HT11] the usual headers are there, and the server does not say what it runs on', async () => {
    const answer = await server.request(null, 'GET', '/');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(await (await server.request(null, 'GET', '/healthz')).json()).toEqual({ ok: true });
    expect((await server.request(owner, 'GET', '/api/me')).headers.get('cache-control')).toBe('no-store');
  });
});
