import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Api } from '../../../client/api/http.ts';
import { ApiFailure } from '../../../client/api/http.ts';
import type { ReportConnection } from '../../../client/connection/report-connection.ts';
import { openReport } from '../../../client/connection/report-connection.ts';
import type { ReportState } from '../../../shared/api.ts';
import { countText } from '../../../shared/counting/count.ts';
import type { ChapterId, NodeId, ReportId } from '../../../shared/ids.ts';
import { FIRST_STAGES } from '../../../shared/stages/stages.ts';
import { CLOSE } from '../../../shared/wire/codes.ts';
import { encodeGongbi } from '../../../shared/wire/protocol.ts';
import { COLLEAGUE, FakeServer } from '../../support/fake-socket.ts';
import type { FakeBrowser } from '../../support/person.ts';
import { fakeBrowser, isLive, isSaved, until } from '../../support/person.ts';

const REPORT = 'reportreportreport1' as ReportId;
const CHAPTER = 'chapterchapterchap1' as ChapterId;

let server: FakeServer;
let browser: FakeBrowser;
let fetches: number;
let fetchFailure: ApiFailure | null;
let page: ReportConnection;

beforeEach(async () => {
  server = new FakeServer();
  browser = fakeBrowser({ WebSocket: server.WebSocket });
  fetches = 0;
  fetchFailure = null;
  page = await openReport({ environment: browser.environment, api: fakeApi(), member: server.member, report: REPORT });
});

afterEach(async () => {
  server.goAway();
  await page.close();
});

/** Only what a report's page asks for; anything else would be a mistake of the test. */
function fakeApi(): Api {
  const unasked = (name: string) => () => Promise.reject(new Error(`not asked for in this test: ${name}`));
  const reachable = () => {
    if (fetchFailure !== null) throw fetchFailure;
    if (!server.reachable) throw new ApiFailure('network', 'no network', 0);
  };
  const known = {
    async report(): Promise<ReportState> {
      fetches += 1;
      reachable();
      return {
        id: REPORT,
        epoch: server.epoch,
        seq: server.seq,
        stage: 'drafting',
        role: server.role,
        outline: {
          title: '年度报告',
          titleSet: null,
          nodes: [{ id: CHAPTER, kind: 'chapter', heading: '总体情况', form: 'own-line', parent: null }],
          removed: [],
          headingSet: {},
          charges: {},
        },
        members: [],
        figures: { [CHAPTER]: { ...countText(server.textOf(CHAPTER)), blanks: 0 } },
        revisions: [],
        stages: FIRST_STAGES,
        damage: null,
      };
    },
    async access() {
      reachable();
      return { role: server.role, stage: 'drafting' as const, mayWrite: server.mayWrite, epoch: server.epoch };
    },
  };
  return new Proxy(known, { get: (target, name) => Reflect.get(target, name) ?? unasked(String(name)) }) as unknown as Api;
}

const view = () => page.state.getState();
const saving = () => page.saving.getState();
const live = () => expect.poll(() => view().phase).toBe('live');

