import type { ParagraphRole, RunLook } from '../../../shared/document/document.ts';
import {
  COLUMN_POINTS,
  type FontUse,
  IMPRINT_THICK,
  IMPRINT_THIN,
  MASTHEAD_POINTS,
  OFFICIAL_FONTS,
  points,
  RED,
  RED_LINE_BELOW,
  RED_LINE_POINTS,
  ROW_POINTS,
  SIZE,
  twips,
} from '../../../shared/document/layout.ts';
import type { DocxGridName } from './grid.ts';
import { XML_HEAD } from './xml.ts';

/** Style ids are plain letters: Word keys them, people read the names. */
export const STYLE_IDS: Readonly<Record<ParagraphRole, string>> = {
  secrecy: 'GBSecrecy',
  urgency: 'GBUrgency',
  masthead: 'GBMasthead',
  'doc-number': 'GBNumber',
  'red-line': 'GBRedLine',
  'rule-thick': 'GBRuleThick',
  'rule-thin': 'GBRuleThin',
  title: 'GBTitle',
  addressees: 'GBAddressees',
  part: 'GBHeading1',
  chapter: 'GBHeading2',
  heading3: 'GBHeading3',
  heading4: 'GBHeading4',
  body: 'GBBody',
  list: 'GBList',
  attachment: 'GBAttachment',
  issuer: 'GBIssuer',
  date: 'GBDate',
  note: 'GBNote',
  copies: 'GBCopies',
  printer: 'GBPrinter',
};
export const FACE_STYLES: Readonly<Record<NonNullable<RunLook['face']>, string>> = { part: 'GBFace1', chapter: 'GBFace2' };
export const FOOTER_STYLE = 'GBFooter';

/** One row of the grid in twentieths of a point; rounded down, so that 22 of them fit. */
export const ROW_TWIPS = Math.floor(ROW_POINTS * 20);
export const COLUMN_TWIPS = COLUMN_POINTS * 20;

interface Style {
  readonly id: string;
  readonly name: string;
  readonly font: FontUse;
  readonly points: number;
  readonly level?: number;
  readonly colour?: string;
  readonly paragraph?: string;
}

/** Larger and smaller characters than the grid's would take two of its rows in some programs. */
const NO_GRID = '<w:snapToGrid w:val="0"/>';
const HEADING = '<w:keepNext/><w:keepLines/>';
/** A line of its own: a low paragraph with a border under it. */
function ruled(thickness: number, colour: string, height: number): string {
  return `<w:pBdr><w:bottom w:val="single" w:sz="${Math.round(thickness * 8)}" w:space="0" w:color="${colour}"/></w:pBdr><w:snapToGrid w:val="0"/><w:spacing w:line="${height}" w:lineRule="exact"/>`;
}

/** The same as a filled paragraph as high as the line is thick: LibreOffice takes a 版记 that holds a border out of its frame at the foot of the page. */
function filled(thickness: number): string {
  return `<w:shd w:val="clear" w:color="auto" w:fill="000000"/>${NO_GRID}<w:spacing w:line="${Math.round(thickness * 20)}" w:lineRule="exact"/>`;
}
const FILLED: ReadonlyMap<string, string> = new Map([
  [STYLE_IDS['rule-thick'], filled(points(IMPRINT_THICK))],
  [STYLE_IDS['rule-thin'], filled(points(IMPRINT_THIN))],
]);

