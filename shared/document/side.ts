import type { MarkedDocument, OfficialDocument, Paragraph, ParagraphLook, Run } from './document.ts';
import { STANDS_AFTER, STANDS_BEFORE, sameRunLook } from './document.ts';

/** The document as it stood at one of its two points: 清稿. */
export function cleanDocument(marked: MarkedDocument, side: 'before' | 'after'): OfficialDocument {
  const stands = side === 'before' ? STANDS_BEFORE : STANDS_AFTER;
  const paragraphs: Paragraph[] = [];
  let runs: Run[] = [];
  for (const paragraph of marked.paragraphs) {
    for (const { op, text, look, was } of paragraph.runs) {
      if (!stands.has(op)) continue;
      addRun(runs, { text, look: side === 'before' && was !== null ? was.look : look });
    }
    if (!stands.has(paragraph.op)) continue;
    const look: ParagraphLook = side === 'before' && paragraph.was !== null ? paragraph.was.look : paragraph.look;
    paragraphs.push({ look, runs });
    runs = [];
  }
  return { paragraphs };
}

/** Neighbours of one look are one run. */
export function addRun(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last !== undefined && sameRunLook(last.look, run.look)) runs[runs.length - 1] = { look: last.look, text: last.text + run.text };
  else runs.push(run);
}

export function paragraphText({ runs }: Paragraph): string {
  return runs.map(({ text }) => text).join('');
}
