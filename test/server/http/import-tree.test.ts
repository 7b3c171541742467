import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CorrectedTree } from '../../../shared/api/import.ts';
import type { ApiError, ImportPreview } from '../../../shared/api.ts';
import { correct } from '../../../shared/importing/correct.ts';
import { treeToSend } from '../../../shared/importing/corrected.ts';
import { type Person, startTestServer, type TestServer } from '../../support/test-server.ts';

const TEXT = '防汛工作报告\n导语。\n一、甲\n（一）乙\n丙。\n丁。\n';

let server: TestServer;
let owner: Person;
let preview: ImportPreview;

beforeAll(async () => {
  server = await startTestServer();
  owner = await server.person('主人', true);
  preview = (await (await server.request(owner, 'POST', '/api/import/preview', { text: TEXT })).json()) as ImportPreview;
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const create = (body: unknown): Promise<Response> => server.request(owner, 'POST', '/api/import', body);
const base64 = Buffer.from(TEXT, 'utf8').toString('base64');

function corrected(): CorrectedTree {
  const once = correct(preview, { kind: 'level', at: 3, level: 3 });
  if (!once.ok) throw new Error(once.error);
  return treeToSend(once.value);
}

describe('creating from a corrected tree', () => {
  test.each([
    ['pasted text', { text: TEXT }],
    ['a file', { file: base64 }],
  ])('[IC6] %s is created as corrected', async (_what, source) => {
    const answer = await create({ ...source, tree: corrected() });
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    expect(await (await server.request(owner, 'GET', `/api/reports/${id}/text`)).text()).toBe(TEXT);
    const state = (await (await server.request(owner, 'GET', `/api/reports/${id}`)).json()) as {
      outline: { nodes: { kind: string; heading: string }[] };
    };
    expect(state.outline.nodes.map((node) => `${node.kind} ${node.heading}`)).toEqual(['passage ', 'chapter 甲']);
  });

  test.each([
    ['lacks a paragraph', (tree: CorrectedTree) => ({ ...tree, nodes: tree.nodes.slice(0, 1) })],
    ['has words of its own', (tree: CorrectedTree) => ({ ...tree, title: `${tree.title}（稿）` })],
    ['says something twice', (tree: CorrectedTree) => ({ ...tree, nodes: [...tree.nodes, ...tree.nodes.slice(-1)] })],
    ['has another order', (tree: CorrectedTree) => ({ ...tree, nodes: tree.nodes.toReversed() })],
  ])('[IC6] a tree that %s is refused, and nothing is created', async (_what, spoil) => {
    const before = server.storage.records.reports().length;
    const answer = await create({ text: TEXT, tree: spoil(corrected()) });
    expect([answer.status, ((await answer.json()) as ApiError).error.code]).toEqual([422, 'incomplete']);
    expect(server.storage.records.reports().length).toBe(before);
  });

  const first = () => {
    const node = corrected().nodes[0];
    if (node === undefined) throw new Error('no node');
    return node;
  };
  test.each([
    ['a part with text', () => [{ ...first(), kind: 'part', heading: '导' }]],
    ['a chapter under a passage', () => [first(), { ...first(), kind: 'chapter', heading: '导', parent: 0 }]],
    ['a node under one that is not there', () => [{ ...first(), parent: 7 }]],
    ['a passage with a heading', () => [{ ...first(), heading: '导' }]],
    ['a line break in a paragraph', () => [{ ...first(), blocks: [{ kind: 'paragraph', text: '导\n语。', line: 2 }] }]],
    ['a key that nobody knows', () => [{ ...first(), colour: 'red' }]],
  ])('[IC6] an outline with %s is no outline', async (_what, nodes) => {
    const answer = await create({ text: TEXT, tree: { title: preview.title, nodes: nodes() } });
    expect(answer.status).toBe(400);
  });
});
