import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { docxFile } from '../../../server/export/docx/docx.ts';
import { SAMPLE_PARTS, SAMPLE_PREFACE, SAMPLE_TITLE } from '../../../server/sample/sample-text.ts';
import { buildDocument } from '../../../shared/document/build.ts';
import type { MarkedDocument } from '../../../shared/document/document.ts';
import { BOTTOM_MARGIN, COLUMNS, PAPER, points, ROWS } from '../../../shared/document/layout.ts';
import { TEXT_ONLY, WHOLE_DOCUMENT } from '../../../shared/document/options.ts';
import type { Seq } from '../../../shared/ids.ts';
import { DocumentSession } from '../../support/document-session.ts';
import { writeFigures } from '../../support/figures.ts';
import { type PdfLine, pdfPages } from '../../support/pdf-reader.ts';
import { importedPast } from '../../support/plain-past.ts';
import { repository } from '../../support/repository.ts';

/** Another house's program, slow to start: only in the long round, and only where it is installed. */
const hasLibreOffice = process.env['GONGBI_PROOF'] === '1' && spawnSync('soffice', ['--version']).status === 0;
const PATIENCE_MS = 180_000;
const SAMPLE = [
  SAMPLE_TITLE,
  ...SAMPLE_PREFACE,
  ...SAMPLE_PARTS.flatMap(({ chapters }) => chapters.flatMap(({ paragraphs }) => paragraphs)),
].join('\n');
const VALUES = {
  type: '报告',
  addressees: ['市委', '市政府'],
  issuer: '中共示例县工作委员会',
  signer: '沈知微',
  date: '2026-01-05',
  copies: ['县政协办公室'],
  printer: '示例县工委办公室',
  printDate: '2026-01-08',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongbi-libreoffice-'));
  // Whatever fonts the machine has: one of ours stands in for all the official ones.
  const fonts = join(repository, 'node_modules/@expo-google-fonts/noto-serif-sc/400Regular');
  const aliases = ['仿宋_GB2312', '楷体_GB2312', '黑体', '方正小标宋简体', '宋体'].map(
    (name) => `<alias binding="same"><family>${name}</family><prefer><family>Noto Serif SC</family></prefer></alias>`,
  );
  writeFileSync(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${fonts}</dir><cachedir>${join(folder, 'cache')}</cachedir>${aliases.join('')}</fontconfig>`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The pages that LibreOffice makes of each document. */
async function pagesOf(documents: Readonly<Record<string, MarkedDocument>>): Promise<Record<string, readonly (readonly PdfLine[])[]>> {
  const origin = { title: '关于某事的报告', report: 'report0000000000', seq: 9, at: 1_700_000_000_000 };
  const files = Object.entries(documents).map(([name, document]) => {
    const file = join(folder, `${name}.docx`);
    const from = name === 'marked' ? (1 as Seq) : null;
    writeFileSync(
      file,
      docxFile({ document, grid: 'libreoffice', origin: { ...origin, from }, masthead: '示例县文件', nameOf: ({ by }) => by }),
    );
    return file;
  });
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const { status, stderr } = spawnSync('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files], {
    env: { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  });
  expect(status, stderr).toBe(0);
  const pages = await Promise.all(
    Object.keys(documents).map(async (name) => [name, await pdfPages(new Uint8Array(readFileSync(join(folder, `${name}.pdf`))))] as const),
  );
  return Object.fromEntries(pages);
}

const isNumber = ({ text }: PdfLine) => /^—\s?\d+\s?—$/.test(text.trim());
const letters = (pages: readonly (readonly PdfLine[])[]) =>
  pages.flatMap((lines) => lines.filter((line) => !isNumber(line)).map(({ text }) => text)).join('');
const written = ({ paragraphs }: MarkedDocument) => paragraphs.flatMap(({ runs }) => runs.map(({ text }) => text)).join('');

/** How many letters and marks of the one are not in the other, counted one by one. */
function lost(expected: string, seen: string): number {
  const left = new Map<string, number>();
  for (const letter of seen) left.set(letter, (left.get(letter) ?? 0) + 1);
  let missing = 0;
  for (const letter of expected.replace(/\s/gu, '')) {
    const count = left.get(letter) ?? 0;
    if (count === 0) missing += 1;
    else left.set(letter, count - 1);
  }
  return missing;
}

it(
  '[EX15] LibreOffice sets the file made for it with 22 lines of 28 characters, loses no mark of a clean or a marked copy, and puts 版记 at the foot',
  async () => {
    // A ruler that cannot err: what is not there is missed.
    expect(lost('一，二。', '二一，')).toBe(1);
    if (!hasLibreOffice) {
      writeFigures('document-libreoffice', { present: false });
      return;
    }
    const session = new DocumentSession(4, 160);
    const documents = {
      full: buildDocument(importedPast(`报告\n${'一二三四五六七八九十'.repeat(200)}`), TEXT_ONLY),
      marks: buildDocument(importedPast(`报告\n${'甲乙，丙丁。“戊己”（庚）、《辛》；壬：癸！'.repeat(60)}`), TEXT_ONLY),
      whole: buildDocument(importedPast(SAMPLE, VALUES), WHOLE_DOCUMENT),
      marked: buildDocument(await session.past(40 as Seq, session.head), WHOLE_DOCUMENT),
    };
    const pages = await pagesOf(documents);
    const full = pages['full']![1]!.filter((line) => !isNumber(line));
    expect(full.map(({ text }) => [...text].length)).toEqual(Array.from({ length: ROWS }, () => COLUMNS));
    const missing = Object.entries(documents).map(([name, document]) => lost(written(document), letters(pages[name]!)));
    expect(missing).toEqual([0, 0, 0, 0]);
    const printer = pages['whole']!.at(-1)!.find(({ text }) => text.includes('印发'))!;
    const foot = points(PAPER.height - BOTTOM_MARGIN);
    expect(printer.y).toBeGreaterThan(foot - 22);
    expect(printer.y).toBeLessThan(foot + 2);
    writeFigures('document-libreoffice', {
      present: true,
      lines: full.length,
      charactersALine: COLUMNS,
      marksLost: missing.reduce((sum, count) => sum + count, 0),
    });
  },
  PATIENCE_MS,
);
