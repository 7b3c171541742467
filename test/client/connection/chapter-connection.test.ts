import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ChapterConnection } from '../../../client/connection/chapter-connection.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';
import { FakeServer } from '../../support/fake-socket.ts';
import type { FakeBrowser, Person } from '../../support/person.ts';
import { fakeBrowser, isLive, isSaved, openPerson, until } from '../../support/person.ts';

const REPORT = 'reportreportreport1' as ReportId;
const CHAPTER = 'chapterchapterchap1' as ChapterId;
const MEMBER = 'membermembermember1' as MemberId;

let server: FakeServer;
let browser: FakeBrowser;
let people: Person[];

beforeEach(() => {
  server = new FakeServer();
  browser = fakeBrowser({ WebSocket: server.WebSocket });
  people = [];
});

afterEach(async () => {
  server.goAway();
  await Promise.all(people.map((person) => person.leave()));
});

async function sitDown(at: FakeBrowser = browser): Promise<Person> {
  const person = await openPerson({ browser: at, member: MEMBER, report: REPORT });
  people.push(person);
  return person;
}

/** What a page reload does: the tab goes, a new one opens on what the browser kept. */
async function reload(person: Person): Promise<Person> {
  people.splice(people.indexOf(person), 1);
  await person.leave();
  return sitDown();
}

function type(chapter: ChapterConnection, text: string): void {
  chapter.text.insert(chapter.text.length, text);
}

/** Update-bearing frames that hold something: an empty SyncStep2 only ends what was kept. */
function saying(to: FakeServer) {
  return [...to.sockets].flatMap((socket) => socket.frames).filter((frame) => frame.update.length > 2);
}

/** Resolves once the local copy has stored what is unsaved. */
async function chapterStored(chapter: ChapterConnection): Promise<void> {
  const [person] = people;
  await expect.poll(async () => (await person!.tab.database!.getAll('outbox')).length).toBe(chapter.state.getState().unsaved);
}

