import * as Y from 'yjs';
import { readTimes, TextTimes, writeTimes } from '../../../server/core/history/text-times.ts';
import { InProcessTextEngine } from '../../../server/text-engine/engine.ts';
import type { BlockAt, DiffBlock } from '../../../shared/api/history.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { keepFormats } from '../../../shared/text/formats.ts';
import { ROOT_NAME } from '../../../shared/text/render.ts';
import { CHAPTER, entriesOfTrace, seqAfter } from '../chapter.ts';
import { once, report, same, sizes, timed } from '../measure.ts';
import { pointsOf, STEP, textAfter, traceOf } from '../trace.ts';

/** The product's own text engine on the trace, one entry for each edit. */
const REPORT = 'report0000000000' as ReportId;
const { edits, rounds } = sizes();
const trace = traceOf(edits);
const { forty, sixty, window } = pointsOf(edits);
const entries = entriesOfTrace(trace);
const head = seqAfter(edits);
const engine = new InProcessTextEngine((fault) => {
  throw new Error(fault.message);
});
engine.open(REPORT);
const build = await once(() => engine.feed(REPORT, entries));

const linesOf = (blocks: readonly BlockAt[]) => blocks.map(({ runs }) => runs.map(({ text }) => text).join('')).join('\n');
const sideOf = (blocks: readonly DiffBlock[], ops: readonly string[]) => {
  let text = '';
  for (const { op, segments } of blocks) {
    for (const segment of segments) if (ops.includes(segment.op)) text += segment.text;
    if (ops.includes(op)) text += '\n';
  }
  return text.slice(0, -1);
};

const at = await engine.history(REPORT, 'at', { chapter: CHAPTER, seq: seqAfter(forty) });
same('text at 40 %', linesOf(at!.blocks), textAfter(trace, forty));
const ask = (from: number, to: number, context: boolean) =>
  engine.history(REPORT, 'diff', { chapters: [CHAPTER], from: seqAfter(from), to: seqAfter(to), context });
const whole = (await ask(forty, sixty, true)).chapters[0]!.blocks;
same('difference, before', sideOf(whole, ['keep', 'del', 'left']), textAfter(trace, forty));
same('difference, after', sideOf(whole, ['keep', 'ins', 'moved']), textAfter(trace, sixty));

const checkpoint = (await engine.checkpoint(REPORT, CHAPTER))!;
const times = new TextTimes();
const doc = new Y.Doc({ gc: false });
keepFormats(doc.getText(ROOT_NAME));
for (const entry of entries) {
  doc.once('afterTransaction', (transaction) => times.note(entry, transaction));
  Y.applyUpdate(doc, entry.update);
}
const tables = writeTimes(times.of(CHAPTER));
// What is timed runs in a heap like a server's: the trace is not in it.
const last = entries.length;
entries.length = 0;
const more = entriesOfTrace(traceOf(edits + rounds + 1)).slice(last);

const indexed = await timed(rounds, (round) => ask(window[0] + round * STEP, window[1] + round * STEP, false));
// One more keystroke each time: the first question after it makes the block index anew.
const fresh = await timed(
  rounds,
  () => ask(window[0], window[1], false),
  () => engine.feed(REPORT, more.splice(0, 1)),
);
const diffFifth = await timed(rounds, (round) => ask(forty + round * STEP, sixty + round * STEP, false));

const open = () => {
  const opened = new Y.Doc({ gc: false });
  Y.applyUpdate(opened, checkpoint.full);
  return opened.getText(ROOT_NAME).length;
};
const bare = await timed(rounds * 3, open);
const load = await timed(rounds * 3, () => {
  open();
  readTimes(tables);
});

/** The same with every chunk of the tables read, as the first question about the whole chapter does. */
const loadAll = await timed(rounds * 3, () => {
  open();
  const { inserted, deleted } = readTimes(tables);
  let ranges = 0;
  for (const table of [inserted, deleted]) table.each(() => (ranges += 1));
  return ranges;
});

report({
  name: 'Gongbi',
  build,
  bytes: checkpoint.full.length + tables.length,
  load,
  bare,
  loadAll,
  tables: tables.length,
  diffFifth,
  diffFifthAuthors: diffFifth,
  diffFifthContext: await timed(rounds, (round) => ask(forty + round * STEP, sixty + round * STEP, true)),
  diffWindow: indexed,
  diffWindowAuthors: indexed,
  diffWindowFresh: fresh,
  diffWhole: await timed(rounds, (round) => ask(0, edits - round * STEP, false)),
  diffWholeContext: await timed(rounds, (round) => ask(0, edits - round * STEP, true)),
  blame: await timed(rounds, () => engine.history(REPORT, 'blame', { chapter: CHAPTER, seq: head })),
  textAtForty: await timed(rounds, (round) => engine.history(REPORT, 'at', { chapter: CHAPTER, seq: seqAfter(forty + round * STEP) })),
  notes: ['Every answer holds who wrote, deleted and moved what, and when.'],
});