describe('following the log', () => {
  test('[RC1] entries are applied in order, each once', async () => {
    await live();
    const node = { id: 'chapterchapterchap2' as NodeId, kind: 'chapter', heading: '存在问题', form: 'own-line', parent: null } as const;
    server.enter({ at: 5, author: COLLEAGUE, kind: 'outline', subject: '', event: { op: 'add', node, before: null } });
    server.enter({ at: 6, author: COLLEAGUE, kind: 'outline', subject: '', event: { op: 'title', was: '年度报告', title: '工作报告' } });
    await expect.poll(() => view().report?.seq).toBe(2);
    expect(view().report?.outline.title).toBe('工作报告');
    expect(view().report?.outline.titleSet).toEqual({ by: COLLEAGUE, at: 6, seq: 2 });
    expect(view().report?.outline.nodes.map((one) => one.heading)).toEqual(['总体情况', '存在问题']);
  });

  test('[RC2] a missing number makes the page fetch the whole state instead of guessing', async () => {
    await live();
    const before = fetches;
    server.seq = 7;
    server.enter({ at: 5, author: COLLEAGUE, kind: 'text', subject: CHAPTER, added: 1, removed: 0 });
    await expect.poll(() => view().report?.seq).toBe(8);
    expect(fetches).toBe(before + 1);
  });

  test('[TH11] what is said of the text is heard in order, also while the state is fetched anew; a gap and a cut are told', async () => {
    await live();
    const reply = { at: 5, author: COLLEAGUE, kind: 'thread', subject: CHAPTER, event: { op: 'reopen', thread: 1 } } as const;
    server.enter(reply);
    await expect.poll(() => view().heardThreads).toMatchObject({ from: 0, entries: [{ header: { seq: 1 }, event: reply.event }] });
    server.seq = 7;
    server.enter(reply);
    await expect.poll(() => view().heardThreads).toMatchObject({ from: 7, entries: [{ header: { seq: 8 } }] });
    // The state is fetched while the socket is away: what lies between is told by nobody.
    server.goAway();
    await expect.poll(() => view().phase).toBe('offline');
    server.reachable = true;
    server.seq = 12;
    await page.refresh();
    page.reconnect();
    await expect.poll(() => view().heardThreads).toEqual({ from: 12, entries: [] });
  });

  test('a hidden entry moves the number and nothing else', async () => {
    await live();
    server.seq = 1;
    for (const socket of server.sockets) socket.deliver(encodeGongbi({ kind: 'entry', seq: 1, entry: null }));
    await expect.poll(() => view().report?.seq).toBe(1);
  });

  test('[RC3] after a cut the socket asks for what came since, and catches up', async () => {
    await live();
    server.goAway();
    await expect.poll(() => view().phase).toBe('offline');
    server.write(CHAPTER, (text) => text.insert(0, '断线时写的'));
    server.reachable = true;
    page.reconnect();
    await expect.poll(() => view().report?.seq).toBe(1);
    const address = server.addresses.filter((url) => !url.includes(CHAPTER)).at(-1);
    expect(new URL(address!).searchParams.get('since')).toBe('0');
    expect(view().textEntries).toEqual({ [COLLEAGUE]: 1 });
  });

  test('[RC4] after a failed upgrade the page says why: signed out', async () => {
    await live();
    fetchFailure = new ApiFailure('signed-out', 'Sign in first', 401);
    server.goAway();
    await expect.poll(() => view()).toMatchObject({ phase: 'refused', refusal: 'signed-out' });
    expect(saving().state).toMatchObject({ kind: 'trouble', reason: 'signed-out' });
  });

  test.each([
    [CLOSE.forbidden.code, 'forbidden'],
    [CLOSE.oldSchema.code, 'outdated'],
  ] as const)('a final close %i is not tried again', async (code, refusal) => {
    await live();
    const made = server.addresses.length;
    server.cut(code);
    await expect.poll(() => view().refusal).toBe(refusal);
    expect(server.addresses).toHaveLength(made);
  });

  test('a report that cannot be fetched at first is fetched later', async () => {
    await page.close();
    server.goAway();
    page = await openReport({ environment: browser.environment, api: fakeApi(), member: server.member, report: REPORT });
    await expect.poll(() => view().phase).toBe('offline');
    server.reachable = true;
    page.reconnect();
    await live();
    expect(view().report?.outline.title).toBe('年度报告');
  });
});

