import { HARD_BREAK } from '../text/render.ts';
import { type OfficialDocument, RULES } from './document.ts';
import { paragraphText } from './side.ts';

/**
 * The document as plain text, one paragraph a line. Of the report's text alone (options.ts: TEXT_ONLY) the importer makes the same outline
 * again; a line break inside a paragraph becomes a line end, because that is what it is on paper.
 */
export function plainDocument(document: OfficialDocument): string {
  const lines = document.paragraphs
    .filter(({ look }) => !RULES.has(look.role))
    .map((paragraph) => paragraphText(paragraph).replaceAll(HARD_BREAK, '\n').replaceAll('\t', '　　'));
  return `${lines.join('\n')}\n`;
}
