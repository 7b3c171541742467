import type { Correction } from '../../../shared/importing/correct.ts';
import type { HeadingLevel } from '../../../shared/importing/pieces.ts';
import type { PreviewRow } from './model.ts';

/** The level a heading row stands at: 1 part or chapter at the top, 2 chapter in a part, 3 and 4 in the text; 5 for text, null for the title. */
export function levelOf(row: PreviewRow): HeadingLevel | 5 | null {
  switch (row.kind) {
    case 'title':
      return null;
    case 'text':
      return 5;
    case 'heading3':
      return 3;
    case 'heading4':
      return 4;
    case 'part':
    case 'chapter':
      return row.depth === 0 ? 1 : 2;
  }
}

/** One level up: text becomes a heading of the fourth level, and so on up to the first. */
export function raise(row: PreviewRow, at: number): Correction | null {
  const level = levelOf(row);
  return level === null || level === 1 ? null : { kind: 'level', at, level: (level - 1) as HeadingLevel };
}

/** One level down: a heading of the fourth level becomes text. */
export function lower(row: PreviewRow, at: number): Correction | null {
  const level = levelOf(row);
  if (level === null || level === 5) return null;
  return level === 4 ? { kind: 'plain', at } : { kind: 'level', at, level: (level + 1) as HeadingLevel };
}
