import { LoroDoc } from 'loro-crdt';
import { once, report, same, sizes, timed } from '../measure.ts';
import { askedIn, EDIT_MS, pointsOf, STEP, textAfter, traceOf } from '../trace.ts';

/** loro-crdt on the trace: a commit for each edit, under its writer's peer id. */
const { edits, rounds } = sizes();
const trace = traceOf(edits);
const points = pointsOf(edits);
const wanted = askedIn(edits, rounds);
const versions = new Map<number, ReturnType<LoroDoc['frontiers']>>();
const doc = new LoroDoc();
doc.setChangeMergeInterval(5);
const text = doc.getText('text');
const build = await once(() => {
  let writer = -1;
  for (const [index, edit] of trace.entries()) {
    if (edit.writer !== writer) {
      writer = edit.writer;
      doc.setPeerId(writer + 1);
    }
    if (edit.deleted > 0) text.delete(edit.at, edit.deleted);
    if (edit.inserted !== '') text.insert(edit.at, edit.inserted);
    doc.commit({ timestamp: 1_767_574_800 + Math.floor((index * EDIT_MS) / 1_000) });
    if (wanted.has(index + 1)) versions.set(index + 1, doc.frontiers());
  }
});
same('text', text.toString(), textAfter(trace, edits));
const at = (edit: number) => versions.get(edit)!;
const snapshot = doc.export({ mode: 'snapshot' });
doc.checkout(at(points.forty));
same('text at 40 %', text.toString(), textAfter(trace, points.forty));
doc.checkoutToLatest();

const length = text.length;
/** A difference, and the writer of each letter that it adds: asked for at its later point, where those letters stand. */
const withAuthors = (from: number, to: number) => {
  const difference = doc.diff(at(from), at(to), false);
  doc.checkout(at(to));
  for (const [, change] of difference) {
    if (change.type !== 'text') continue;
    let index = 0;
    for (const part of change.diff) {
      if (part.retain !== undefined) index += part.retain;
      else if (part.insert !== undefined) {
        for (let end = index + part.insert.length; index < end; index += 1) text.getEditorOf(index);
      }
    }
  }
};
doc.checkoutToLatest();
report({
  name: 'loro-crdt 1.17.1',
  build,
  bytes: snapshot.length,
  load: await timed(rounds * 3, () => {
    const opened = new LoroDoc();
    opened.import(snapshot);
    return opened.getText('text').toString();
  }),
  diffFifth: await timed(rounds, (round) => doc.diff(at(points.forty + round * STEP), at(points.sixty + round * STEP), false)),
  diffWindow: await timed(rounds, (round) => doc.diff(at(points.window[0] + round * STEP), at(points.window[1] + round * STEP), false)),
  diffFifthAuthors: await timed(
    rounds,
    (round) => withAuthors(points.forty + round * STEP, points.sixty + round * STEP),
    () => doc.checkoutToLatest(),
  ),
  diffWindowAuthors: await timed(
    rounds,
    (round) => withAuthors(points.window[0] + round * STEP, points.window[1] + round * STEP),
    () => doc.checkoutToLatest(),
  ),
  diffWhole: await timed(rounds, (round) => doc.diff([], at(edits - round * STEP), false)),
  blame: await timed(rounds, () => {
    for (let index = 0; index < length; index += 1) text.getEditorOf(index);
  }),
  textAtForty: await timed(
    rounds,
    (round) => {
      doc.checkout(at(points.forty + round * STEP));
      return text.toString();
    },
    () => doc.checkoutToLatest(),
  ),
  notes: [
    'With authors: its difference, a checkout, and the peer id of each added letter; deleted letters without, no times.',
    'Blame: a peer id for each letter, without time.',
  ],
});
