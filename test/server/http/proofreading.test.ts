import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { openFindings } from '../../../server/core/proofreading.ts';
import type { HistoryPage } from '../../../shared/api/history.ts';
import type { Proofreading } from '../../../shared/api/proofreading.ts';
import type { Created, OutlineDone, ReportState } from '../../../shared/api.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { repository } from '../../support/repository.ts';
import { type Person, startTestServer, type TestServer } from '../../support/test-server.ts';

const server: TestServer = await startTestServer();
const owner: Person = await server.person('主人', true);
const stranger: Person = await server.person('外人');

afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const draft = (name: string) => readFileSync(join(repository, 'test/fixtures/proofreading', name), 'utf8');

async function imported(text: string): Promise<string> {
  const answer = await server.request(owner, 'POST', '/api/import', { text });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as Created).id;
}
const look = async (id: string): Promise<Proofreading> =>
  (await (await server.request(owner, 'GET', `/api/reports/${id}/proofreading`)).json()) as Proofreading;

test('[PF9] the findings of a report say where, in which sentence, why, by which source and what to write', async () => {
  const id = await imported(draft('drafts/b-discipline.txt'));
  const { counts, findings, seq } = await look(id);
  expect(seq).toBeGreaterThan(0);
  expect(counts.error).toBeGreaterThan(10);
  expect(counts.error + counts.warning + counts.hint).toBe(findings.length);
  const state = (await (await server.request(owner, 'GET', `/api/reports/${id}`)).json()) as ReportState;
  const chapter = state.outline.nodes.find(({ heading }) => heading.startsWith('强化监督执纪'))!;
  const finding = findings.find(({ quote }) => quote === '奢糜之风')!;
  expect(finding).toMatchObject({
    message: 'formula',
    severity: 'error',
    source: 'party-terms',
    place: { node: chapter.id, part: 'text', line: 0 },
  });
  expect(finding.before.endsWith('享乐主义和')).toBe(true);
  // A report goes up, and whoever signs it stands in the form and nowhere in the text.
  expect(findings.map(({ message }) => message)).toContain('lacks-signer');
});

test('[PF9] what is put right is no longer told, and a clean report has no error', async () => {
  const id = await imported('关于甲事项的通知\n一、总体要求\n各单位要按步就班推进。\n二、工作任务\n县财政局要统筹安排资金。');
  const before = await look(id);
  expect(before.findings.map(({ quote }) => quote)).toContain('按步就班');
  const state = (await (await server.request(owner, 'GET', `/api/reports/${id}`)).json()) as ReportState;
  const node = state.outline.nodes[0]!;
  const renamed = await server.request(owner, 'POST', `/api/reports/${id}/outline`, {
    op: 'heading',
    node: node.id,
    was: node.heading,
    heading: '总体要求。',
  });
  expect(((await renamed.json()) as OutlineDone).seq).toBeGreaterThan(before.seq);
  const after = await look(id);
  expect(after.findings.filter(({ place }) => place.part === 'heading').map(({ message }) => message)).toEqual(['heading-end']);
  const clean = await imported(draft('clean/03-party-building.txt'));
  expect((await look(clean)).counts.error).toBe(0);
});

test('[PF9] who does not read the report is told nothing', async () => {
  const id = await imported('关于甲事项的通知\n各单位要按步就班推进。');
  expect((await server.request(stranger, 'GET', `/api/reports/${id}/proofreading`)).status).toBe(404);
  expect((await server.request(null, 'GET', `/api/reports/${id}/proofreading`)).status).toBe(401);
});

const decide = async (person: Person, id: string, command: unknown) =>
  server.request(person, 'POST', `/api/reports/${id}/proofreading`, command);