describe('writing', () => {
  test('[OB1] a change is unsaved until its acknowledgement has come, and then saved under the number of its entry', async () => {
    const chapter = (await sitDown()).open(CHAPTER);
    await until(chapter, isLive);
    server.acks = false;
    type(chapter, '改革');
    expect(chapter.state.getState().unsaved).toBe(1);
    await expect.poll(() => server.textOf(CHAPTER)).toBe('改革');
    expect(chapter.state.getState().unsaved).toBe(1);
    server.releaseAcks();
    expect(await until(chapter, isSaved)).toMatchObject({ savedSeq: 1 });
  });

  test('what others write arrives, and is not repeated to the server', async () => {
    const chapter = (await sitDown()).open(CHAPTER);
    await until(chapter, isLive);
    server.write(CHAPTER, (text) => text.insert(0, '别人写的'));
    await expect.poll(() => chapter.text.toString()).toBe('别人写的');
    type(chapter, '，我写的');
    await until(chapter, isSaved);
    expect(saying(server).map((frame) => frame.kind)).toEqual(['update']);
    expect(server.entries).toHaveLength(2);
  });

  test('[OB2] nothing that bears an update leaves before hello', async () => {
    const mute = new FakeServer();
    mute.opened = (socket) => {
      mute.sockets.add(socket);
    };
    const chapter = (await sitDown(fakeBrowser({ WebSocket: mute.WebSocket }))).open(CHAPTER);
    await expect.poll(() => mute.sockets.size).toBe(1);
    type(chapter, '未问先写');
    // The outbox item is stored, so that only the missing hello holds it back.
    await chapterStored(chapter);
    expect([...mute.sockets].flatMap((socket) => socket.frames)).toEqual([]);
  });

  test('a reader sends nothing, whatever happens in the document', async () => {
    server.role = 'reader';
    server.mayWrite = false;
    server.write(CHAPTER, (text) => text.insert(0, '原文', { bold: true }));
    const chapter = (await sitDown()).open(CHAPTER);
    await until(chapter, isLive);
    expect(chapter.state.getState()).toMatchObject({ mayWrite: false, role: 'reader' });
    server.write(CHAPTER, (text) => {
      text.format(0, 2, { bold: null });
      text.insert(2, '续');
    });
    await expect.poll(() => chapter.text.toString()).toBe('原文续');
    expect([...server.sockets].flatMap((socket) => socket.frames)).toEqual([]);
    expect(chapter.state.getState()).toMatchObject({ unsaved: 0, generation: 0 });
  });

  test.each(['editor', 'reader'] as const)('[OB5] what Yjs tidies by itself after a remote change is nobody’s entry (%s)', async (role) => {
    server.role = role;
    server.mayWrite = role === 'editor';
    server.write(CHAPTER, (text) => text.insert(0, '一二三四五六七八'));
    const start = Y.encodeStateAsUpdate(server.room(CHAPTER));
    const chapter = (await sitDown()).open(CHAPTER);
    await until(chapter, isLive);
    let tidied = 0;
    chapter.doc.on('update', (_update, origin, _doc, transaction) => {
      if (transaction.local && origin === null) tidied += 1;
    });
    // One makes words bold while another deletes them: the marks that stay around nothing are taken out by every replica.
    for (const change of [(text: Y.Text) => text.format(2, 3, { bold: true }), (text: Y.Text) => text.delete(1, 6)]) {
      const elsewhere = new Y.Doc();
      Y.applyUpdate(elsewhere, start);
      const before = Y.encodeStateVector(elsewhere);
      change(elsewhere.getText('t'));
      server.take(CHAPTER, Y.encodeStateAsUpdate(elsewhere, before));
    }
    await expect.poll(() => tidied).toBeGreaterThan(0);
    await expect.poll(() => chapter.text.toString()).toBe('一八');
    expect(chapter.state.getState()).toMatchObject({ unsaved: 0, generation: 0, refusal: null });
    expect(saying(server)).toEqual([]);
    if (role === 'reader') return;
    const entries = server.entries.length;
    type(chapter, '九');
    await until(chapter, isSaved);
    expect(server.entries).toHaveLength(entries + 1);
    // It went along: both have the same deletions.
    expect(Y.equalSnapshots(Y.snapshot(chapter.doc), Y.snapshot(server.room(CHAPTER)))).toBe(true);
  });

  test('a gap is answered with the whole difference, and its acknowledgement empties the outbox', async () => {
    const chapter = (await sitDown()).open(CHAPTER);
    await until(chapter, isLive);
    type(chapter, '一');
    await until(chapter, isSaved);
    // The server loses an entry it had: the next update depends on what is not there.
    server.rooms.set(CHAPTER, new Y.Doc({ gc: false }));
    type(chapter, '二');
    type(chapter, '三');
    await until(chapter, isSaved);
    expect(server.textOf(CHAPTER)).toBe('一二三');
  });

  test('a frame lost on its way is asked for again, though the outbox seems to cover it', async () => {
    const chapter = (await sitDown()).open(CHAPTER);
    await until(chapter, isLive);
    server.loses = () => {
      server.loses = () => false;
      return true;
    };
    type(chapter, '一');
    type(chapter, '二');
    await until(chapter, isSaved);
    expect(server.textOf(CHAPTER)).toBe('一二');
  });

  test('[RC6] a chapter opened again while it is being closed waits for the last words of the first', async () => {
    const person = await sitDown();
    const first = person.open(CHAPTER);
    await until(first, isLive);
    server.acks = false;
    type(first, '甲');
    const closing = first.close();
    const second = person.open(CHAPTER);
    // The first is still there until its text is acknowledged, and until then the second has not begun to read.
    await chapterStored(first);
    expect(second.state.getState().ready).toBe(false);
    type(first, '乙');
    server.releaseAcks();
    await closing;
    await until(second, isLive);
    type(second, '丙');
    await until(second, isSaved);
    expect(server.textOf(CHAPTER)).toBe('甲乙丙');
    expect(server.clientsOf(CHAPTER)).toHaveLength(1);
  });
});

