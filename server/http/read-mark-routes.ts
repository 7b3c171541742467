import { z } from 'zod';
import { parseNodeId } from '../../shared/ids.ts';
import type { ReadMarkBook } from '../core/read-marks/read-marks.ts';
import { HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const readMark = z.strictObject({
  chapter: z.string().max(40),
  key: z.string().regex(/^(\d{1,10}\.\d{1,10})?$/),
  hash: z.string().min(1).max(20),
  seq,
});
const readMarks = z.union([z.strictObject({ blocks: z.array(readMark).min(1).max(500) }), z.strictObject({ upTo: seq })]);

/** What a member has looked at and what is new to them: theirs alone, on all their devices. Nobody else is told, and the log knows nothing of it. */
export function readMarkRoutes({ readMarks: book }: { readonly readMarks: ReadMarkBook }): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports/:report/unread',
      rule: 'readHistory',
      about: 'Paragraphs that others changed since this member last looked, less what they read since.',
      gives: 'Unread',
      handle: async ({ report, identity }) => ({ json: await book.unread(report, identity.account.id) }),
    },
    {
      method: 'post',
      path: '/api/reports/:report/read-marks',
      rule: 'readHistory',
      body: 'json',
      takes: readMarks,
      about: 'Marks paragraphs, or everything up to an entry, as read.',
      status: 204,
      handle: ({ report, identity, body }) => {
        const asked = parse(readMarks, body);
        const member = identity.account.id;
        if ('upTo' in asked) book.markAll(report, member, asked.upTo);
        else {
          const head = report.head();
          if (asked.blocks.some((mark) => mark.seq > head))
            throw new HttpError(400, 'no-such-entry', 'The report has no such entry yet.', { head });
          const read = asked.blocks.map((mark) => {
            const chapter = parseNodeId(mark.chapter);
            if (chapter === null || !report.past.isChapter(chapter))
              throw new HttpError(404, 'no-such-chapter', 'The report has and had no such chapter.');
            return { ...mark, chapter };
          });
          book.mark(report.id, member, read);
        }
        report.watchers.tellLooked(member);
        return { status: 204 };
      },
    },
  ];
}
