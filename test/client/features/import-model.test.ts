import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isExact, linesToLookAt, previewRows, runInRange } from '../../../client/features/import/model.ts';
import { readFile } from '../../../client/features/import/source.ts';
import { acceptText } from '../../../shared/importing/decode.ts';
import { recognise } from '../../../shared/importing/recognise.ts';

const preview = (text: string) => {
  const accepted = acceptText(text);
  if (!accepted.ok) throw new Error(accepted.error.code);
  return recognise(accepted.value);
};

const sample = preview(
  [
    '青石镇关于2026年防汛准备情况的报告',
    '今年以来，全镇按照“防大汛、抢大险”的要求做好各项准备。',
    '一、主要工作',
    '（一）排查隐患',
    '一是巡查堤段**处。',
    '（二）备足物资',
    '储备沙袋**条。',
    '二、下步打算',
    '（一）加强值守。汛期实行24小时值班。',
    '（二）开展演练。每月演练一次。',
  ].join('\n'),
);

describe('the preview of an import', () => {
  test('title, headings with numbers by place, and one row of text under each', () => {
    expect(previewRows(sample).map((row) => `${row.line} ${row.kind} ${row.number}${row.text}`)).toEqual([
      '1 title 青石镇关于2026年防汛准备情况的报告',
      '2 text 今年以来，全镇按照“防大汛、抢大险”的要求做好各项准备。',
      '3 part 一、主要工作',
      '4 chapter （一）排查隐患',
      '5 text 一是巡查堤段**处。',
      '6 chapter （二）备足物资',
      '7 text 储备沙袋**条。',
      '8 part 二、下步打算',
      '9 chapter （一）加强值守。',
      '9 text 汛期实行24小时值班。',
      '10 chapter （二）开展演练。',
      '10 text 每月演练一次。',
    ]);
  });

  test('figures stand on text rows; the opening passage is called so; a split heading is told', () => {
    const rows = previewRows(sample).filter((row) => row.kind === 'text');
    expect(rows.map((row) => row.figures?.blanks)).toEqual([0, 1, 1, 0, 0]);
    expect(rows[0]).toMatchObject({ passage: 'preamble', splitFromHeading: false });
    expect(rows[3]).toMatchObject({ passage: null, splitFromHeading: true });
  });

  test('a run-in heading is found in its source line, number included', () => {
    const node = sample.nodes.find((other) => other.form === 'run-in');
    if (node === undefined) throw new Error('The sample has a run-in heading.');
    const source = sample.lines[node.line - 1] ?? '';
    const range = runInRange(node, source);
    expect(range === null ? null : source.slice(...range)).toBe('（一）加强值守。');
  });

  test('exactness is compared, not assumed: a dropped character is noticed', () => {
    expect(isExact(sample)).toBe(true);
    const [first, ...rest] = sample.nodes;
    if (first === undefined) throw new Error('The sample has nodes.');
    const robbed = { ...first, blocks: first.blocks.map((block) => ({ ...block, text: block.text.slice(1) })) };
    expect(isExact({ ...sample, nodes: [robbed, ...rest] })).toBe(false);
  });

  test('every fixture of the importer is shown whole: each heading a row, and exact', () => {
    const folder = join(import.meta.dirname, '../../fixtures/import');
    const names = readdirSync(folder).filter((name) => name.endsWith('.txt') && !name.includes('.tree.'));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const bytes = readFileSync(join(folder, name));
      let text: string;
      try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      } catch {
        text = new TextDecoder('gb18030').decode(bytes);
      }
      const shown = preview(text);
      const headings = previewRows(shown).filter((row) => row.kind === 'part' || row.kind === 'chapter');
      expect(headings.length, name).toBe(shown.nodes.filter((node) => node.kind !== 'passage').length);
      expect(isExact(shown), name).toBe(true);
      for (const line of linesToLookAt(shown)) expect(line, name).toBeLessThanOrEqual(shown.lines.length);
    }
  });

  test('a file over 10 MB is known as too big before it is read', async () => {
    const big = { name: 'big.txt', size: 10 * 1024 * 1024 + 1, arrayBuffer: () => Promise.reject(new Error('must not be read')) };
    expect((await readFile(big as unknown as File)).tooBig).toBe(true);
    const small = new File(['字'], 'small.txt');
    expect(await readFile(small)).toMatchObject({ name: 'small.txt', tooBig: false, body: { bytes: new Uint8Array([0xe5, 0xad, 0x97]) } });
  });
});
