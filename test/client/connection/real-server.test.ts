import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChapterConnection } from '../../../client/connection/chapter-connection.ts';
import type { ReportConnection, ReportView } from '../../../client/connection/report-connection.ts';
import { openReport } from '../../../client/connection/report-connection.ts';
import { whyUnreachable } from '../../../client/connection/why-unreachable.ts';
import type { Person } from '../../support/person.ts';
import { browserAt, isLive, isSaved, openPerson, until } from '../../support/person.ts';
import type { Person as Account, TestReport, TestServer } from '../../support/test-server.ts';
import { startTestServer } from '../../support/test-server.ts';

let server: TestServer;
let anna: Account;
let bo: Account;
let report: TestReport;
let open: { leave(): Promise<void> }[];

beforeEach(async () => {
  server = await startTestServer();
  anna = await server.person('安娜', true);
  bo = await server.person('贺清漪');
  report = await server.report([
    [anna, 'owner'],
    [bo, 'editor'],
  ]);
  open = [];
});

afterEach(async () => {
  await Promise.all(open.map((one) => one.leave()));
  await server.close();
  expect(server.troubles).toEqual([]);
});

const browserOf = (account: Account) => browserAt(server.url, { cookie: account.cookie });
type Browser = ReturnType<typeof browserOf>;

async function sitDown(account: Account, browser = browserOf(account)): Promise<Person> {
  const person = await openPerson({
    browser,
    member: account.account.id,
    report: report.id,
    whyUnreachable: () => whyUnreachable(browser.api, report.id),
  });
  open.push(person);
  return person;
}

async function openPage(account: Account, browser: Browser = browserOf(account)): Promise<ReportConnection> {
  const { environment, api } = browser;
  const connection = await openReport({ environment, api, member: account.account.id, report: report.id });
  open.push({ leave: () => connection.close() });
  return connection;
}

function untilView(page: ReportConnection, asked: (view: ReportView) => boolean): Promise<void> {
  return expect.poll(() => asked(page.state.getState()), { timeout: 10_000, message: String(asked) }).toBe(true);
}

function write(chapter: ChapterConnection, text: string): void {
  chapter.text.insert(Math.max(0, chapter.text.length - 1), text);
}

