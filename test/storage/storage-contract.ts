import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenLog, Storage } from '../../server/core/ports.ts';
import { LogChain, toHex, verifyLog } from '../../shared/log/chain.ts';
import { all, CHAPTERS, draft, Listener, MEMBERS, OTHER, REPORT, textOf, turns } from './samples.ts';

/** A storage that a test may open again, hold back and break. */
export interface StorageUnderTest {
  /** Opens it, or opens it again after `close`. */
  open(): Promise<Storage>;
  /** From now on nothing becomes durable. */
  hold(): void;
  release(): void;
  /** The next commit fails. */
  failNextCommit(): void;
  cleanUp(): Promise<void>;
}

const sha256 = (...parts: readonly Uint8Array[]) => new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());

/** What server/core/ports.ts promises, asked of one adapter. Every adapter passes it. */
export function storageContract(name: string, make: () => Promise<StorageUnderTest>): void {
  describe(`storage contract: ${name}`, () => {
    let under: StorageUnderTest;
    let storage: Storage;
    let listener: Listener;
    let log: OpenLog;

    beforeEach(async () => {
      under = await make();
      storage = await under.open();
      await storage.logs.create(REPORT);
      listener = new Listener();
      log = await storage.logs.open(REPORT, listener);
    });

    afterEach(async () => {
      under.release();
      await storage.close();
      await under.cleanUp();
    });

    const reopen = async (): Promise<void> => {
      await storage.close();
      storage = await under.open();
      listener = new Listener();
      log = await storage.logs.open(REPORT, listener);
    };

    it('a report exists once it was created, is created once, and can be opened by one at a time', async () => {
      expect(await storage.logs.exists(REPORT)).toBe(true);
      expect(await storage.logs.exists(OTHER)).toBe(false);
      await expect(storage.logs.create(REPORT)).rejects.toThrow(/exists/);
      await expect(storage.logs.open(OTHER, new Listener())).rejects.toThrow(/no log/);
      await expect(storage.logs.open(REPORT, new Listener())).rejects.toThrow(/open already/);
      await log.close();
      log = await storage.logs.open(REPORT, listener);
      expect(log.head).toBe(0);
      expect(log.damage).toBeNull();
    });

    it('[LG1] entries are numbered 1, 2, 3 …, each told once, in order, with its origin', async () => {
      const origins = [{ n: 1 }, { n: 2 }, { n: 3 }];
      log.append([draft('一', { origin: origins[0] }), draft('二', { origin: origins[1] })]);
      log.append([draft('三', { origin: origins[2] })]);
      expect(listener.entries).toHaveLength(0);
      await listener.committedUpTo(3);
      expect(listener.entries.map((entry) => entry.seq)).toEqual([1, 2, 3]);
      expect(listener.entries.map((entry) => entry.origin)).toEqual(origins);
      expect(listener.entries.map(textOf)).toEqual(['一', '二', '三']);
      expect(log.head).toBe(3);
    });

    it('what is read is what was appended, without the origin', async () => {
      log.append([
        draft('甲', { author: MEMBERS[1]!, kind: 'outline', subject: '', origin: 'somebody' }),
        draft('乙', { subject: CHAPTERS[1]! }),
      ]);
      await listener.committedUpTo(2);
      const expected = [
        { seq: 1, at: draft('').at, author: MEMBERS[1], kind: 'outline', subject: '', payload: new TextEncoder().encode('甲') },
        { seq: 2, at: draft('').at, author: MEMBERS[0], kind: 'text', subject: CHAPTERS[1], payload: new TextEncoder().encode('乙') },
      ];
      expect((await all(log)).map(plain)).toEqual(expected);
      await reopen();
      expect((await all(log)).map(plain)).toEqual(expected);
    });

    it('[LG2] time never runs backwards within a log', async () => {
      log.append([draft('a', { at: 5_000 }), draft('b', { at: 4_000 })]);
      log.append([draft('c', { at: 6_000 })]);
      await listener.committedUpTo(3);
      expect(listener.entries.map((entry) => entry.at)).toEqual([5_000, 5_000, 6_000]);
      await reopen();
      log.append([draft('d', { at: 1_000 })]);
      await listener.committedUpTo(4);
      expect((await all(log)).map((entry) => entry.at)).toEqual([5_000, 5_000, 6_000, 6_000]);
    });

    it('any stretch can be read', async () => {
      log.append(Array.from({ length: 700 }, (_, i) => draft(`第${i + 1}笔`)));
      await listener.committedUpTo(700);
      for (const [after, upTo] of [
        [0, 0],
        [0, 1],
        [255, 257],
        [699, 700],
        [700, 700],
        [300, undefined],
      ] as const) {
        const entries = await all(log, after, upTo);
        const last = upTo ?? 700;
        expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: last - after }, (_, i) => after + 1 + i));
        expect(entries.map(textOf)).toEqual(entries.map((entry) => `第${entry.seq}笔`));
      }
    });

    it('[LG3] append with an expected head succeeds when nobody came first', async () => {
      log.append([draft('a')]);
      await listener.committedUpTo(1);
      log.append([draft('b')], 1);
      await listener.committedUpTo(2);
      expect(listener.refusals).toHaveLength(0);
    });

    it('[LG3] append with an expected head is refused when somebody came first, even in flight, and told after them', async () => {
      const late = [draft('late'), draft('later')];
      log.append([draft('first')]);
      log.append(late, 0);
      expect(listener.told).toEqual([]);
      log.append([draft('second')]);
      await listener.committedUpTo(2);
      await listener.until(() => listener.refusals.length > 0);
      expect(listener.told[0]).toMatch(/^\+/);
      expect(listener.refusals).toEqual([late]);
      expect((await all(log)).map(textOf)).toEqual(['first', 'second']);
    });

    it('an expected head needs somebody who hears a refusal', async () => {
      await log.close();
      log = await storage.logs.open(REPORT, { committed: () => {}, failed: () => {} });
      expect(() => log.append([draft('a')], 0)).toThrow(/refused/);
    });

    it('[DU1] nothing is told committed while the disk holds back, everything once it lets go', async () => {
      under.hold();
      log.append([draft('a')]);
      log.append([draft('b')]);
      await turns();
      expect(listener.told).toEqual([]);
      expect(log.head).toBe(0);
      expect(await all(log)).toEqual([]);
      under.release();
      await listener.committedUpTo(2);
      expect(log.head).toBe(2);
    });

    it('[DU2] after a failed commit nothing in flight is ever told committed, and nothing more is accepted', async () => {
      log.append([draft('kept')]);
      await listener.committedUpTo(1);
      under.failNextCommit();
      log.append([draft('lost')]);
      log.append([draft('lost too')]);
      await listener.until(() => listener.failures.length > 0);
      expect(() => log.append([draft('more')])).toThrow(/failed/);
      await turns();
      expect(listener.told).toEqual(['+1', '!']);
      expect(log.head).toBe(1);
      await log.close();
    });

    it('[DU2] a report that failed is written again once it was opened again, and the failed entries never come back', async () => {
      log.append([draft('kept')]);
      await listener.committedUpTo(1);
      under.failNextCommit();
      log.append([draft('lost')]);
      await listener.until(() => listener.failures.length > 0);
      await log.close();

      listener = new Listener();
      log = await storage.logs.open(REPORT, listener);
      expect(log.head).toBe(1);
      log.append([draft('after')]);
      await listener.committedUpTo(2);
      await reopen();
      expect((await all(log)).map(textOf)).toEqual(['kept', 'after']);
    });

    it('[DU2] a failed commit fails every open report', async () => {
      await storage.logs.create(OTHER);
      const others = new Listener();
      const other = await storage.logs.open(OTHER, others);
      under.failNextCommit();
      log.append([draft('lost')]);
      await listener.until(() => listener.failures.length > 0);
      await others.until(() => others.failures.length > 0);
      expect(() => other.append([draft('more')])).toThrow(/failed/);
      await log.close();
      await other.close();
    });

    it('[DU3] what was committed is there after closing and opening, and numbering goes on', async () => {
      log.append([draft('a'), draft('b')]);
      await listener.committedUpTo(2);
      const head = await log.chainHead(2);
      await reopen();
      expect(log.head).toBe(2);
      expect(await log.chainHead(2)).toBe(head);
      log.append([draft('c')]);
      await listener.committedUpTo(3);
      expect((await all(log)).map(textOf)).toEqual(['a', 'b', 'c']);
    });

    it('closing waits for what is in flight', async () => {
      log.append([draft('a')]);
      await log.close();
      expect(listener.told).toEqual(['+1']);
      expect(() => log.append([draft('b')])).toThrow(/closed/);
      log = await storage.logs.open(REPORT, new Listener());
      expect((await all(log)).map(textOf)).toEqual(['a']);
    });

    it('[LG4] two reports written at the same time keep their own numbering and their own entries', async () => {
      await storage.logs.create(OTHER);
      const others = new Listener();
      const other = await storage.logs.open(OTHER, others);
      for (let i = 1; i <= 50; i++) {
        log.append([draft(`甲${i}`)]);
        if (i % 2 === 0) other.append([draft(`乙${i / 2}`, { author: MEMBERS[1]! })]);
        if (i % 7 === 0) await turns(1);
      }
      await listener.committedUpTo(50);
      await others.committedUpTo(25);
      expect((await all(log)).map(textOf)).toEqual(Array.from({ length: 50 }, (_, i) => `甲${i + 1}`));
      expect((await all(other)).map(textOf)).toEqual(Array.from({ length: 25 }, (_, i) => `乙${i + 1}`));
      await other.close();
    });

    it('[CH1] the chain follows from the entries alone, at every seq, however they were batched', async () => {
      const texts = Array.from({ length: 600 }, (_, i) => `字${i}`);
      for (let i = 0; i < texts.length; i += 1 + (i % 5)) {
        log.append(texts.slice(i, i + 1 + (i % 5)).map((text) => draft(text)));
        if (i % 50 < 3) await turns(1);
      }
      await listener.committedUpTo(600);
      const entries = await all(log);
      const reference = new LogChain(REPORT, sha256);
      const heads = [toHex(reference.head())];
      for (const entry of entries) {
        reference.add(entry);
        heads.push(toHex(reference.head()));
      }
      for (const seq of [600, 0, 1, 255, 256, 257, 512, 599, 600]) expect(await log.chainHead(seq)).toBe(heads[seq]);
      await reopen();
      for (const seq of [1, 256, 600, 300]) expect(await log.chainHead(seq)).toBe(heads[seq]);
      expect(await verifyLog(REPORT, log.read(0), sha256, [{ seq: 256, head: heads[256]! }])).toEqual({
        ok: true,
        value: { seq: 600, head: heads[600] },
      });
      await expect(log.chainHead(601)).rejects.toThrow(/not there yet/);
    });

    it('a checkpoint is what was saved last, or nothing', async () => {
      const chapter = CHAPTERS[0]!;
      expect(await storage.checkpoints.load(REPORT, chapter)).toBeNull();
      const bytes = (n: number) => new Uint8Array(n).fill(n);
      await storage.checkpoints.save(REPORT, chapter, { seq: 1, join: bytes(3), full: bytes(0) });
      await storage.checkpoints.save(REPORT, chapter, { seq: 2, join: bytes(5), full: bytes(7) });
      await reopen();
      expect(await storage.checkpoints.load(REPORT, chapter)).toEqual({ seq: 2, join: bytes(5), full: bytes(7) });
      expect(await storage.checkpoints.load(REPORT, CHAPTERS[1]!)).toBeNull();
    });

    it('records are there after closing and opening', async () => {
      const account = { id: MEMBERS[0]!, name: '李明', admin: true, createdAt: 1 };
      const link = { hash: 'a'.repeat(64), account: null, expiresAt: 10, usedAt: null };
      const session = { hash: 'b'.repeat(64), account: MEMBERS[0]!, kind: 'browser' as const, label: '', createdAt: 1, expiresAt: 99 };
      expect(storage.records.terms()).toEqual({ entries: [], off: [] });
      const term = {
        wrong: '旧称',
        right: '今称',
        unless: [],
        severity: 'error' as const,
        reason: '更名',
        cites: '',
        by: MEMBERS[0]!,
        at: 3,
      };
      const terms = { entries: [term], off: ['布署'] };
      const report = { id: REPORT, title: '年度报告', createdAt: 2, createdBy: MEMBERS[0]!, members: [MEMBERS[0]!] };
      await Promise.all([
        storage.records.putAccount({ ...account, name: '李' }),
        storage.records.putAccount(account),
        storage.records.putLink(link),
        storage.records.putSession(session),
        storage.records.putSession({ ...session, hash: 'c'.repeat(64) }),
        storage.records.removeSession('c'.repeat(64)),
        storage.records.putReport(report),
        storage.records.putTerms(terms),
      ]);
      await storage.records.putLink({ ...link, usedAt: 5 });
      await reopen();
      expect(storage.records.accounts()).toEqual([account]);
      expect(storage.records.account(MEMBERS[0]!)).toEqual(account);
      expect(storage.records.account(MEMBERS[1]!)).toBeNull();
      expect(storage.records.links()).toEqual([{ ...link, usedAt: 5 }]);
      expect(storage.records.link(link.hash)).toEqual({ ...link, usedAt: 5 });
      expect(storage.records.session(session.hash)).toEqual(session);
      expect(storage.records.session('c'.repeat(64))).toBeNull();
      expect(storage.records.reports()).toEqual([report]);
      expect(storage.records.terms()).toEqual(terms);
      expect(storage.records.terms()).toBe(storage.records.terms());
      expect(storage.records.account('__proto__' as never)).toBeNull();
    });

    it('records that are changed together are there together', async () => {
      const account = { id: MEMBERS[0]!, name: '李明', admin: false, createdAt: 1, suspendedAt: 4, settings: { theme: 'dark' as const } };
      const password = { algorithm: 'scrypt' as const, cost: 2, blockSize: 8, parallel: 1, salt: 'a'.repeat(32), hash: 'b'.repeat(128) };
      const credential = { account: MEMBERS[0]!, login: '李明', password };
      const session = { hash: 'b'.repeat(64), account: MEMBERS[0]!, kind: 'browser' as const, label: '', createdAt: 20, expiresAt: 99 };
      const invitation = {
        hash: 'd'.repeat(64),
        report: REPORT,
        role: 'reader' as const,
        note: '',
        createdBy: MEMBERS[0]!,
        createdAt: 2,
        expiresAt: 9,
        usedAt: null,
        usedBy: null,
      };
      const old = { ...session, hash: 'e'.repeat(64) };
      await storage.records.putSession(old);
      await Promise.all([
        storage.records.change({
          accounts: [account],
          credentials: [credential],
          sessions: [session],
          invitations: [invitation],
          endSessions: [old.hash],
        }),
        // In their order: a session that has ended is not brought back by having been seen.
        storage.records.touchSession(old.hash, 30),
        storage.records.touchSession(session.hash, 31),
      ]);
      await reopen();
      const { records } = storage;
      expect(records.accounts()).toEqual([account]);
      expect([records.credential(MEMBERS[0]!), records.credentials()]).toEqual([credential, [credential]]);
      expect(records.credential(MEMBERS[1]!)).toBeNull();
      expect(records.sessions()).toEqual([{ ...session, seenAt: 31 }]);
      expect([records.invitation(invitation.hash), records.invitations()]).toEqual([invitation, [invitation]]);
      await records.removeInvitation(invitation.hash);
      await reopen();
      expect(storage.records.invitations()).toEqual([]);
    });
  });
}

/** Buffers and views compare as the bytes they are. */
function plain<Value extends { payload: Uint8Array }>(entry: Value): Value {
  return { ...entry, payload: new Uint8Array(entry.payload) };
}
