import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Credit, DiffBlock, DiffOp, DiffSegment } from '../../shared/api/history.ts';
import type { ChapterId, Seq } from '../../shared/ids.ts';
import { ROOT_NAME } from '../../shared/text/render.ts';
import { REPORT } from '../server/text-engine/office.ts';
import { writeFigures } from '../support/figures.ts';
import { addRun, CHAPTERS, HistorySession, type PlainBlock, plainBlocks } from '../support/history-session.ts';
import { randomOf } from '../support/text-random.ts';

const ACTS = ['away', 'cut', 'deleteSome', 'join', 'mark', 'move', 'overtype', 'paste', 'redo', 'restyle', 'split', 'type', 'undo'];
const PROOF = process.env['GONGBI_PROOF'] === '1';
const RUNS = PROOF ? 150 : 8;
const ENTRIES = 160;
/** A long round takes as long as it takes. */
const PATIENCE_MS = PROOF ? 1_200_000 : 30_000;
const LONG = PROOF ? 25_000 : 1_500;

/** The chapter as the history engine tells it. */
async function told(session: HistorySession, chapter: ChapterId, seq: Seq): Promise<readonly PlainBlock[]> {
  const at = await session.office.engine.history(REPORT, 'at', { chapter, seq });
  return (at?.blocks ?? []).map(({ look, runs }) => {
    const plain: { text: string; marks: readonly string[] }[] = [];
    for (const { text, marks } of runs) addRun(plain, text, marks);
    return { type: look.type, attrs: look.attrs, runs: plain };
  });
}

const SIDES: Record<'before' | 'after', ReadonlySet<DiffOp>> = {
  before: new Set<DiffOp>(['keep', 'del', 'left']),
  after: new Set<DiffOp>(['keep', 'ins', 'moved']),
};

/** One of the two states that a difference is between. */
function side(blocks: readonly DiffBlock[], which: 'before' | 'after'): readonly PlainBlock[] {
  const ops = SIDES[which];
  const plain: PlainBlock[] = [];
  let runs: { text: string; marks: readonly string[] }[] = [];
  for (const block of blocks) {
    for (const { op, text, marks, marksBefore } of block.segments) {
      if (ops.has(op)) addRun(runs, text, which === 'before' ? (marksBefore ?? marks) : marks);
    }
    if (!ops.has(block.op)) continue;
    const look = which === 'before' ? (block.was ?? block.look) : block.look;
    plain.push({ type: look.type, attrs: look.attrs, runs });
    runs = [];
  }
  expect(runs).toEqual([]);
  return plain;
}

/** The mark of a moved block is not a look: a difference tells it in its own way. */
function lookless(blocks: readonly PlainBlock[]): readonly PlainBlock[] {
  return blocks.map(({ type, attrs, runs }) => ({ type, attrs: { ...(attrs as object), moved: null }, runs }));
}

async function check(session: HistorySession, seqs: readonly Seq[], windows: readonly (readonly [Seq, Seq])[]): Promise<void> {
  const { office } = session;
  for (const chapter of CHAPTERS) {
    const states = new Map<Seq, readonly PlainBlock[]>();
    const doc = new Y.Doc({ gc: false });
    const wanted = new Set([...seqs, ...windows.flat()]);
    if (wanted.has(0)) states.set(0, plainBlocks(doc.getText(ROOT_NAME)));
    for (const entry of office.log) {
      if (entry.subject === chapter) Y.applyUpdate(doc, entry.text.update);
      if (wanted.has(entry.seq)) states.set(entry.seq, plainBlocks(doc.getText(ROOT_NAME)));
    }
    for (const seq of seqs) expect(await told(session, chapter, seq)).toEqual(states.get(seq));
    for (const [from, to] of windows) {
      const whole = await office.engine.history(REPORT, 'diff', { chapters: [chapter], from, to, context: true });
      const { blocks } = whole.chapters[0]!;
      expect(lookless(side(blocks, 'before'))).toEqual(lookless(states.get(from)!));
      expect(lookless(side(blocks, 'after'))).toEqual(lookless(states.get(to)!));
      // The block index finds exactly what the whole walk finds.
      const short = await office.engine.history(REPORT, 'diff', { chapters: [chapter], from, to, context: false });
      const plain = ({ segments, ...block }: DiffBlock, credits: readonly Credit[]) => ({
        key: block.key,
        op: block.op,
        look: block.look,
        was: block.was,
        segments: segments.map((segment) => plainSegment(segment, credits)),
      });
      const changed = blocks.filter((block) => block.changed).map((block) => plain(block, whole.credits));
      expect(short.chapters[0]!.blocks.map((block) => plain(block, short.credits))).toEqual(changed);
    }
  }
}

