import { describe, expect, it } from 'vitest';
import { docxFile } from '../../../server/export/docx/docx.ts';
import { buildDocument } from '../../../shared/document/build.ts';
import {
  type Change,
  type MarkedDocument,
  type MarkedOp,
  type MarkedParagraph,
  type ParagraphRole,
  PLAIN_RUN,
} from '../../../shared/document/document.ts';
import { TEXT_ONLY, WHOLE_DOCUMENT } from '../../../shared/document/options.ts';
import { plainDocument } from '../../../shared/document/plain.ts';
import { cleanDocument } from '../../../shared/document/side.ts';
import type { Seq } from '../../../shared/ids.ts';
import { NO_PARTICULARS } from '../../../shared/particulars/particulars.ts';
import { DocumentSession } from '../../support/document-session.ts';
import { DocxReader } from '../../support/docx-reader.ts';
import { writeFigures } from '../../support/figures.ts';
import { randomOf } from '../../support/text-random.ts';
import { ALICE, BOB, CAROL, CHAPTER, Copy, Office, REPORT } from '../text-engine/office.ts';

const PROOF = process.env['GONGBI_PROOF'] === '1';
const RUNS = PROOF ? 150 : 6;
/** A loaded machine takes its time. */
const PATIENCE_MS = PROOF ? 1_800_000 : 240_000;
const ENTRIES = 120;
const WINDOWS = 6;

function wordFile(document: MarkedDocument, from: Seq | null, seq: Seq): DocxReader {
  const origin = { title: '关于某事的报告', report: 'report0000000000', seq, from, at: 1_700_000_000_000 };
  return new DocxReader(docxFile({ document, grid: 'word', origin, masthead: '', nameOf: ({ by }) => by }));
}

