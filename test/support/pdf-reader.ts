import { getDocumentProxy } from 'unpdf';

/** A line of a PDF's page: its words, and where it stands in points from the paper's upper left corner. */
export interface PdfLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Of the baseline. */
  readonly y: number;
}

/** The lines of each page, as another program than the one that set them finds them. */
export async function pdfPages(bytes: Uint8Array): Promise<readonly (readonly PdfLine[])[]> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const pages: PdfLine[][] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const height = page.view[3]!;
    const { items } = await page.getTextContent({ includeMarkedContent: false, disableNormalization: true });
    const lines: { text: string; left: number; right: number; y: number }[] = [];
    for (const item of items) {
      if (!('str' in item) || item.str === '') continue;
      const [x, y] = [item.transform[4] as number, height - (item.transform[5] as number)];
      const last = lines.at(-1);
      if (last !== undefined && Math.abs(last.y - y) < 4) {
        last.text += item.str;
        last.right = x + item.width;
      } else lines.push({ text: item.str, left: x, right: x + item.width, y });
    }
    pages.push(lines);
  }
  return pages;
}

/** All its letters and marks in order, without white space and without the running page numbers. */
export async function pdfLetters(bytes: Uint8Array): Promise<string> {
  const pages = await pdfPages(bytes);
  return pages
    .flatMap((lines) => lines.filter(({ text }) => !/^— \d+ —$/.test(text)).map(({ text }) => text))
    .join('')
    .replace(/\s/gu, '');
}
