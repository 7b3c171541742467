import type { ChapterId } from '../../../shared/ids.ts';
import type { ChapterConnection } from '../../connection/chapter-connection.ts';

/** Opens a chapter's room; the caller closes it. */
export type OpenChapter = (chapter: ChapterId) => ChapterConnection;
