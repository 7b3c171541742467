import { strToU8, zipSync } from 'fflate';
import { PAPER, twips } from '../../../shared/document/layout.ts';
import type { OpinionsTable } from '../../core/threads/opinions.ts';
import { escapeXml, XML_HEAD } from '../docx/xml.ts';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** Excel takes no longer words into a cell, in UTF-16 units. */
const LONGEST_CELL = 32_767;
/** Characters of a column for one share of the width. */
const COLUMN = 6;

/** The table as a workbook of one sheet, its headings kept in view and ready to be filtered. */
export function xlsxFile({ title, columns, rows }: OpinionsTable): Uint8Array {
  const last = letterOf(columns.length - 1);
  const words = (at: string, text: string, style: number) =>
    `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text.slice(0, LONGEST_CELL))}</t></is></c>`;
  const cell = (value: string | number, column: number, row: number) => {
    const at = `${letterOf(column)}${row}`;
    return typeof value === 'number' ? `<c r="${at}" s="2"><v>${value}</v></c>` : words(at, value, 2);
  };
  const body = rows.map(
    (row, index) => `<row r="${index + 3}">${row.map((value, column) => cell(value, column, index + 3)).join('')}</row>`,
  );
  const head = columns.map(({ heading }, column) => words(`${letterOf(column)}2`, heading, 1)).join('');
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width * COLUMN}" customWidth="1"/>`,
  );
  const sheet = `${XML_HEAD}<worksheet xmlns="${SHEET}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${words('A1', title, 1)}</row><row r="2">${head}</row>${body.join('')}</sheetData><autoFilter ref="A2:${last}${rows.length + 2}"/><mergeCells count="1"><mergeCell ref="A1:${last}1"/></mergeCells><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
  const border = '<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border>';
  const font = (bold: string) => `<font>${bold}<sz val="11"/><name val="宋体"/></font>`;
  const aligned = (at: string) => `<alignment ${at}vertical="center" wrapText="1"/>`;
  const styles = `${XML_HEAD}<styleSheet xmlns="${SHEET}"><fonts count="2">${font('')}${font('<b/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/>${border}</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">${aligned('horizontal="center" ')}</xf><xf xfId="0" borderId="1" applyBorder="1" applyAlignment="1">${aligned('')}</xf></cellXfs></styleSheet>`;
  return packed({
    '[Content_Types].xml': `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${OFFICE}.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${OFFICE}.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${OFFICE}.spreadsheetml.styles+xml"/></Types>`,
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${XML_HEAD}<workbook xmlns="${SHEET}" xmlns:r="${RELATIONS}"><sheets><sheet name="意见采纳情况表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
    'xl/worksheets/sheet1.xml': sheet,
    'xl/styles.xml': styles,
  });
}

/** Margins of the landscape page, twips: 2 cm. */
const MARGIN = 1_134;

/** The table as a Word file, on a page laid across, its headings repeated on every page. */
export function tableDocx({ title, columns, rows }: OpinionsTable): Uint8Array {
  const [width, height] = [twips(PAPER.height), twips(PAPER.width)];
  const shares = columns.reduce((sum, column) => sum + column.width, 0);
  const grid = columns.map((column) => Math.floor(((width - 2 * MARGIN) * column.width) / shares));
  const run = (text: string, size: number, bold: boolean) =>
    text
      .split('\n')
      .map((line) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
      .join('<w:br/>')
      .replace(/^(.*)$/s, `<w:r><w:rPr><w:rFonts w:eastAsia="宋体"/>${bold ? '<w:b/>' : ''}<w:sz w:val="${size}"/></w:rPr>$1</w:r>`);
  const cell = (value: string | number, index: number, bold: boolean) =>
    `<w:tc><w:tcPr><w:tcW w:w="${grid[index]}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p>${bold ? '<w:pPr><w:jc w:val="center"/></w:pPr>' : ''}${run(String(value), 21, bold)}</w:p></w:tc>`;
  const line = (values: readonly (string | number)[], heading: boolean) =>
    `<w:tr><w:trPr><w:cantSplit/>${heading ? '<w:tblHeader/>' : ''}</w:trPr>${values.map((value, index) => cell(value, index, heading)).join('')}</w:tr>`;
  const edge = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`;
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge).join('');
  const table = `<w:tbl><w:tblPr><w:tblW w:w="${grid.reduce((sum, one) => sum + one, 0)}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid.map((one) => `<w:gridCol w:w="${one}"/>`).join('')}</w:tblGrid>${[
    line(
      columns.map(({ heading }) => heading),
      true,
    ),
    ...rows.map((row) => line(row, false)),
  ].join('')}</w:tbl>`;
  const body = `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>${run(title, 32, true)}</w:p>${table}<w:p/><w:sectPr><w:pgSz w:w="${width}" w:h="${height}" w:orient="landscape"/><w:pgMar w:top="${MARGIN}" w:right="${MARGIN}" w:bottom="${MARGIN}" w:left="${MARGIN}" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>`;
  return packed({
    '[Content_Types].xml': `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${OFFICE}.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': relations([['officeDocument', 'word/document.xml']]),
    'word/document.xml': `${XML_HEAD}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
  });
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const list = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  );
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`;
}

/** The same table gives the same bytes; DOS time has no zone and begins in 1980. */
function packed(parts: Readonly<Record<string, string>>): Uint8Array {
  const files = Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)]));
  return zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) });
}

/** A, B … Z, AA … */
function letterOf(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return (rest < 0 ? '' : letterOf(rest)) + String.fromCharCode(65 + (column % 26));
}
