import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDocument } from '../../../shared/document/build.ts';
import { exportFileName } from '../../../shared/document/file-name.ts';
import { htmlDocument } from '../../../shared/document/html.ts';
import { TEXT_ONLY } from '../../../shared/document/options.ts';
import { plainDocument } from '../../../shared/document/plain.ts';
import { cleanDocument } from '../../../shared/document/side.ts';
import { recognise } from '../../../shared/importing/recognise.ts';
import { importedPast } from '../../support/plain-past.ts';
import { realReport } from '../../support/real-report.ts';
import { repository } from '../../support/repository.ts';

const RUNS = process.env['GONGBI_PROOF'] === '1' ? 3_000 : 200;

const exported = (text: string) => plainDocument(cleanDocument(buildDocument(importedPast(text), TEXT_ONLY), 'after'));

/** The tree without the numbers of lines and what the source's own numbers were. */
function outlineOf(text: string): unknown {
  const { title, nodes } = recognise({ text, encoding: 'text', bytes: Buffer.byteLength(text) });
  return {
    title,
    nodes: nodes.map(({ kind, parent, heading, form, blocks }) => ({
      kind,
      parent,
      heading,
      form,
      blocks: blocks.map((block) => block.text),
    })),
  };
}

const han = (low: number, high: number) =>
  fc.string({ unit: fc.constantFrom(...'工作园区党建推进落实加强坚持服务群众企业项目治理'), minLength: low, maxLength: high });
const sentence = han(12, 60).map((words) => `${words}，全年**次。`);
const chapter = fc.record({ heading: han(4, 18), runIn: fc.boolean(), body: fc.array(sentence, { minLength: 1, maxLength: 4 }) });
const report = fc.record({
  title: han(4, 14),
  lead: fc.array(sentence, { maxLength: 2 }),
  parts: fc.array(fc.record({ heading: han(4, 12), chapters: fc.array(chapter, { minLength: 1, maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
});
const NUMERALS = '一二三四五';

function written({ title, lead, parts }: typeof report extends fc.Arbitrary<infer T> ? T : never): string {
  const lines = [`关于${title}的报告`, ...lead];
  for (const [index, part] of parts.entries()) {
    lines.push(`${NUMERALS[index]}、${part.heading}`);
    for (const [at, { heading, runIn, body }] of part.chapters.entries()) {
      const number = `（${NUMERALS[at]}）${heading}`;
      if (runIn) lines.push(`${number}。${body[0]}`, ...body.slice(1));
      else lines.push(number, ...body);
    }
  }
  return `${lines.join('\n')}\n`;
}

describe('text out', () => {
  it('[EX4] text that was read as a report and written again is the same text, over made-up reports', () => {
    fc.assert(
      fc.property(report, (made) => {
        const text = written(made);
        expect(exported(text)).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  it('[EX4] what is written out of any report of the fixtures is read back as the same outline', () => {
    const folder = join(repository, 'test/fixtures/import');
    const files = readdirSync(folder)
      .filter((name) => /^\d.*(?<!tree)\.txt$/.test(name))
      .map((name) => join(folder, name));
    const real = realReport();
    const wrong = [...files, ...(real === null ? [] : [real])].filter((file) => {
      const out = exported(readFileSync(file, 'utf8'));
      return JSON.stringify(outlineOf(exported(out))) !== JSON.stringify(outlineOf(out)) || exported(out) !== out;
    });
    expect(files.length).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  });

  it('[EX11] the page is one file that asks for nothing else, and holds text as text', () => {
    const text = '关于<script>alert(1)</script>的报告\n一、甲&乙"丙\n内容<img src=x onerror=alert(1)>。';
    const page = htmlDocument(cleanDocument(buildDocument(importedPast(text), TEXT_ONLY), 'after'), {
      title: '甲<乙',
      report: 'r"<>',
      seq: 7,
    });
    expect(page).not.toMatch(/<script|<img|<link|src=(?!x)|url\(|@import|onerror=alert\(1\)>(?!。)/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('<meta name="gongbi-seq" content="7">');
    expect(page).toContain('size: A4');
  });

  it('[EX11] a file’s name is one that every system takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (title) => {
        const name = exportFileName(title, '（第412笔）', 'docx');
        expect(name).toMatch(/^[^\\/:*?"<>|\p{Cc}]+（第412笔）\.docx$/u);
        expect(Buffer.byteLength(name)).toBeLessThan(330);
        expect(name.startsWith('.')).toBe(false);
      }),
    );
    expect(exportFileName('关于某事的报告', '（送审稿）', 'pdf')).toBe('关于某事的报告（送审稿）.pdf');
    expect(exportFileName('CON', '', 'txt')).toBe('报告.txt');
  });
});
