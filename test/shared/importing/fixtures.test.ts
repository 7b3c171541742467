import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { proveComplete } from '../../../shared/importing/complete.ts';
import { recognise } from '../../../shared/importing/recognise.ts';
import { writeFigures } from '../../support/figures.ts';
import { realReport } from '../../support/real-report.ts';
import { asSource, sketch } from './import-support.ts';

const folder = join(import.meta.dirname, '../../fixtures/import');
const names = readdirSync(folder)
  .filter((name) => /^\d\d-.*\.txt$/.test(name) && !name.endsWith('.tree.txt'))
  .sort();

/** Each fixture has its tree beside it, read and judged by a person; GONGBI_WRITE_TREES=1 writes new ones to be read again. */
describe('fixtures of different structure', () => {
  let exact = 0;

  test.each(names)('[IM1] %s gives its tree, and the tree holds the whole text', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const preview = recognise(asSource(text));
    const treeFile = join(folder, name.replace('.txt', '.tree.txt'));
    if (process.env['GONGBI_WRITE_TREES'] === '1') writeFileSync(treeFile, sketch(preview));
    expect(sketch(preview)).toBe(readFileSync(treeFile, 'utf8'));
    expect(proveComplete(preview, text)).toMatchObject({ ok: true });
    exact += 1;
  });

  test('there are at least twelve, and all are exact', () => {
    expect(names.length).toBeGreaterThanOrEqual(12);
    expect(exact).toBe(names.length);
    writeFigures('import-fixtures', { fixtures: names.length, exact });
  });
});

/** The same report without line ends, wrapped by hand, or with other line ends is still the same report. */
describe('a report of two parts and eight chapters', () => {
  const real = realReport();
  const sources = [join(folder, '01-annual-report.txt'), ...(real === null ? [] : [real])];
  const shapeOf = (text: string) => {
    const preview = recognise(asSource(text));
    expect(proveComplete(preview, text)).toMatchObject({ ok: true });
    const { parts, chapters, passages, blankNumbers, blankNames } = preview.counts;
    const headings = preview.nodes.map((node) => `${node.parent === null ? '' : '  '}${node.kind} ${node.sourceNumber}${node.heading}`);
    return { title: preview.title, headings, figures: [parts, chapters, passages, blankNumbers, blankNames] };
  };

  for (const source of sources) {
    const text = readFileSync(source, 'utf8');
    const [title = '', , ...paragraphs] = text.trimEnd().split('\n');
    const whole = shapeOf(text);

    test('[IM2] gives title, lead, parts, chapters, the closing passage of its first part, and 28 numbers and 8 names to fill in', () => {
      expect(whole.title).toBe(title);
      expect(whole.figures).toEqual([2, 8, 2, 28, 8]);
      expect(whole.headings.map((heading) => heading.replace(/ [一二（].*/, ''))).toEqual([
        'passage ',
        'part',
        ...Array<string>(4).fill('  chapter'),
        '  passage ',
        'part',
        ...Array<string>(4).fill('  chapter'),
      ]);
    });

    test.each([26, 28, 30, 32])('[IM4] hard-wrapped at %i characters, indented or flush, gives the same outline', (width) => {
      for (const indent of ['', '　　', '    ']) {
        expect(
          shapeOf([title, '', ...paragraphs.flatMap((one) => wrap(one, width, indent))].join('\n')),
          `indent ${indent.length}`,
        ).toEqual(whole);
      }
    });

    test('[IM5] on one line with spaces for line ends, or with every kind of line end, gives the same outline', () => {
      for (const end of [' ', '　', '\r\n', '\r', '\u2028', '\n\n']) {
        expect(shapeOf([title, ...paragraphs].join(end)), JSON.stringify(end)).toEqual(whole);
      }
    });

    test('[IM5] on one line without any space keeps parts and chapters; only the unnumbered paragraph cannot be told apart', () => {
      const shape = shapeOf([title, ...paragraphs].join(''));
      expect(shape.headings).toEqual(whole.headings.filter((heading) => heading !== '  passage '));
    });

    test('[IM3] with half-width marks and brackets gives the same headings in half width', () => {
      const half = (one: string) => one.replace(/[，。（）；：％]/g, (mark) => ',.();:%'['，。（）；：％'.indexOf(mark)] ?? mark);
      expect(shapeOf(half(text)).headings).toEqual(whole.headings.map(half));
    });
  }
});

function wrap(paragraph: string, width: number, indent: string): string[] {
  const places = (character: string) => (character.charCodeAt(0) < 0x2000 ? 0.5 : 1);
  const lines: string[] = [];
  let line = indent;
  let filled = [...indent].reduce((sum, character) => sum + places(character), 0);
  for (const character of paragraph) {
    // A mark never begins a line.
    if (filled + places(character) > width && !'，。、；：”）》'.includes(character)) {
      lines.push(line);
      line = '';
      filled = 0;
    }
    line += character;
    filled += places(character);
  }
  return [...lines, line];
}
