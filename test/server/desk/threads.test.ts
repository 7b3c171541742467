import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newNodeId } from '../../../server/core/new-report.ts';
import { systemIds } from '../../../server/system.ts';
import type { HistoryPage } from '../../../shared/api/history.ts';
import type { Home } from '../../../shared/api/home.ts';
import type { Target, ThreadsDone, ThreadsState } from '../../../shared/api/threads.ts';
import type { ApiError } from '../../../shared/api.ts';
import { DISPOSITIONS } from '../../../shared/threads/thread.ts';
import { createMemoryStorage } from '../../support/memory-storage.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';

const WORDS = '审批平均用时由46个工作日压缩至**个工作日。对条件成熟的项目容缺受理。';
const server: TestServer = await startTestServer();
const owner: Person = await server.person('周砚秋', true);
const editor: Person = await server.person('贺清漪');
const commenter: Person = await server.person('顾亦凡');
const reader: Person = await server.person('读者');
const stranger: Person = await server.person('外人');
let report: TestReport;
let client = 700_000;

beforeEach(async () => {
  report = await newReport(server);
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

async function newReport(on: TestServer): Promise<TestReport> {
  const id = newNodeId(systemIds);
  const members = [
    [owner, 'owner'],
    [editor, 'editor'],
    [commenter, 'commenter'],
    [reader, 'reader'],
  ] as const;
  return on.report(members, {
    beginning: 'import',
    content: {
      title: '报告',
      nodes: [{ id, kind: 'chapter', heading: '工作情况', form: 'own-line', parent: null }],
      texts: new Map([[id, [{ kind: 'paragraph', text: WORDS, line: 1 }]]]),
    },
  });
}

async function ask<Value>(person: Person, method: string, rest: string, body?: unknown): Promise<{ status: number; json: Value }> {
  const answer = await server.request(person, method, `/api/reports/${report.id}${rest}`, body);
  return { status: answer.status, json: (await answer.json()) as Value };
}
const codeOf = ({ status, json }: { status: number; json: unknown }) => [status, (json as ApiError).error.code];
const list = async (person: Person = owner) => (await ask<ThreadsState>(person, 'GET', '/threads')).json;
const command = (person: Person, body: unknown) => ask<ThreadsDone>(person, 'POST', '/threads', body);
const said = (text: string, mentions: readonly unknown[] = []) => ({ text, mentions });

async function write(person: Person): Promise<Y.Text> {
  const doc = new Y.Doc();
  client += 1;
  doc.clientID = client;
  const room = await server.room(person, report, { doc });
  await room.synced();
  return doc.getText('t');
}

/** The target of some words, as a browser would name it. */
async function on(words: string): Promise<Target> {
  const text = await write(owner);
  const ids: [number, number, number][] = [];
  let left = text.toString().indexOf(words);
  let length = words.length;
  for (let item = text._start; item !== null && length > 0; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const skip = Math.min(left, item.length);
    left -= skip;
    const take = Math.min(item.length - skip, length);
    if (take > 0) ids.push([item.id.client, item.id.clock + skip, take]);
    length -= take;
  }
  return { on: 'text', chapter: report.chapter, ids };
}
async function start(person: Person, words: string, text: string, more: Record<string, unknown> = {}) {
  return command(person, { op: 'start', target: await on(words), body: said(text), to: null, due: null, ...more });
}

describe('threads over HTTP and sockets', () => {
  test('[TH13] home tells what was asked of me, what names me and what answers me, until I have said something or it is closed', async () => {
    const waiting = async (person: Person) => {
      const { todos } = (await (await server.request(person, 'GET', '/api/home')).json()) as Home;
      const mine = todos.filter((todo) => todo.report === report.id && todo.thread !== null);
      return mine.map(({ kind, count, due, thread, places }) => [kind, count, due, thread, places.map(({ node }) => node)]);
    };
    const at = [report.chapter];
    const mention = { member: editor.account.id, at: 0, length: 4 };
    const asked = (await start(commenter, '平均用时', '请办', { to: editor.account.id, due: '2026-12-04' })).json.seq;
    const second = (await start(commenter, '容缺受理', '也请办', { to: editor.account.id, due: '2026-12-01' })).json.seq;
    const named = (await start(commenter, '工作日', '@贺清漪 看', { body: said('@贺清漪 看', [mention]) })).json.seq;
    expect(await waiting(editor)).toEqual([
      ['threadAsked', 2, '2026-12-01', asked, at],
      ['threadNamed', 1, null, named, at],
    ]);
    expect(await waiting(commenter)).toEqual([]);
    expect(await waiting(reader)).toEqual([]);
    await command(editor, { op: 'reply', thread: named, body: said('看过了') });
    await command(editor, { op: 'close', thread: second, disposition: 'adopted', reason: '' });
    expect(await waiting(editor)).toEqual([['threadAsked', 1, '2026-12-04', asked, at]]);
    expect(await waiting(commenter)).toEqual([['threadAnswered', 1, null, named, at]]);
    await command(commenter, { op: 'reply', thread: named, body: said('好') });
    expect(await waiting(commenter)).toEqual([]);
    await ask(owner, 'POST', '/outline', { op: 'remove', node: report.chapter });
    expect(await waiting(editor)).toEqual([]);
  });

  test('[TH10] a sitting tells what was said about which words, cut short, and what was taken back without its words', async () => {
    const long = '请补充依据。'.repeat(20);
    const { seq } = (await start(commenter, '平均用时由46个工作日压缩至**个工作日', long, { to: editor.account.id })).json;
    const reply = (await command(editor, { op: 'reply', thread: seq, body: said('这句话会撤回') })).json.seq;
    await command(editor, { op: 'delete', thread: seq, comment: reply });
    await command(owner, { op: 'close', thread: seq, disposition: 'partly', reason: '补起算点' });
    const told = async (query: string) => {
      const { json } = await ask<HistoryPage>(owner, 'GET', `/history?${query}`);
      return json.sittings.flatMap(({ others }) => others.flatMap((one) => (one.kind === 'thread' ? [one] : [])));
    };
    const quote = '平均用时由46个工作日压缩至**…';
    const place = { thread: seq, node: report.chapter, quote };
    const events = (await told('')).map(({ by, event }) => ({ by, event }));
    expect(events).toEqual([
      {
        by: commenter.account.id,
        event: { ...place, op: 'start', comment: seq, words: `${long.slice(0, 60)}…`, to: editor.account.id },
      },
      { by: editor.account.id, event: { ...place, op: 'reply', comment: reply, words: '' } },
      { by: editor.account.id, event: { ...place, op: 'delete' } },
      { by: owner.account.id, event: { ...place, op: 'close', disposition: 'partly', reason: '补起算点' } },
    ]);
    expect((await told(`chapter=${report.chapter}&kind=thread&member=${editor.account.id}`)).map(({ event }) => event.op)).toEqual([
      'reply',
      'delete',
    ]);
  });

  test('[TH2] a commenter comments on words and cannot change one; the quote is the server’s own', async () => {
    const done = await start(commenter, '平均用时', '自受理之日起算吗？');
    expect(done.status).toBe(201);
    const { threads, places } = await list(reader);
    expect(threads).toMatchObject([
      {
        id: done.json.seq,
        by: commenter.account.id,
        anchor: {
          on: 'text',
          quote: '平均用时',
          before: '审批',
          after: '由46个工作日压缩至**个工作日。对条件成熟的项目容缺受理。'.slice(0, 32),
        },
      },
    ]);
    expect(places).toMatchObject([{ id: done.json.seq, state: 'there', node: report.chapter, order: 2, goneAt: 0, changedSince: false }]);
    const doc = new Y.Doc();
    client += 1;
    doc.clientID = client;
    const room = await server.room(commenter, report, { doc });
    await room.synced();
    doc.getText('t').insert(0, '改');
    await room.until(() => room.all('reject').length > 0, 'the refusal of a commenter’s writing');
  });

  test('[TH2] a reader, a stranger and somebody signed out say nothing; a quote or an author cannot be sent along', async () => {
    const target = await on('平均用时');
    const asked = { op: 'start', target, body: said('说'), to: null, due: null };
    expect(codeOf(await command(reader, asked))).toEqual([403, 'forbidden']);
    expect(codeOf(await command(stranger, asked))).toEqual([404, 'not-found']);
    expect((await server.request(null, 'POST', `/api/reports/${report.id}/threads`, asked)).status).toBe(401);
    for (const forged of [
      { ...asked, by: owner.account.id },
      { ...asked, author: owner.account.id },
      { ...asked, target: { ...target, quote: '从未写过的话' } },
      { ...asked, body: { ...said('说'), html: '<b>说</b>' } },
    ])
      expect(codeOf(await command(commenter, forged))).toEqual([400, 'bad-request']);
    expect((await list()).threads).toEqual([]);
  });

  test('[TH2] a chapter that is not in the report, or in the trash, takes no thread', async () => {
    const other = await newReport(server);
    const target = { ...(await on('平均用时')), chapter: other.chapter };
    expect(codeOf(await command(editor, { op: 'start', target, body: said('说'), to: null, due: null }))).toEqual([404, 'no-such-chapter']);
    const node = { on: 'node', node: other.chapter };
    expect(codeOf(await command(editor, { op: 'start', target: node, body: said('说'), to: null, due: null }))).toEqual([
      404,
      'no-such-chapter',
    ]);
    const there = await start(editor, '平均用时', '说');
    await ask(owner, 'POST', '/outline', { op: 'remove', node: report.chapter });
    const own = { on: 'node', node: report.chapter };
    expect(codeOf(await command(editor, { op: 'start', target: own, body: said('说'), to: null, due: null }))).toEqual([
      404,
      'no-such-chapter',
    ]);
    expect((await list()).places).toMatchObject([{ id: there.json.seq, state: 'trashed' }]);
  });

  test('[TH2] 5 MB of comment are refused by a code; markup is words like any other', async () => {
    const huge = await start(commenter, '平均用时', 'x'.repeat(5_000_000));
    expect(codeOf(huge)).toEqual([413, 'too-big']);
    expect(codeOf(await start(commenter, '平均用时', 'x'.repeat(10_001)))).toEqual([400, 'comment-bad-text']);
    const markup = '<script>alert(1)</script> [链接](javascript:alert(1))';
    expect((await start(commenter, '平均用时', markup)).status).toBe(201);
    expect((await list()).threads[0]?.comments[0]?.body.text).toBe(markup);
  });

  test('[TH4] entries about threads reach every open page as they are, under the session’s name', async () => {
    const watcher = await server.dial(reader, report.id);
    const { json } = await start(commenter, '容缺受理', '依据是什么？');
    await command(editor, { op: 'reply', thread: json.seq, body: said('已附依据') });
    await watcher.until(() => watcher.all('entry').filter(({ entry }) => entry?.kind === 'thread').length === 2, 'both entries');
    const [first, second] = watcher.all('entry').flatMap(({ entry }) => (entry?.kind === 'thread' ? [entry] : []));
    expect(first).toMatchObject({ author: commenter.account.id, event: { op: 'start', body: { text: '依据是什么？' } } });
    expect(second).toMatchObject({ author: editor.account.id, event: { op: 'reply', thread: json.seq } });
  });

  test('[TH5] only who decides about the text closes with a disposition; declined asks why', async () => {
    const { json } = await start(commenter, '容缺受理', '建议删去');
    const close = (person: Person, disposition: string, reason = '') =>
      command(person, { op: 'close', thread: json.seq, disposition, reason });
    expect(codeOf(await close(commenter, 'adopted'))).toEqual([403, 'forbidden']);
    expect(codeOf(await close(editor, 'declined'))).toEqual([400, 'thread-reason']);
    expect((await close(editor, 'declined', '已在实施方案中明确')).status).toBe(201);
    expect(codeOf(await close(owner, 'adopted'))).toEqual([409, 'thread-closed']);
    expect((await list()).threads[0]?.closed).toMatchObject({ by: editor.account.id, disposition: 'declined' });
    expect(DISPOSITIONS).toContain('declined');
  });

  test('[TH3] text that is deleted leaves its quote and the entry that did it; it is hung elsewhere by who began it', async () => {
    const { json } = await start(commenter, '容缺受理', '依据？');
    const text = await write(editor);
    text.delete(text.toString().indexOf('容缺受理'), 4);
    await expect.poll(async () => (await list()).places[0]?.state).toBe('gone');
    const { places, threads, seq } = await list();
    expect(places[0]).toMatchObject({ state: 'gone', goneAt: seq, node: report.chapter });
    expect(threads[0]?.anchor.quote).toBe('容缺受理');
    const target = await on('条件成熟');
    expect((await command(commenter, { op: 'reattach', thread: json.seq, target })).status).toBe(201);
    expect((await list()).places[0]).toMatchObject({ state: 'there' });
    expect((await list()).threads[0]?.anchor.quote).toBe('条件成熟');
  });

  test('[TH6] the edit that answers a thread is found by the server, and told when it is changed after it was adopted', async () => {
    const { json } = await start(commenter, '平均用时', '起算点？');
    expect(codeOf(await command(editor, { op: 'link', thread: json.seq, after: json.seq }))).toEqual([409, 'thread-nothing']);
    const text = await write(editor);
    const before = (await list()).seq;
    text.insert(text.toString().indexOf('由46个'), '（自受理之日起算）');
    await expect.poll(async () => (await list()).seq).toBeGreaterThan(before);
    expect((await command(editor, { op: 'link', thread: json.seq, after: before })).status).toBe(201);
    await command(editor, { op: 'close', thread: json.seq, disposition: 'adopted', reason: '' });
    expect((await list()).threads[0]?.links[0]?.answer).toEqual({ by: 'edit', chapter: report.chapter, from: before + 1, to: before + 1 });
    expect((await list()).places[0]?.changedSince).toBe(false);
    text.delete(text.toString().indexOf('受理之日'), 4);
    await expect.poll(async () => (await list()).places[0]?.changedSince).toBe(true);
  });

  test('[TH7] a thousand threads on one paragraph are listed with their places', async () => {
    const target = await on('平均用时');
    for (let index = 0; index < 1_000; index += 1) {
      const done = await command(index % 2 === 0 ? commenter : editor, {
        op: 'start',
        target,
        body: said(`第${index}条`),
        to: null,
        due: null,
      });
      expect(done.status).toBe(201);
    }
    const { threads, places } = await list();
    expect([threads.length, places.length]).toEqual([1_000, 1_000]);
    expect(places.every(({ state, order }) => state === 'there' && order === 2)).toBe(true);
  });
});

test('[TH4] threads are there after the server was started again', async () => {
  const storage = createMemoryStorage();
  const first = await startTestServer({ storage });
  const [one, two] = [await first.person('甲', true), await first.person('乙')];
  const made = await first.report([
    [one, 'owner'],
    [two, 'commenter'],
  ]);
  const asked = { op: 'start', target: { on: 'node', node: made.chapter }, body: said('全章太长'), to: one.account.id, due: '2026-01-08' };
  const done = (await (await first.request(two, 'POST', `/api/reports/${made.id}/threads`, asked)).json()) as ThreadsDone;
  await first.close();
  const second = await startTestServer({ storage });
  const state = (await (await second.request(one, 'GET', `/api/reports/${made.id}/threads`)).json()) as ThreadsState;
  expect(state.threads).toMatchObject([
    {
      id: done.seq,
      by: two.account.id,
      anchor: { on: 'node', quote: '一、工作情况' },
      assigned: { to: one.account.id, due: '2026-01-08' },
    },
  ]);
  await second.close();
});
