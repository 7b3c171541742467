import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import { proveComplete } from '../../../shared/importing/complete.ts';
import { recognise } from '../../../shared/importing/recognise.ts';
import { MAX_NODES } from '../../../shared/importing/structure.ts';
import { toReport } from '../../../shared/importing/to-report.ts';
import { emptyOutline, reduceOutline } from '../../../shared/outline/fold.ts';
import { parseSingleLine } from '../../../shared/outline/single-line.ts';
import { writeFigures } from '../../support/figures.ts';
import { asSource } from './import-support.ts';

const runs = process.env['GONGBI_PROOF'] === '1' ? 20_000 : 600;

/** Pieces of which reports are made, and of which the recogniser's rules are made; any order of them is a text. */
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('一、', '二、', '三、', '（一）', '（二）', '(三)', '1.', '2．', '（1）', '(2)', '①') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('第一章', '第二章　', '第一条', '第二条 ', '第一节', '第一编', '第十条', '一是', '二是', '其一、'),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom('。', '，', '；', '：', '？', '.', ',', ';', ' ', '　', '  ', '*', '**', '*.*', '“', '”', '《', '》'),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '\n',
      '\n',
      '\n',
      '\r\n',
      '\r',
      '\n\n',
      '\u2028',
      '\u0085',
      '\t',
      '\f',
      '\u0000',
      '\u200b',
      '\ufeff',
      '\ud83d',
    ),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom('工作开展情况', '总的来看', '全年', '2025年，', '的报告', '的通知', '关于印发', '特此报告。', '同志们，'),
  },
  { weight: 6, arbitrary: fc.stringMatching(/^[甲乙丙丁戊己庚辛0-9a-z]{1,40}$/) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.constantFrom('2025年1月5日', '附件：清单', '以上报告，请审阅。', '（此件公开发布）', 'OK and', '𠮷') },
);
const anyText = fc.oneof(
  { weight: 6, arbitrary: fc.array(piece, { maxLength: 120, size: 'max' }).map((pieces) => pieces.join('')) },
  {
    weight: 1,
    arbitrary: fc.array(piece, { maxLength: 120, size: 'max' }).map((pieces) => pieces.join('').replace(/[\n\r\u2028\u0085\f]/g, '')),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.stringMatching(/^[甲乙丙。]{24,28}$/), { maxLength: 30, size: 'max' }).map((lines) => lines.join('\n')),
  },
);

describe('the law of import', () => {
  test('[IM1] title, numbers, headings and bodies in order are the source but for white space, for any text', () => {
    let longest = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const preview = recognise(asSource(text));
        expect(proveComplete(preview, text)).toMatchObject({ ok: true });
        longest = Math.max(longest, preview.nodes.length);
      }),
      { numRuns: runs },
    );
    // The texts made are not trivial: some have a real tree.
    expect(longest).toBeGreaterThan(3);
    writeFigures('import-law', { texts: runs });
  });

  test('[IM1] what is created is the tree that was shown: same order, places, headings and blocks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const preview = recognise(asSource(text));
        let made = 0;
        const report = toReport(preview, () => `n${made++}`.padEnd(16, '0') as NodeId);
        const outline = reduceOutline(
          emptyOutline,
          { op: 'create', epoch: 'e', beginning: 'import', title: report.title, nodes: report.nodes },
          { seq: 1, at: 1, author: 'm'.padEnd(16, '0') as MemberId, kind: 'outline', subject: '' },
        );
        expect(outline.nodes).toEqual(report.nodes);
        for (const [index, node] of report.nodes.entries()) {
          expect(parseSingleLine(node.heading)).toBe(node.heading);
          expect(report.texts.get(node.id)).toEqual(node.kind === 'part' ? undefined : preview.nodes[index]?.blocks);
        }
        expect(parseSingleLine(report.title)).toBe(report.title);
        for (const node of preview.nodes) {
          for (const block of node.blocks) expect(block.text).toBe(block.text.trim());
          expect(node.blocks.every((block) => block.text !== '' && !/[\n\r\u2028\u2029]/.test(block.text))).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });

  test('[IM1] a tree that lacks a character, or holds one twice, or in another order, is found out', () => {
    const text = '报告\n一、甲\n乙丙。\n二、丁\n戊。';
    const preview = recognise(asSource(text));
    const [first, second] = preview.nodes;
    if (first === undefined || second === undefined) throw new Error('two chapters expected');
    expect(proveComplete({ title: preview.title, nodes: [first] }, text)).toMatchObject({ ok: false });
    expect(proveComplete({ title: preview.title, nodes: [second, first] }, text)).toMatchObject({ ok: false });
    expect(proveComplete({ title: preview.title, nodes: [{ ...first, heading: '甲甲' }, second] }, text)).toEqual({
      ok: false,
      error: { offset: 5, source: '乙丙。二、丁戊。', tree: '甲乙丙。二、丁戊。' },
    });
  });
});

describe('bounds', () => {
  test('[IM8] a text of a hundred thousand headings gives a bounded outline, and nothing is lost', () => {
    const text = `报告\n${'一、甲\n乙。\n'.repeat(100_000)}`;
    const preview = recognise(asSource(text));
    expect(preview.nodes.length).toBeLessThanOrEqual(MAX_NODES + 2);
    expect(proveComplete(preview, text)).toMatchObject({ ok: true });
  });

  test('[IM8] a huge text on one line, or of marks only, is read in linear time', () => {
    // 400 000 units: anything worse than linear would run into the time limit of the test.
    for (const unit of ['一、', '（一）甲', '甲。', '**、', '一是二是', '　', 'a ', '第一条', '。”  ']) {
      const text = `报告\n${unit.repeat(Math.floor(400_000 / unit.length))}`;
      expect(proveComplete(recognise(asSource(text)), text)).toMatchObject({ ok: true });
    }
  });
});
