import { type ExportPreview, MOST_PREVIEW_PAGES } from '../../shared/api/export.ts';
import { buildDocument } from '../../shared/document/build.ts';
import type { OfficialDocument } from '../../shared/document/document.ts';
import { htmlDocument } from '../../shared/document/html.ts';
import { COLUMNS, ROWS } from '../../shared/document/layout.ts';
import { plainDocument } from '../../shared/document/plain.ts';
import { cleanDocument, paragraphText } from '../../shared/document/side.ts';
import { gridWidth } from '../../shared/importing/plain.ts';
import type { Pressed, PressJob, PressProgress } from '../core/export/press.ts';
import { docxFile } from './docx/docx.ts';
import type { PdfSetter } from './pdf/pdf.ts';

const UTF8 = new TextEncoder();

/**
 * Makes one file. Asks nothing but the job, and writes nothing.
 * @param setter loads Typst and the fonts when they are first needed
 */
export function press(job: PressJob, setter: () => PdfSetter, progress: PressProgress): Pressed {
  progress('building', null);
  const marked = buildDocument(job.past, job.options);
  const document = cleanDocument(marked, 'after');
  const { title, report } = job;
  const seq = job.past.to;
  switch (job.kind) {
    case 'txt':
      // The mark tells old programs that it is UTF-8.
      return file(UTF8.encode(`\ufeff${plainDocument(document)}`));
    case 'html':
      return file(UTF8.encode(htmlDocument(document, { title, report, seq })));
    case 'docx':
    case 'marked': {
      const from = job.kind === 'marked' ? job.past.from : null;
      const masthead = document.paragraphs.find(({ look }) => look.role === 'masthead');
      const bytes = docxFile({
        document: marked,
        grid: job.grid,
        origin: { title, report, seq, from, at: job.at },
        masthead: masthead === undefined ? '' : paragraphText(masthead),
        nameOf: ({ by }) => job.names[by] ?? by,
        progress: (written) => progress('writing', written / Math.max(1, marked.paragraphs.length)),
      });
      return file(bytes);
    }
    case 'pdf':
    case 'preview': {
      progress('setting', null);
      const origin = { title, report, seq };
      if (job.kind === 'pdf') {
        const set = setter().set(document, origin);
        return { bytes: set.pdf(), pages: set.pages, fonts: set.fonts };
      }
      const beginning = beginningOf(document);
      const set = setter().set(beginning, origin);
      const total = beginning === document ? set.pages : null;
      const preview: ExportPreview = { pages: set.pictures(MOST_PREVIEW_PAGES), total };
      return { bytes: UTF8.encode(JSON.stringify(preview)), pages: total, fonts: set.fonts };
    }
  }
}

/** As many paragraphs as surely fill the pages of a preview, or all: drawing a thousand pages takes minutes. */
function beginningOf(document: OfficialDocument): OfficialDocument {
  let rows = 0;
  const end = document.paragraphs.findIndex((paragraph) => {
    rows += Math.max(1, Math.floor(gridWidth(paragraphText(paragraph)) / COLUMNS));
    return rows > (MOST_PREVIEW_PAGES + 1) * ROWS;
  });
  return end < 0 ? document : { paragraphs: document.paragraphs.slice(0, end) };
}

function file(bytes: Uint8Array): Pressed {
  return { bytes, pages: null, fonts: null };
}
