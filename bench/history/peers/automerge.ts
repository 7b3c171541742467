import * as A from '@automerge/automerge';
import { once, report, same, sizes, timed } from '../measure.ts';
import { askedIn, pointsOf, STEP, textAfter, traceOf } from '../trace.ts';

/** @automerge/automerge on the trace: ten edits a change (one each takes many minutes), each writer under an actor id of their own. */
const EDITS_A_CHANGE = 10;
const CURSORS = 2_000;
const { edits, rounds } = sizes();
const trace = traceOf(edits);
const points = pointsOf(edits);
const wanted = askedIn(edits, rounds);
const heads = new Map<number, A.Heads>();
const actors = ['aa', 'bb', 'cc'].map((byte) => byte.repeat(16));
let doc = A.from<{ text: string }>({ text: '' }, { actor: actors[0]! });
const build = await once(() => {
  let writer = 0;
  for (let index = 0; index < trace.length; index += EDITS_A_CHANGE) {
    const some = trace.slice(index, index + EDITS_A_CHANGE);
    if (some[0]!.writer !== writer) {
      writer = some[0]!.writer;
      doc = A.clone(doc, { actor: actors[writer]! });
    }
    doc = A.change(doc, (draft) => {
      for (const { at, deleted, inserted } of some) A.splice(draft, ['text'], at, deleted, inserted);
    });
    if (wanted.has(index + some.length)) heads.set(index + some.length, A.getHeads(doc));
  }
});
same('text', doc.text, textAfter(trace, edits));
const at = (edit: number) => heads.get(edit)!;
same('text at 40 %', A.view(doc, at(points.forty)).text, textAfter(trace, points.forty));
const saved = A.save(doc);
const cursors = Math.min(CURSORS, doc.text.length);
const step = Math.floor(doc.text.length / cursors);
const some = await timed(1, () => {
  for (let index = 0; index < cursors; index += 1) A.getCursor(doc, ['text'], index * step);
});

/** Letters that a difference adds; the writer of each costs one getCursor, reckoned from what one costs. */
const added = (from: number, to: number) => {
  let letters = 0;
  for (const patch of A.diff(doc, at(from), at(to))) if (patch.action === 'splice') letters += patch.value.length;
  return letters;
};
const cursor = some / cursors;
const diffFifth = await timed(rounds, (round) => A.diff(doc, at(points.forty + round * STEP), at(points.sixty + round * STEP)));
const diffWindow = await timed(rounds, (round) => A.diff(doc, at(points.window[0] + round * STEP), at(points.window[1] + round * STEP)));

report({
  name: '@automerge/automerge 3.5.0',
  build,
  bytes: saved.length,
  load: await timed(Math.min(rounds, 3), () => A.load<{ text: string }>(saved).text),
  diffFifth,
  diffFifthAuthors: diffFifth + cursor * added(points.forty, points.sixty),
  diffWindow,
  diffWindowAuthors: diffWindow + cursor * added(points.window[0], points.window[1]),
  diffWhole: await timed(rounds, (round) => A.diff(doc, [], at(edits - round * STEP))),
  blame: cursor * doc.text.length,
  textAtForty: await timed(rounds, (round) => A.view(doc, at(points.forty + round * STEP)).text),
  notes: [
    'Ten edits a change.',
    `Authors and blame: reckoned from ${cursors} getCursor calls, one for each letter; an actor id without time.`,
  ],
});