describe('a chapter', () => {
  test('two people write at once, and both are saved under numbers of one log', async () => {
    const [a, b] = [(await sitDown(anna)).open(report.chapter), (await sitDown(bo)).open(report.chapter)];
    await Promise.all([until(a, isLive), until(b, isLive)]);
    a.wantToWrite();
    b.wantToWrite();
    write(a, '甲写的');
    write(b, '乙写的');
    const [first, second] = await Promise.all([until(a, isSaved), until(b, isSaved)]);
    expect(first.savedSeq).not.toBe(second.savedSeq);
    await expect.poll(() => a.text.toString() === b.text.toString()).toBe(true);
    expect(a.text.toString()).toContain('甲写的');
    expect(a.text.toString()).toContain('乙写的');
  });

  test('[OF7] text written after a long silence on an open connection is not called written offline', async () => {
    const browser = browserOf(anna);
    const a = (await sitDown(anna, browser)).open(report.chapter);
    await until(a, isLive);
    a.wantToWrite();
    write(a, '前');
    await until(a, isSaved);
    server.clock.advance(60_000);
    write(a, '后');
    await until(a, isSaved);
    for (const clock of [0, 1]) {
      const said = await browser.api.authorAt(report.id, report.chapter, a.doc.clientID, clock);
      expect({ author: said.author, offlineSince: said.offlineSince }).toEqual({ author: anna.account.id, offlineSince: 0 });
    }
  });

  test('nothing counts as saved while the disk has not answered', async () => {
    const a = (await sitDown(anna)).open(report.chapter);
    await until(a, isLive);
    server.storage.hold();
    write(a, '还没落盘');
    await expect.poll(() => server.storage.waiting).toBeGreaterThan(0);
    expect(a.state.getState().unsaved).toBe(1);
    server.storage.release();
    await until(a, isSaved);
  });

  test('[OF2] cut off between the write and its acknowledgement: sent again, it makes no second entry', async () => {
    const browser = browserOf(anna);
    const a = (await sitDown(anna, browser)).open(report.chapter);
    await until(a, isLive);
    server.storage.hold();
    write(a, '只此一笔');
    await expect.poll(() => server.storage.waiting).toBe(1);
    browser.cut();
    await until(a, ({ phase }) => phase !== 'live');
    server.storage.release();
    const { savedSeq } = await until(a, isSaved);
    const { seq } = await browser.api.report(report.id);
    expect(savedSeq).toBe(seq);
    const entries = (await (await server.request(anna, 'GET', `/api/reports/${report.id}/entries`)).json()) as { kind: string }[];
    expect(entries.filter((entry) => entry.kind === 'text')).toHaveLength(1 + 1);
  });

  test('a page reload gives the same text and the same client id', async () => {
    const browser = browserOf(anna);
    let person = await sitDown(anna, browser);
    let a = person.open(report.chapter);
    await until(a, isLive);
    write(a, '存下来');
    await until(a, isSaved);
    const id = a.doc.clientID;
    await person.leave();
    person = await sitDown(anna, browser);
    a = person.open(report.chapter);
    await until(a, isLive);
    write(a, '，接着写');
    await until(a, isSaved);
    expect(a.doc.clientID).toBe(id);
    expect(a.text.toString()).toContain('存下来，接着写');
  });

  test('[OF4] typing between two connections is merged, each change once, with what others wrote meanwhile', async () => {
    const browser = browserOf(anna);
    const person = await sitDown(anna, browser);
    const a = person.open(report.chapter);
    const b = (await sitDown(bo)).open(report.chapter);
    await Promise.all([until(a, isLive), until(b, isLive)]);
    await person.leave();
    // Nobody is there to answer: the page opens on what the browser kept.
    const dark = { ...browser, environment: { ...browser.environment, origin: 'http://127.0.0.1:9' } };
    const away = await openPerson({ browser: dark, member: anna.account.id, report: report.id });
    const offline = away.open(report.chapter);
    await until(offline, (state) => state.ready && state.phase === 'offline');
    for (const word of ['火车上', '写了', '三笔。']) write(offline, word);
    write(b, '办公室里也写了。');
    await until(b, isSaved);
    await away.leave();

    const back = (await sitDown(anna, browser)).open(report.chapter);
    const state = await until(back, isSaved);
    expect(state.offlineSaved).toBe(3);
    await expect.poll(() => b.text.toString() === back.text.toString()).toBe(true);
    expect(back.text.toString()).toContain('火车上写了三笔。');
    expect(back.text.toString()).toContain('办公室里也写了。');
    const entries = (await (await server.request(anna, 'GET', `/api/reports/${report.id}/entries`)).json()) as {
      kind: string;
      author: string;
    }[];
    const own = entries.filter((entry) => entry.kind === 'text' && entry.author === anna.account.id);
    // The first text of a new report is its owner's too.
    expect(own).toHaveLength(1 + 3);
  });

  test("a role taken away in mid-sentence: the words are rescued, and the reader's copy never writes", async () => {
    const person = await sitDown(bo);
    const b = person.open(report.chapter);
    await until(b, isLive);
    server.storage.hold();
    const demotion = server.request(anna, 'POST', `/api/reports/${report.id}/members`, { member: bo.account.id, role: 'reader' });
    await expect.poll(() => server.storage.waiting).toBe(1);
    write(b, '写到一半');
    server.storage.release();
    expect((await demotion).status).toBe(201);
    const state = await until(b, ({ mayWrite, phase }) => !mayWrite && phase === 'live');
    expect(state.role).toBe('reader');
    await until(b, ({ generation }) => generation === 1);
    expect(person.rescues.list.getState()).toMatchObject([{ reason: 'read-only', text: '写到一半' }]);
    expect(b.text.toString()).not.toContain('写到一半');
    expect(state.unsaved).toBe(0);
  });

  test('an update under a client id of somebody else is rejected, rescued, and writing goes on', async () => {
    const a = (await sitDown(anna)).open(report.chapter);
    await until(a, isLive);
    write(a, '安娜的话。');
    await until(a, isSaved);
    const person = await sitDown(bo);
    const b = person.open(report.chapter);
    await until(b, isLive);
    b.doc.clientID = a.doc.clientID;
    b.awareness.clientID = a.doc.clientID;
    write(b, '冒名的话');
    await until(b, (state) => state.generation === 1 && isLive(state));
    expect(person.rescues.list.getState()).toMatchObject([{ reason: 'foreign-client', text: '冒名的话' }]);
    write(b, '本名的话');
    await until(b, isSaved);
    await expect.poll(() => a.text.toString() === b.text.toString()).toBe(true);
    expect(a.text.toString()).not.toContain('冒名');
  });

  test("others' carets come under their own names, and go when they leave", async () => {
    const a = (await sitDown(anna)).open(report.chapter);
    const person = await sitDown(bo);
    const b = person.open(report.chapter);
    await Promise.all([until(a, isLive), until(b, isLive)]);
    b.awareness.setLocalStateField('cursor', { anchor: 0, head: 0 });
    const names = () => [...a.awareness.getStates().values()].flatMap((state) => (state['user'] === undefined ? [] : [state['user'].name]));
    await expect.poll(names).toEqual(['贺清漪']);
    write(b, '有了自己的号');
    await until(b, isSaved);
    b.awareness.setLocalStateField('cursor', { anchor: 1, head: 1 });
    await expect.poll(() => names()).toEqual(['贺清漪']);
    await person.leave();
    await expect.poll(names).toEqual([]);
  });

  test('signed out on the server: the chapter waits, and goes on after signing in', async () => {
    const headers = { cookie: bo.cookie };
    const b = (await sitDown(bo, browserAt(server.url, headers))).open(report.chapter);
    await until(b, isLive);
    await server.request(bo, 'DELETE', '/api/session');
    const state = await until(b, ({ phase }) => phase === 'refused');
    expect(state.refusal).toMatchObject({ reason: 'signed-out', rescue: null });
    write(b, '先记着');
    expect(b.state.getState().unsaved).toBe(1);

    const again = await server.app.accounts.signIn(await server.app.accounts.createLink(bo.account.id));
    headers.cookie = `gongbi_session=${again.ok ? again.value.secret : ''}`;
    b.reconnect();
    await until(b, isSaved);
    expect(b.text.toString()).toContain('先记着');
  });
});