describe('the marked copy, read by another reader than ours', () => {
  it(
    '[EX1] accepted whole is the clean copy of the later point, rejected whole that of the earlier, over random sessions',
    async () => {
      const kinds = new Map<string, number>();
      let [windows, acceptedIsLater, rejectedIsEarlier] = [0, 0, 0];
      for (let seed = 1; seed <= RUNS; seed += 1) {
        const session = new DocumentSession(seed, ENTRIES);
        const random = randomOf(seed + 9_000);
        const options = seed % 2 === 0 ? WHOLE_DOCUMENT : TEXT_ONLY;
        for (let index = 0; index < WINDOWS; index += 1) {
          const [from, to] = [Math.floor(random() * session.head), session.head - Math.floor(random() ** 3 * session.head)].sort(
            (a, b) => a - b,
          ) as [Seq, Seq];
          const marked = wordFile(buildDocument(await session.past(from, to), options), from, to);
          const [before, after] = await Promise.all(
            [from, to].map(async (seq) => wordFile(buildDocument(await session.past(seq, seq), options), null, seq)),
          );
          expect(marked.settled('accept')).toEqual(after!.settled('accept'));
          acceptedIsLater += 1;
          expect(marked.settled('reject')).toEqual(before!.settled('accept'));
          rejectedIsEarlier += 1;
          expect(after!.changes()).toEqual([]);
          const ids = marked.ids();
          expect(new Set(ids).size).toBe(ids.length);
          for (const { kind } of marked.changes()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
          windows += 1;
        }
      }
      // Every kind of change was really written.
      expect([...kinds.keys()].sort()).toEqual(['del', 'ins', 'moveFrom', 'moveTo', 'pPr', 'rPr']);
      const changes = [...kinds.values()].reduce((sum, count) => sum + count, 0);
      writeFigures('document-marked', { windows, acceptedIsLater, rejectedIsEarlier, changes });
    },
    PATIENCE_MS,
  );

  it(
    '[EX2] the clean copy of any point says what a naive replay of the log says',
    async () => {
      let points = 0;
      for (let seed = 1; seed <= RUNS; seed += 1) {
        const session = new DocumentSession(seed, ENTRIES);
        const random = randomOf(seed + 7_000);
        for (let index = 0; index < WINDOWS; index += 1) {
          const seq = 1 + Math.floor(random() * session.head);
          const document = cleanDocument(buildDocument(await session.past(seq, seq), TEXT_ONLY), 'after');
          expect(plainDocument(document)).toBe(`${session.linesAt(seq).join('\n').replaceAll('\u2028', '\n')}\n`);
          points += 1;
        }
      }
      writeFigures('document-clean', { points });
    },
    PATIENCE_MS,
  );

  it('[EX1] a row above the masthead that came or went leaves the masthead where it stood at each of the two points', () => {
    const [early, late] = [
      { by: ALICE, at: 1_000, seq: 3 as Seq },
      { by: BOB, at: 2_000, seq: 4 as Seq },
    ];
    const look = { align: null, left: 0, first: 0, right: 0, above: 0 };
    const paragraph = (role: ParagraphRole, text: string, op: MarkedOp, change: Change | null): MarkedParagraph => ({
      look: { ...look, role },
      runs: [{ text, look: PLAIN_RUN, op, change, was: null }],
      op,
      change,
      was: null,
    });
    const masthead = paragraph('masthead', '示例县人民政府文件', 'keep', null);
    const secrecy = (op: MarkedOp, change: Change | null) => paragraph('secrecy', '秘密', op, change);
    const urgency = (op: MarkedOp, change: Change | null) => paragraph('urgency', '特急', op, change);
    const clean = (...paragraphs: MarkedParagraph[]) => wordFile({ paragraphs }, null, 4 as Seq).settled('accept');
    const none = clean(masthead);
    const one = clean(secrecy('keep', null), masthead);
    const two = clean(secrecy('keep', null), urgency('keep', null), masthead);
    for (const [rows, before, after, by] of [
      [[secrecy('ins', early)], none, one, ALICE],
      [[secrecy('del', early)], one, none, ALICE],
      [[secrecy('ins', early), urgency('ins', late)], none, two, BOB],
      [[secrecy('keep', null), urgency('del', late)], two, one, BOB],
    ] as const) {
      const marked = wordFile({ paragraphs: [...rows, masthead] }, 1 as Seq, 4 as Seq);
      expect(marked.settled('reject')).toEqual(before);
      expect(marked.settled('accept')).toEqual(after);
      expect(marked.changes().filter(({ kind }) => kind === 'pPr')).toMatchObject([{ author: by }]);
    }
    // As many rows before as after: it never moved.
    const swapped = wordFile({ paragraphs: [secrecy('del', early), urgency('ins', late), masthead] }, 1 as Seq, 4 as Seq);
    expect(swapped.changes().filter(({ kind }) => kind === 'pPr')).toEqual([]);
  });

  it('[EX3] what three people did to a paragraph stands under each one’s name and time: written, deleted, split, moved', async () => {
    const office = new Office();
    const [alice, bob, carol] = [ALICE, BOB, CAROL].map((member, index) => new Copy(office, CHAPTER, member, 100_001 + index)) as [
      Copy,
      Copy,
      Copy,
    ];
    alice.type(1, '第一段的话。第二段的话。');
    alice.edit((tr) => tr.split(alice.find('第二段')));
    const from = office.log.length;
    // More than a sitting later, so that each has a time of their own.
    office.now += 3_600_000;
    bob.type(bob.find('一段'), '新写的');
    const wrote = office.log.at(-1)!.at;
    office.now += 3_600_000;
    carol.edit((tr) => tr.delete(carol.find('的话。'), carol.find('的话。') + 2));
    const deleted = office.log.at(-1)!.at;
    office.now += 3_600_000;
    alice.edit((tr) => {
      const first = tr.doc.child(0);
      tr.delete(0, first.nodeSize);
      return tr.insert(tr.doc.content.size, first);
    });
    const moved = office.log.at(-1)!.at;
    const to = office.log.length;
    const { credits, chapters } = await office.engine.history(REPORT, 'diff', { chapters: [CHAPTER], from, to, context: true });
    const outline = {
      title: '报告',
      titleSet: null,
      nodes: [{ id: CHAPTER, kind: 'passage', heading: '', form: 'own-line', parent: null }],
      removed: [],
      headingSet: {},
      charges: {},
    } as const;
    const document = buildDocument({ from, to, outline, particulars: NO_PARTICULARS, events: [], credits, chapters }, TEXT_ONLY);
    const changes = wordFile(document, from, to).changes();
    const when = (at: number) => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}Z`;
    const told = new Set(changes.map(({ kind, author, date, text }) => `${kind} ${author} ${date} ${text}`));
    expect(told).toContain(`del ${CAROL} ${when(deleted)} 的话`);
    expect([...told].some((line) => line.startsWith(`ins ${BOB} ${when(wrote)} 新写的`))).toBe(true);
    expect(told).toContain(`moveFrom ${ALICE} ${when(moved)} ¶`);
    expect(told).toContain(`moveTo ${ALICE} ${when(moved)} ¶`);
    // Both ends of each move that was not changed on the way carry one name.
    const names = (kind: string) =>
      changes.filter((one) => one.kind === kind && one.text !== '¶').map(({ text, move }) => `${text} ${move}`);
    expect(names('moveFrom').filter((end) => names('moveTo').includes(end)).length).toBeGreaterThan(0);
  });
});
