import { strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { docxFile } from '../../../server/export/docx/docx.ts';
import type { DocxGridName } from '../../../server/export/docx/grid.ts';
import { buildDocument } from '../../../shared/document/build.ts';
import { type DocumentOptions, TEXT_ONLY, WHOLE_DOCUMENT } from '../../../shared/document/options.ts';
import { DocxReader } from '../../support/docx-reader.ts';
import { importedPast } from '../../support/plain-past.ts';

const TEXT =
  '关于示例工作的报告\n一、工作<开展>&情况\n（一）强化“理论”武装\n一是严格制度，学习**次。\n1.第三级\n内容。\n（二）深化改革。把审批并联起来，办得更快更好更省心。\n二、打算\n内容\u0007二。';
const VALUES = {
  type: '报告',
  addressees: ['市委', '市政府'],
  issuer: '中共示例县工作委员会',
  signer: '张三',
  date: '2026-01-05',
  attachments: ['名单', '清单'],
  copies: ['县政协办公室'],
  printer: '示例县工委办公室',
  printDate: '2026-01-08',
};

function file(grid: DocxGridName, options: DocumentOptions = WHOLE_DOCUMENT): DocxReader {
  const document = buildDocument(importedPast(TEXT, VALUES), options);
  const origin = { title: '关于"某事"<的>报告', report: 'report0000000000', seq: 9, from: null, at: 1_700_000_000_000 };
  return new DocxReader(docxFile({ document, grid, origin, masthead: '中共示例县工作委员会文件', nameOf: ({ by }) => by }));
}

const attributesOf = (reader: DocxReader, name: string) => reader.section.children.find((child) => child.localName === name)!.attributes;

describe('the page that a Word file asks for', () => {
  it('[EX14] is A4 with the margins and the 22 × 28 grid of GB/T 9704, in twentieths of a point', () => {
    const strict = file('word');
    expect(attributesOf(strict, 'pgSz')).toMatchObject({ 'w:w': '11906', 'w:h': '16838' });
    expect(attributesOf(strict, 'pgMar')).toMatchObject({ 'w:top': '2098', 'w:left': '1587', 'w:right': '1475', 'w:bottom': '1984' });
    expect(attributesOf(strict, 'docGrid')).toMatchObject({ 'w:type': 'linesAndChars', 'w:linePitch': '579' });
    // 28 characters of 16 pt with this much between them are as wide as the text area.
    const space = Number(attributesOf(strict, 'docGrid')['w:charSpace']) / 4096;
    expect((16 + space) * 28 * 20).toBeLessThanOrEqual(8844);
    expect((16 + space) * 28 * 20).toBeGreaterThan(8844 - 20);
    expect(579 * 22).toBeLessThanOrEqual(16838 - 2098 - 1984);
    const safe = file('libreoffice');
    expect(attributesOf(safe, 'docGrid')).toMatchObject({ 'w:type': 'lines' });
    const width = 11906 - 1587 - Number(attributesOf(safe, 'pgMar')['w:right']);
    expect(width).toBeGreaterThanOrEqual(28 * 320);
    expect(width).toBeLessThan(28 * 320 + 160);
  });

  it('[EX14] sets each part in the official font and size, numbers pages — 1 — on their outer sides, and keeps every letter', () => {
    const reader = file('word');
    const styles = strFromU8(reader.files['word/styles.xml']!);
    const style = (id: string) => new RegExp(`w:styleId="${id}".*?</w:style>`).exec(styles)![0];
    expect(style('GBTitle')).toMatch(/方正小标宋简体.*w:sz w:val="44"/);
    expect(style('GBHeading1')).toMatch(/keepNext.*outlineLvl w:val="0".*黑体.*w:sz w:val="32"/);
    expect(style('GBHeading2')).toMatch(/outlineLvl w:val="1".*楷体_GB2312/);
    expect(style('GBBody')).toMatch(/仿宋_GB2312.*w:sz w:val="32"/);
    expect(style('GBPrinter')).toMatch(/w:sz w:val="28"/);
    const [odd, even] = ['word/footer1.xml', 'word/footer2.xml'].map((path) => strFromU8(reader.files[path]!));
    expect(odd).toMatch(/w:jc w:val="right".*— .* PAGE .* —/);
    expect(even).toMatch(/w:jc w:val="left".*— .* PAGE .* —/);
    expect(strFromU8(reader.files['word/settings.xml']!)).toContain('<w:evenAndOddHeaders/>');
    const told = reader.settled('accept').map(({ style: name, runs }) => `${name} ${runs.map(({ text }) => text).join('')}`);
    expect(told).toEqual([
      'GBMasthead 中共示例县工作委员会文件',
      'GBNumber \t签发人：张三',
      'GBRedLine ',
      'GBTitle 关于示例工作的报告',
      'GBAddressees 市委，市政府：',
      'GBHeading1 一、工作<开展>&情况',
      'GBHeading2 （一）强化“理论”武装',
      'GBBody 一是严格制度，学习**次。',
      'GBHeading3 1.第三级',
      'GBBody 内容。',
      'GBBody （二）深化改革。把审批并联起来，办得更快更好更省心。',
      'GBHeading1 二、打算',
      'GBBody 内容二。',
      'GBAttachment 附件：1. 名单',
      'GBAttachment 2. 清单',
      'GBIssuer 中共示例县工作委员会',
      'GBDate 2026年1月5日',
      'GBRuleThick ',
      'GBCopies 抄送：县政协办公室。',
      'GBRuleThin ',
      'GBPrinter 示例县工委办公室\t2026年1月8日印发',
      'GBRuleThick ',
    ]);
    const runIn = reader.settled('accept').find(({ runs }) => runs[0]?.text.startsWith('（二）'))!;
    expect(runIn.runs.map(({ text, look }) => `${text} ${/GBFace2/.test(look)}`)).toEqual([
      '（二）深化改革。 true',
      '把审批并联起来，办得更快更好更省心。 false',
    ]);
  });

  it('[EX14] the same entry gives the same bytes, and text alone has nothing around it', () => {
    const make = () =>
      docxFile({
        document: buildDocument(importedPast(TEXT, VALUES), TEXT_ONLY),
        grid: 'word',
        origin: { title: 't', report: 'r', seq: 1, from: null, at: 1 },
        masthead: '',
        nameOf: () => '',
      });
    expect(make()).toEqual(make());
    expect(new DocxReader(make()).settled('accept')[0]?.style).toBe('GBTitle');
  });
});
