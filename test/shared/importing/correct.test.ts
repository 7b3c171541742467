import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportPreview } from '../../../shared/api.ts';
import { proveComplete } from '../../../shared/importing/complete.ts';
import { type Correction, type CorrectionRefusal, correct } from '../../../shared/importing/correct.ts';
import { piecesOf, treeOf } from '../../../shared/importing/pieces.ts';
import { recognise } from '../../../shared/importing/recognise.ts';
import { parseSingleLine } from '../../../shared/outline/single-line.ts';
import { writeFigures } from '../../support/figures.ts';
import { asSource } from './import-support.ts';

const TEXT = [
  '某市关于2025年度防汛工作情况的报告',
  '2025年，全市上下严阵以待，安全度汛。',
  '一、主要工作',
  '（一）备足物资',
  '备齐沙袋**万条，冲锋舟**艘。',
  '（二）演练在前。全市组织演练**场，人人上堤一次。',
  '2025年，全市共转移群众**人，无一伤亡。',
  '二、下一步打算',
  '（一）补短板',
  '加固堤防**公里。',
  '逐段登记，专人看管。',
].join('\n');

function preview(text = TEXT): ImportPreview {
  return recognise(asSource(text));
}

/** Finds the piece by how it begins, so that a test reads like what a person does. */
function at(tree: ImportPreview, opening: string): number {
  const index = piecesOf(tree).findIndex((piece) => (piece.number + piece.text).startsWith(opening));
  expect(index, opening).toBeGreaterThan(-1);
  return index;
}

