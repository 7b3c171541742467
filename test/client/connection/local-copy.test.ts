import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { LocalCopy } from '../../../client/connection/local-copy.ts';
import type { LocalDatabase } from '../../../client/connection/local-database.ts';
import { openLocalDatabase } from '../../../client/connection/local-database.ts';
import type { OutboxItem } from '../../../client/connection/outbox.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';
import { FakeServer } from '../../support/fake-socket.ts';
import type { FakeBrowser } from '../../support/person.ts';
import { fakeBrowser } from '../../support/person.ts';

const REPORT = 'reportreportreport1' as ReportId;
const CHAPTER = 'chapterchapterchap1' as ChapterId;
const MEMBER = 'membermembermember1' as MemberId;

let browser: FakeBrowser;
let database: LocalDatabase;

beforeEach(async () => {
  browser = fakeBrowser({ WebSocket: new FakeServer().WebSocket });
  const opened = await openLocalDatabase(browser.indexedDB, MEMBER);
  if (opened === null) throw new Error('fake-indexeddb opens');
  database = opened;
});
afterEach(() => database.close());

/** A tab's document with its local copy; every local change is kept. */
async function openTabCopy(owner: string, among: LocalDatabase | null = database) {
  const doc = new Y.Doc();
  const items: OutboxItem[] = [];
  const copy = new LocalCopy({
    environment: browser.environment,
    database: among,
    report: REPORT,
    chapter: CHAPTER,
    owner,
    wholeState: () => Y.encodeStateAsUpdate(doc),
    onChange: () => {},
  });
  const loaded = await copy.load(async () => () => {});
  for (const update of loaded.updates) Y.applyUpdate(doc, update, 'load');
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'load') return;
    const item: OutboxItem = { update, at: 1, offline: true, key: null, ready: false, sentAs: null };
    items.push(item);
    copy.append(update, item);
  });
  const text = doc.getText('t');
  return { copy, doc, text, items, loaded, write: (words: string) => text.insert(text.length, words) };
}

const counts = async () => ({ updates: await database.count('updates'), outbox: await database.count('outbox') });

describe('keeping', () => {
  test('[OB3] a change and its place in the outbox are stored together, before it may leave', async () => {
    const tab = await openTabCopy('tab-1');
    tab.write('一句话');
    expect(tab.items[0]).toMatchObject({ ready: false, key: null });
    await tab.copy.settled();
    expect(tab.items[0]?.ready).toBe(true);
    expect(await counts()).toEqual({ updates: 1, outbox: 1 });
    const again = await openTabCopy('tab-2');
    expect(again.text.toString()).toBe('一句话');
    expect(again.loaded.unsent.map((item) => item.update)).toEqual([tab.items[0]?.update]);
  });

  test('what is acknowledged leaves the outbox and stays in the copy', async () => {
    const tab = await openTabCopy('tab-1');
    tab.write('甲');
    tab.write('乙');
    await tab.copy.settled();
    tab.copy.acknowledged(tab.items.slice(0, 1), 7);
    await tab.copy.settled();
    const again = await openTabCopy('tab-2');
    expect(again.text.toString()).toBe('甲乙');
    expect(again.loaded.unsent).toHaveLength(1);
    expect(again.loaded.record.savedSeq).toBe(7);
  });

  test('a long sitting does not grow without end: rows are merged, and nothing is missing', async () => {
    const tab = await openTabCopy('tab-1');
    for (let round = 0; round < 450; round += 1) {
      tab.write('字');
      if (round % 10 === 0) await tab.copy.settled();
    }
    await tab.copy.settled();
    expect((await counts()).updates).toBeLessThanOrEqual(200);
    expect((await openTabCopy('tab-2')).text.toString()).toBe('字'.repeat(450));
  });

  test('merging in one tab keeps what another tab stored', async () => {
    const [one, two] = [await openTabCopy('tab-1'), await openTabCopy('tab-2')];
    two.write('第二页的话');
    await two.copy.settled();
    for (let round = 0; round < 250; round += 1) {
      one.write('一');
      if (round % 10 === 0) await one.copy.settled();
    }
    await one.copy.settled();
    const text = (await openTabCopy('tab-3')).text.toString();
    expect(text).toContain('第二页的话');
    expect(text.replace('第二页的话', '')).toBe('一'.repeat(250));
  });
});

describe('ending', () => {
  test('dropping stores the rescue copy and forgets the content in one transaction', async () => {
    const tab = await openTabCopy('tab-1');
    tab.write('要救的话');
    await tab.copy.settled();
    const rescue = {
      id: 'r1',
      report: REPORT,
      chapter: CHAPTER,
      heading: '标题',
      reason: 'fork',
      text: '要救的话',
      pieces: [],
      removed: 0,
      at: 1,
    } as const;
    expect(await tab.copy.drop(rescue)).toBe(true);
    expect(await counts()).toEqual({ updates: 0, outbox: 0 });
    expect(await database.getAll('rescues')).toEqual([rescue]);
  });

  test("a tab whose copy another tab dropped begins it again, whole, and the other tab's outbox stays", async () => {
    const [one, two] = [await openTabCopy('tab-1'), await openTabCopy('tab-2')];
    one.write('第一页。');
    two.write('第二页。');
    await Promise.all([one.copy.settled(), two.copy.settled()]);
    await two.copy.drop(null);
    expect(await database.count('outbox')).toBe(1);
    one.write('又一句。');
    await one.copy.settled();
    expect((await openTabCopy('tab-3')).text.toString()).toContain('第一页。又一句。');
  });

  test('a copy begun for another document is not written into', async () => {
    const [one, two] = [await openTabCopy('tab-1'), await openTabCopy('tab-2')];
    one.copy.remember({ epoch: 'old' });
    await one.copy.settled();
    await two.copy.drop(null);
    const fresh = await openTabCopy('tab-3');
    fresh.copy.remember({ epoch: 'new' });
    await fresh.copy.settled();
    one.write('旧文稿的话');
    await one.copy.settled();
    expect(one.copy.durable).toBe(false);
    expect(one.items[0]?.ready).toBe(true);
    expect((await openTabCopy('tab-4')).text.toString()).toBe('');
  });
});

describe('a browser that will not keep', () => {
  test('[OF5] when storing fails, text may leave all the same, and the copy says that it is not durable', async () => {
    const tab = await openTabCopy('tab-1');
    database.close();
    tab.write('存不下');
    await tab.copy.settled();
    expect(tab.items[0]?.ready).toBe(true);
    expect(tab.copy).toMatchObject({ durable: false, failed: true });
  });

  test('without a database nothing waits', async () => {
    const tab = await openTabCopy('tab-1', null);
    tab.write('在内存里');
    expect(tab.items[0]?.ready).toBe(true);
    expect(tab.copy).toMatchObject({ durable: false, failed: false });
  });
});
