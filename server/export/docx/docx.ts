import { strToU8, zipSync } from 'fflate';
import type { Change, MarkedDocument } from '../../../shared/document/document.ts';
import {
  BOTTOM_MARGIN,
  LEFT_MARGIN,
  mastheadPoints,
  PAGE_NUMBER_BELOW,
  PAGE_NUMBER_INSET,
  PAPER,
  SIZE,
  TOP_MARGIN,
  twips,
} from '../../../shared/document/layout.ts';
import { BodyWriter, wordDate } from './body.ts';
import { type DocxGridName, gridOf } from './grid.ts';
import { FOOTER_STYLE, stylesXml } from './styles.ts';
import { escapeXml, XML_HEAD } from './xml.ts';

/** What a Word file says of itself, so that a copy that comes back is known again. */
export interface DocxOrigin {
  readonly title: string;
  readonly report: string;
  readonly seq: number;
  /** The earlier point of a marked copy; null for a clean one. */
  readonly from: number | null;
  /** When the report's entry `seq` was made. */
  readonly at: number;
}

export interface DocxParts {
  readonly document: MarkedDocument;
  readonly grid: DocxGridName;
  readonly origin: DocxOrigin;
  /** 发文机关标志 as it stands, '' without 版头. */
  readonly masthead: string;
  nameOf(change: Change): string;
  progress?(written: number): void;
}

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/**
 * The document as a Word file. A document of one point becomes a clean copy, one of two points a marked copy: every insertion, deletion and
 * move under its author and time, as Word itself would have recorded it.
 */
export function docxFile({ document, grid: gridName, origin, masthead, nameOf, progress }: DocxParts): Uint8Array {
  const grid = gridOf(gridName);
  const body = new BodyWriter(document, grid, nameOf, masthead).write(progress);
  // The last paragraph's end cannot be a change in Word; so the last one is nobody's, and too low to be seen.
  const last = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>';
  const section = `<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/><w:pgSz w:w="${twips(PAPER.width)}" w:h="${twips(PAPER.height)}"/><w:pgMar w:top="${twips(TOP_MARGIN)}" w:right="${grid.rightMargin}" w:bottom="${twips(BOTTOM_MARGIN)}" w:left="${twips(LEFT_MARGIN)}" w:header="851" w:footer="${FOOTER}" w:gutter="0"/><w:pgNumType w:start="1"/>${grid.xml}</w:sectPr>`;
  const xml = {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': PACKAGE_RELATIONS,
    'docProps/core.xml': coreXml(origin),
    'docProps/app.xml': `${XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Gongbi</Application></Properties>`,
    'docProps/custom.xml': customXml(origin),
    'word/document.xml': `${XML_HEAD}<w:document xmlns:w="${MAIN}" xmlns:r="${RELATIONS}"><w:body>${body}${last}${section}</w:body></w:document>`,
    'word/styles.xml': stylesXml(gridName, mastheadPoints(masthead)),
    'word/settings.xml': settingsXml(origin.from !== null),
    'word/footer1.xml': footerXml('right'),
    'word/footer2.xml': footerXml('left'),
    'word/_rels/document.xml.rels': DOCUMENT_RELATIONS,
  };
  const files = Object.fromEntries(Object.entries(xml).map(([path, text]) => [path, strToU8(text)]));
  // The same report at the same entry gives the same bytes; DOS time has no zone and begins in 1980.
  return zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) });
}

/** The dash stands 7 mm under the text area, in the middle of its line: from there to the paper's edge, less half a line. */
const FOOTER = twips(BOTTOM_MARGIN - PAGE_NUMBER_BELOW) - Math.round((SIZE.small * 20) / 2);

const CONTENT_TYPES = `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${WORD}.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="${WORD}.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="${WORD}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/><Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>`;

const PACKAGE_RELATIONS = `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="${RELATIONS}/extended-properties" Target="docProps/app.xml"/><Relationship Id="rId4" Type="${RELATIONS}/custom-properties" Target="docProps/custom.xml"/></Relationships>`;

const DOCUMENT_RELATIONS = `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${RELATIONS}/settings" Target="settings.xml"/><Relationship Id="rId3" Type="${RELATIONS}/footer" Target="footer1.xml"/><Relationship Id="rId4" Type="${RELATIONS}/footer" Target="footer2.xml"/></Relationships>`;

function coreXml({ title, at }: DocxOrigin): string {
  const made = wordDate(at);
  return `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${made}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${made}</dcterms:modified></cp:coreProperties>`;
}

function customXml({ report, seq, from }: DocxOrigin): string {
  const values: [string, string][] = [
    ['gongbi-report', `<vt:lpwstr>${escapeXml(report)}</vt:lpwstr>`],
    ['gongbi-seq', `<vt:i4>${seq}</vt:i4>`],
    ...(from === null ? [] : [['gongbi-from-seq', `<vt:i4>${from}</vt:i4>`] satisfies [string, string]]),
  ];
  const properties = values.map(
    ([name, value], index) =>
      `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${index + 2}" name="${name}">${value}</property>`,
  );
  return `${XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${properties.join('')}</Properties>`;
}

/** A marked copy goes on recording: what a colleague changes in it is told from what was there. */
function settingsXml(marked: boolean): string {
  const track = marked ? '<w:trackRevisions/>' : '';
  return `${XML_HEAD}<w:settings xmlns:w="${MAIN}">${track}<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;
}

/** — 1 —: odd pages on the right, even ones on the left, one 字 from the edge. */
function footerXml(side: 'left' | 'right'): string {
  const inset = Math.round(PAGE_NUMBER_INSET * SIZE.small * 20);
  const text = (words: string) => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`;
  const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  const line = SIZE.small * 20;
  return `${XML_HEAD}<w:ftr xmlns:w="${MAIN}"><w:p><w:pPr><w:pStyle w:val="${FOOTER_STYLE}"/><w:spacing w:line="${line}" w:lineRule="exact"/><w:ind w:${side}="${inset}"/><w:jc w:val="${side}"/></w:pPr>${text('— ')}${field('begin')}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>${field('separate')}${text('1')}${field('end')}${text(' —')}</w:p></w:ftr>`;
}