const STYLES: readonly Style[] = [
  { id: STYLE_IDS.secrecy, name: '公文 密级', font: 'part', points: SIZE.text },
  { id: STYLE_IDS.urgency, name: '公文 紧急程度', font: 'part', points: SIZE.text },
  { id: STYLE_IDS.masthead, name: '公文 发文机关标志', font: 'title', points: MASTHEAD_POINTS.most, colour: RED, paragraph: NO_GRID },
  { id: STYLE_IDS['doc-number'], name: '公文 发文字号', font: 'body', points: SIZE.text },
  {
    id: STYLE_IDS['red-line'],
    name: '公文 红色分隔线',
    font: 'body',
    points: 1,
    paragraph: ruled(RED_LINE_POINTS, RED, twips(RED_LINE_BELOW)),
  },
  { id: STYLE_IDS['rule-thick'], name: '公文 版记粗线', font: 'body', points: 1, paragraph: ruled(points(IMPRINT_THICK), '000000', 40) },
  { id: STYLE_IDS['rule-thin'], name: '公文 版记细线', font: 'body', points: 1, paragraph: ruled(points(IMPRINT_THIN), '000000', 40) },
  {
    id: STYLE_IDS.title,
    name: '公文 标题',
    font: 'title',
    points: SIZE.title,
    paragraph: `<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:after="${ROW_TWIPS}"/>`,
  },
  { id: STYLE_IDS.addressees, name: '公文 主送机关', font: 'body', points: SIZE.text },
  { id: STYLE_IDS.part, name: '公文 一级标题', font: 'part', points: SIZE.text, level: 0, paragraph: HEADING },
  { id: STYLE_IDS.chapter, name: '公文 二级标题', font: 'chapter', points: SIZE.text, level: 1, paragraph: HEADING },
  { id: STYLE_IDS.heading3, name: '公文 三级标题', font: 'body', points: SIZE.text, level: 2, paragraph: HEADING },
  { id: STYLE_IDS.heading4, name: '公文 四级标题', font: 'body', points: SIZE.text, level: 3, paragraph: HEADING },
  { id: STYLE_IDS.body, name: '公文 正文', font: 'body', points: SIZE.text },
  { id: STYLE_IDS.list, name: '公文 列项', font: 'body', points: SIZE.text },
  { id: STYLE_IDS.attachment, name: '公文 附件说明', font: 'body', points: SIZE.text },
  { id: STYLE_IDS.issuer, name: '公文 署名', font: 'body', points: SIZE.text, paragraph: '<w:keepNext/>' },
  { id: STYLE_IDS.date, name: '公文 成文日期', font: 'body', points: SIZE.text },
  { id: STYLE_IDS.note, name: '公文 附注', font: 'body', points: SIZE.text },
  { id: STYLE_IDS.copies, name: '公文 抄送', font: 'body', points: SIZE.small, paragraph: NO_GRID },
  { id: STYLE_IDS.printer, name: '公文 印发', font: 'body', points: SIZE.small, paragraph: NO_GRID },
  { id: FOOTER_STYLE, name: '公文 页码', font: 'number', points: SIZE.small },
];

/** @param masthead size of the 发文机关标志 in points */
export function stylesXml(grid: DocxGridName, masthead: number): string {
  const exact = `<w:spacing w:before="0" w:after="0" w:line="${ROW_TWIPS}" w:lineRule="exact"/>`;
  const styles = STYLES.map(({ id, name, font, points, level, colour, paragraph = '' }) => {
    const outline = level === undefined ? '' : `<w:outlineLvl w:val="${level}"/>`;
    const ink = colour === undefined ? '' : `<w:color w:val="${colour}"/>`;
    const place = (grid === 'libreoffice' ? FILLED.get(id) : undefined) ?? paragraph;
    const look = `${fonts(font)}${ink}${size(id === STYLE_IDS.masthead ? masthead : points)}`;
    return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${place}${outline}</w:pPr><w:rPr>${look}</w:rPr></w:style>`;
  });
  const faces = (['part', 'chapter'] as const).map(
    (face) =>
      `<w:style w:type="character" w:customStyle="1" w:styleId="${FACE_STYLES[face]}"><w:name w:val="公文 ${face === 'part' ? '黑体' : '楷体'}"/><w:rPr>${fonts(face)}</w:rPr></w:style>`,
  );
  return `${XML_HEAD}<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>${fonts('body')}<w:kern w:val="0"/>${size(SIZE.text)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${exact}</w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:jc w:val="both"/></w:pPr></w:style>${styles.join('')}${faces.join('')}</w:styles>`;
}

function fonts(use: FontUse): string {
  const name = OFFICIAL_FONTS[use];
  return `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}" w:hint="eastAsia"/>`;
}

function size(points: number): string {
  return `<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`;
}
