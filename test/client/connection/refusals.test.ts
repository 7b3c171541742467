import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChapterConnection } from '../../../client/connection/chapter-connection.ts';
import { listRescues } from '../../../client/connection/rescue.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';
import type { RejectCode } from '../../../shared/wire/codes.ts';
import { CLOSE, REJECT } from '../../../shared/wire/codes.ts';
import { FakeServer } from '../../support/fake-socket.ts';
import type { FakeBrowser, Person } from '../../support/person.ts';
import { fakeBrowser, isLive, isSaved, openPerson, until } from '../../support/person.ts';

const REPORT = 'reportreportreport1' as ReportId;
const CHAPTER = 'chapterchapterchap1' as ChapterId;
const MEMBER = 'membermembermember1' as MemberId;

let server: FakeServer;
let browser: FakeBrowser;
let person: Person;
let chapter: ChapterConnection;

beforeEach(async () => {
  server = new FakeServer();
  browser = fakeBrowser({ WebSocket: server.WebSocket });
  person = await openPerson({ browser, member: MEMBER, report: REPORT });
  chapter = person.open(CHAPTER, '（一）总体情况');
  await until(chapter, isLive);
  write('已经保存的话。');
  await until(chapter, isSaved);
});

afterEach(async () => {
  server.goAway();
  await person.leave();
});

function write(text: string): void {
  chapter.text.insert(chapter.text.length, text);
}

const rescues = () => person.rescues.list.getState();
const words = () => rescues().map((rescue) => rescue.text);

/** Refuses the next frame and takes what comes after. */
function refuseOnce(code: RejectCode): void {
  server.judge = () => {
    server.judge = () => null;
    return code;
  };
}

/** Reopening makes one socket; anything that loops makes many. */
const socketsMade = () => server.addresses.length;

describe('a reject while typing goes on', () => {
  const codes = (Object.keys(REJECT) as RejectCode[]).filter((code) => code !== 'gone');
  test.each(codes)('[RJ1] %s: the words are in a rescue copy, the editor goes on in a fresh document, nothing loops', async (code) => {
    const before = { doc: chapter.doc, id: chapter.doc.clientID };
    refuseOnce(code);
    write('被拒的第一句');
    write('，接着又写了一句');
    await until(chapter, (state) => state.refusal !== null);
    // The page has not mounted the new document yet: these keys still go into the old one.
    before.doc.getText('t').insert(before.doc.getText('t').length, '，手还没停');
    await until(chapter, (state) => state.generation === 1 && isLive(state));

    expect(words()).toEqual(['被拒的第一句，接着又写了一句，手还没停']);
    expect(rescues()[0]).toMatchObject({ reason: code, report: REPORT, chapter: CHAPTER, heading: '（一）总体情况' });
    expect(rescues()[0]?.pieces).toEqual([{ before: '已经保存的话。', text: '被拒的第一句，接着又写了一句，手还没停', after: '' }]);
    expect(chapter.doc).not.toBe(before.doc);
    expect(chapter.text.toString()).toBe('已经保存的话。');
    expect(chapter.state.getState()).toMatchObject({ unsaved: 0, mayWrite: true });

    write('重新写起。');
    await until(chapter, isSaved);
    expect(server.textOf(CHAPTER)).toBe('已经保存的话。重新写起。');
    expect(chapter.doc.clientID).not.toBe(before.id);
    expect(socketsMade()).toBe(2);
  });

  test('[RJ2] the rescue copy outlives the page, and stays until it is discarded', async () => {
    refuseOnce('bad-update');
    write('要留住的话');
    await until(chapter, (state) => state.generation === 1 && isLive(state));
    await person.leave();
    expect(await listRescues(browser.indexedDB, MEMBER)).toMatchObject([{ text: '要留住的话' }]);
    person = await openPerson({ browser, member: MEMBER, report: REPORT });
    expect(words()).toEqual(['要留住的话']);
    await person.rescues.discard(rescues()[0]!.id);
    expect(await listRescues(browser.indexedDB, MEMBER)).toEqual([]);
  });

  test("[RJ3] one member's rescue copies are not another's", async () => {
    refuseOnce('bad-update');
    write('本人的话');
    await until(chapter, (state) => state.generation === 1);
    expect(await listRescues(browser.indexedDB, 'membermembermember2' as MemberId)).toEqual([]);
  });

  test('[RJ4] a server that refuses everything is asked three times, and then no more', async () => {
    server.judge = () => 'bad-update';
    for (let round = 1; round <= 3; round += 1) {
      write(`第${round}次`);
      await until(chapter, (state) => state.refusal?.number === round);
      if (round < 3) await until(chapter, (state) => state.generation === round && isLive(state));
    }
    const state = await until(chapter, ({ phase }) => phase === 'refused');
    expect(state.mayWrite).toBe(false);
    expect(words().sort()).toEqual(['第1次', '第2次', '第3次']);
    const made = socketsMade();
    write('还在写');
    await expect.poll(() => words().sort()).toEqual(['第1次', '第2次', '第3次还在写']);
    expect(socketsMade()).toBe(made);
    expect(made).toBe(3);
  });

  test('a refused deletion comes back and makes no rescue copy', async () => {
    refuseOnce('bad-update');
    chapter.text.delete(0, 2);
    await until(chapter, (state) => state.generation === 1 && isLive(state));
    expect(chapter.text.toString()).toBe('已经保存的话。');
    expect(rescues()).toEqual([]);
  });

  test("the rescue copy holds a person's own words and not what a colleague wrote beside them", async () => {
    server.acks = false;
    write('我写的');
    await expect.poll(() => server.textOf(CHAPTER)).toContain('我写的');
    server.write(CHAPTER, (text) => text.insert(text.length - 1, '（同事插的）'));
    await expect.poll(() => chapter.text.toString()).toContain('同事插的');
    server.say({ kind: 'reject', n: 2, code: 'bad-update' });
    await until(chapter, (state) => state.generation === 1);
    expect(rescues()).toMatchObject([{ text: '我写 … 的' }]);
    expect(rescues()[0]?.pieces.map((piece) => piece.text)).toEqual(['我写', '的']);
  });
});

