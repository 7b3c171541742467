import { HARD_BREAK } from '../text/render.ts';
import { type OfficialDocument, type Paragraph, type ParagraphRole, RULES, type Run } from './document.ts';
import {
  BOTTOM_MARGIN,
  COLUMN_POINTS,
  IMPRINT_THICK,
  IMPRINT_THIN,
  LEFT_MARGIN,
  PAGE_NUMBER_BELOW,
  RED,
  RED_LINE_BELOW,
  RED_LINE_POINTS,
  RIGHT_MARGIN,
  ROW_POINTS,
  SIZE,
  TEXT_AREA,
  TOP_MARGIN,
} from './layout.ts';

/** What stands in the head of a page that was made from a report. */
export interface HtmlOrigin {
  readonly title: string;
  readonly report: string;
  readonly seq: number;
}

const TAGS: Readonly<Partial<Record<ParagraphRole, string>>> = { title: 'h1', part: 'h2', chapter: 'h3', heading3: 'h4', heading4: 'h5' };
const MARK_TAGS = { bold: 'strong', italic: 'em', underline: 'u' } as const;

/** One file that needs nothing else: text, looks and print rules. Fonts are named, and the reader's own are used. */
export function htmlDocument(document: OfficialDocument, origin: HtmlOrigin): string {
  const body = document.paragraphs.map(paragraphHtml).join('\n');
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="gongbi-report" content="${escapeHtml(origin.report)}">
<meta name="gongbi-seq" content="${origin.seq}">
<title>${escapeHtml(origin.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

function paragraphHtml({ look, runs }: Paragraph): string {
  if (RULES.has(look.role)) return `<hr class="${look.role}">`;
  const tag = TAGS[look.role] ?? 'p';
  const style = [
    look.align === null ? '' : `text-align:${look.align}`,
    look.left === 0 ? '' : `margin-left:${em(look.left)}`,
    look.right === 0 ? '' : `margin-right:${em(look.right)}`,
    `text-indent:${em(look.first)}`,
    look.above === 0 ? '' : `margin-top:${rows(look.above)}`,
  ].filter((part) => part !== '');
  return `<${tag} class="${look.role}" style="${style.join(';')}">${runs.map(runHtml).join('')}</${tag}>`;
}

function runHtml({ text, look }: Run): string {
  const words = escapeHtml(text).replaceAll(HARD_BREAK, '<br>').replaceAll('\t', '<span class="gap"></span>');
  const marked = [...look.marks].reverse().reduce((inner, mark) => `<${MARK_TAGS[mark]}>${inner}</${MARK_TAGS[mark]}>`, words);
  return look.face === null ? marked : `<span class="${look.face}-face">${marked}</span>`;
}

/** Text for HTML and for attributes in quotes; characters that HTML cannot hold are left out. */
export function escapeHtml(text: string): string {
  return text.replace(UNFIT, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu;

const em = (columns: number): string => `${round(columns)}em`;
const rows = (count: number): string => `${round(count * ROW_POINTS)}pt`;
function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

const STYLE = `
@page { size: A4; margin: ${TOP_MARGIN}mm ${round(RIGHT_MARGIN)}mm ${BOTTOM_MARGIN}mm ${LEFT_MARGIN}mm; }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: ${SIZE.small}pt SimSun, "宋体", serif; vertical-align: top; padding-top: ${PAGE_NUMBER_BELOW}mm; padding-right: 1em; } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: ${SIZE.small}pt SimSun, "宋体", serif; vertical-align: top; padding-top: ${PAGE_NUMBER_BELOW}mm; padding-left: 1em; } }
html { background: #fff; color: #000; }
body { margin: 0; }
main { width: ${TEXT_AREA.width}mm; margin: 0 auto; padding: ${TOP_MARGIN}mm 0 ${BOTTOM_MARGIN}mm; font-family: "仿宋_GB2312", FangSong_GB2312, "仿宋", FangSong, STFangsong, serif; font-size: ${round(COLUMN_POINTS)}pt; line-height: ${round(ROW_POINTS)}pt; font-synthesis: none; }
@media (max-width: 620px) { main { width: auto; padding: 24px 16px; } }
@media print { main { width: auto; padding: 0; } }
h1, h2, h3, h4, h5, p { margin: 0; font-size: inherit; font-weight: normal; text-align: justify; overflow-wrap: anywhere; white-space: pre-wrap; }
h1, h2, h3, h4, h5 { break-after: avoid; }
.title { font-family: "方正小标宋简体", FZXiaoBiaoSong-B05S, "Noto Serif SC", "宋体", SimSun, serif; font-size: ${SIZE.title}pt; line-height: 36pt; text-align: center; margin-bottom: ${round(ROW_POINTS)}pt; }
.masthead { font-family: "方正小标宋简体", FZXiaoBiaoSong-B05S, "Noto Serif SC", SimSun, serif; font-size: 36pt; line-height: 1.3; color: #${RED}; text-align: center; }
hr { border: 0; margin: 0; }
.red-line { border-top: ${RED_LINE_POINTS}pt solid #${RED}; margin-top: ${RED_LINE_BELOW}mm; }
.rule-thick { border-top: ${IMPRINT_THICK}mm solid; }
.rule-thin { border-top: ${IMPRINT_THIN}mm solid; }
.doc-number .gap, .printer .gap { display: inline-block; width: 4em; }
.part, .part-face, .secrecy, .urgency { font-family: "黑体", SimHei, STHeiti, "Noto Sans SC", sans-serif; }
.chapter, .chapter-face { font-family: "楷体_GB2312", KaiTi_GB2312, "楷体", KaiTi, STKaiti, "LXGW WenKai", serif; }
.copies, .printer { font-size: ${SIZE.small}pt; }
`;
