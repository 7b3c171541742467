import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { IMPRINT, type OfficialDocument, type Paragraph } from '../../../shared/document/document.ts';
import {
  BOTTOM_MARGIN,
  COLUMN_POINTS,
  type FontUse,
  IMPRINT_THICK,
  IMPRINT_THIN,
  LEFT_MARGIN,
  MASTHEAD_TOP,
  mastheadPoints,
  PAGE_NUMBER_BELOW,
  PAGE_NUMBER_INSET,
  PAPER,
  points,
  RED,
  RED_LINE_BELOW,
  RED_LINE_POINTS,
  RIGHT_MARGIN,
  ROW_POINTS,
  SIZE,
  TEXT_AREA,
  TOP_MARGIN,
} from '../../../shared/document/layout.ts';
import { paragraphText } from '../../../shared/document/side.ts';
import { HARD_BREAK } from '../../../shared/text/render.ts';
import { FONT_NAMES, fontSources, usedFonts } from './fonts.ts';
import { TEMPLATE } from './template.ts';

export interface PdfOrigin {
  readonly title: string;
  readonly report: string;
  readonly seq: number;
}

/** A document that was set: what can be made of it, and what it was set with. */
export interface SetDocument {
  readonly pages: number;
  /** The font that each use got; null = none was found and the machine chose. */
  readonly fonts: Readonly<Record<FontUse, string | null>>;
  pdf(): Uint8Array;
  /** Every page as a picture that needs nothing else. */
  pictures(most: number): readonly string[];
}

/** Rounded down, so that rounding never makes a 23rd row or a 29th character of the page's last hair. */
const ROW = Math.floor(ROW_POINTS * 1_000) / 1_000;
const TRACKING = -(Math.ceil((SIZE.text - COLUMN_POINTS) * 1_000) / 1_000);

/** Sets documents by Typst. Holds the fonts; a compiler is made once for a thread. */
export class PdfSetter {
  readonly #compiler: NodeCompiler;

  /** @param fontFolder the operator's own fonts; null = none */
  constructor(fontFolder: string | null) {
    const { fontPaths, fontBlobs } = fontSources(fontFolder);
    // Fonts in memory come first: after folders the compiler takes none (it ends the process).
    this.#compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }, { fontPaths }] });
  }

  set(document: OfficialDocument, origin: PdfOrigin): SetDocument {
    const data = dataOf(document, origin);
    let { doc, missing } = this.#compile({ ...data, breaks: 0, numbered: null });
    if (data.imprint.length > 0) {
      const place = imprintPlace(this.#end(doc), data.imprint.length);
      if (place.breaks > 0) ({ doc, missing } = this.#compile({ ...data, ...place }));
    }
    const compiler = this.#compiler;
    return {
      pages: doc.numOfPages,
      fonts: usedFonts(missing),
      pdf: () => new Uint8Array(compiler.pdf(doc, { pdfTags: false })),
      pictures: (most) => pagesOfSvg(compiler.plainSvg(doc), most),
    };
  }

  #compile(data: object): { doc: NodeTypstDocument; missing: ReadonlySet<string> } {
    const result = this.#compiler.compile({ mainFileContent: TEMPLATE, inputs: { data: JSON.stringify(data) } });
    const warnings = [...(result.takeWarnings()?.shortDiagnostics ?? [])] as { readonly message: string }[];
    const doc = result.result;
    if (doc === null) {
      const [first] = (result.takeDiagnostics()?.shortDiagnostics ?? []) as { readonly message: string }[];
      throw new Error(`Typst could not set the document: ${first?.message ?? 'no reason given'}`);
    }
    const missing = warnings.flatMap(({ message }) => /^unknown font family: (.+)$/.exec(message)?.[1] ?? []);
    return { doc, missing: new Set(missing) };
  }

  /** Where the text ended. */
  #end(doc: NodeTypstDocument): { readonly page: number; readonly y: number } {
    const [end] = this.#compiler.query(doc, { selector: '<end>', field: 'value' }) as [{ page: number; y: number }];
    return end;
  }
}

/**
 * 版记 stands at the foot of the last page, which is an even one (§7.4). Where that leaves an empty page before it, neither carries a number
 * (§7.5).
 */
export function imprintPlace(
  end: { readonly page: number; readonly y: number },
  lines: number,
): { breaks: number; numbered: number | null } {
  const height = lines * SIZE.small * 1.6;
  const fits = end.y + height + ROW <= points(TOP_MARGIN + TEXT_AREA.height);
  if (end.page % 2 === 1) return { breaks: 1, numbered: null };
  return fits ? { breaks: 0, numbered: null } : { breaks: 2, numbered: end.page };
}

