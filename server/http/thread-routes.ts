import { z } from 'zod';
import type { ThreadPlaces, ThreadsDone, ThreadsState } from '../../shared/api/threads.ts';
import { isDay } from '../../shared/blanks/due.ts';
import { exportFileName } from '../../shared/document/file-name.ts';
import { type MemberId, type NodeId, parseMemberId, parseNodeId } from '../../shared/ids.ts';
import { DISPOSITIONS, MAX_ANCHOR_IDS, MAX_BODY, MAX_MENTIONS } from '../../shared/threads/thread.ts';
import type { Reports } from '../core/reports.ts';
import type { ThreadFailure } from '../core/threads/commands.ts';
import { opinionsTable, type TableFiles } from '../core/threads/opinions.ts';
import { placesOf, shownThreads } from '../core/threads/view.ts';
import { forbidden, HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

const member = z.string().refine((value): value is MemberId => parseMemberId(value) !== null, 'is not an id') as z.ZodType<MemberId>;
const node = z.string().refine((value): value is NodeId => parseNodeId(value) !== null, 'is not an id') as z.ZodType<NodeId>;
const seq = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const unit = z
  .number()
  .int()
  .min(0)
  .max(2 ** 53 - 1);
const ids = z.tuple([unit, unit, z.number().int().min(1).max(1_000_000)]);
const block = z.string().regex(/^(\d{1,10}\.\d{1,10})?$/, 'is not a paragraph');
const target = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('text'), chapter: node, ids: z.array(ids).min(1).max(MAX_ANCHOR_IDS) }),
  z.strictObject({ on: z.literal('block'), chapter: node, block }),
  z.strictObject({ on: z.literal('node'), node }),
]);
/** Longer than a comment may be: the judge says which are too long. */
const body = z.strictObject({
  text: z.string().max(2 * MAX_BODY),
  mentions: z.array(z.strictObject({ member, at: unit, length: unit })).max(MAX_MENTIONS),
});
const due = z.string().refine(isDay, 'must be a day, YYYY-MM-DD').nullable();
const command = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('start'), target, body, to: member.nullable(), due }),
  z.strictObject({ op: z.literal('reply'), thread: seq, body }),
  z.strictObject({ op: z.literal('edit'), thread: seq, comment: seq, body }),
  z.strictObject({ op: z.literal('delete'), thread: seq, comment: seq }),
  z.strictObject({ op: z.literal('assign'), thread: seq, to: member.nullable(), due }),
  z.strictObject({ op: z.literal('close'), thread: seq, disposition: z.enum(DISPOSITIONS), reason: z.string().max(2_000) }),
  z.strictObject({ op: z.literal('reopen'), thread: seq }),
  z.strictObject({ op: z.literal('reattach'), thread: seq, target }),
  z.strictObject({ op: z.literal('link'), thread: seq, after: unit }),
]);

const opinionsQuery = z.strictObject({ kind: z.enum(['xlsx', 'docx']) });
const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** 批注: what people say about the text, and what became of it. */
export function threadRoutes({ reports, tables }: { readonly reports: Reports; readonly tables: TableFiles }): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports/:report/threads',
      rule: 'read',
      about: 'Every thread with its comments and disposition, and where each hangs now.',
      gives: 'ThreadsState',
      handle: async ({ report }) => {
        const threads = shownThreads(report.fold.threads);
        const seq = report.head();
        const state: ThreadsState = { seq, threads, places: await placesOf(report, threads) };
        return { json: state };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/threads/places',
      rule: 'read',
      about: 'Where each thread hangs now.',
      gives: 'ThreadPlaces',
      handle: async ({ report }) => {
        const seq = report.head();
        const places: ThreadPlaces = { seq, places: await placesOf(report, shownThreads(report.fold.threads)) };
        return { json: places };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/opinions',
      rule: 'read',
      about: '意见采纳情况表 as a file: every opinion with what became of it.',
      query: opinionsQuery,
      gives: 'file',
      handle: ({ report, request }) => {
        const { kind } = parse(opinionsQuery, { ...request.query });
        const table = opinionsTable(report);
        const name = exportFileName(report.fold.outline.title, '意见采纳情况表', kind);
        return { file: { content: tables[kind](table), type: TYPES[kind], name } };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/threads',
      rule: 'comment',
      about:
        'Starts a thread on text, a paragraph or a chapter; replies, changes, assigns, closes, opens again, hangs elsewhere, links an edit.',
      body: 'json',
      takes: command,
      gives: 'ThreadsDone',
      status: 201,
      handle: async ({ report, identity, body: asked }) => {
        const done = await reports.commandsOf(report).changeThreads(identity.account.id, parse(command, asked));
        if (!done.ok) throw threadError(done.error);
        const answer: ThreadsDone = { seq: done.value };
        return { status: 201, json: answer };
      },
    },
  ];
}

function threadError(code: ThreadFailure): HttpError {
  switch (code) {
    case 'forbidden':
      return forbidden();
    case 'no-such-thread':
      return new HttpError(404, code, 'There is no such thread.');
    case 'no-such-comment':
      return new HttpError(404, code, 'There is no such comment: it was taken back.');
    case 'no-such-member':
      return new HttpError(404, code, 'Nobody of that id belongs to this report.');
    case 'no-such-chapter':
      return new HttpError(404, code, 'There is no such chapter, or it is in the trash.');
    case 'no-such-text':
      return new HttpError(404, code, 'Nothing of that text stands there any more. Select it again.');
    case 'comment-not-yours':
      return new HttpError(403, code, 'Only who wrote a comment changes or takes it back.');
    case 'comment-bad-text':
      return new HttpError(400, code, `A comment has 1 to ${MAX_BODY} characters of plain text, a reason up to 1000.`);
    case 'comment-bad-mention':
      return new HttpError(400, code, 'A mention stands at an @ in the text and names a member of this report.');
    case 'thread-closed':
      return new HttpError(409, code, 'The thread is closed. Open it again first.');
    case 'thread-full':
      return new HttpError(409, code, 'There is no room for more. Start a new thread.');
    case 'thread-reason':
      return new HttpError(400, code, 'Say why: partly adopted and declined ask for a reason.');
    case 'thread-nothing':
      return new HttpError(409, code, 'You have changed nothing there since.');
  }
}