test('[PF11] who ignores a finding says why; it stays listed with name, time and reason, counts no more, and can be listed again', async () => {
  const id = await imported('关于甲事项的通知\n一、总体要求\n各单位要按步就班推进，，抓好落实。\n二、工作任务\n县财政局要统筹安排资金。');
  const before = await look(id);
  const finding = before.findings.find(({ quote }) => quote === '按步就班')!;
  const told = await decide(owner, id, { op: 'ignore', keys: [finding.key], reason: '原文如此' });
  expect(told.status).toBe(201);
  const after = await look(id);
  expect(after.counts.error).toBe(before.counts.error - 1);
  expect(after.findings.map(({ key }) => key)).toContain(finding.key);
  expect(after.ignored).toMatchObject([
    { key: finding.key, node: finding.place.node, message: 'near-miss', quote: '按步就班', reason: '原文如此', by: owner.account.id },
  ]);
  expect(after.ignored[0]!.before).toContain('各单位要');
  expect((await decide(owner, id, { op: 'recall', keys: [finding.key] })).status).toBe(201);
  expect(await look(id)).toMatchObject({ counts: before.counts, ignored: [] });
  // Both decisions are told by the history, with what they were about.
  const history = (await (await server.request(owner, 'GET', `/api/reports/${id}/history`)).json()) as HistoryPage;
  const news = history.sittings.flatMap(({ others }) => others.flatMap((one) => (one.kind === 'proofreading' ? [one.event] : [])));
  expect(news.map(({ op, finding: about }) => `${op} ${about.quote}`)).toEqual(['ignore 按步就班', 'recall 按步就班']);
});

test('[PF11] an ignored finding comes back when its wording changes', async () => {
  const id = await imported('关于甲事项的通知\n一、总体要求\n各单位要抓好落实。\n二、工作任务\n县财政局要统筹安排资金。');
  const title = async () => ((await (await server.request(owner, 'GET', `/api/reports/${id}`)).json()) as ReportState).outline.title;
  const rename = async (was: string, is: string) =>
    expect((await server.request(owner, 'POST', `/api/reports/${id}/outline`, { op: 'title', was, title: is })).status).toBe(200);
  const was = await title();
  await rename(was, '关于甲事项的通知。');
  const [finding] = (await look(id)).findings.filter(({ message }) => message === 'title-end');
  await decide(owner, id, { op: 'ignore', keys: [finding!.key], reason: '印发时如此' });
  expect((await look(id)).counts.error).toBe(0);
  await rename('关于甲事项的通知。', '关于乙事项的通知。');
  const back = await look(id);
  expect(back.counts.error).toBe(1);
  expect(back.findings.find(({ message }) => message === 'title-end')?.key).not.toBe(finding!.key);
});

test('[PF11] a reason is needed, the finding must stand, and readers decide nothing', async () => {
  const id = await imported('关于甲事项的通知\n各单位要按步就班推进，抓好落实。');
  const [finding] = (await look(id)).findings.filter(({ quote }) => quote === '按步就班');
  for (const reason of ['', '   ', '一\n二', '长'.repeat(201)])
    expect((await decide(owner, id, { op: 'ignore', keys: [finding!.key], reason })).status).toBe(400);
  const gone = await decide(owner, id, { op: 'ignore', keys: [finding!.key, 'nobody/knows'], reason: '有' });
  expect([gone.status, ((await gone.json()) as { error: { code: string } }).error.code]).toEqual([404, 'no-such-finding']);
  expect((await decide(owner, id, { op: 'recall', keys: [finding!.key] })).status).toBe(404);
  const reader = await server.person('读者');
  await server.request(owner, 'POST', `/api/reports/${id}/members`, { member: reader.account.id, role: 'reader' });
  expect((await decide(reader, id, { op: 'ignore', keys: [finding!.key], reason: '有' })).status).toBe(403);
  expect((await look(id)).ignored).toEqual([]);
});

test('[PF12] the gate is told the errors that nobody ignored, each with its place, words and rule', async () => {
  const id = await imported('关于甲事项的通知\n一、总体要求\n各单位要按步就班推进，，抓好落实。\n二、工作任务\n县财政局要统筹安排资金。');
  const report = (await server.app.reports.open(id as ReportId))!;
  const office = { index: server.app.reports.terms.index(), breathe: setImmediate };
  const before = await openFindings(report, office);
  expect(before.map(({ rule, quote }) => `${rule} ${quote}`)).toEqual(['near-miss 按步就班', 'mark-doubled ，，']);
  expect(before.every(({ node }) => node === report.fold.outline.nodes[0]!.id)).toBe(true);
  await decide(owner, id, { op: 'ignore', keys: [before[0]!.key], reason: '原文如此' });
  expect((await openFindings(report, office)).map(({ quote }) => quote)).toEqual(['，，']);
});
