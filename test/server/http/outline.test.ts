import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newNodeId } from '../../../server/core/new-report.ts';
import { sampleReport } from '../../../server/sample/sample-report.ts';
import { systemIds } from '../../../server/system.ts';
import type { HistoryPage, ReportDiff } from '../../../shared/api/history.ts';
import type { Home, Todo } from '../../../shared/api/home.ts';
import type { ReportState } from '../../../shared/api.ts';
import type { MemberId, NodeId, ReportId } from '../../../shared/ids.ts';
import type { OutlineCommand } from '../../../shared/outline/outline.ts';
import { type Person, startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let owner: Person;
let editor: Person;
let reader: Person;
let stranger: Person;
let report: ReportId;

beforeAll(async () => {
  server = await startTestServer();
  owner = await server.person('沈知微', true);
  editor = await server.person('陆闻远');
  reader = await server.person('顾青禾');
  stranger = await server.person('赵一鸣');
});
beforeEach(async () => {
  const members = [
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ] as const;
  report = (await server.report(members, { beginning: 'sample', content: sampleReport(() => newNodeId(systemIds)) })).id;
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const id = (person: Person): MemberId => person.account.id;
const ask = (person: Person, command: OutlineCommand | object) => server.request(person, 'POST', `/api/reports/${report}/outline`, command);
async function get<Value>(person: Person, path: string): Promise<Value> {
  return (await (await server.request(person, 'GET', path)).json()) as Value;
}
const state = () => get<ReportState>(owner, `/api/reports/${report}`);
const nodes = async (): Promise<ReportState['outline']['nodes']> => (await state()).outline.nodes;
async function said(answer: Promise<Response>): Promise<string> {
  const given = await answer;
  if (given.ok) return String(given.status);
  const { error } = (await given.json()) as { error: { code: string; details?: unknown } };
  return `${given.status} ${error.code}${error.details === undefined ? '' : ` ${JSON.stringify(error.details)}`}`;
}

describe('owner and note', () => {
  test('[OU9] are given by who may change the outline, to a member, against what was seen', async () => {
    const node = (await nodes()).find(({ kind }) => kind === 'chapter')!.id;
    const own = (was: Person | null, is: Person | null) => ({
      op: 'owner' as const,
      node,
      was: was && id(was),
      owner: is && id(is),
    });
    expect(await said(ask(reader, own(null, editor)))).toBe('403 forbidden');
    expect(await said(ask(owner, own(null, stranger)))).toBe('409 outline-no-such-owner');
    expect(await said(ask(owner, own(null, editor)))).toBe('200');
    expect(await said(ask(editor, own(null, owner)))).toBe(`409 outline-clash ${JSON.stringify({ is: id(editor) })}`);
    expect(await said(ask(editor, { op: 'note', node, was: '', note: '周五前要数据' }))).toBe('200');
    expect(await said(ask(owner, { op: 'note', node, was: '', note: '别的' }))).toBe('409 outline-clash {"is":"周五前要数据"}');
    expect(await said(ask(owner, { op: 'note', node, was: '周五前要数据', note: '字'.repeat(501) }))).toBe('400 outline-bad-note');
    for (const bad of [
      { op: 'owner', node, owner: id(editor) },
      { ...own(null, editor), owner: 'x' },
      { op: 'note', node, was: '', note: 7 },
    ])
      expect(await said(ask(owner, bad))).toMatch(/^400 bad-request/);
    expect((await state()).outline.charges[node]).toMatchObject({ owner: id(editor), note: '周五前要数据', set: { by: id(editor) } });
  });

  test('[OU9] grant nothing: a reader who owns a chapter still may not write it', async () => {
    const node = (await nodes()).find(({ kind }) => kind === 'chapter')!.id;
    expect(await said(ask(owner, { op: 'owner', node, was: null, owner: id(reader) }))).toBe('200');
    expect(await said(ask(reader, { op: 'note', node, was: '', note: '我来' }))).toBe('403 forbidden');
    expect((await get<Home>(reader, '/api/home')).todos).toEqual([]);
  });

  test('[HI11] are told in the timeline and between two points, with who set them', async () => {
    const before = await nodes();
    const { id: node, heading } = before.find(({ kind }) => kind === 'chapter')!;
    const { seq } = await state();
    await ask(owner, { op: 'heading', node, was: heading, heading: '新的标题' });
    await ask(editor, { op: 'owner', node, was: null, owner: id(owner) });
    await ask(editor, { op: 'note', node, was: '', note: '请核数' });
    const [sitting] = (await get<HistoryPage>(owner, `/api/reports/${report}/history`)).sittings;
    expect(sitting?.outline.slice(-2).map(({ by, heading: of, event }) => [by, of, event.op])).toEqual([
      [id(editor), '新的标题', 'owner'],
      [id(editor), '新的标题', 'note'],
    ]);
    const diff = await get<ReportDiff>(owner, `/api/reports/${report}/diff?from=${seq}`);
    // The heading is still told under whoever changed the heading.
    expect(diff.outline).toMatchObject([
      {
        node,
        changes: ['renamed', 'owner', 'note'],
        by: id(owner),
        seq: seq + 1,
        charge: { before: { owner: null, note: '' }, after: { owner: id(owner), note: '请核数' }, set: { by: id(editor), seq: seq + 3 } },
      },
    ]);
    const alone = await get<ReportDiff>(owner, `/api/reports/${report}/diff?from=${seq + 1}`);
    expect(alone.outline).toMatchObject([{ changes: ['owner', 'note'], by: id(editor), seq: seq + 3 }]);
  });

  test('[OU10] decide whom home asks for blanks and unwritten chapters', async () => {
    const all = await nodes();
    const part = all.find(({ kind }) => kind === 'part')!;
    const [first, second] = all.filter(({ parent }) => parent === part.id);
    const places = async (person: Person): Promise<readonly string[]> =>
      (await get<Home>(person, '/api/home')).todos
        .filter((todo: Todo) => todo.report === report && todo.kind === 'blanks')
        .flatMap((todo) => todo.places.map(({ node }) => node));
    const waiting = async (person: Person, node: NodeId) => (await places(person)).includes(node);
    expect(await waiting(owner, first!.id)).toBe(true);
    await ask(owner, { op: 'owner', node: part.id, was: null, owner: id(editor) });
    expect([await waiting(owner, first!.id), await waiting(editor, first!.id)]).toEqual([false, true]);
    await ask(owner, { op: 'owner', node: second!.id, was: null, owner: id(owner) });
    expect([await waiting(owner, second!.id), await waiting(editor, second!.id)]).toEqual([true, false]);
    // Who leaves is asked no more, and what they were asked for falls back to the report's owners.
    await server.request(owner, 'DELETE', `/api/reports/${report}/members/${id(editor)}`);
    expect(await waiting(owner, first!.id)).toBe(true);
  });
});

describe('two who move at once', () => {
  test('[OU4] the second is judged by what the first left: a place that is gone is refused and nothing moves', async () => {
    const all = await nodes();
    const [one, two] = all.filter(({ kind }) => kind === 'part');
    const [first, second, third] = all.filter(({ parent }) => parent === one!.id);
    const [a, b] = await Promise.all([
      ask(owner, { op: 'move', node: second!.id, parent: two!.id, before: null }),
      ask(editor, { op: 'move', node: third!.id, parent: one!.id, before: second!.id }),
    ]);
    expect([a.status, await said(Promise.resolve(b))]).toEqual([200, '409 outline-bad-place']);
    const now = (await nodes()).filter(({ parent }) => parent === one!.id).map((node) => node.id);
    expect(now.slice(0, 2)).toEqual([first!.id, third!.id]);
    expect((await nodes()).filter(({ parent }) => parent === two!.id).at(-1)?.id).toBe(second!.id);
  });
});
