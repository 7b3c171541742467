import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { newNodeId } from '../../../server/core/new-report.ts';
import { systemIds } from '../../../server/system.ts';
import type { BlanksState, BlankView, FillDone } from '../../../shared/api/blanks.ts';
import type { ChapterBlame, HistoryPage } from '../../../shared/api/history.ts';
import type { Home } from '../../../shared/api/home.ts';
import type { ApiError, AuthorAt, ReportState } from '../../../shared/api.ts';
import { NO_BLANKS, reduceBlanks } from '../../../shared/blanks/fold.ts';
import { decodeEntry } from '../../../shared/log/codec.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import type { WsClient } from '../../support/ws-client.ts';

const WORDS = '全年召开会议**次、集中研讨*次。先后与**党支部结对，每天5*8小时值守。';
const server: TestServer = await startTestServer();
const owner: Person = await server.person('主人', true);
const editor: Person = await server.person('编者');
const commenter: Person = await server.person('评者');
const reader: Person = await server.person('读者');
let report: TestReport;
let client = 900_000;

beforeEach(async () => {
  const id = newNodeId(systemIds);
  report = await server.report(
    [
      [owner, 'owner'],
      [editor, 'editor'],
      [commenter, 'commenter'],
      [reader, 'reader'],
    ],
    {
      beginning: 'import',
      content: {
        title: '报告',
        nodes: [{ id, kind: 'chapter', heading: '工作情况', form: 'own-line', parent: null }],
        texts: new Map([[id, [{ kind: 'paragraph', text: WORDS, line: 1 }]]]),
      },
    },
  );
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

async function ask<Value>(person: Person, method: string, rest: string, body?: unknown): Promise<{ status: number; json: Value }> {
  const answer = await server.request(person, method, `/api/reports/${report.id}${rest}`, body);
  return { status: answer.status, json: (await answer.json()) as Value };
}
const codeOf = ({ status, json }: { status: number; json: unknown }) => [status, (json as ApiError).error.code];
const list = async (person: Person = owner): Promise<readonly BlankView[]> =>
  (await ask<BlanksState>(person, 'GET', '/blanks')).json.blanks;
const blank = async (index: number): Promise<BlankView> => (await list())[index]!;
const assign = async (indexes: readonly number[], to: Person | null, due: string | null = null) => {
  const all = await list();
  return ask(owner, 'POST', '/blanks', { op: 'assign', blanks: indexes.map((index) => all[index]!.id), to: to?.account.id ?? null, due });
};
const fill = async (person: Person, index: number, value: string, more: Record<string, unknown> = {}) => {
  const { id, mask } = await blank(index);
  return ask<FillDone>(person, 'POST', '/blanks/fill', { blank: id, was: mask, value, source: '', sure: false, ...more });
};
const text = async (): Promise<string> =>
  (await server.request(owner, 'GET', `/api/reports/${report.id}/chapters/${report.chapter}/text`)).text();
async function write(person: Person): Promise<{ doc: Y.Doc; room: WsClient }> {
  const doc = new Y.Doc();
  client += 1;
  doc.clientID = client;
  const room = await server.room(person, report, { doc });
  await room.synced();
  return { doc, room };
}

describe('blanks over HTTP and sockets', () => {
  test('[BL1] masks of the title and of headings are listed in their places, and filled there by whoever may change them', async () => {
    const { outline } = (await ask<ReportState>(owner, 'GET', '')).json;
    await ask(owner, 'POST', '/outline', { op: 'title', was: outline.title, title: '关于**年工作的报告' });
    await ask(owner, 'POST', '/outline', { op: 'heading', node: report.chapter, was: '工作情况', heading: '走访**社区**次' });
    const all = await list();
    expect(all.slice(0, 4).map(({ where, mask, unit, before }) => [where, mask, unit, before])).toEqual([
      ['title', '**', '年', '关于'],
      ['heading', '**', null, '走访'],
      ['heading', '**', '次', '走访**社区'],
      ['text', '**', '次', '全年召开会议'],
    ]);
    const put = (person: Person, index: number, value: string) =>
      ask(person, 'POST', '/blanks/fill', { blank: all[index]!.id, was: '**', value, source: '', sure: false });
    expect(codeOf(await put(reader, 0, '2026'))).toEqual([403, 'forbidden']);
    expect((await put(editor, 2, '12次')).status).toBe(201);
    expect((await put(editor, 0, '2026')).status).toBe(201);
    const now = (await ask<ReportState>(owner, 'GET', '')).json.outline;
    expect([now.title, now.nodes[0]?.heading]).toEqual(['关于2026年工作的报告', '走访**社区12次']);
    expect(codeOf(await put(editor, 2, '13'))).toEqual([404, 'no-such-blank']);
  });

  test('[BL1] every mask of the text is listed with its sentence, unit and chapter, for everybody who reads', async () => {
    expect((await list(reader)).map(({ state, mask, unit, kind, chapter, guess }) => [state, mask, unit ?? kind, chapter, guess])).toEqual([
      ['open', '**', '次', report.chapter, null],
      ['open', '*', '次', report.chapter, null],
      ['open', '**', 'name', report.chapter, null],
      ['open', '*', 'number', report.chapter, 'times'],
    ]);
    expect(await blank(0)).toMatchObject({ before: '全年召开会议', after: '次、集中研讨*次。' });
  });

  test('[BL3] filling writes the value under the filler’s name, in one step with its source, seen in open rooms at once', async () => {
    const { doc, room } = await write(owner);
    const done = await fill(editor, 0, '１２次', { source: '会议台账' });
    expect(done).toMatchObject({ status: 201, json: { value: '12' } });
    await room.until(() => doc.getText('t').toString().startsWith('全年召开会议12次'), 'the value in an open room');
    expect(await text()).toBe(WORDS.replace('**次', '12次'));
    const author = await ask<AuthorAt>(owner, 'GET', `/chapters/${report.chapter}/author?client=2&clock=${WORDS.length + 1}`);
    expect([author.json.author, author.json.via]).toEqual([editor.account.id, 'blank']);
    const view = await blank(0);
    expect(view).toMatchObject({ state: 'filled', value: '12', mask: '**', before: '全年召开会议' });
    expect(view.filled).toMatchObject({ by: editor.account.id, seq: done.json.seq, byHand: false, source: '会议台账', rivals: [] });
    const blame = (await ask<ChapterBlame>(owner, 'GET', `/chapters/${report.chapter}/blame`)).json;
    const own = (blame.blocks[0]?.runs ?? []).filter((run) => blame.credits[run.by]?.author === editor.account.id);
    expect(own.flatMap((run) => run.ids.map(([, , length]) => length))).toEqual([2]);
  });

  test('[BL4] somebody who may not write fills what was assigned to them, and nothing else', async () => {
    expect(codeOf(await fill(reader, 0, '12'))).toEqual([403, 'forbidden']);
    expect((await assign([0], reader, '2026-12-01')).status).toBe(200);
    expect((await blank(0)).assigned).toMatchObject({ to: reader.account.id, due: '2026-12-01', by: owner.account.id });
    expect((await fill(reader, 0, '12')).status).toBe(201);
    expect(codeOf(await fill(reader, 1, '3'))).toEqual([403, 'forbidden']);
    expect(codeOf(await fill(commenter, 2, '红旗'))).toEqual([403, 'forbidden']);
    // Their own slip they put right; what somebody else wrote there they do not.
    const again = async (was: string, value: string) => {
      const { id } = await blank(0);
      return ask<FillDone>(reader, 'POST', '/blanks/fill', { blank: id, was, value, source: '', sure: false });
    };
    expect((await again('12', '13')).status).toBe(201);
    const { id } = await blank(0);
    await ask(editor, 'POST', '/blanks/fill', { blank: id, was: '13', value: '14', source: '', sure: false });
    expect(codeOf(await again('14', '15'))).toEqual([403, 'forbidden']);
    const manage = await ask(reader, 'POST', '/blanks', { op: 'dismiss', blank: (await blank(1)).id, reason: '是乘号' });
    expect(codeOf(manage)).toEqual([403, 'forbidden']);
    // On the socket they may write no more than before.
    const { doc, room } = await write(reader);
    doc.getText('t').insert(0, '多');
    await room.hear('reject');
    expect((await text()).startsWith('全年')).toBe(true);
  });

  test('[BL4] in the archive nobody fills and nobody assigns', async () => {
    await assign([0], reader);
    await ask(owner, 'POST', '/lifecycle', { op: 'archive' });
    for (const person of [owner, editor, reader]) expect(codeOf(await fill(person, 0, '12'))).toEqual([403, 'forbidden']);
    expect(codeOf(await assign([1], editor))).toEqual([403, 'forbidden']);
  });

  test('[BL5] a value is judged by its unit: what cannot stand is refused, what looks wrong stands when its writer is sure', async () => {
    expect(codeOf(await fill(editor, 0, ' '))).toEqual([400, 'blank-bad-value']);
    expect(codeOf(await fill(editor, 0, '**'))).toEqual([400, 'blank-bad-value']);
    const doubt = await fill(editor, 0, '3.5');
    expect(codeOf(doubt)).toEqual([409, 'blank-doubt']);
    expect((doubt.json as unknown as ApiError).error.details).toMatchObject({ doubts: ['not-whole'] });
    expect(await text()).toBe(WORDS);
    expect((await fill(editor, 0, '3.5', { sure: true })).status).toBe(201);
    expect((await text()).startsWith('全年召开会议3.5次')).toBe(true);
  });

  test('[BL8] of two who fill the same blank at once one wins, and the other is told what stands there and by whom', async () => {
    const { id } = await blank(0);
    const command = { blank: id, was: '**', source: '', sure: false };
    const answers = await Promise.all([
      ask<FillDone>(owner, 'POST', '/blanks/fill', { ...command, value: '12' }),
      ask<FillDone>(editor, 'POST', '/blanks/fill', { ...command, value: '15' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const won = answers[0]!.status === 201 ? { value: '12', by: owner } : { value: '15', by: editor };
    const lost = answers.find(({ status }) => status === 409)!;
    expect(codeOf(lost)).toEqual([409, 'blank-filled']);
    expect((lost.json as unknown as ApiError).error.details).toEqual({ is: won.value, by: won.by.account.id });
    expect((await text()).startsWith(`全年召开会议${won.value}次`)).toBe(true);
  });

  test('[BL8] a filling waits for what is being typed there, so that no two values stand side by side', async () => {
    const { doc, room } = await write(editor);
    const { id } = await blank(0);
    const opened = (await server.app.reports.open(report.id))!;
    server.storage.hold();
    const body = doc.getText('t');
    const at = body.toString().indexOf('**');
    doc.transact(() => {
      body.delete(at, 2);
      body.insert(at, '15');
    });
    const vector = (which: 'admitted' | 'committed') => opened.stateVector(report.chapter, which).join();
    await vi.waitFor(() => expect(vector('admitted')).not.toBe(vector('committed')));
    const filling = ask<FillDone>(owner, 'POST', '/blanks/fill', { blank: id, was: '**', value: '12', source: '', sure: false });
    server.storage.release();
    expect(codeOf(await filling)).toEqual([409, 'blank-filled']);
    await room.untilAcked();
    expect((await text()).startsWith('全年召开会议15次')).toBe(true);
  });

  test('[BL6] what is typed over a mask counts as filled by its writer, and gets its source afterwards', async () => {
    const { doc, room } = await write(editor);
    const body = doc.getText('t');
    const at = body.toString().indexOf('**');
    body.delete(at, 2);
    body.insert(at, '12');
    await room.untilAcked();
    const view = await blank(0);
    expect([view.state, view.value, view.filled?.by, view.filled?.byHand, view.filled?.source]).toEqual([
      'filled',
      '12',
      editor.account.id,
      true,
      '',
    ]);
    await ask(editor, 'POST', '/blanks', { op: 'source', blank: view.id, source: '会议台账' });
    expect((await blank(0)).filled?.source).toBe('会议台账');
    // Of another value the source says nothing.
    body.delete(at, 2);
    body.insert(at, '13');
    await room.untilAcked();
    expect((await blank(0)).filled).toMatchObject({ source: '' });
  });

  test('[BL9] what is no blank is said so with reason and name, counts no more, and can be claimed again', async () => {
    const { id } = await blank(3);
    expect((await ask(editor, 'POST', '/blanks', { op: 'dismiss', blank: id, reason: '是乘号' })).status).toBe(200);
    expect((await blank(3)).dismissed).toMatchObject({ by: editor.account.id, reason: '是乘号' });
    expect((await blank(3)).state).toBe('dismissed');
    const state = await ask<ReportState>(owner, 'GET', '');
    expect(state.json.figures[report.chapter]?.blanks).toBe(3);
    await ask(owner, 'POST', '/blanks', { op: 'claim', blank: id });
    expect((await blank(3)).state).toBe('open');
    expect(codeOf(await ask(editor, 'POST', '/blanks', { op: 'dismiss', blank: id, reason: '  ' }))).toEqual([400, 'bad-request']);
  });

  test('[BL10] a filling is taken back by whoever made it, and the blank is the same one, still assigned', async () => {
    await assign([0], reader, '2026-12-01');
    const { id } = await blank(0);
    const { seq } = (await fill(reader, 0, '12', { source: '台账' })).json;
    expect(codeOf(await ask(editor, 'POST', '/blanks/fill/undo', { seq }))).toEqual([403, 'forbidden']);
    expect((await ask(reader, 'POST', '/blanks/fill/undo', { seq })).status).toBe(201);
    expect(await text()).toBe(WORDS);
    const view = await blank(0);
    expect([view.id, view.state, view.assigned?.to, view.filled]).toEqual([id, 'open', reader.account.id, null]);
    expect(codeOf(await ask(reader, 'POST', '/blanks/fill/undo', { seq }))).toEqual([409, 'blank-nothing']);
  });

  test('[BL7] a blank that was assigned and is deleted with its text is told as gone, and is filled by nobody', async () => {
    await assign([2], editor);
    const { id } = await blank(2);
    const { doc, room } = await write(owner);
    const body = doc.getText('t');
    body.delete(body.toString().indexOf('先后与'), '先后与**党支部结对，'.length);
    await room.untilAcked();
    const all = await list();
    expect(all.map(({ state }) => state)).toEqual(['open', 'open', 'open', 'gone']);
    expect(all[3]).toMatchObject({ id, mask: '**', before: '先后与', at: [] });
    expect(codeOf(await ask(owner, 'POST', '/blanks/fill', { blank: id, was: '**', value: '红旗', source: '', sure: false }))).toEqual([
      404,
      'no-such-blank',
    ]);
  });

  test('[BL11] every decision is an entry that the report’s socket tells with its event, and the log alone tells the same', async () => {
    const watcher = await server.dial(owner, report.id);
    await watcher.hear('hello');
    await assign([0, 1], editor, '2026-12-01');
    await fill(editor, 0, '12', { source: '台账' });
    const { id } = await blank(2);
    await ask(owner, 'POST', '/blanks', { op: 'dismiss', blank: id, reason: '原文如此' });
    const told = () => watcher.all('entry').flatMap(({ entry }) => (entry?.kind === 'blank' ? [(entry.event as { op: string }).op] : []));
    await watcher.until(() => told().length === 4, 'four decisions');
    expect(told()).toEqual(['assign', 'assign', 'fill', 'dismiss']);
    // The history tells it, the chapter's too.
    for (const query of ['', `?chapter=${report.chapter}`, '?kind=blank']) {
      const page = (await ask<HistoryPage>(owner, 'GET', `/history${query}`)).json;
      const ops = page.sittings[0]?.others.flatMap((one) => (one.kind === 'blank' ? [one.event.op] : []));
      expect([query, ops]).toEqual([query, ['assign', 'assign', 'fill', 'dismiss']]);
    }
    // The same follows from the log alone.
    const opened = (await server.app.reports.open(report.id))!;
    let records = NO_BLANKS;
    for await (const entry of opened.readLog(0, opened.head())) {
      const decoded = decodeEntry(entry);
      if (decoded.kind === 'blank') records = reduceBlanks(records, decoded.event, decoded);
    }
    expect(records).toEqual(opened.fold.blanks);
    expect(records).toHaveLength(3);
  });

  test('[BL12] home tells what I was asked to fill and by when; what others were asked for no longer waits for the owner', async () => {
    const todos = async (person: Person) =>
      ((await (await server.request(person, 'GET', '/api/home')).json()) as Home).todos.filter((todo) => todo.report === report.id);
    expect((await todos(owner)).map(({ kind, count }) => [kind, count])).toEqual([['blanks', 4]]);
    await assign([0], reader, '2026-12-02');
    await assign([1, 2], reader, '2026-12-01');
    expect(await todos(reader)).toEqual([
      expect.objectContaining({
        kind: 'assigned',
        count: 3,
        due: '2026-12-01',
        places: [expect.objectContaining({ node: report.chapter, count: 3 })],
      }),
    ]);
    expect((await todos(owner)).map(({ kind, count }) => [kind, count])).toEqual([['blanks', 1]]);
    for (const [index, value] of [
      [0, '12'],
      [1, '3'],
      [2, '红旗'],
    ] as const)
      await fill(reader, index, value);
    expect(await todos(reader)).toEqual([]);
  });

  test('[BL13] what is asked is checked: unknown blanks, strangers, days that are none, too many and too long', async () => {
    const { id } = await blank(0);
    const stranger = await server.person('外人');
    expect(codeOf(await ask(owner, 'POST', '/blanks', { op: 'assign', blanks: [id], to: stranger.account.id, due: null }))).toEqual([
      404,
      'no-such-member',
    ]);
    for (const body of [
      { op: 'assign', blanks: [id], to: editor.account.id, due: '2026-02-30' },
      { op: 'assign', blanks: [], to: editor.account.id, due: null },
      { op: 'assign', blanks: ['__proto__'], to: editor.account.id, due: null },
      { op: 'dismiss', blank: id, reason: '字'.repeat(201) },
      { op: 'dismiss', blank: id, reason: '两\n行' },
      { op: 'shred', blank: id },
    ])
      expect(codeOf(await ask(owner, 'POST', '/blanks', body))).toEqual([400, 'bad-request']);
    const nowhere = id.replace(/\d+$/, '999999');
    expect(codeOf(await ask(owner, 'POST', '/blanks', { op: 'claim', blank: nowhere }))).toEqual([404, 'no-such-blank']);
    expect((await server.request(stranger, 'GET', `/api/reports/${report.id}/blanks`)).status).toBe(404);
  });
});
