/**
 * The numbers of GB/T 9704-2012 《党政机关公文格式》 that a page is set by, each named once with its clause. Lengths are millimetres unless the
 * name says otherwise. A 字 is the width of one 3号 character on the grid, a 行 the height of one row.
 */

/** §5.1 A4. */
export const PAPER = { width: 210, height: 297 } as const;
/** §5.2.1 天头 37 ± 1, 订口 28 ± 1. */
export const TOP_MARGIN = 37;
export const LEFT_MARGIN = 28;
/** §5.2.1 版心 without page number. */
export const TEXT_AREA = { width: 156, height: 225 } as const;
export const RIGHT_MARGIN = PAPER.width - LEFT_MARGIN - TEXT_AREA.width;
export const BOTTOM_MARGIN = PAPER.height - TOP_MARGIN - TEXT_AREA.height;
/** §5.2.3 22 rows of 28 characters fill the 版心. */
export const ROWS = 22;
export const COLUMNS = 28;

const POINTS_PER_MM = 72 / 25.4;
export const points = (mm: number): number => mm * POINTS_PER_MM;
/** Twentieths of a point, Word's measure. */
export const twips = (mm: number): number => Math.round(mm * POINTS_PER_MM * 20);

export const ROW_POINTS = points(TEXT_AREA.height) / ROWS;
export const COLUMN_POINTS = points(TEXT_AREA.width) / COLUMNS;

/** Sizes in points: 2号, 3号, 4号. */
export const SIZE = { title: 22, text: 16, small: 14 } as const;

/** §7.2.4 发文机关标志: its upper edge stands so far below the upper edge of the 版心. */
export const MASTHEAD_TOP = 35;
/** §7.2.4 its size is free "so that it looks right"; larger than this it outgrows what superiors use. */
export const MASTHEAD_POINTS = { most: 48, least: 22 } as const;
/** §7.2.5 发文字号 two rows under the 标志; 上行文: one 字 from the left, 签发人 one 字 from the right (§7.2.6). */
export const NUMBER_ROWS_BELOW = 2;
export const HEADER_INSET = 1;
/** §7.2.7 the red line, as wide as the 版心, so far under 发文字号. */
export const RED_LINE_BELOW = 4;
export const RED_LINE_POINTS = 1.5;
export const RED = 'FF0000';
/** §7.3.1 the title two rows under the red line. */
export const TITLE_ROWS_BELOW = 2;
/** §7.3.2 one row under the title; §7.3.4 附件说明 and §7.3.5 署名: one row of space above. */
export const SPACE_ROWS = 1;
/** §7.3.3 each paragraph two 字 in; so are 附件说明 (§7.3.4) and 附注 (§7.3.6). */
export const INDENT = 2;
/** §7.3.5.1 with a seal: the date four 字 from the right. */
export const SEALED_DATE_INSET = 4;
/** §7.3.5.2 without: the issuer two 字 from the right, the date's first character two 字 right of the issuer's. */
export const PLAIN_SIGNATURE_INSET = 2;
/** §7.4 版记: 4号, one 字 in on both sides; first and last line 0.35 mm, those between 0.25 mm. */
export const IMPRINT_INSET = 1;
export const IMPRINT_THICK = 0.35;
export const IMPRINT_THIN = 0.25;
/** §7.5 the page number's line stands so far under the 版心; one 字 from the outer edge. */
export const PAGE_NUMBER_BELOW = 7;
export const PAGE_NUMBER_INSET = 1;

/** The fonts that the standard and its practice name, by what they are used for. Official machines have them. */
export const OFFICIAL_FONTS = {
  title: '方正小标宋简体',
  body: '仿宋_GB2312',
  part: '黑体',
  chapter: '楷体_GB2312',
  number: '宋体',
} as const;
export type FontUse = keyof typeof OFFICIAL_FONTS;

/** Size of the 发文机关标志 in points: as large as fits the 版心. */
export function mastheadPoints(text: string): number {
  const fitting = Math.floor(points(TEXT_AREA.width) / Math.max(1, [...text].length));
  return Math.max(MASTHEAD_POINTS.least, Math.min(MASTHEAD_POINTS.most, fitting));
}
