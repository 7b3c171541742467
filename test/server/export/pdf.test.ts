import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PdfSetter } from '../../../server/export/pdf/pdf.ts';
import { buildDocument } from '../../../shared/document/build.ts';
import {
  BOTTOM_MARGIN,
  COLUMNS,
  LEFT_MARGIN,
  PAPER,
  points,
  RIGHT_MARGIN,
  ROW_POINTS,
  ROWS,
  TOP_MARGIN,
} from '../../../shared/document/layout.ts';
import { type DocumentOptions, TEXT_ONLY, WHOLE_DOCUMENT } from '../../../shared/document/options.ts';
import { plainDocument } from '../../../shared/document/plain.ts';
import { cleanDocument } from '../../../shared/document/side.ts';
import type { Particulars } from '../../../shared/particulars/particulars.ts';
import { writeFigures } from '../../support/figures.ts';
import { pdfLetters, pdfPages } from '../../support/pdf-reader.ts';
import { importedPast } from '../../support/plain-past.ts';
import { realReport } from '../../support/real-report.ts';
import { repository } from '../../support/repository.ts';

const setter = new PdfSetter(null);
const origin = { title: '关于某事的报告', report: 'report0000000000', seq: 412 };
const PARTICULARS: Particulars['values'] = {
  type: '报告',
  addressees: ['市委', '市政府'],
  secrecy: 'secret',
  secrecyPeriod: '1年',
  urgency: 'urgent',
  signer: '张三',
  issuer: '中共示例县工作委员会',
  date: '2026-01-05',
  attachments: ['示例园区2025年度重点任务完成情况一览表（含未完成事项的原因和办结时限说明，共三份）', '名单'],
  note: '此件公开发布',
  copies: ['县人大常委会办公室', '县政协办公室', '县纪委监委'],
  printer: '中共示例县工作委员会办公室',
  printDate: '2026-01-08',
};

function setText(text: string, options: DocumentOptions = TEXT_ONLY, values: Particulars['values'] = {}) {
  const document = cleanDocument(buildDocument(importedPast(text, values), options), 'after');
  return { document, set: setter.set(document, origin) };
}

