import { describe, expect, test } from 'vitest';
import type { ApiFailure } from '../../../client/api/http.ts';
import { createApi } from '../../../client/api/http.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';

const REPORT = 'reportreportreport1' as ReportId;
const CHAPTER = 'chapterchapterchap1' as ChapterId;
const MEMBER = 'membermembermember1' as MemberId;

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly type: string | undefined;
  readonly body: unknown;
}

function scripted(answer: () => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    sent.push({ url: String(url), method: init?.method ?? 'GET', type: headers.get('content-type') ?? undefined, body: init?.body });
    return answer();
  };
  return { api: createApi({ fetch, origin: 'http://gongbi.test' }), sent };
}

const json = (status: number, value: unknown) => () =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });

async function failureOf(request: Promise<unknown>): Promise<ApiFailure> {
  const failure: unknown = await request.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ name: 'ApiFailure' });
  return failure as ApiFailure;
}

describe('requests', () => {
  test.each([
    ['me', 'GET', '/api/me', undefined, (api: ReturnType<typeof createApi>) => api.me()],
    ['reports', 'GET', '/api/reports', undefined, (api) => api.reports()],
    ['a report', 'GET', `/api/reports/${REPORT}`, undefined, (api) => api.report(REPORT)],
    ['access', 'GET', `/api/reports/${REPORT}/access`, undefined, (api) => api.access(REPORT)],
    ['sign in', 'POST', '/api/session', '{"link":"abc"}', (api) => api.signIn('abc')],
    ['set up', 'POST', '/api/setup', '{"link":"abc","name":"沈知微"}', (api) => api.setUp('abc', '沈知微')],
    ['new report', 'POST', '/api/reports', '{"title":"年度报告"}', (api) => api.createReport('年度报告')],
    ['token', 'POST', '/api/tokens', '{"label":"统计脚本"}', (api) => api.createToken('统计脚本')],
    [
      'invite',
      'POST',
      `/api/reports/${REPORT}/members`,
      '{"name":"博","role":"reader"}',
      (api) => api.inviteMember(REPORT, '博', 'reader'),
    ],
    [
      'role',
      'POST',
      `/api/reports/${REPORT}/members`,
      `{"member":"${MEMBER}","role":"editor"}`,
      (api) => api.setMember(REPORT, MEMBER, 'editor'),
    ],
    ['remove', 'DELETE', `/api/reports/${REPORT}/members/${MEMBER}`, undefined, (api) => api.removeMember(REPORT, MEMBER)],
    [
      'outline',
      'POST',
      `/api/reports/${REPORT}/outline`,
      `{"op":"remove","node":"${CHAPTER}"}`,
      (api) => api.changeOutline(REPORT, { op: 'remove', node: CHAPTER }),
    ],
    [
      'author',
      'GET',
      `/api/reports/${REPORT}/chapters/${CHAPTER}/author?client=7&clock=9`,
      undefined,
      (api) => api.authorAt(REPORT, CHAPTER, 7, 9),
    ],
    ['pasted text', 'POST', '/api/import/preview', '{"text":"一、总体"}', (api) => api.previewImport({ text: '一、总体' })],
  ] as [string, string, string, string | undefined, (api: ReturnType<typeof createApi>) => Promise<unknown>][])(
    '%s: %s %s',
    async (_name, method, path, body, ask) => {
      const { api, sent } = scripted(json(200, { fine: true }));
      await ask(api);
      expect(sent).toEqual([{ url: `http://gongbi.test${path}`, method, body, type: body === undefined ? undefined : 'application/json' }]);
    },
  );

  test('a file goes as it is, byte for byte', async () => {
    const { api, sent } = scripted(json(201, { id: REPORT }));
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x0d, 0x0a, 0xff]);
    expect(await api.importReport({ bytes })).toEqual({ id: REPORT });
    expect(sent[0]).toMatchObject({ type: 'application/octet-stream', body: bytes });
  });

  test('no content is an answer too', async () => {
    const { api } = scripted(() => new Response(null, { status: 204 }));
    await expect(api.signOut()).resolves.toBeUndefined();
  });
});

describe('failures', () => {
  test("the server's refusal comes with code, status, details and the id to quote", async () => {
    const error = { code: 'outline-clash', message: 'Somebody changed this meanwhile.', requestId: 'r1', details: { is: '新标题' } };
    const { api } = scripted(json(409, { error }));
    const failure = await failureOf(api.changeOutline(REPORT, { op: 'title', was: '旧', title: '我的' }));
    expect(failure).toMatchObject({ code: 'outline-clash', status: 409, requestId: 'r1', details: { is: '新标题' } });
  });

  test('no answer is a failure of its own kind', async () => {
    const { api } = scripted(() => Promise.reject(new TypeError('fetch failed')));
    expect(await failureOf(api.me())).toMatchObject({ code: 'network', status: 0 });
  });

  test("a proxy's page is not taken for an answer of ours", async () => {
    const { api } = scripted(() => new Response('<html>Bad gateway</html>', { status: 502 }));
    expect(await failureOf(api.me())).toMatchObject({ code: 'unexpected', status: 502 });
    const { api: portal } = scripted(() => new Response('<html>Log in to the network</html>', { status: 200 }));
    expect(await failureOf(portal.me())).toMatchObject({ code: 'unexpected', status: 200 });
  });
});
