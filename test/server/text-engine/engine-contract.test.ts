import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { TextEngine } from '../../../server/core/ports.ts';
import { InProcessTextEngine } from '../../../server/text-engine/engine.ts';
import type { FedEntry, TextFault } from '../../../server/text-engine/report-texts.ts';
import { startTextEngine } from '../../../server/text-engine/start.ts';
import { WorkerTextEngine } from '../../../server/text-engine/worker-engine.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';
import { paragraphsUpdate, seedUpdate } from '../../../shared/text/seed.ts';
import { Writer } from '../core/admission/writers.ts';

const REPORT = 'report0000000000' as ReportId;
const ONE = 'chapter000000001' as ChapterId;
const TWO = 'chapter000000002' as ChapterId;
const ALICE = 'alice00000000000' as MemberId;

let folder: string;
let faults: TextFault[] = [];
let engine: TextEngine;

/** The worker as the built server has it: one file of JavaScript. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'text-engine-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: 'server/text-engine/worker.ts',
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: 'worker.mjs' } },
    },
    ssr: { noExternal: true },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

afterEach(() => engine.stop());

let seq = 0;
function entry(chapter: ChapterId, update: Uint8Array, at = 1_000): FedEntry {
  seq += 1;
  return { seq, at, author: ALICE, chapter, update, via: 'typing', wordsOf: null, offlineSince: 0 };
}

function textOf(update: Uint8Array): string {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc.getText('t').toString();
}

const engines: [string, () => TextEngine][] = [
  ['in its own thread', () => new WorkerTextEngine(join(folder, 'worker.mjs'), (fault) => faults.push(fault))],
  ['in place', () => new InProcessTextEngine((fault) => faults.push(fault))],
];

describe.each(engines)('the text engine %s', (_, start) => {
  const open = () => {
    faults = [];
    seq = 0;
    engine = start();
    engine.open(REPORT);
  };

  it('[TE1] gives a checkpoint that holds every entry, and a joiner’s form without deleted text', async () => {
    open();
    const writer = new Writer(100_001);
    writer.write(() => writer.text.insert(0, '保留的文字'));
    writer.write(() => writer.text.insert(2, '删掉的秘密'));
    writer.write(() => writer.text.delete(2, 5));
    engine.feed(REPORT, [entry(ONE, seedUpdate()), ...writer.outbox.map((update) => entry(ONE, update))]);
    const checkpoint = (await engine.checkpoint(REPORT, ONE))!;
    expect(checkpoint.seq).toBe(4);
    expect(textOf(checkpoint.full)).toBe('保留的文字');
    expect(textOf(checkpoint.join)).toBe('保留的文字');
    expect(new TextDecoder().decode(checkpoint.full)).toContain('秘密');
    expect(new TextDecoder().decode(checkpoint.join)).not.toContain('秘密');
    expect(Y.encodeStateVectorFromUpdate(checkpoint.join)).toEqual(Y.encodeStateVectorFromUpdate(checkpoint.full));
    expect(await engine.checkpoint(REPORT, TWO)).toBeNull();
    const again = (await engine.checkpoint(REPORT, ONE))!;
    expect(again.join).toEqual(checkpoint.join);
  });

  it('[TE2] does not write by itself: a checkpoint deletes nothing that no entry deleted', async () => {
    open();
    const one = new Writer(100_001);
    const other = new Writer(100_002);
    one.write(() => one.text.insert(0, '今天开会讨论'));
    for (const update of one.outbox) other.receive(update);
    one.write(() => one.text.format(0, 4, { bold: true }));
    other.write(() => other.text.format(2, 4, { bold: true }));
    const updates = [...one.outbox, ...other.outbox];
    engine.feed(REPORT, [entry(ONE, seedUpdate()), ...updates.map((update) => entry(ONE, update))]);
    const checkpoint = (await engine.checkpoint(REPORT, ONE))!;
    const deleted = (update: Uint8Array) => Y.decodeUpdate(update).ds.clients.size;
    expect(updates.reduce((sum, update) => sum + deleted(update), 0)).toBe(0);
    expect(deleted(checkpoint.full)).toBe(0);
    expect(deleted(checkpoint.join)).toBe(0);
  });

  it('[TE3] counts characters as offices do, and blanks', async () => {
    open();
    const text = [
      { kind: 'heading', text: '1. 基本 情况' },
      { kind: 'paragraph', text: '会议召开**次，增长*.*%。' },
    ] as const;
    engine.feed(REPORT, [entry(ONE, paragraphsUpdate(text, 2)), entry(TWO, seedUpdate())]);
    const figures = await engine.figures(REPORT);
    expect(figures.get(ONE)).toEqual({
      characters: 6 + 15,
      withoutPunctuation: 5 + 13,
      words: 5 + 11,
      kinds: '3p',
      blanks: 2,
      text: '1. 基本 情况\n会议召开**次，增长*.*%。',
    });
    expect(figures.get(TWO)).toEqual({ characters: 0, withoutPunctuation: 0, words: 0, blanks: 0, kinds: 'p', text: '' });
    const writer = new Writer(100_001);
    writer.write(() => writer.text.insert(0, '新'));
    engine.feed(REPORT, [entry(TWO, writer.outbox[0]!)]);
    expect((await engine.figures(REPORT)).get(TWO)?.characters).toBe(1);
  });

  it('[TE4] tells of an entry that cannot be applied, and goes on', async () => {
    open();
    const writer = new Writer(100_001);
    writer.write(() => writer.text.insert(0, '甲'));
    writer.write(() => writer.text.insert(1, '乙'));
    const fed = [
      entry(ONE, seedUpdate()),
      entry(ONE, Uint8Array.from([1, 2, 3])),
      entry(ONE, writer.outbox[0]!),
      entry(ONE, writer.outbox[1]!),
    ];
    engine.feed(REPORT, fed);
    engine.feed(REPORT, [fed[3]!]);
    expect((await engine.figures(REPORT)).get(ONE)?.text).toBe('甲乙');
    expect(faults.map((fault) => fault.seq)).toEqual([2, 4]);
  });

  it('[TE5] finds what was moved between chapters, and answers only for what is newer', async () => {
    open();
    const here = new Writer(100_001);
    const there = new Writer(100_002);
    here.write(() => here.text.insert(0, '要把规范权力运行摆在突出位置'));
    here.write(() => here.text.delete(2, 8));
    there.write(() => there.text.insert(0, '规范权力运行摆在'));
    engine.feed(REPORT, [
      entry(ONE, seedUpdate()),
      entry(TWO, seedUpdate()),
      entry(ONE, here.outbox[0]!),
      entry(ONE, here.outbox[1]!),
      entry(TWO, there.outbox[0]!),
    ]);
    const found = await engine.copies(REPORT, 0);
    expect(found).toEqual([
      { chapter: TWO, to: { client: 100_002, clock: 0, length: 8 }, fromChapter: ONE, fromClient: 100_001, fromClock: 2, seq: 5 },
    ]);
    expect(await engine.copies(REPORT, 5)).toEqual([]);
  });

  it('[TE6] keeps more chapters than it keeps open', async () => {
    open();
    const chapters = Array.from({ length: 40 }, (_, index) => `chapter${String(index).padStart(9, '0')}` as ChapterId);
    for (const [index, chapter] of chapters.entries()) {
      engine.feed(REPORT, [entry(chapter, paragraphsUpdate([{ kind: 'paragraph', text: `第${index}章` }], 2))]);
    }
    const writer = new Writer(100_001);
    writer.write(() => writer.text.insert(0, '又'));
    for (const chapter of chapters) engine.feed(REPORT, [entry(chapter, writer.outbox[0]!)]);
    const figures = await engine.figures(REPORT);
    expect(chapters.map((chapter) => figures.get(chapter)?.text)).toEqual(
      chapters.map((__, index) => expect.stringContaining(`第${index}章`)),
    );
    expect([...figures.values()].every(({ text }) => text.includes('又'))).toBe(true);
  });

  it('[TE7] forgets a closed report', async () => {
    open();
    engine.feed(REPORT, [entry(ONE, seedUpdate())]);
    engine.close(REPORT);
    expect(await engine.checkpoint(REPORT, ONE)).toBeNull();
    expect((await engine.figures(REPORT)).size).toBe(0);
  });
});

describe('startTextEngine', () => {
  it('[TE8] takes the built worker where there is one, and does without where there is none', async () => {
    engine = startTextEngine(() => {}, join(folder, 'worker.mjs'));
    expect(engine).toBeInstanceOf(WorkerTextEngine);
    await engine.stop();
    engine = startTextEngine();
    expect(engine).toBeInstanceOf(InProcessTextEngine);
  });

  it('[TE9] answers with an error, at once and later, when the thread dies', async () => {
    engine = new WorkerTextEngine(join(folder, 'worker.mjs'));
    engine.open(REPORT);
    const asked = engine.figures(REPORT);
    const stopped = engine.stop();
    await expect(asked).rejects.toThrow('stopped');
    await stopped;
    await expect(engine.copies(REPORT, 0)).rejects.toThrow('stopped');
  });

  it('[TE10] starts a new thread when one dies, refuses what the old one was asked, and says that everything must be fed again', async () => {
    const dying = join(folder, 'dying.mjs');
    const last = 'l'.repeat(20) as ReportId;
    writeFileSync(
      dying,
      `import { parentPort } from 'node:worker_threads';
       import './worker.mjs';
       parentPort.on('message', (message) => { if (message.report === '${last}') process.exit(1); });`,
    );
    engine = new WorkerTextEngine(dying);
    const restarted = new Promise<void>((resolve) => engine.onRestart(resolve));
    engine.open(last);
    await expect(engine.figures(REPORT)).rejects.toThrow('ended');
    await restarted;
    engine.open(REPORT);
    expect((await engine.figures(REPORT)).size).toBe(0);
  });
});