describe('the report', () => {
  test('state, presence, outline and roles are followed live', async () => {
    const [left, right] = [await openPage(anna), await openPage(bo)];
    await Promise.all([untilView(left, (view) => view.phase === 'live'), untilView(right, (view) => view.phase === 'live')]);
    const chapter = right.openChapter(report.chapter);
    await until(chapter, isLive);
    await untilView(left, (view) => view.places[report.chapter]?.includes(bo.account.id) === true);

    const { api } = browserOf(anna);
    await api.changeOutline(report.id, { op: 'heading', node: report.chapter, was: '工作情况', heading: '总体工作情况' });
    await untilView(right, (view) => view.report?.outline.nodes.some((node) => node.heading === '总体工作情况') === true);

    write(chapter, '十二个字符的一句话写在这里');
    await until(chapter, isSaved);
    await expect.poll(() => left.saving.getState().state).toEqual({ kind: 'saved', seq: chapter.state.getState().savedSeq });
    await untilView(left, (view) => view.report?.figures[report.chapter]?.characters === 13);

    await api.setMember(report.id, bo.account.id, 'reader');
    await untilView(right, (view) => view.report?.role === 'reader');
    await expect.poll(() => right.saving.getState().state).toEqual({ kind: 'read-only', reason: 'role' });
  });

  test('a report that is not mine says so, and no socket is tried for ever', async () => {
    const stranger = await server.person('外人');
    const page = await openPage(stranger);
    await untilView(page, (view) => view.phase === 'refused');
    expect(page.state.getState().refusal).toBe('forbidden');
    expect(page.saving.getState().state).toMatchObject({ kind: 'trouble', reason: 'forbidden' });
  });

  test('text left unsent by an earlier visit is sent without opening its chapter', async () => {
    const browser = browserOf(anna);
    const first = await sitDown(anna, browser);
    const a = first.open(report.chapter);
    await until(a, isLive);
    await first.leave();
    const dark = { ...browser, environment: { ...browser.environment, origin: 'http://127.0.0.1:9' } };
    const away = await openPerson({ browser: dark, member: anna.account.id, report: report.id });
    const offline = away.open(report.chapter);
    await until(offline, (state) => state.ready);
    write(offline, '上次没发出去的话');
    await away.leave();

    const page = await openPage(anna, browser);
    const text = async () => await (await server.request(anna, 'GET', `/api/reports/${report.id}/chapters/${report.chapter}/text`)).text();
    await expect.poll(text, { timeout: 10_000 }).toContain('上次没发出去的话');
    await expect.poll(() => page.hasUnsaved()).toBe(false);
  });
});