describe('offline', () => {
  test('[OF1] a stretch of typing without the server is counted, kept over a reload and sent change by change', async () => {
    let person = await sitDown();
    let chapter = person.open(CHAPTER);
    await until(chapter, isLive);
    type(chapter, '开头。');
    await until(chapter, isSaved);
    server.goAway();
    await until(chapter, (state) => state.phase === 'offline');
    for (const word of ['断线', '也能', '写']) type(chapter, word);
    expect(chapter.state.getState()).toMatchObject({ unsaved: 3, phase: 'offline' });

    person = await reload(person);
    chapter = person.open(CHAPTER);
    await until(chapter, (state) => state.ready);
    expect(chapter.text.toString()).toBe('开头。断线也能写');
    expect(chapter.state.getState().unsaved).toBe(3);

    server.write(CHAPTER, (text) => text.insert(text.length, '别人也写了。'));
    server.reachable = true;
    chapter.reconnect();
    const state = await until(chapter, isSaved);
    expect(state.offlineSaved).toBe(3);
    expect(server.textOf(CHAPTER)).toBe(chapter.text.toString());
    expect(server.textOf(CHAPTER)).toContain('断线也能写');
    expect(server.entries).toHaveLength(5);
  });

  test('[OF2] an acknowledgement lost after the write makes no second entry', async () => {
    let person = await sitDown();
    let chapter = person.open(CHAPTER);
    await until(chapter, isLive);
    server.acks = false;
    type(chapter, '只写一次');
    await expect.poll(() => server.textOf(CHAPTER)).toBe('只写一次');
    server.goAway();
    server.loseAcks();
    await until(chapter, (state) => state.phase === 'offline');
    expect(chapter.state.getState().unsaved).toBe(1);
    person = await reload(person);
    chapter = person.open(CHAPTER);
    server.reachable = true;
    await until(chapter, isSaved);
    expect(server.textOf(CHAPTER)).toBe('只写一次');
    expect(server.entries).toHaveLength(1);
  });

  test('[OF3] only a reconnect of the same document asks by number; a reload proves what it saw', async () => {
    let person = await sitDown();
    let chapter = person.open(CHAPTER);
    await until(chapter, isLive);
    type(chapter, '甲');
    await until(chapter, isSaved);
    server.cut();
    await until(chapter, (state) => state.phase !== 'live');
    await until(chapter, isLive);
    person = await reload(person);
    chapter = person.open(CHAPTER);
    await until(chapter, isLive);
    const [first, again, reloaded] = server.addresses.map((address) => new URL(address).searchParams);
    expect([first?.has('since'), again?.get('since'), reloaded?.has('since')]).toEqual([false, '1', false]);
    expect([first?.has('seen'), again?.get('epoch'), reloaded?.get('epoch')]).toEqual([false, 'epoch-1', 'epoch-1']);
    expect(reloaded?.get('seen')).toMatch(/^1\.(ab){32}$/);
  });

  test('a browser that keeps nothing says so, and goes on in memory', async () => {
    const chapter = (await sitDown(fakeBrowser({ WebSocket: server.WebSocket, storage: false }))).open(CHAPTER);
    await until(chapter, isLive);
    expect(chapter.state.getState().durable).toBe(false);
    type(chapter, '写得出');
    type(chapter, '，也保存得了');
    await until(chapter, isSaved);
    expect(server.textOf(CHAPTER)).toBe('写得出，也保存得了');
    expect(server.clientsOf(CHAPTER)).toHaveLength(1);
  });

  test('a second tab sends what a closed tab left behind, and not what a living one still holds', async () => {
    server.goAway();
    const first = await sitDown();
    const left = first.open(CHAPTER);
    await until(left, (state) => state.phase === 'offline');
    type(left, '第一个标签页');
    await chapterStored(left);

    const second = await sitDown();
    const beside = second.open(CHAPTER);
    await until(beside, (state) => state.ready);
    expect(beside.state.getState().unsaved).toBe(0);

    people.splice(people.indexOf(first), 1);
    await first.leave();
    server.reachable = true;
    beside.reconnect();
    await until(beside, isLive);
    await expect.poll(() => server.textOf(CHAPTER)).toBe('第一个标签页');
    await until(beside, isSaved);
    expect(beside.text.toString()).toBe('第一个标签页');
  });
});