function dataOf(document: OfficialDocument, { title, report, seq }: PdfOrigin) {
  const masthead = document.paragraphs.find(({ look }) => look.role === 'masthead');
  const size = mastheadPoints(masthead === undefined ? '' : paragraphText(masthead));
  const above = document.paragraphs.filter(({ look }) => look.role === 'secrecy' || look.role === 'urgency').length;
  const paragraphs = document.paragraphs.filter(({ look }) => !IMPRINT.has(look.role)).map(tell);
  const index = paragraphs.findIndex(({ role }) => role === 'masthead');
  // The upper edge of the characters, not of their line.
  if (index >= 0) paragraphs[index] = { ...paragraphs[index]!, above: (points(MASTHEAD_TOP) - size * 0.1) / ROW - above };
  return {
    title: clean(title),
    keywords: [`gongbi-report:${report}`, `gongbi-seq:${seq}`],
    row: ROW,
    column: COLUMN_POINTS,
    tracking: TRACKING,
    paper: PAPER,
    margin: { top: TOP_MARGIN, bottom: BOTTOM_MARGIN, left: LEFT_MARGIN, right: RIGHT_MARGIN },
    big: SIZE.title,
    text: SIZE.text,
    small: SIZE.small,
    masthead: size,
    red: RED,
    line: { below: RED_LINE_BELOW, thickness: RED_LINE_POINTS },
    rule: { thick: IMPRINT_THICK, thin: IMPRINT_THIN },
    number: { below: PAGE_NUMBER_BELOW, inset: PAGE_NUMBER_INSET },
    fonts: FONT_NAMES,
    paragraphs,
    imprint: document.paragraphs.filter(({ look }) => IMPRINT.has(look.role)).map(tell),
  };
}

interface ToldRun {
  readonly t: string;
  readonly f?: string;
  readonly b?: true;
  readonly i?: true;
  readonly u?: true;
}

/** A paragraph as the template reads it. */
function tell({ look, runs }: Paragraph) {
  const told = runs.flatMap(({ text, look: { marks, face } }): ToldRun[] => {
    const marked = {
      ...(face === null ? {} : { f: face }),
      ...(marks.includes('bold') ? { b: true as const } : {}),
      ...(marks.includes('italic') ? { i: true as const } : {}),
      ...(marks.includes('underline') ? { u: true as const } : {}),
    };
    return text
      .split(new RegExp(`([${HARD_BREAK}\t])`))
      .map((part) => (part === HARD_BREAK || part === '\t' ? part : clean(part)))
      .filter((part) => part !== '')
      .map((part) => ({ t: part, ...marked }));
  });
  return { ...look, runs: told };
}

/** Typst would set a control character as a box, and refuse half a pair. */
function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, '').replace(/\p{Cs}/gu, '\ufffd');
}

/**
 * Typst draws all pages as one tall picture: a white sheet and a group each, then the outlines of the glyphs. Cut into pages, each with the
 * outlines that it uses.
 */
function pagesOfSvg(svg: string, most: number): readonly string[] {
  const [head = '', ...sheets] = svg.split(/\n {4}(?=<path class="typst-shape" fill="#ffffff")/);
  const namespaces = /xmlns[^>]*/.exec(head)?.[0] ?? '';
  const glyphs = new Map([...svg.matchAll(/<symbol id="([^"]+)".*?<\/symbol>/gs)].map((match) => [match[1]!, match[0]] as const));
  const [width, height] = [points(PAPER.width), points(PAPER.height)];
  return sheets.slice(0, most).map((sheet, index) => {
    const drawn = sheet.replace(/\n {4}<defs[\s\S]*$/, '').replace(/<\/svg>\s*$/, '');
    const used = new Set([...drawn.matchAll(/xlink:href="#([^"]+)"/g)].map((match) => match[1]!));
    const outlines = [...used].map((id) => glyphs.get(id) ?? '').join('');
    const paper = `<rect x="0" y="${index * height}" width="${width}" height="${height}" fill="#fff"/>`;
    return `<svg viewBox="0 ${index * height} ${width} ${height}" ${namespaces}>${paper}${drawn.replace(/^<path[^>]*>/, '')}<defs>${outlines}</defs></svg>`;
  });
}
