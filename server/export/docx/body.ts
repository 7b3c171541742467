import {
  type Change,
  IMPRINT,
  type MarkedDocument,
  type MarkedParagraph,
  type MarkedRun,
  type ParagraphLook,
  RULES,
  type RunLook,
  STANDS_AFTER,
  STANDS_BEFORE,
} from '../../../shared/document/document.ts';
import { HEADER_INSET, MASTHEAD_TOP, mastheadPoints, twips } from '../../../shared/document/layout.ts';
import { HARD_BREAK } from '../../../shared/text/render.ts';
import type { DocxGrid } from './grid.ts';
import { type MoveNames, nameMoves } from './moves.ts';
import { FACE_STYLES, ROW_TWIPS, STYLE_IDS } from './styles.ts';
import { escapeXml } from './xml.ts';

/** Word's names for what happened to a run or a paragraph's end. */
const TRACKED = { ins: 'w:ins', del: 'w:del', moved: 'w:moveTo', left: 'w:moveFrom' } as const;

/** Writes the paragraphs of `word/document.xml`. Ids of changes count through the whole body. */
export class BodyWriter {
  readonly #grid: DocxGrid;
  readonly #nameOf: (change: Change) => string;
  readonly #letterhead: Letterhead;
  readonly #masthead: number;
  readonly #moves: MoveNames;
  readonly #document: MarkedDocument;
  #id = 0;

  constructor(document: MarkedDocument, grid: DocxGrid, nameOf: (change: Change) => string, masthead: string) {
    this.#document = document;
    this.#grid = grid;
    this.#nameOf = nameOf;
    this.#moves = nameMoves(document.paragraphs);
    this.#masthead = mastheadPoints(masthead);
    this.#letterhead = letterhead(document);
  }

  /** @param progress told how many paragraphs are written, now and then */
  write(progress: (written: number) => void = () => {}): string {
    const parts: string[] = [];
    for (const [index, paragraph] of this.#document.paragraphs.entries()) {
      parts.push(this.#paragraph(paragraph));
      if (index % 500 === 0) progress(index);
    }
    return parts.join('');
  }

  #paragraph({ look, runs, op, change, was }: MarkedParagraph): string {
    const mark = op === 'keep' || change === null ? '' : `<w:rPr><${TRACKED[op]} ${this.#stamp(change)}/></w:rPr>`;
    const [place, before] = [this.#place(look, STANDS_AFTER.has(op) ? 'after' : 'before'), this.#place(was?.look ?? look, 'before')];
    // A row above the masthead that came or went moves it, though nobody touched the masthead.
    const mover = was?.change ?? (op === 'keep' && place !== before ? this.#letterhead.change : null);
    const changed = mover === null ? '' : `<w:pPrChange ${this.#stamp(mover)}><w:pPr>${before}</w:pPr></w:pPrChange>`;
    return `<w:p><w:pPr>${place}${mark}${changed}</w:pPr>${runs.map((run) => this.#run(run)).join('')}</w:p>`;
  }

  #run(run: MarkedRun): string {
    const { op, text, look, change, was } = run;
    const changed = was === null ? '' : `<w:rPrChange ${this.#stamp(was.change)}><w:rPr>${runLook(was.look)}</w:rPr></w:rPrChange>`;
    const inner = `<w:r><w:rPr>${runLook(look)}${changed}</w:rPr>${letters(text, op === 'del' ? 'w:delText' : 'w:t')}</w:r>`;
    if (op === 'keep' || change === null) return inner;
    const tracked = `<${TRACKED[op]} ${this.#stamp(change)}>${inner}</${TRACKED[op]}>`;
    if (op !== 'moved' && op !== 'left') return tracked;
    const range = op === 'moved' ? 'w:moveToRange' : 'w:moveFromRange';
    this.#id += 1;
    const id = `w:id="${this.#id}"`;
    return `<${range}Start ${id} ${this.#by(change)} w:name="${this.#moves.get(run) ?? ''}"/>${tracked}<${range}End ${id}/>`;
  }

  #stamp(change: Change): string {
    this.#id += 1;
    return `w:id="${this.#id}" ${this.#by(change)}`;
  }