describe('what is said of saving', () => {
  test('[SS1] saved with its number, saving with a count, offline with a count, and saved again', async () => {
    await live();
    const chapter = page.openChapter(CHAPTER);
    await until(chapter, isLive);
    await expect.poll(() => saving().state).toEqual({ kind: 'saved', seq: 0 });
    server.acks = false;
    chapter.text.insert(0, '写');
    expect(saving().state).toEqual({ kind: 'saving', count: 1 });
    expect(page.hasUnsaved()).toBe(true);
    server.releaseAcks();
    await expect.poll(() => saving().state).toEqual({ kind: 'saved', seq: 1 });
    expect(page.hasUnsaved()).toBe(false);
    server.goAway();
    await expect.poll(() => saving().state).toEqual({ kind: 'offline', count: 0 });
    chapter.text.insert(0, '离线');
    expect(saving().state).toEqual({ kind: 'offline', count: 1 });
  });

  test('[SS2] coming back says how many changes of whom were merged, and as which entry', async () => {
    await live();
    const chapter = page.openChapter(CHAPTER);
    await until(chapter, isLive);
    server.goAway();
    await expect.poll(() => saving().state.kind).toBe('offline');
    for (const word of ['一', '二', '三']) chapter.text.insert(0, word);
    for (let count = 0; count < 5; count += 1) server.write(CHAPTER, (text) => text.insert(0, '她'));
    server.reachable = true;
    page.reconnect();
    await expect.poll(() => saving().merged).toEqual({ mine: 3, others: [{ member: COLLEAGUE, count: 5 }], seq: 8 });
    expect(saving().state).toEqual({ kind: 'saved', seq: 8 });
    page.dismissMerged();
    expect(saving().merged).toBeNull();
  });

  test('[SS3] the worst comes first: one refused chapter is trouble, however well the others do', async () => {
    await live();
    const chapter = page.openChapter(CHAPTER);
    await until(chapter, isLive);
    for (const socket of [...server.sockets]) if (socket.room === CHAPTER) socket.drop(CLOSE.gone.code);
    await expect.poll(() => saving().state).toEqual({ kind: 'trouble', reason: 'gone', count: 0 });
  });

  test('a browser that keeps nothing is told apart', async () => {
    await live();
    expect(saving().durable).toBe(true);
    const forgetful = fakeBrowser({ WebSocket: server.WebSocket, storage: false });
    const other = await openReport({ environment: forgetful.environment, api: fakeApi(), member: server.member, report: REPORT });
    const chapter = other.openChapter(CHAPTER);
    await until(chapter, isLive);
    expect(other.saving.getState().durable).toBe(false);
    await other.close();
  });
});

describe('chapters of one page', () => {
  test('[RC5] a chapter closed with something unsaved stays open behind the page until it is saved', async () => {
    await live();
    const chapter = page.openChapter(CHAPTER);
    await until(chapter, isLive);
    server.acks = false;
    chapter.text.insert(0, '滚远了');
    await chapter.close();
    expect(saving().state).toEqual({ kind: 'saving', count: 1 });
    const again = page.openChapter(CHAPTER);
    expect(again.doc).toBe(chapter.doc);
    await again.close();
    server.releaseAcks();
    await expect.poll(() => [...server.sockets].filter((socket) => socket.room === CHAPTER)).toEqual([]);
    expect(page.hasUnsaved()).toBe(false);
    expect(server.textOf(CHAPTER)).toBe('滚远了');
  });

  test('[RC6] closed and opened again at once, a chapter is never two documents under one client id', async () => {
    await live();
    const first = page.openChapter(CHAPTER);
    await until(first, isLive);
    first.text.insert(0, '甲');
    await until(first, isSaved);
    const closing = first.close();
    const second = page.openChapter(CHAPTER);
    await closing;
    await until(second, isLive);
    second.text.insert(1, '乙');
    await until(second, isSaved);
    expect(server.textOf(CHAPTER)).toBe('甲乙');
    expect(server.clientsOf(CHAPTER)).toHaveLength(1);
  });

  test('a rescue copy carries the heading of its chapter', async () => {
    await live();
    const chapter = page.openChapter(CHAPTER);
    await until(chapter, isLive);
    server.judge = () => 'bad-update';
    chapter.text.insert(0, '没收下');
    await until(chapter, (state) => state.refusal !== null);
    await expect.poll(() => page.rescues.list.getState()).toMatchObject([{ heading: '总体情况', text: '没收下' }]);
  });
});