function done(tree: ImportPreview, correction: Correction): ImportPreview {
  const result = correct(tree, correction);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function refusal(tree: ImportPreview, correction: Correction): CorrectionRefusal | null {
  const result = correct(tree, correction);
  return result.ok ? null : result.error;
}

/** Headings with their depth, passages as ¶. */
const shape = ({ title, nodes }: Pick<ImportPreview, 'title' | 'nodes'>) => [
  title,
  ...nodes.map((node) => `${node.parent === null ? '' : '  '}${node.kind} ${node.heading}${'¶'.repeat(node.blocks.length)}`),
];

describe('putting a recognised text right before anything is created', () => {
  test('[IC1] taking a tree apart and putting it together gives the same tree, for every fixture', () => {
    const folder = join(import.meta.dirname, '../../fixtures/import');
    const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'));
    expect(texts.length).toBeGreaterThan(10);
    for (const name of texts) {
      const tree = preview(readFileSync(join(folder, name), 'utf8'));
      expect(treeOf(piecesOf(tree)), name).toEqual({ title: tree.title, nodes: tree.nodes });
    }
  });

  test('[IC2] a part lowered becomes a chapter of the part above, and takes its chapters along', () => {
    const tree = preview();
    const lowered = done(tree, { kind: 'level', at: at(tree, '二、'), level: 2 });
    expect(shape(lowered).slice(-3)).toEqual(['  passage ¶', '  chapter 下一步打算', '  chapter 补短板¶¶']);
    expect(lowered.counts).toMatchObject({ parts: 1, chapters: 4 });
    const raised = done(lowered, { kind: 'level', at: at(lowered, '二、'), level: 1 });
    expect({ title: raised.title, nodes: raised.nodes }).toEqual({ title: tree.title, nodes: tree.nodes });
  });

  test('[IC2] a chapter lowered goes into the text of the one above as a heading of the third level, number and all', () => {
    const tree = preview();
    const lowered = done(tree, { kind: 'level', at: at(tree, '（二）'), level: 3 });
    expect(lowered.nodes.find((node) => node.heading === '备足物资')?.blocks.map((block) => `${block.kind} ${block.text}`)).toEqual([
      'paragraph 备齐沙袋**万条，冲锋舟**艘。',
      'heading3 （二）演练在前。',
      'paragraph 全市组织演练**场，人人上堤一次。',
    ]);
    const back = done(lowered, { kind: 'level', at: at(lowered, '（二）'), level: 2 });
    expect(back.nodes).toEqual(tree.nodes);
  });

  test('[IC3] what is no heading becomes text; a run-in heading goes back into its paragraph', () => {
    const tree = preview();
    const plain = done(tree, { kind: 'plain', at: at(tree, '（二）') });
    expect(plain.nodes.find((node) => node.heading === '备足物资')?.blocks.at(-1)?.text).toBe(
      '（二）演练在前。全市组织演练**场，人人上堤一次。',
    );
    expect(plain.counts.chapters).toBe(tree.counts.chapters - 1);
    // The number is text again and counts as such.
    expect(plain.counts.characters).toBe(tree.counts.characters + 3);
  });

  test('[IC3] a paragraph joined with the one above and split again at the same place is as before', () => {
    const tree = preview();
    const joined = done(tree, { kind: 'join', at: at(tree, '逐段') });
    const whole = joined.nodes.find((node) => node.heading === '补短板')?.blocks ?? [];
    expect(whole.map((block) => block.text)).toEqual(['加固堤防**公里。逐段登记，专人看管。']);
    const split = done(joined, { kind: 'split', at: at(joined, '加固'), offset: whole[0]?.text.indexOf('逐段') ?? 0 });
    expect(shape(split)).toEqual(shape(tree));
  });

  test('[IC3] a heading split after its stop is run-in; the title can be taken, given back and joined', () => {
    const tree = preview('甲县的报告\n一、要点：全县照办\n（一）甲\n乙。');
    const heading = at(tree, '一、');
    const split = done(tree, { kind: 'split', at: heading, offset: 3 });
    expect(split.nodes[0]).toMatchObject({ heading: '要点：', form: 'run-in' });
    const untitled = done(tree, { kind: 'plain', at: 0 });
    expect(untitled.title).toBe('');
    expect(done(untitled, { kind: 'title', at: 0 }).title).toBe('甲县的报告');
    expect(refusal(tree, { kind: 'title', at: 1 })).toBe('nothing');
  });

  test('[IC4] text without a number goes where the person says, and the question is gone', () => {
    const tree = preview();
    expect(tree.notes.find((note) => note.code === 'passage-guessed')?.lines).toEqual([7]);
    const guess = at(tree, '2025年，全市共');
    const above = done(tree, { kind: 'place', at: guess, as: 'above' });
    expect(shape(above)).toContain('  chapter 演练在前。¶¶');
    const chapter = done(tree, { kind: 'place', at: guess, as: 'chapter' });
    expect(shape(chapter)).toContain('  chapter 2025年，全市共转移群众**人，无一伤亡。');
    const passage = done(tree, { kind: 'place', at: guess, as: 'passage' });
    expect(passage.nodes).toEqual(tree.nodes);
    for (const answered of [above, chapter, passage]) expect(answered.notes.some((note) => note.code === 'passage-guessed')).toBe(false);
    expect(done(above, { kind: 'place', at: guess, as: 'passage' }).nodes).toEqual(tree.nodes);
  });

  test('[IC5] what cannot be done is refused with its reason', () => {
    const tree = preview(`报告\n一、甲\n${'长'.repeat(201)}\n乙𠮷。`);
    expect(refusal(tree, { kind: 'level', at: 2, level: 2 })).toBe('not-a-line');
    expect(refusal(tree, { kind: 'join', at: 0 })).toBe('nothing');
    expect(refusal(tree, { kind: 'join', at: 99 })).toBe('nothing');
    expect(refusal(tree, { kind: 'split', at: 3, offset: 2 })).toBe('nothing');
    expect(refusal(tree, { kind: 'split', at: 3, offset: 4 })).toBe('nothing');
    expect(refusal(tree, { kind: 'place', at: 1, as: 'above' })).toBe('nothing');
  });
});

const opening = fc.constantFrom('一、', '二、', '（一）', '（二）', '1.', '（1）', '', '', '2025年，', '综上所述，');
const words = fc.constantFrom(
  '工作情况',
  '全年完成**项。',
  '备足物资。逐一登记，专人看管',
  'Ab cd',
  '𠮷甲',
  '要求：一是快；二是稳。',
  '乙',
);
const paragraphs = fc.array(
  fc.tuple(opening, words).map(([mark, rest]) => mark + rest),
  { minLength: 1, maxLength: 24 },
);
const correction = fc.record({ pick: fc.nat(), act: fc.nat(9), offset: fc.nat(12) });

function correctionOf({ pick, act, offset }: { pick: number; act: number; offset: number }, length: number): Correction {
  const at = pick % Math.max(1, length);
  const acts: readonly Correction[] = [
    { kind: 'level', at, level: 1 },
    { kind: 'level', at, level: 2 },
    { kind: 'level', at, level: 3 },
    { kind: 'level', at, level: 4 },
    { kind: 'plain', at },
    { kind: 'join', at },
    { kind: 'split', at, offset },
    { kind: 'place', at, as: 'passage' },
    { kind: 'place', at, as: 'above' },
    { kind: 'place', at, as: 'chapter' },
  ];
  return acts[act] ?? { kind: 'title', at };
}

test('[IC1] any sequence of corrections leaves a sound tree that holds the whole source, with counts that are its own', () => {
  const runs = process.env['GONGBI_PROOF'] === '1' ? 20_000 : 600;
  let corrected = 0;
  fc.assert(
    fc.property(paragraphs, fc.array(correction, { maxLength: 20 }), (lines, corrections) => {
      const source = lines.join('\n');
      let tree = preview(source);
      for (const one of corrections) {
        const result = correct(tree, correctionOf(one, piecesOf(tree).length));
        if (!result.ok) continue;
        corrected += 1;
        tree = result.value;
        expect(proveComplete(tree, source).ok).toBe(true);
        // What is taken apart again is the same: the next correction works on what is shown.
        expect(treeOf(piecesOf(tree))).toEqual({ title: tree.title, nodes: tree.nodes });
        tree.nodes.forEach((node, index) => {
          if (node.parent !== null) expect(tree.nodes.slice(0, index)[node.parent]?.kind).toBe('part');
          if (node.kind === 'part') expect([node.parent, node.blocks.length]).toEqual([null, 0]);
          if (node.kind === 'passage') expect(node.blocks.length).toBeGreaterThan(0);
          expect(node.heading === '').toBe(node.kind === 'passage');
          expect(parseSingleLine(node.heading)).toBe(node.heading);
          for (const block of node.blocks) expect(block.text).not.toBe('');
        });
        expect(tree.counts.chapters).toBe(tree.nodes.filter((node) => node.kind === 'chapter').length);
      }
    }),
    { numRuns: runs },
  );
  expect(corrected).toBeGreaterThan(runs);
  writeFigures('desk-import-corrections', { texts: runs, corrections: corrected });
});
