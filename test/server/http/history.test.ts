import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type {
  Changed,
  ChapterAt,
  ChapterBlame,
  Contributions,
  HistoryPage,
  OutlineAt,
  ReportDiff,
  Story,
} from '../../../shared/api/history.ts';
import type { ApiError } from '../../../shared/api.ts';
import { writeFigures } from '../../support/figures.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import type { WsClient } from '../../support/ws-client.ts';

let server: TestServer;
let owner: Person;
let editor: Person;
let reader: Person;
let report: TestReport;
let room: WsClient;

beforeAll(async () => {
  server = await startTestServer();
  owner = await server.person('主人', true);
  editor = await server.person('编者');
  reader = await server.person('读者');
  report = await server.report([
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ]);
  room = await server.room(owner, report, { doc: new Y.Doc() });
  await room.synced();
  await write(room, (text) => text.insert(0, '会议认为，要压实责任。'));
  server.clock.advance(3_600_000);
  const other = await server.room(editor, report, { doc: new Y.Doc() });
  await other.synced();
  await write(other, (text) => text.insert(5, '各地都'));
  await write(other, (text) => text.delete(0, 5));
  await outline({ op: 'title', was: '测试报告', title: '工作报告' });
  await other.hangUp();
});
afterAll(async () => {
  await room.hangUp();
  await server.close();
  expect(server.troubles).toEqual([]);
});

async function write(client: WsClient, change: (text: Y.Text) => void): Promise<void> {
  change(client.doc!.getText('t'));
  await client.untilAcked();
}

async function outline(command: unknown): Promise<void> {
  expect((await server.request(editor, 'POST', path('/outline'), command)).status).toBe(200);
}

const path = (rest = ''): string => `/api/reports/${report.id}${rest}`;
const chapterPath = (rest: string): string => path(`/chapters/${report.chapter}${rest}`);

async function get<Value>(rest: string, person = owner): Promise<Value> {
  const answer = await server.request(person, 'GET', rest);
  expect([rest, answer.status]).toEqual([rest, 200]);
  return (await answer.json()) as Value;
}

async function refusal(rest: string, person: Person | null = owner): Promise<string> {
  const answer = await server.request(person, 'GET', rest);
  return `${answer.status} ${((await answer.json()) as ApiError).error.code}`;
}