describe('client ids', () => {
  test('[ID1] 2 000 reloads with typing before and after the sync leave at most 5 client ids', async () => {
    // On a machine with nothing else to do this takes three seconds.
    const rounds = 2000;
    let person = await sitDown();
    for (let round = 0; round < rounds; round += 1) {
      // Every third time the page opens without a network, and people type before it is back.
      server.reachable = round % 3 !== 2;
      const chapter = person.open(CHAPTER);
      await until(chapter, (state) => (server.reachable ? state.ready : state.phase === 'offline'));
      if (!server.reachable && chapter.state.getState().ready) type(chapter, '离');
      server.reachable = true;
      chapter.reconnect();
      await until(chapter, isLive);
      type(chapter, '写');
      await until(chapter, isSaved);
      person = await reload(person);
    }
    expect(server.textOf(CHAPTER).replaceAll('离', '')).toBe('写'.repeat(rounds));
    expect(server.clientsOf(CHAPTER).length).toBeLessThanOrEqual(5);
  }, 120_000);

  test('[ID2] two tabs of one browser never share an id, and a later tab takes up a free one', async () => {
    const [a, b] = [await sitDown(), await sitDown()];
    const [left, right] = [a.open(CHAPTER), b.open(CHAPTER)];
    await Promise.all([until(left, isLive), until(right, isLive)]);
    type(left, '左');
    type(right, '右');
    await Promise.all([until(left, isSaved), until(right, isSaved)]);
    expect(left.doc.clientID).not.toBe(right.doc.clientID);
    const id = left.doc.clientID;
    const again = (await reload(a)).open(CHAPTER);
    await until(again, isLive);
    expect(again.doc.clientID).toBe(id);
    expect(again.awareness.clientID).toBe(id);
  });

  test('[ID3] one id serves every chapter of the report in a tab', async () => {
    const other = 'chapterchapterchap2' as ChapterId;
    const person = await sitDown();
    const [one, two] = [person.open(CHAPTER), person.open(other)];
    await Promise.all([until(one, isLive), until(two, isLive)]);
    type(one, '一');
    type(two, '二');
    await Promise.all([until(one, isSaved), until(two, isSaved)]);
    expect(server.clientsOf(CHAPTER)).toEqual(server.clientsOf(other));
  });

  test('the first focus asks the server for an id, and text is written under it', async () => {
    const chapter = (await sitDown()).open(CHAPTER);
    await until(chapter, isLive);
    chapter.wantToWrite();
    await expect.poll(() => chapter.doc.clientID).toBe(70_001);
    type(chapter, '有号了');
    await until(chapter, isSaved);
    expect(server.clientsOf(CHAPTER)).toEqual([70_001]);
  });

  test('[ID4] a copy older than what the server has of its id is noticed before anything is sent under it', async () => {
    let person = await sitDown();
    let chapter = person.open(CHAPTER);
    await until(chapter, isLive);
    type(chapter, '存了');
    await until(chapter, isSaved);
    const id = chapter.doc.clientID;
    server.goAway();
    // As after a power cut: the server has one more change of this id than the browser kept.
    server.write(CHAPTER, (text) => text.insert(text.length, '，没存住'), id);
    person = await reload(person);
    chapter = person.open(CHAPTER);
    await until(chapter, (state) => state.ready);
    type(chapter, '，又写了别的');
    server.reachable = true;
    chapter.reconnect();
    await until(chapter, (state) => state.generation === 1 && isLive(state));
    expect(chapter.text.toString()).toBe('存了，没存住');
    expect(person.rescues.list.getState()).toMatchObject([{ reason: 'fork', text: '，又写了别的' }]);
    expect(chapter.doc.clientID).not.toBe(id);
  });
});
