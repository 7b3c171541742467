import { COLUMNS, LEFT_MARGIN, PAPER, SIZE, TEXT_AREA, twips } from '../../../shared/document/layout.ts';
import { COLUMN_TWIPS, ROW_TWIPS } from './styles.ts';

/**
 * How 28 characters come to stand in a line. `word`: Word's and WPS's own manuscript grid, exactly GB/T 9704. `libreoffice`: LibreOffice gives
 * every character of that grid a cell of its own size (18 a line) and, when text is condensed instead, drops marks at line ends (both measured);
 * so the text area is 2 mm wider there and holds 28 full characters.
 */
export type DocxGridName = 'word' | 'libreoffice';

export interface DocxGrid {
  /** Of the text area, in twentieths of a point. */
  readonly width: number;
  readonly rightMargin: number;
  /** One 字. */
  readonly column: number;
  readonly xml: string;
}

const PAGE = twips(PAPER.width);
const LEFT = twips(LEFT_MARGIN);
const WIDTH = twips(TEXT_AREA.width);
/** In 4096ths of a point; from the width in whole twips, so that 28 characters never are a hair too wide. */
const CHAR_SPACE = Math.floor((WIDTH / 20 / COLUMNS - SIZE.text) * 4096);
/** A hair more than 28 characters: less, and rounding sets 27. */
const WIDE = COLUMNS * SIZE.text * 20 + 5;

export function gridOf(name: DocxGridName): DocxGrid {
  if (name === 'libreoffice') {
    const xml = `<w:docGrid w:type="lines" w:linePitch="${ROW_TWIPS}"/>`;
    return { width: WIDE, rightMargin: PAGE - LEFT - WIDE, column: SIZE.text * 20, xml };
  }
  const xml = `<w:docGrid w:type="linesAndChars" w:linePitch="${ROW_TWIPS}" w:charSpace="${CHAR_SPACE}"/>`;
  return { width: WIDTH, rightMargin: PAGE - LEFT - WIDTH, column: COLUMN_TWIPS, xml };
}