  #by(change: Change): string {
    return `w:author="${escapeXml(this.#nameOf(change))}" w:date="${wordDate(change.at)}"`;
  }

  /** Paragraph properties in the order of the schema. */
  #place({ role, align, left, first, right, above }: ParagraphLook, side: 'before' | 'after'): string {
    const unit = this.#grid.column;
    const frame = IMPRINT.has(role)
      ? `<w:framePr w:w="${this.#grid.width}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>`
      : '';
    const tab = this.#grid.width - Math.round(HEADER_INSET * unit);
    const tabs = role === 'doc-number' || role === 'printer' ? `<w:tabs><w:tab w:val="right" w:pos="${tab}"/></w:tabs>` : '';
    const justify = align === null ? '' : `<w:jc w:val="${align === 'justify' ? 'both' : align}"/>`;
    return `<w:pStyle w:val="${STYLE_IDS[role]}"/>${frame}${tabs}${this.#spacing(role, above, this.#letterhead[side])}${indent(left, first, right, unit)}${justify}`;
  }

  #spacing(role: ParagraphLook['role'], above: number, rowsAbove: number): string {
    if (RULES.has(role)) return '';
    if (role === 'masthead') {
      // Its upper edge, not its line's, stands 35 mm below the upper edge of the text area.
      const line = Math.round(this.#masthead * 20 * 1.2);
      const before = Math.max(0, twips(MASTHEAD_TOP) - rowsAbove * ROW_TWIPS - Math.round(this.#masthead * 20 * 0.1));
      return `<w:spacing w:before="${before}" w:line="${line}" w:lineRule="exact"/>`;
    }
    return above === 0 ? '' : `<w:spacing w:before="${Math.round(above * ROW_TWIPS)}"/>`;
  }
}

/** Rows above the masthead at each of the two points, and the last change that made them differ. */
interface Letterhead {
  readonly before: number;
  readonly after: number;
  readonly change: Change | null;
}

function letterhead({ paragraphs }: MarkedDocument): Letterhead {
  const isRow = ({ role }: ParagraphLook) => role === 'secrecy' || role === 'urgency';
  const rows = paragraphs.filter(({ look, was }) => isRow(look) || (was !== null && isRow(was.look)));
  const changes = rows.flatMap(({ change, was }) => [change, was?.change ?? null]).filter((change) => change !== null);
  return {
    before: rows.filter(({ op, look, was }) => STANDS_BEFORE.has(op) && isRow(was?.look ?? look)).length,
    after: rows.filter(({ op, look }) => STANDS_AFTER.has(op) && isRow(look)).length,
    change: changes.sort((one, other) => one.seq - other.seq).at(-1) ?? null,
  };
}

/** In hundredths of a character for Word, and in twentieths of a point for programs that do not read those. */
function indent(left: number, first: number, right: number, unit: number): string {
  const side = (name: string, columns: number) =>
    columns === 0 ? '' : ` w:${name}Chars="${Math.round(columns * 100)}" w:${name}="${Math.round(columns * unit)}"`;
  const lead = first < 0 ? side('hanging', -first) : side('firstLine', first);
  const all = `${side('left', left)}${side('right', right)}${lead}`;
  return all === '' ? '' : `<w:ind${all}/>`;
}

function runLook({ marks, face }: RunLook): string {
  const style = face === null ? '' : `<w:rStyle w:val="${FACE_STYLES[face]}"/>`;
  const bold = marks.includes('bold') ? '<w:b/><w:bCs/>' : '';
  const italic = marks.includes('italic') ? '<w:i/><w:iCs/>' : '';
  const underline = marks.includes('underline') ? '<w:u w:val="single"/>' : '';
  // Marks that both scripts use (“ ” …) are set in the Chinese font.
  return `${style}<w:rFonts w:hint="eastAsia"/>${bold}${italic}${underline}`;
}

function letters(text: string, tag: 'w:t' | 'w:delText'): string {
  return text
    .split(new RegExp(`([${HARD_BREAK}\t])`))
    .filter((part) => part !== '')
    .map((part) =>
      part === HARD_BREAK ? '<w:br/>' : part === '\t' ? '<w:tab/>' : `<${tag} xml:space="preserve">${escapeXml(part)}</${tag}>`,
    )
    .join('');
}

const EIGHT_HOURS_MS = 8 * 3_600_000;

/** Word shows the time as it is written, whatever zone it claims: so it is that of UTC+8, where these reports are read. */
export function wordDate(at: number): string {
  return `${new Date(at + EIGHT_HOURS_MS).toISOString().slice(0, 19)}Z`;
}
