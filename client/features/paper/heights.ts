/** The paper's grid (styles/tokens.css): 28 characters a line, 36 px a line. */
const PER_LINE = 28;
const LINE_HEIGHT = 36;
/** A paragraph of an official report is about this long; every one ends with a part-filled line. */
const PER_PARAGRAPH = 220;

/**
 * Height that a chapter's text will have, before it is here: so that the page does not jump when it comes.
 * @returns px
 */
export function estimatedHeight(characters: number): number {
  const paragraphs = Math.max(1, Math.round(characters / PER_PARAGRAPH));
  const lines = Math.ceil(characters / PER_LINE) + Math.ceil(paragraphs / 2);
  return Math.max(1, lines) * LINE_HEIGHT;
}
