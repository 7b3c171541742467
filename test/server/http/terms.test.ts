import { afterAll, expect, test } from 'vitest';
import type { Proofreading, TermTableView } from '../../../shared/api/proofreading.ts';
import type { ApiError, Created } from '../../../shared/api.ts';
import type { TermCommand, TermFields } from '../../../shared/proofreading/house-terms.ts';
import { type Person, startTestServer, type TestServer } from '../../support/test-server.ts';

const server: TestServer = await startTestServer();
const admin: Person = await server.person('管理员', true);
const member: Person = await server.person('成员');

afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const TERM: TermFields = {
  wrong: '园区管委会',
  right: '开发区管委会',
  unless: ['原园区管委会'],
  severity: 'error',
  reason: '2024年更名',
  cites: '×编办〔2024〕3号',
};
const put = (term: Partial<TermFields>, seen: number | null = null): TermCommand => ({ op: 'put', seen, term: { ...TERM, ...term } });

async function change(command: unknown, person = admin): Promise<{ status: number; json: unknown }> {
  const answer = await server.request(person, 'POST', '/api/terms', command);
  return { status: answer.status, json: await answer.json() };
}
const table = async (person = admin): Promise<TermTableView> =>
  (await (await server.request(person, 'GET', '/api/terms')).json()) as TermTableView;
const refusal = ({ status, json }: { status: number; json: unknown }) => [status, (json as ApiError).error.code];

test('[PF10] what the office puts in its table is told in every report, with its reason and document, until it is taken out', async () => {
  const imported = await server.request(admin, 'POST', '/api/import', { text: '关于甲事项的通知\n一、总体要求\n由园区管委会布署实施。' });
  const { id } = (await imported.json()) as Created;
  const told = async () => {
    const answer = await server.request(admin, 'GET', `/api/reports/${id}/proofreading`);
    return ((await answer.json()) as Proofreading).findings.filter(({ message }) => message === 'term');
  };
  expect((await told()).map(({ quote }) => quote)).toEqual(['布署']);
  expect((await change(put({}))).status).toBe(200);
  const [first] = await told();
  expect(first).toMatchObject({
    quote: '园区管委会',
    reason: '2024年更名',
    cites: '×编办〔2024〕3号',
    source: 'house',
    fix: { text: '开发区管委会' },
  });
  expect((await change({ op: 'switch', wrong: '布署', on: false })).status).toBe(200);
  expect((await told()).map(({ quote }) => quote)).toEqual(['园区管委会']);
  const { entries } = await table(member);
  expect((await change({ op: 'remove', wrong: TERM.wrong, seen: entries[0]?.at })).status).toBe(200);
  expect((await change({ op: 'switch', wrong: '布署', on: true })).status).toBe(200);
  expect((await told()).map(({ quote }) => quote)).toEqual(['布署']);
});

test('[PF10] a clash shows what stands there, what cannot stand is named by its field, and only administrators keep the table', async () => {
  const kept = (await change(put({ wrong: '旧称甲', unless: [] }))).json as TermTableView;
  expect(refusal(await change(put({ wrong: '旧称甲', right: '新称', unless: [] })))).toEqual([409, 'term-clash']);
  const at = kept.entries.find(({ wrong }) => wrong === '旧称甲')?.at ?? -1;
  expect((await change(put({ wrong: '旧称甲', right: '新称', unless: [] }, at))).status).toBe(200);
  expect(refusal(await change({ op: 'remove', wrong: '旧称甲', seen: at }))).toEqual([409, 'term-clash']);
  expect(refusal(await change({ op: 'remove', wrong: '没有的词', seen: 1 }))).toEqual([404, 'no-such-term']);
  expect(refusal(await change({ op: 'switch', wrong: '没有的词', on: false }))).toEqual([404, 'no-such-term']);
  const bad = await change(put({ wrong: '一', right: '甲\n乙', reason: '', unless: ['别的词'] }));
  expect(refusal(bad)).toEqual([400, 'term-bad']);
  expect((bad.json as ApiError).error.details).toEqual({ fields: ['wrong', 'right', 'reason', 'unless'] });
  expect((await change(put({}), member)).status).toBe(403);
  expect((await server.request(null, 'GET', '/api/terms')).status).toBe(401);
});