function plainSegment({ by, delBy, marksBy, ...segment }: DiffSegment, credits: readonly Credit[]) {
  const who = (index: number | null) => (index === null ? null : [credits[index]!.author, credits[index]!.movedBy?.member ?? null]);
  return { ...segment, by: who(by), delBy: who(delBy), marksBy: who(marksBy) };
}

function points(head: Seq, count: number, random: () => number): { seqs: Seq[]; windows: [Seq, Seq][] } {
  const pick = () => Math.floor(random() * (head + 1));
  const seqs = [0, 1, head, ...Array.from({ length: count }, pick)];
  const windows = Array.from({ length: count }, (): [Seq, Seq] => {
    const from = pick();
    return random() < 0.5
      ? [from, Math.min(head, from + 1 + Math.floor(random() * 12))]
      : ([Math.min(from, pick()), from].sort((a, b) => a - b) as [Seq, Seq]);
  });
  return { seqs, windows: [[0, head], ...windows] };
}

describe('the past', () => {
  it(
    '[HI1] is what a naive replay shows, over random sessions',
    async () => {
      const acts = new Map<string, number>();
      let states = 0;
      for (let seed = 1; seed <= RUNS; seed += 1) {
        const session = new HistorySession(seed).run(ENTRIES);
        for (const [act, count] of session.acts) acts.set(act, (acts.get(act) ?? 0) + count);
        const { seqs } = points(session.head, 12, randomOf(seed + 1_000));
        await check(session, seqs, []);
        states += seqs.length * CHAPTERS.length;
      }
      // Every kind of act was really played.
      expect([...acts.keys()].sort()).toEqual([...ACTS].sort());
      writeFigures('history-past', { firstSeed: 1, sessions: RUNS, editsEach: ENTRIES, statesChecked: states });
    },
    PATIENCE_MS,
  );

  it(
    '[HI2] lies in a difference on both sides: kept and deleted text is the one state, kept and inserted the other',
    async () => {
      let diffs = 0;
      for (let seed = 1; seed <= RUNS; seed += 1) {
        const session = new HistorySession(seed).run(ENTRIES);
        const { windows } = points(session.head, 12, randomOf(seed + 1_000));
        await check(session, [], windows);
        diffs += windows.length * CHAPTERS.length;
      }
      writeFigures('history-diffs', { firstSeed: 1, sessions: RUNS, editsEach: ENTRIES, diffsChecked: diffs });
    },
    PATIENCE_MS,
  );

  it(
    '[HI1] is right on one long session of five people too, and so are its differences',
    async () => {
      const session = new HistorySession(4_003, 5).run(LONG);
      const { seqs, windows } = points(session.head, PROOF ? 40 : 8, randomOf(77));
      await check(session, seqs, windows);
      writeFigures('history-long', {
        seed: 4_003,
        people: 5,
        edits: session.head,
        statesChecked: seqs.length * CHAPTERS.length,
        diffsChecked: windows.length * CHAPTERS.length,
      });
    },
    PATIENCE_MS,
  );

  it(
    '[HI3] blame at the head is what the attribution of the log says, unit by unit',
    async () => {
      let checked = 0;
      for (let seed = 1; seed <= RUNS; seed += 1) {
        const session = new HistorySession(seed).run(ENTRIES);
        for (const chapter of CHAPTERS) {
          const units = await session.office.blame(chapter);
          const blame = (await session.office.engine.history(REPORT, 'blame', { chapter, seq: session.head }))!;
          const told = blame.blocks.flatMap(({ runs }) =>
            runs.flatMap(({ length, by, ids }) => {
              expect(ids.reduce((sum, [, , count]) => sum + count, 0)).toBe(length);
              const { author, movedBy } = blame.credits[by]!;
              return Array.from({ length }, () => ({ author, movedBy: movedBy?.member ?? null }));
            }),
          );
          expect(told).toEqual(units.map(({ by }) => ({ author: by.author, movedBy: by.movedBy?.member ?? null })));
          checked += units.length;
        }
      }
      writeFigures('history-blame', { firstSeed: 1, sessions: RUNS, unitsChecked: checked });
    },
    PATIENCE_MS,
  );
});
