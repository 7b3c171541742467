import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { InProcessTextEngine } from '../../../../server/text-engine/engine.ts';
import type { ChapterId } from '../../../../shared/ids.ts';
import { seedUpdate } from '../../../../shared/text/seed.ts';
import { ALICE, BOB, REPORT } from '../../text-engine/office.ts';
import { Writer } from '../admission/writers.ts';

/** More than an engine keeps open. */
const chapters = Array.from({ length: 40 }, (_, index) => `chapter${String(index).padStart(9, '0')}` as ChapterId);

test('[HI15] a chapter that was laid down and taken up again tells the same past, and goes on', async () => {
  const engine = new InProcessTextEngine((fault) => {
    throw new Error(fault.message);
  });
  engine.open(REPORT);
  let seq = 0;
  const feed = (chapter: ChapterId, update: Uint8Array, author = ALICE) => {
    seq += 1;
    const [at, via, wordsOf, offlineSince] = [seq * 1_000, 'typing', null, 0] as const;
    engine.feed(REPORT, [{ seq, at, author, chapter, update, via, wordsOf, offlineSince }]);
  };
  const writers = chapters.map((chapter, index) => {
    const writer = new Writer(100_000 + index);
    Y.applyUpdate(writer.doc, seedUpdate());
    writer.outbox.length = 0;
    feed(chapter, seedUpdate());
    for (const letter of `第${index}章的文字`) writer.write(() => writer.text.insert(writer.text.length - 1, letter));
    writer.write(() => writer.text.delete(0, 1));
    for (const update of writer.outbox.splice(0)) feed(chapter, update);
    return writer;
  });
  const told = async (index: number) => ({
    at: await engine.history(REPORT, 'at', { chapter: chapters[index]!, seq: seq - 3 }),
    diff: await engine.history(REPORT, 'diff', { chapters: [chapters[index]!], from: 1, to: seq, context: true }),
  });
  const newest = await told(39);
  // Asking for all the others lays this one down.
  for (const chapter of chapters.slice(0, 39)) await engine.history(REPORT, 'blame', { chapter, seq });
  expect(await told(39)).toEqual(newest);
  expect(newest.at!.blocks[0]!.runs[0]!.text).toBe('第39章的');
  const first = writers[0]!;
  first.write(() => first.text.insert(0, '首'));
  feed(chapters[0]!, first.outbox[0]!, BOB);
  const diff = await engine.history(REPORT, 'diff', { chapters: [chapters[0]!], from: seq - 1, to: seq, context: false });
  expect(diff.chapters[0]!.blocks[0]!.segments.map(({ op, text }) => `${op} ${text}`)).toEqual(['ins 首', 'keep 0章的文字']);
});
