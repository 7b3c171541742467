import { describe, expect, it } from 'vitest';
import { docxFile } from '../../../server/export/docx/docx.ts';
import { buildDocument } from '../../../shared/document/build.ts';
import type { MarkedDocument } from '../../../shared/document/document.ts';
import { TEXT_ONLY, WHOLE_DOCUMENT } from '../../../shared/document/options.ts';
import { plainDocument } from '../../../shared/document/plain.ts';
import { cleanDocument } from '../../../shared/document/side.ts';
import type { Seq } from '../../../shared/ids.ts';
import { DocumentSession } from '../../support/document-session.ts';
import { DocxReader } from '../../support/docx-reader.ts';
import { writeFigures } from '../../support/figures.ts';
import { randomOf } from '../../support/text-random.ts';

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
      let windows = 0;
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
          expect(marked.settled('reject')).toEqual(before!.settled('accept'));
          expect(after!.changes()).toEqual([]);
          const ids = marked.ids();
          expect(new Set(ids).size).toBe(ids.length);
          for (const { kind } of marked.changes()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
          windows += 1;
        }
      }
      // Every kind of change was really written.
      expect([...kinds.keys()].sort()).toEqual(['del', 'ins', 'moveFrom', 'moveTo', 'pPr', 'rPr']);
      writeFigures('document-marked', { windows, changes: [...kinds.values()].reduce((sum, count) => sum + count, 0) });
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
});
