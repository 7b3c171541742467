/** What Excel takes a file for UTF-8 by. */
const BOM = '\ufeff';
/** A cell that begins like this is a formula to a spreadsheet. */
const FORMULA = /^[\s]*[=+\-@\t\r]/;

/**
 * A table as a file that a spreadsheet opens: UTF-8 with its mark, CRLF, quotes where they are needed (RFC 4180). Words that would be taken
 * for a formula get an apostrophe before them, so that nobody's name runs on somebody's computer; numbers stay numbers.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  const lines = rows.map((row) => `${row.map(cell).join(',')}\r\n`);
  return BOM + lines.join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const inert = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
