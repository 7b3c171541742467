import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Proofreading } from '../../../shared/api/proofreading.ts';
import type { Created, OutlineDone, ReportState } from '../../../shared/api.ts';
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
