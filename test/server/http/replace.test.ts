import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ChapterBlame } from '../../../shared/api/history.ts';
import type { ReplaceDone, ReplacePreview, ReplaceUndone } from '../../../shared/api/replace.ts';
import type { ApiError, AuthorAt, OutlineDone, ReportState } from '../../../shared/api.ts';
import type { ChapterId } from '../../../shared/ids.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import type { WsClient } from '../../support/ws-client.ts';

const server: TestServer = await startTestServer();
const owner: Person = await server.person('主人', true);
const editor: Person = await server.person('编者');
const reader: Person = await server.person('读者');
let report: TestReport;
let doc: Y.Doc;
let room: WsClient;
let client = 800_000;

const LOOSE = { matchCase: false, matchWidth: false };

beforeEach(async () => {
  report = await server.report([
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ]);
  ({ doc, room } = await write(report.chapter, '全市防讯工作有序，防讯物资齐全。'));
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

async function write(chapter: ChapterId, words: string): Promise<{ doc: Y.Doc; room: WsClient }> {
  const own = new Y.Doc();
  client += 1;
  own.clientID = client;
  const socket = await server.room(owner, { ...report, chapter }, { doc: own });
  await socket.synced();
  own.getText('t').insert(0, words);
  await socket.untilAcked();
  return { doc: own, room: socket };
}

async function ask<Value>(person: Person, method: string, rest: string, body?: unknown): Promise<{ status: number; json: Value }> {
  const answer = await server.request(person, method, `/api/reports/${report.id}${rest}`, body);
  return { status: answer.status, json: (await answer.json()) as Value };
}
const codeOf = ({ status, json }: { status: number; json: unknown }) => [status, (json as ApiError).error.code];
const look = async (person: Person, find: string, replacement: string, options = LOOSE) =>
  (await ask<ReplacePreview>(person, 'POST', '/replace/preview', { find, replacement, options })).json;
async function replace(person: Person, find: string, replacement: string): Promise<ReplaceDone> {
  const { stamp } = await look(person, find, replacement);
  const done = await ask<ReplaceDone>(person, 'POST', '/replace', { find, replacement, options: LOOSE, stamp });
  expect(done.status).toBe(201);
  return done.json;
}
const textOf = async (chapter = report.chapter): Promise<string> =>
  (await server.request(owner, 'GET', `/api/reports/${report.id}/chapters/${chapter}/text`)).text();
const words = () => doc.getText('t').toString();
async function addChapter(heading: string): Promise<ChapterId> {
  const added = await ask<OutlineDone>(owner, 'POST', '/outline', { op: 'add', kind: 'chapter', heading, parent: null, before: null });
  return added.json.node as ChapterId;
}

describe('finding and replacing over the whole report', () => {
  test('[FR2] every place is shown in context, title and headings too, and nothing is changed', async () => {
    const other = await addChapter('防讯准备');
    await write(other, '一是防讯演练。');
    const { seq } = (await ask<ReportState>(owner, 'GET', '')).json;
    const preview = await look(owner, '防讯', '防汛');
    expect(preview.total).toBe(4);
    expect(preview.places.map(({ where, count, open }) => [where, count, open])).toEqual([
      ['heading', 1, true],
      ['text', 2, true],
      ['text', 1, true],
    ]);
    expect(preview.places[1]?.hits[1]).toEqual({ before: '全市防讯工作有序，', hit: '防讯', after: '物资齐全。' });
    expect((await ask<ReportState>(owner, 'GET', '')).json.seq).toBe(seq);
  });

  test('[FR3] all are replaced in entries that stand together, with the member as writer of the new words only', async () => {
    const other = await addChapter('防讯准备');
    await write(other, '一是防讯演练。');
    const { seq } = (await ask<ReportState>(owner, 'GET', '')).json;
    const done = await replace(editor, '防讯', '防汛');
    expect(done).toMatchObject({ replaced: 4, seq: seq + 3 });
    await room.until(() => words() === '全市防汛工作有序，防汛物资齐全。', 'the replacement in an open room');
    expect(await textOf(other)).toBe('一是防汛演练。');
    expect((await ask<ReportState>(owner, 'GET', '')).json.outline.nodes.at(-1)?.heading).toBe('防汛准备');
    const blame = (await ask<ChapterBlame>(owner, 'GET', `/chapters/${report.chapter}/blame`)).json;
    const runs = blame.blocks[0]?.runs ?? [];
    const by = (index: number) => blame.credits[runs[index]?.by ?? -1];
    expect([by(0)?.author, by(1)?.author, by(1)?.via]).toEqual([owner.account.id, editor.account.id, 'replace']);
    const author = await ask<AuthorAt>(owner, 'GET', `/chapters/${report.chapter}/author?client=2&clock=0`);
    expect(author.json).toMatchObject({ author: editor.account.id, via: 'replace' });
  });

  test('[FR4] it is taken back as one, with the first writers; what others wrote meanwhile stays', async () => {
    const done = await replace(editor, '防讯', '防汛抗旱');
    await room.until(() => words().startsWith('全市防汛抗旱'), 'the replacement');
    // Somebody writes beside a place and rewrites another.
    const text = doc.getText('t');
    text.insert(2, '各地');
    text.delete(words().indexOf('抗旱物资'), 2);
    await room.untilAcked();
    expect(words()).toBe('全市各地防汛抗旱工作有序，防汛物资齐全。');
    const undone = await ask<ReplaceUndone>(editor, 'POST', '/replace/undo', done.undo);
    expect(undone).toMatchObject({ status: 201, json: { restored: 1, left: 1 } });
    expect(await textOf()).toBe('全市各地防讯工作有序，防汛物资齐全。');
    await room.until(() => words() === '全市各地防讯工作有序，防汛物资齐全。', 'the first place as it was');
    const blame = (await ask<ChapterBlame>(owner, 'GET', `/chapters/${report.chapter}/blame`)).json;
    const credits = (blame.blocks[0]?.runs ?? []).map((run) => blame.credits[run.by]);
    expect(credits.find((credit) => credit?.movedBy?.member === editor.account.id)?.author).toBe(owner.account.id);
    // Only the place that was rewritten since keeps the editor's words.
    expect(credits.filter((credit) => credit?.author === editor.account.id)).toHaveLength(1);
    expect(codeOf(await ask(editor, 'POST', '/replace/undo', { texts: done.undo.texts.slice(0, 0), lines: [] }))).toEqual([
      409,
      'replace-nothing',
    ]);
  });

  test('[FR4] taking words out is taken back in their places', async () => {
    const done = await replace(owner, '防讯', '');
    expect(await textOf()).toBe('全市工作有序，物资齐全。');
    const undone = await ask<ReplaceUndone>(owner, 'POST', '/replace/undo', done.undo);
    expect(undone.json).toMatchObject({ restored: 2, left: 0 });
    expect(await textOf()).toBe('全市防讯工作有序，防讯物资齐全。');
  });

  test('[FR5] what the person has not seen is not replaced, and nobody takes back what another replaced', async () => {
    const { stamp } = await look(editor, '防讯', '防汛');
    doc.getText('t').insert(0, '防讯！');
    await room.untilAcked();
    const late = await ask(editor, 'POST', '/replace', { find: '防讯', replacement: '防汛', options: LOOSE, stamp });
    expect(codeOf(late)).toEqual([409, 'replace-moved']);
    expect(await textOf()).toBe('防讯！全市防讯工作有序，防讯物资齐全。');
    const done = await replace(editor, '防讯', '防汛');
    expect(codeOf(await ask(owner, 'POST', '/replace/undo', done.undo))).toEqual([409, 'replace-nothing']);
  });

  test('[FR5] a reader may look and not replace', async () => {
    const preview = await look(reader, '防讯', '防汛');
    expect([preview.total, preview.places[0]?.open]).toEqual([2, false]);
    const refused = await ask(reader, 'POST', '/replace', { find: '防讯', replacement: '防汛', options: LOOSE, stamp: preview.stamp });
    expect(codeOf(refused)).toEqual([403, 'forbidden']);
  });

  test.each([
    [{ find: '', replacement: '甲' }],
    [{ find: '甲\n乙', replacement: '' }],
    [{ find: '甲', replacement: '乙\u0000' }],
    [{ find: '甲'.repeat(201), replacement: '' }],
    [{ find: '甲', replacement: '乙'.repeat(1_001) }],
  ])('[FR5] text that is no line of text is refused: %#', async (body) => {
    const answer = await ask(owner, 'POST', '/replace/preview', { ...body, options: LOOSE });
    expect(codeOf(answer)).toEqual([400, 'bad-request']);
  });
});