describe('a connection that ends for good', () => {
  test.each([
    [CLOSE.forbidden, 'forbidden'],
    [CLOSE.gone, 'gone'],
    [CLOSE.oldSchema, 'schema'],
  ] as const)('[RJ5] %o: unsaved words are rescued, and no socket is tried again', async ({ code }, reason) => {
    server.acks = false;
    write('来不及保存');
    await expect.poll(() => server.textOf(CHAPTER)).toContain('来不及保存');
    server.cut(code);
    const state = await until(chapter, ({ phase }) => phase === 'refused');
    expect(state).toMatchObject({ mayWrite: false, refusal: { reason } });
    await expect.poll(words).toEqual(['来不及保存']);
    expect(socketsMade()).toBe(1);
  });

  test('[RJ6] signed out: nothing is given up; what is typed meanwhile is kept and sent after signing in', async () => {
    server.cut(CLOSE.signedOut.code);
    await until(chapter, ({ phase }) => phase === 'refused');
    write('登出时写的');
    expect(chapter.state.getState()).toMatchObject({ unsaved: 1, refusal: { reason: 'signed-out' } });
    chapter.reconnect();
    await until(chapter, isSaved);
    expect(server.textOf(CHAPTER)).toBe('已经保存的话。登出时写的');
    expect(rescues()).toEqual([]);
  });

  test('[RJ7] another epoch: the old copy is never merged into the new document', async () => {
    server.goAway();
    await until(chapter, (state) => state.phase === 'offline');
    write('写给旧文稿的话');
    server.rooms.clear();
    server.write(CHAPTER, (text) => text.insert(0, '另一份文稿'));
    server.epoch = 'epoch-2';
    server.reachable = true;
    chapter.reconnect();
    await until(chapter, (state) => state.generation === 1 && isLive(state));
    expect(chapter.text.toString()).toBe('另一份文稿');
    expect(server.textOf(CHAPTER)).toBe('另一份文稿');
    expect(rescues()).toMatchObject([{ reason: 'other-epoch', text: '写给旧文稿的话' }]);
  });

  test('[RJ8] the right is lost while offline: the words are rescued, the fresh copy can be read and not written', async () => {
    server.goAway();
    await until(chapter, (state) => state.phase === 'offline');
    write('不再有权写的话');
    server.mayWrite = false;
    server.role = 'reader';
    server.reachable = true;
    chapter.reconnect();
    const state = await until(chapter, ({ generation, phase }) => generation === 1 && phase === 'live');
    expect(state).toMatchObject({ mayWrite: false, role: 'reader', refusal: { reason: 'read-only' } });
    expect(words()).toEqual(['不再有权写的话']);
    expect(server.textOf(CHAPTER)).toBe('已经保存的话。');
  });

  test('rights that come and go over the socket open and lock the chapter', async () => {
    server.say({ kind: 'rights', role: 'reader', mayWrite: false });
    await until(chapter, (state) => !state.mayWrite && state.role === 'reader');
    server.say({ kind: 'rights', role: 'editor', mayWrite: true });
    await until(chapter, (state) => state.mayWrite);
    write('又能写了');
    await until(chapter, isSaved);
    expect(rescues()).toEqual([]);
  });

  test('[RJ9] a message too big for the socket: the words are rescued and the chapter goes on', async () => {
    server.acks = false;
    write('好大一段');
    await expect.poll(() => server.textOf(CHAPTER)).toContain('好大一段');
    server.acks = true;
    server.cut(1009);
    await until(chapter, (state) => state.generation === 1 && isLive(state));
    expect(rescues()).toMatchObject([{ reason: 'too-big', text: '好大一段' }]);
  });

  test('[RJ10] a newer chapter schema: the text can be read, nothing is sent, and the page is told to load again', async () => {
    server.schema = 2;
    server.cut();
    const state = await until(chapter, ({ outdated, phase }) => outdated && phase === 'live');
    expect(state.mayWrite).toBe(false);
    expect(chapter.text.toString()).toBe('已经保存的话。');
  });

  test('[RJ11] what was taken before the refused change is waited for, and is not in the rescue copy', async () => {
    server.acks = false;
    write('收下了。');
    await expect.poll(() => server.textOf(CHAPTER)).toContain('收下了');
    refuseOnce('bad-update');
    write('没收下。');
    await expect.poll(() => [...server.sockets].some((socket) => socket.rejected)).toBe(true);
    server.releaseAcks();
    await until(chapter, (state) => state.generation === 1 && isLive(state));
    expect(words()).toEqual(['没收下。']);
    expect(chapter.text.toString()).toBe('已经保存的话。收下了。');
  });

  test('[RJ12] a document whose changes never fit is given up after three closes, not tried for ever', async () => {
    server.acks = false;
    write('补不上的缺口');
    for (let round = 1; round <= 3; round += 1) {
      await expect.poll(() => [...server.sockets].some((socket) => socket.frames.length > 0), { timeout: 5000 }).toBe(true);
      server.cut(CLOSE.resync.code);
      if (round < 3) await until(chapter, isLive);
    }
    await until(chapter, (state) => state.generation === 1 && isLive(state));
    expect(rescues()).toMatchObject([{ reason: 'bad-update', text: '补不上的缺口' }]);
  });

  test('a browser that keeps nothing still lists the rescue copy', async () => {
    const forgetful = fakeBrowser({ WebSocket: server.WebSocket, storage: false });
    await person.leave();
    person = await openPerson({ browser: forgetful, member: MEMBER, report: REPORT });
    chapter = person.open(CHAPTER);
    await until(chapter, isLive);
    refuseOnce('bad-update');
    write('无处可存');
    await until(chapter, (state) => state.generation === 1);
    expect(words()).toEqual(['无处可存']);
  });
});