describe('the past over HTTP', () => {
  test('[HI10] sittings come newest first, with who did how much and the first words of the largest change', async () => {
    const { head, sittings, next } = await get<HistoryPage>(path('/history'));
    expect(next).toBeNull();
    expect(sittings).toHaveLength(2);
    const [last, first] = sittings;
    expect(last).toMatchObject({ toSeq: head, added: 3, removed: 5, kinds: ['text', 'outline'] });
    expect(last!.members).toEqual([{ id: editor.account.id, added: 3, removed: 5, moved: 0 }]);
    expect(last!.gist).toEqual({ op: 'ins', text: '各地都', chapter: report.chapter, by: editor.account.id });
    expect(last!.outline.map(({ event, by }) => [event.op, by])).toEqual([['title', editor.account.id]]);
    expect(first).toMatchObject({ id: 1, added: 11, removed: 0, gist: { text: '会议认为，要压实责任。' } });
    expect(first!.toSeq).toBe(last!.fromSeq - 1);
  });

  test('[HI10] is paged, and filtered by person, chapter, kind and time', async () => {
    const one = await get<HistoryPage>(path('/history?limit=1'));
    expect(one.next).toBe(one.sittings[0]!.id);
    const two = await get<HistoryPage>(path(`/history?limit=1&before=${one.next}`));
    expect([two.sittings.map(({ id }) => id), two.next]).toEqual([[1], null]);
    const ids = async (query: string) => (await get<HistoryPage>(path(`/history?${query}`))).sittings.map(({ id }) => id);
    const [last, first] = [one.sittings[0]!, two.sittings[0]!];
    expect(await ids(`member=${editor.account.id}`)).toEqual([last.id]);
    expect(await ids(`member=${reader.account.id}`)).toEqual([]);
    expect(await ids(`chapter=${report.chapter}&kind=text`)).toEqual([last.id, 1]);
    expect(await ids('kind=members')).toEqual([1]);
    expect(await ids('kind=signOff,outline')).toEqual([last.id, 1]);
    // One entry has to fit all that is asked for: the owner wrote text, and changed the outline at the beginning only.
    expect(await ids(`member=${owner.account.id}&kind=text`)).toEqual([1]);
    expect(await ids(`member=${editor.account.id}&kind=members`)).toEqual([]);
    expect(await ids('kind=signOff')).toEqual([]);
    expect(await ids(`from=${first.to + 1}`)).toEqual([last.id]);
    expect(await ids(`to=${last.from}`)).toEqual([1]);
  });

  test('[HI10] says how many there are in all, what kinds there are, and of a filtered sitting what was asked for', async () => {
    const busy = await server.report([
      [owner, 'owner'],
      [editor, 'editor'],
    ]);
    const of = (rest: string) => `/api/reports/${busy.id}${rest}`;
    server.clock.advance(3_600_000);
    const mine = await server.room(owner, busy, { doc: new Y.Doc() });
    const theirs = await server.room(editor, busy, { doc: new Y.Doc() });
    await Promise.all([mine.synced(), theirs.synced()]);
    await write(mine, (text) => text.insert(0, '办公室写下的长一些的话。'));
    await write(theirs, (text) => text.insert(0, '要'));
    await mine.hangUp();
    await theirs.hangUp();
    const whole = await get<HistoryPage>(of('/history?limit=1'));
    expect([whole.total, [...whole.kinds].sort()]).toEqual([2, ['members', 'outline', 'text']]);
    expect(whole.sittings[0]).toMatchObject({ added: 13, gist: { text: '办公室写下的长一些的话。', by: owner.account.id } });
    const found = await get<HistoryPage>(of(`/history?member=${editor.account.id}`));
    expect(found).toMatchObject({ total: 1, kinds: whole.kinds });
    expect(found.sittings[0]).toMatchObject({ id: whole.sittings[0]!.id, added: 1, gist: { text: '要', by: editor.account.id } });
  });

  test('[HI10] tells members, particulars and names of revisions as they stand in the log; a name is found where it points', async () => {
    const quiet = await server.report([
      [owner, 'owner'],
      [reader, 'reader'],
    ]);
    const of = (rest: string) => `/api/reports/${quiet.id}${rest}`;
    const first = (await get<HistoryPage>(of('/history'))).head;
    server.clock.advance(3_600_000);
    const name = async (command: unknown) => expect((await server.request(owner, 'POST', of('/revisions'), command)).status).toBe(201);
    await name({ op: 'name', upTo: first, name: '送审稿', note: '' });
    await name({ op: 'rename', revision: first + 1, was: '送审稿', name: '会签稿', note: '' });
    const changes = [{ field: 'issuer', was: '', value: '澄湖管委会' }];
    expect((await server.request(owner, 'POST', of('/particulars'), { changes })).status).toBe(200);
    const { sittings } = await get<HistoryPage>(of('/history'));
    expect(sittings[0]!.others).toMatchObject([
      { kind: 'revision', name: '送审稿', by: owner.account.id, event: { op: 'name', upTo: first } },
      { kind: 'revision', name: '会签稿', event: { op: 'rename', was: '送审稿' } },
      { kind: 'particulars', event: { field: 'issuer', value: '澄湖管委会' } },
    ]);
    expect(sittings[1]!.others.map(({ kind }) => kind)).toContain('members');
    const found = async (query: string) => (await get<HistoryPage>(of(`/history?${query}`))).sittings.map(({ id }) => id);
    expect(await found('kind=revision')).toEqual([first + 1, 1]);
    await name({ op: 'withdraw', revision: first + 1 });
    expect(await found('kind=revision')).toEqual([first + 1]);
    expect((await get<HistoryPage>(of('/history'))).sittings[0]!.others.at(-1)).toMatchObject({
      name: '会签稿',
      event: { op: 'withdraw' },
    });
  });

  test('[HI1] any point can be read, text and outline', async () => {
    const { sittings } = await get<HistoryPage>(path('/history'));
    const then = sittings[1]!.toSeq;
    const at = await get<ChapterAt>(chapterPath(`/at/${then}`));
    expect(at.blocks.map(({ runs }) => runs.map(({ text }) => text).join(''))).toEqual(['会议认为，要压实责任。']);
    expect((await get<ChapterAt>(chapterPath('/at/0'))).blocks).toEqual([]);
    expect((await get<OutlineAt>(path(`/at/${then}/outline`))).outline.title).toBe('测试报告');
    const blame = await get<ChapterBlame>(chapterPath('/blame'));
    const runs = blame.blocks[0]!.runs.map(({ length, by }) => [length, blame.credits[by]!.author]);
    expect(runs).toEqual([
      [3, editor.account.id],
      [6, owner.account.id],
    ]);
  });

  test('[HI2] two points are compared, of a chapter or of the report with its outline', async () => {
    const { sittings, head } = await get<HistoryPage>(path('/history'));
    const then = sittings[1]!.toSeq;
    const whole = await get<ReportDiff>(path(`/diff?from=${then}`));
    expect(whole).toMatchObject({ from: then, to: head, title: { was: '测试报告', is: '工作报告', by: editor.account.id } });
    expect(whole.fromAt).toBeLessThan(whole.toAt);
    const segments = whole.chapters[0]!.blocks[0]!.segments.map(({ op, text }) => `${op} ${text}`);
    expect(segments).toEqual(['del 会议认为，', 'ins 各地都', 'keep 要压实责任。']);
    const one = await get<ReportDiff>(path(`/diff?from=${then}&to=${head}&chapter=${report.chapter}&context=0`));
    expect([one.title, one.outline]).toEqual([null, []]);
    expect(one.chapters[0]!.blocks[0]!.segments.map(({ op, text }) => `${op} ${text}`)).toEqual(segments);
  });

  test('[HI11] outline changes are told as what became of each node', async () => {
    const from = (await get<HistoryPage>(path('/history'))).head;
    await outline({ op: 'add', kind: 'chapter', heading: '下一步安排', parent: null, before: null });
    const added = await get<ReportDiff>(path(`/diff?from=${from}`));
    expect(added.outline.map(({ before, after, changes: what }) => [before, after?.heading, what])).toEqual([
      [null, '下一步安排', ['added']],
    ]);
    await outline({ op: 'heading', node: report.chapter, was: '工作情况', heading: '主要工作' });
    await outline({ op: 'move', node: report.chapter, parent: null, before: null });
    const { outline: changes, to } = await get<ReportDiff>(path(`/diff?from=${added.to}`));
    expect(changes.map(({ after, changes: what, numberBefore, numberAfter }) => [after?.heading, what, numberBefore, numberAfter])).toEqual(
      [['主要工作', ['moved', 'renamed'], '一、', '二、']],
    );
    await outline({ op: 'remove', node: added.outline[0]!.node });
    const removed = await get<ReportDiff>(path(`/diff?from=${to}`));
    expect(removed.outline.map(({ before, after, changes: what }) => [before?.heading, after, what])).toEqual([
      ['下一步安排', null, ['removed']],
    ]);
    // Its past stays readable.
    expect((await get<ChapterAt>(path(`/chapters/${added.outline[0]!.node}/at/${to}`))).blocks).toHaveLength(1);
  });

  test('[HI6] a paragraph tells its story, contributions and changes are told by member', async () => {
    const at = await get<ChapterAt>(chapterPath(`/at/${(await get<HistoryPage>(path('/history'))).head}`));
    const story = await get<Story>(chapterPath(`/story?block=${at.blocks[0]!.key}`));
    expect(story.wordings.map(({ text, by }) => [text, by])).toEqual([
      ['各地都要压实责任。', editor.account.id],
      ['会议认为，要压实责任。', owner.account.id],
    ]);
    const { members } = await get<Contributions>(path('/contributions'));
    expect(members).toEqual([
      { member: owner.account.id, surviving: 6, written: 11 },
      { member: editor.account.id, surviving: 3, written: 3 },
    ]);
    const changed = await get<Changed>(path('/changed?since=3'));
    expect(changed.chapters[0]!.blocks[0]).toMatchObject({ key: at.blocks[0]!.key, by: [editor.account.id] });
    expect((await get<Changed>(path('/changed?since=3'), editor)).chapters[0]!.blocks[0]!.by).toEqual([owner.account.id]);
  });

  test('[HI12] without the right to the past it is closed, and the chapter comes without deleted text', async () => {
    for (const rest of ['/history', '/diff?from=1', '/at/1/outline', '/contributions', '/changed?since=1'])
      expect(await refusal(path(rest), reader)).toBe('403 forbidden');
    for (const rest of ['/at/1', '/blame', '/story?block=']) expect(await refusal(chapterPath(rest), reader)).toBe('403 forbidden');
    const stranger = await server.person('路人');
    expect(await refusal(path('/history'), stranger)).toBe('404 not-found');
    expect(await refusal(path('/history'), null)).toBe('401 signed-out');
    const fresh = await server.room(reader, report, { doc: new Y.Doc({ gc: false }) });
    await fresh.synced();
    expect(fresh.doc!.getText('t').toString()).toBe('各地都要压实责任。');
    const heard = fresh.heard.flatMap((one) =>
      one.kind === 'step2' || one.kind === 'update' ? [new TextDecoder().decode(one.bytes)] : [],
    );
    expect(heard.join('')).toContain('压实责任');
    expect(heard.join('')).not.toContain('会议认为');
    await fresh.hangUp();
  });

  test('[HI13] questions that have no answer get a stable code', async () => {
    const head = (await get<HistoryPage>(path('/history'))).head;
    const foreign = 'x'.repeat(20);
    for (const [rest, code] of [
      [path(`/diff?from=1&to=${head + 1}`), '400 no-such-entry'],
      [path(`/diff?from=${head + 1}`), '400 no-such-entry'],
      [path('/diff?from=3&to=2'), '400 bad-range'],
      [path('/diff'), '400 bad-request'],
      [path('/diff?from=-1'), '400 bad-request'],
      [path('/diff?from=1&form=2'), '400 bad-request'],
      [path(`/diff?from=1&chapter=${foreign}`), '404 no-such-chapter'],
      [path(`/chapters/${foreign}/at/1`), '404 no-such-chapter'],
      [path('/chapters/nonsense/blame'), '404 no-such-chapter'],
      [chapterPath(`/at/${head + 1}`), '400 no-such-entry'],
      [chapterPath('/at/one'), '400 bad-request'],
      [chapterPath(`/blame?seq=${head + 1}`), '400 no-such-entry'],
      [chapterPath('/story?block=9.9'), '404 no-such-text'],
      [chapterPath('/story?ids=9.9.1'), '404 no-such-text'],
      [chapterPath('/story'), '400 bad-request'],
      [path(`/at/${head + 1}/outline`), '400 no-such-entry'],
      [path(`/history?member=${foreign}`), '404 no-such-member'],
      [path(`/history?chapter=${foreign}`), '404 no-such-chapter'],
      [path('/history?from=5&to=4'), '400 bad-range'],
      [path('/history?limit=0'), '400 bad-request'],
      [path('/history?kind=everything'), '400 bad-request'],
      [path('/history?kind=text,everything'), '400 bad-request'],
      [path('/history?before=0'), '400 bad-request'],
      [path(`/contributions?chapter=${foreign}`), '404 no-such-chapter'],
      [path(`/changed?since=${head + 1}`), '400 no-such-entry'],
    ] as const) {
      expect(`${rest}: ${await refusal(rest)}`).toBe(`${rest}: ${code}`);
    }
  });

  test('[HI9] looking at everything there is to look at writes not one entry, and sends nobody an update', async () => {
    const { head, sittings } = await get<HistoryPage>(path('/history'));
    const log = () => get<unknown>(path(`/entries?after=0&limit=1000`));
    const [before, state] = [await log(), await get<{ readonly seq: number }>(path(''))];
    const witness = await server.room(editor, report, { doc: new Y.Doc() });
    const watcher = await server.dial(owner, report.id);
    await witness.synced();
    const [heardThere, heardHere] = [witness.heard.length, watcher.heard.length];
    const at = await get<ChapterAt>(chapterPath(`/at/${head}`));
    let looks = 0;
    const look = async (rest: string) => {
      await get<unknown>(rest);
      looks += 1;
    };
    for (const seq of [0, 1, Math.floor(head / 2), head]) {
      await look(path(`/diff?from=${seq}`));
      await look(path(`/diff?from=${seq}&to=${head}&context=0`));
      await look(path(`/at/${seq}/outline`));
      await look(chapterPath(`/at/${seq}`));
      await look(chapterPath(`/blame?seq=${seq}`));
    }
    for (const rest of ['/history', '/contributions', '/changed?since=1', '/revisions', '/unread']) await look(path(rest));
    for (const { key } of at.blocks) await look(chapterPath(`/story?block=${key}`));
    const preview = await server.request(owner, 'POST', chapterPath('/restore/preview'), { what: 'chapter', seq: sittings.at(-1)!.toSeq });
    expect(preview.status).toBe(200);
    expect(await log()).toEqual(before);
    expect((await get<{ readonly seq: number }>(path(''))).seq).toBe(state.seq);
    const news = [...witness.heard.slice(heardThere), ...watcher.heard.slice(heardHere)];
    expect(news.filter(({ kind }) => kind === 'update' || kind === 'step2' || kind === 'entry')).toEqual([]);
    await Promise.all([witness.hangUp(), watcher.hangUp()]);
    writeFigures('history-looking', { looks, entriesWritten: 0 });
  });

  test('[HI14] an answer that cannot change may be kept, and is not sent again; any other is never kept', async () => {
    for (const rest of [path('/diff?from=1&to=4'), path('/at/2/outline'), chapterPath('/at/4'), chapterPath('/blame?seq=4')]) {
      const answer = await server.request(owner, 'GET', rest);
      expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
      const etag = answer.headers.get('etag')!;
      expect(etag).toMatch(/^"[\w.]+"$/);
      const again = await server.request(owner, 'GET', rest, undefined, { 'if-none-match': etag });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(await (await server.request(editor, 'GET', rest)).text()).toBe(await answer.text());
    }
    for (const rest of [path('/history'), path('/diff?from=1'), chapterPath('/blame'), path('/contributions'), path('/changed?since=1')]) {
      const answer = await server.request(owner, 'GET', rest);
      expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual(['no-store', null]);
    }
  });
});
