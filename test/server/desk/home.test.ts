import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newNodeId } from '../../../server/core/new-report.ts';
import { sampleReport } from '../../../server/sample/sample-report.ts';
import { systemIds } from '../../../server/system.ts';
import type { CopyPreview, Home, HomeReport, LifecycleDone, SearchResults } from '../../../shared/api/home.ts';
import type { AuthorAt, Created, ReportState, ReportSummary } from '../../../shared/api.ts';
import { countCharacters } from '../../../shared/counting/count.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { CLOSE } from '../../../shared/wire/codes.ts';
import { type Person, startTestServer, type TestServer } from '../../support/test-server.ts';
import { Typist } from '../../support/typing.ts';

let server: TestServer;
let owner: Person;
let editor: Person;
let reader: Person;
let stranger: Person;

beforeAll(async () => {
  server = await startTestServer();
  owner = await server.person('沈知微', true);
  editor = await server.person('陆闻远');
  reader = await server.person('顾青禾');
  stranger = await server.person('赵一鸣');
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const members = () =>
  [
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ] as const;
const sample = async (): Promise<ReportId> =>
  (await server.report(members(), { beginning: 'sample', content: sampleReport(() => newNodeId(systemIds)) })).id;

async function get<Value>(person: Person, path: string): Promise<Value> {
  const answer = await server.request(person, 'GET', path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Value;
}
const homeRow = async (person: Person, report: ReportId): Promise<HomeReport | undefined> =>
  (await get<Home>(person, '/api/home')).reports.find(({ id }) => id === report);
const life = (person: Person, report: ReportId, op: string) => server.request(person, 'POST', `/api/reports/${report}/lifecycle`, { op });

describe('home', () => {
  test('[HO1] tells of each of my reports how far it is and who did what last', async () => {
    const id = await sample();
    const state = await get<ReportState>(owner, `/api/reports/${id}`);
    const row = await homeRow(reader, id);
    expect(row).toMatchObject({ title: state.outline.title, role: 'reader', standing: 'active', workStage: 'drafting', seq: state.seq });
    expect(row).toMatchObject({ parts: 2, chapters: 8, written: 8, type: '' });
    const figures = Object.values(state.figures);
    expect(row?.blanks).toBe(figures.reduce((sum, { blanks }) => sum + blanks, 0));
    const lines = [state.outline.title, ...state.outline.nodes.map(({ heading }) => heading)].join('');
    expect(row?.characters).toBe(countCharacters(lines) + figures.reduce((sum, { characters }) => sum + characters, 0));
    // Whoever brings text along has not written it.
    expect(row?.last).toMatchObject({ author: owner.account.id, kind: 'text', brought: true });
    const node = state.outline.nodes.find(({ kind }) => kind === 'chapter');
    await server.request(editor, 'POST', `/api/reports/${id}/outline`, {
      op: 'heading',
      node: node?.id,
      was: node?.heading,
      heading: '另一个标题。',
    });
    expect((await homeRow(owner, id))?.last).toEqual({
      author: editor.account.id,
      kind: 'outline',
      place: expect.stringMatching(/另一个标题$/),
      brought: false,
    });
    expect((await get<Home>(stranger, '/api/home')).reports).toEqual([]);
  });

  test('[HO2] what waits for me: blanks and unwritten chapters of reports that I own and may write, with the place', async () => {
    const id = await sample();
    const { id: bare } = (await (
      await server.request(owner, 'POST', '/api/reports', { title: '工作情况', outline: 'work' })
    ).json()) as Created;
    const todosOf = async (person: Person) =>
      (await get<Home>(person, '/api/home')).todos.filter(({ report }) => report === id || report === bare);
    const todos = await todosOf(owner);
    const blanks = todos.find(({ report, kind }) => report === id && kind === 'blanks');
    expect(blanks?.count).toBe((await homeRow(owner, id))?.blanks);
    expect(blanks?.places.map(({ name, passage }) => passage ?? name)).toEqual([
      'preamble',
      expect.stringMatching(/^（一）/),
      expect.stringMatching(/^（/),
    ]);
    expect(todos.find(({ report, kind }) => report === bare && kind === 'unwritten')).toMatchObject({ count: 3, title: '工作情况' });
    expect((await todosOf(editor)).length).toBe(0);
    await life(owner, id, 'archive');
    expect((await todosOf(owner)).map(({ report }) => report)).toEqual([bare]);
  });
});

describe('a report’s life', () => {
  test('[LI2] archived: open sockets are told that nobody writes, what is typed is refused, and reading goes on', async () => {
    const report = await server.report(members());
    const room = await server.room(editor, report);
    await room.roundTrip();
    const typist = new Typist(810_001).take(Y.mergeUpdates(room.all('update').map((message) => message.bytes)));
    room.sendUpdate(typist.type('先写一句'));
    await room.untilAcked(1);
    expect(((await (await life(owner, report.id, 'archive')).json()) as LifecycleDone).standing).toBe('archived');
    expect(await room.hear('rights')).toEqual({ kind: 'rights', role: 'editor', mayWrite: false });
    room.sendUpdate(typist.type('之后的'));
    expect(await room.hear('reject')).toMatchObject({ code: 'frozen' });
    const state = await get<ReportState>(reader, `/api/reports/${report.id}`);
    expect(state.stage).toBe('archived');
    const outline = await server.request(owner, 'POST', `/api/reports/${report.id}/outline`, {
      op: 'title',
      was: state.outline.title,
      title: '新',
    });
    expect(outline.status).toBe(403);
    expect((await life(owner, report.id, 'unarchive')).status).toBe(200);
    expect((await get<ReportState>(reader, `/api/reports/${report.id}`)).stage).toBe('drafting');
  });

  test('[LI3] in the trash: out of every list and closed to all but its owners, who bring it back as it was', async () => {
    const report = await server.report(members());
    const room = await server.room(editor, report);
    const before = await get<ReportState>(owner, `/api/reports/${report.id}`);
    expect((await life(owner, report.id, 'trash')).status).toBe(200);
    expect((await room.untilClosed()).code).toBe(CLOSE.gone.code);
    const listed = async (person: Person) => (await get<ReportSummary[]>(person, '/api/reports')).some(({ id }) => id === report.id);
    expect([await listed(owner), await listed(editor)]).toEqual([false, false]);
    expect((await homeRow(owner, report.id))?.standing).toBe('trashed');
    expect(await homeRow(editor, report.id)).toBeUndefined();
    expect((await server.request(editor, 'GET', `/api/reports/${report.id}`)).status).toBe(404);
    expect(await get(editor, `/api/reports/${report.id}/access`)).toMatchObject({ role: null, mayWrite: false });
    await expect(server.room(editor, report)).rejects.toMatchObject({ status: 404 });
    expect((await get<ReportState>(owner, `/api/reports/${report.id}`)).stage).toBe('trashed');
    expect((await life(owner, report.id, 'restore')).status).toBe(200);
    const after = await get<ReportState>(editor, `/api/reports/${report.id}`);
    expect({ ...after, seq: 0, role: '' }).toEqual({ ...before, seq: 0, role: '' });
  });

  test('[LI2] only an owner changes it, and doing it twice makes one entry', async () => {
    const report = await server.report(members());
    for (const person of [editor, reader]) expect((await life(person, report.id, 'archive')).status).toBe(403);
    const [one, other] = await Promise.all([life(owner, report.id, 'archive'), life(owner, report.id, 'archive')]);
    const seqs = [((await one.json()) as LifecycleDone).seq, ((await other.json()) as LifecycleDone).seq];
    expect(seqs[0]).toBe(seqs[1]);
    expect((await life(owner, report.id, 'shred')).status).toBe(400);
  });

  test('[LI1] stands as it stood when the report is read again from its log', async () => {
    const report = await server.report(members());
    await life(owner, report.id, 'archive');
    await life(owner, report.id, 'trash');
    await server.close();
    server = await startTestServer({ storage: server.storage });
    expect((await homeRow(owner, report.id))?.standing).toBe('trashed');
    expect((await life(owner, report.id, 'restore')).status).toBe(200);
    expect((await homeRow(editor, report.id))?.standing).toBe('archived');
  });
});

describe('a report from a past one', () => {
  test('[LI4] has the same outline and words under new ids, as nobody’s writing, and one member', async () => {
    const id = await sample();
    const answer = await server.request(owner, 'POST', `/api/reports/${id}/copy`, { title: ' 副本 ', masked: false });
    expect(answer.status).toBe(201);
    const copy = ((await answer.json()) as Created).id;
    const [old, made] = await Promise.all([get<ReportState>(owner, `/api/reports/${id}`), get<ReportState>(owner, `/api/reports/${copy}`)]);
    const textOf = async (report: ReportId) =>
      (await (await server.request(owner, 'GET', `/api/reports/${report}/text`)).text()).split('\n').slice(1);
    expect(made.outline.title).toBe('副本');
    expect(await textOf(copy)).toEqual(await textOf(id));
    expect(made.members.map(({ name, role }) => [name, role])).toEqual([['沈知微', 'owner']]);
    const ids = new Set(old.outline.nodes.map((node) => node.id));
    expect(made.outline.nodes.some((node) => ids.has(node.id))).toBe(false);
    const chapter = made.outline.nodes.find(({ kind }) => kind === 'chapter')?.id;
    const author = await get<AuthorAt>(owner, `/api/reports/${copy}/chapters/${chapter}/author?client=2&clock=0`);
    expect(author).toMatchObject({ author: null, via: 'import' });
  });

  test('[LI5] masks as many figures as were told before, on request', async () => {
    const title = '数字报告';
    const { id } = (await (
      await server.request(owner, 'POST', '/api/import', {
        text: `${title}\n一、工作情况\n2025年新增企业12家，增长8.6%。\n二、打算\n再建3个站点。\n`,
      })
    ).json()) as Created;
    const preview = await get<CopyPreview>(owner, `/api/reports/${id}/copy`);
    expect(preview).toMatchObject({ title, figures: 3, blanks: 0, chapters: 2 });
    const copy = (
      (await (await server.request(owner, 'POST', `/api/reports/${id}/copy`, { title: '新一年', masked: true })).json()) as Created
    ).id;
    const text = await (await server.request(owner, 'GET', `/api/reports/${copy}/text`)).text();
    expect(text).toContain('2025年新增企业**家，增长**%。');
    expect(text).toContain('再建**个站点。');
    expect((await homeRow(owner, copy))?.blanks).toBe(3);
  });

  test('[LI4] is made by administrators, from what they may read, under a title', async () => {
    const id = await sample();
    expect((await server.request(editor, 'POST', `/api/reports/${id}/copy`, { title: '副本', masked: false })).status).toBe(403);
    const other = await server.report([[stranger, 'owner']]);
    expect((await server.request(owner, 'POST', `/api/reports/${other.id}/copy`, { title: '副本', masked: false })).status).toBe(404);
    expect((await server.request(owner, 'POST', `/api/reports/${id}/copy`, { title: ' ', masked: false })).status).toBe(400);
  });
});

describe('search', () => {
  const search = async (person: Person, q: string) => get<SearchResults>(person, `/api/search?q=${encodeURIComponent(q)}`);

  test('[SE2] finds words in titles, headings and texts, in context and with their place, in what I may read only', async () => {
    const text = '澄溪水务年度报告\n一、管网更新\n全年更新供水管网ＤＮ600管线，管网漏损下降。\n二、其他\n管网之外。\n';
    const { id } = (await (await server.request(owner, 'POST', '/api/import', { text })).json()) as Created;
    const found = await search(owner, '管网');
    const [report] = found.reports.filter((one) => one.id === id);
    expect(report?.inTitle).toBeNull();
    expect(
      report?.chapters.map(({ name, hits, inHeading }) => [
        name,
        inHeading?.hit ?? null,
        hits.map(({ before, hit, after }) => before + hit + after),
      ]),
    ).toEqual([
      ['一、管网更新', '管网', ['全年更新供水管网ＤＮ600管线，管网漏损下降。', '全年更新供水管网ＤＮ600管线，管网漏损下降。']],
      ['二、其他', null, ['管网之外。']],
    ]);
    expect(report?.total).toBe(4);
    expect((await search(owner, 'dn600')).reports.map((one) => one.id)).toEqual([id]);
    expect((await search(owner, '澄溪水务')).reports[0]?.inTitle?.hit).toBe('澄溪水务');
    expect((await search(editor, '管网')).reports.some((one) => one.id === id)).toBe(false);
    await life(owner, id, 'trash');
    expect((await search(owner, 'dn600')).reports).toEqual([]);
  });

  test('[SE3] a query that is empty, too short or too long is refused with what it is', async () => {
    for (const [q, is] of [
      ['', 'empty'],
      ['管', 'too-short'],
      ['管'.repeat(65), 'too-long'],
    ] as const) {
      const answer = await server.request(owner, 'GET', `/api/search?q=${encodeURIComponent(q)}`);
      expect([answer.status, ((await answer.json()) as { error: { code: string; details: unknown } }).error]).toMatchObject([
        400,
        { code: 'search-query', details: { is } },
      ]);
    }
  });

  test('[SE4] tells at most five places of a chapter, and counts the rest', async () => {
    const { id } = (await (
      await server.request(owner, 'POST', '/api/import', { text: `很多\n一、章\n${'反复出现的词。'.repeat(40)}\n` })
    ).json()) as Created;
    const [report] = (await search(owner, '反复出现')).reports.filter((one) => one.id === id);
    expect([report?.chapters[0]?.hits.length, report?.chapters[0]?.total]).toEqual([5, 40]);
  });
});
