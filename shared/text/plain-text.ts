import * as Y from 'yjs';
import { isGone, isMarker } from './marker.ts';
import { HARD_BREAK } from './render.ts';

/**
 * The chapter as plain text: blocks joined by '\n', a hard break as '\v', embeds left out. The trailing text of a chapter whose last
 * marker is missing counts as a block; an empty chapter is ''.
 */
export function plainText(text: Y.Text): string {
  const lines: string[] = [];
  let line = '';
  let empty = true;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content } = item;
    if (content instanceof Y.ContentType && isMarker(content.type)) {
      if (!empty || !isGone(content.type)) lines.push(line);
      line = '';
      empty = true;
    } else {
      empty = false;
      if (content instanceof Y.ContentString) line += content.str.replaceAll(HARD_BREAK, '\v');
    }
  }
  if (!empty) lines.push(line);
  return lines.join('\n');
}