/** For looking at: GONGBI_SHOTS names a folder. */
function keep(name: string, bytes: Uint8Array): void {
  const folder = process.env['GONGBI_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}`, bytes);
}

/** Every report of the import's fixtures, and the real one where there is one. */
function reports(): readonly (readonly [string, string])[] {
  const folder = join(repository, 'test/fixtures/import');
  const ours = readdirSync(folder).filter((name) => /^\d.*(?<!tree)\.txt$/.test(name));
  const real = realReport();
  return [...ours.map((name) => [name, join(folder, name)] as const), ...(real === null ? [] : [['real', real] as const])].map(
    ([name, file]) => [name, readFileSync(file, 'utf8')] as const,
  );
}

const bare = (text: string) => text.replace(/\s/gu, '');

describe('the page that Typst sets', () => {
  it('[EX5] holds 22 lines of 28 characters within the margins of GB/T 9704', async () => {
    const { set } = setText(`报告\n${'一二三四五六七八九十'.repeat(200)}`);
    const pages = await pdfPages(set.pdf());
    const full = pages[1]!.filter(({ text }) => !text.startsWith('—'));
    expect(full.length).toBe(ROWS);
    expect(new Set(full.map(({ text }) => [...text].length))).toEqual(new Set([COLUMNS]));
    for (const { left, right } of full) {
      expect(left).toBeCloseTo(points(LEFT_MARGIN), 0);
      expect(right).toBeLessThan(points(PAPER.width - RIGHT_MARGIN) + 1);
      expect(right).toBeGreaterThan(points(PAPER.width - RIGHT_MARGIN) - 2);
    }
    const pitches = full.slice(1).map(({ y }, index) => y - full[index]!.y);
    for (const pitch of pitches) expect(pitch).toBeCloseTo(ROW_POINTS, 1);
    expect(full[0]!.y - 16).toBeGreaterThan(points(TOP_MARGIN) - 2);
    expect(full.at(-1)!.y).toBeLessThan(points(PAPER.height - BOTTOM_MARGIN));
  });

  it('[EX5] numbers pages — 1 — on the right of odd pages and on the left of even ones, 7 mm below the text', async () => {
    const { set } = setText(`报告\n${'一二三四五六七八九十'.repeat(200)}`);
    const pages = await pdfPages(set.pdf());
    const numbers = pages.slice(0, 2).map((lines) => lines.find(({ text }) => text.startsWith('—'))!);
    expect(numbers.map(({ text }) => text)).toEqual(['— 1 —', '— 2 —']);
    expect(numbers[0]!.right).toBeCloseTo(points(PAPER.width - RIGHT_MARGIN) - 14, 0);
    expect(numbers[1]!.left).toBeCloseTo(points(LEFT_MARGIN) + 14, 0);
    // The dash is at the middle of its line: a third of the size above the baseline.
    for (const { y } of numbers) expect(Math.abs(y - 14 * 0.38 - points(PAPER.height - BOTTOM_MARGIN + 7))).toBeLessThan(1.5);
  });

  it('[EX6] loses no character of any report, and says which fonts it was set with', async () => {
    const seen = { reports: 0, pages: 0, marks: 0, marksLost: 0 };
    for (const [name, text] of reports()) {
      const { document, set } = setText(text);
      const bytes = set.pdf();
      keep(`${name}.pdf`, bytes);
      const [written, read] = [bare(plainDocument(document)), await pdfLetters(bytes)];
      expect(read).toBe(written);
      for (const font of Object.values(set.fonts)) expect(font).not.toBeNull();
      seen.reports += 1;
      seen.pages += (await pdfPages(bytes)).length;
      seen.marks += written.length;
      seen.marksLost += written.length - read.length;
    }
    writeFigures('document-pdf', seen);
  });

  it('[EX6] loses nothing of rare Han, emoji, markup and formulas, and runs none of it', async () => {
    const text = [
      '关于#let与$x$的报告',
      '镕喆\u{2CB41}囍\u{20BB7}，😀👍，#panic("x") *粗* _斜_ `码` $E=mc^2$ <b>@ref</b> \\ ~ // 注 /* 块 */ = 标题 - 列 + 数 "直引号" \'单\' --- ... http://例.test',
      '一、#import "x": *',
      '=HYPERLINK("a") {{x}} \\begin{x} &amp; %s $ {y} [链接](a) 〔2026〕“”‘’……——·％㎡①',
    ].join('\n');
    const { document, set } = setText(text);
    const bytes = set.pdf();
    keep('strange.pdf', bytes);
    expect(await pdfLetters(bytes)).toBe(bare(plainDocument(document)));
  });

  it('[EX7] sets every part of the document in its place: letterhead, signature with room for the seal, and 版记 on the last even page', async () => {
    for (const [name, length] of [
      ['odd', 2],
      ['even', 60],
      ['even-full', 104],
    ] as const) {
      const { document, set } = setText(
        `关于示例园区2025年度工作的报告\n一、工作开展情况\n${'一二三四五六七八九十'.repeat(length)}`,
        { ...WHOLE_DOCUMENT, docNumber: '示例委〔2026〕12号' },
        PARTICULARS,
      );
      const bytes = set.pdf();
      keep(`whole-${name}.pdf`, bytes);
      expect((await pdfLetters(bytes)).length).toBe(bare(plainDocument(document)).length);
      const pages = await pdfPages(bytes);
      expect(pages.length % 2).toBe(0);
      const last = pages.at(-1)!;
      const printer = last.find(({ text }) => text.includes('印发'))!;
      expect(printer.y).toBeGreaterThan(points(PAPER.height - BOTTOM_MARGIN) - 22);
      expect(printer.y).toBeLessThan(points(PAPER.height - BOTTOM_MARGIN));
      const masthead = pages[0]!.find(({ text }) => text.endsWith('文件'))!;
      expect(masthead.y).toBeGreaterThan(points(TOP_MARGIN + 35));
      // A page without text before 版记: neither of the two is numbered.
      const empty = pages.findIndex((lines) => lines.every(({ text }) => text.startsWith('—')));
      if (empty >= 0) for (const lines of pages.slice(empty)) expect(lines.some(({ text }) => text.startsWith('—'))).toBe(false);
    }
  });

  it('[EX7] never leaves a heading alone at the foot of a page', async () => {
    for (let lines = 16; lines < 24; lines += 1) {
      const body = Array.from({ length: lines }, () => '一二三四五六七八九十。').join('\n');
      const { set } = setText(`报告\n一、前面的内容\n${body}\n二、不该落单的标题\n（一）也不该落单的小标题\n甲乙丙丁。`);
      const pages = await pdfPages(set.pdf());
      for (const page of pages) {
        const texts = page.map(({ text }) => text).filter((text) => !text.startsWith('—'));
        expect(texts.at(-1)).not.toMatch(/不该落单/);
      }
    }
  });

  it('[EX8] draws the same pages as pictures that need nothing else', () => {
    const { set } = setText(reports()[0]![1]);
    const pictures = set.pictures(3);
    keep('real-1.svg', new TextEncoder().encode(pictures[0]!));
    expect(pictures.length).toBe(Math.min(3, set.pages));
    for (const picture of pictures) {
      const used = [...picture.matchAll(/xlink:href="#([^"]+)"/g)].map((match) => match[1]);
      const drawn = new Set([...picture.matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]));
      expect(used.length).toBeGreaterThan(100);
      expect(used.filter((id) => !drawn.has(id))).toEqual([]);
      expect(picture).not.toMatch(/href="(?!#)|<script|<image|url\((?!#)/);
    }
  });
});
