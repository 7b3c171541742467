import { z } from 'zod';
import type { RestoreCommand } from '../../shared/api/restore.ts';
import type { ChapterId } from '../../shared/ids.ts';
import { parseNodeId } from '../../shared/ids.ts';
import { textNode } from '../core/report-fold.ts';
import type { Reports } from '../core/reports.ts';
import type { RestoreFailure } from '../core/restore/restore.ts';
import { previewRestore } from '../core/restore/restore.ts';
import { forbidden, HttpError, notFound } from './http-error.ts';
import type { ReportAsk, Route } from './route.ts';
import { chapterOf, parse } from './route.ts';

const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const id = z.number().int().min(0).max(0xffff_ffff);
/** `[client, clock, length]` */
const stretch = z.tuple([id, id, id]);
const command = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('chapter'), seq }),
  z.strictObject({
    what: z.literal('paragraph'),
    block: z.string().regex(/^\d{1,10}\.\d{1,10}$/),
    seq,
    from: z.string().max(40).optional(),
  }),
  z.strictObject({ what: z.literal('text'), ids: z.array(stretch).min(1).max(200), seq, from: z.string().max(40).optional() }),
  z.strictObject({ what: z.literal('undo'), seq }),
]);
const restoreBody = z.strictObject({ command, expect: seq });

/** Bringing text back. Who does it writes, and reads the past: both rights are asked. */
export function restoreRoutes({ reports }: { readonly reports: Reports }): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/api/reports/:report/chapters/:chapter/restore/preview',
      rule: 'writeText',
      body: 'json',
      takes: command,
      about: 'What bringing text back would do. Changes nothing.',
      gives: 'RestorePreview',
      handle: async (ask) => {
        const chapter = chapterToWrite(ask);
        const done = await previewRestore(ask.report, ask.identity.account.id, chapter, commandOf(ask, parse(command, ask.body)));
        if (!done.ok) throw restoreError(done.error);
        return { json: done.value };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/chapters/:chapter/restore',
      rule: 'writeText',
      body: 'json',
      takes: restoreBody,
      about: 'Brings a chapter or a paragraph back, as a new entry.',
      gives: 'RestoreDone',
      status: 201,
      handle: async (ask) => {
        const chapter = chapterToWrite(ask);
        const asked = parse(restoreBody, ask.body);
        const wanted = commandOf(ask, asked.command);
        const done = await reports.commandsOf(ask.report).restore(ask.identity.account.id, chapter, wanted, asked.expect);
        if (!done.ok) throw restoreError(done.error);
        return { status: 201, json: done.value };
      },
    },
  ];
}

/** @throws HttpError when the chapter is not in the outline, or this member may not write it or not read its past. */
function chapterToWrite({ report, request, identity }: ReportAsk): ChapterId {
  const chapter = chapterOf(request);
  if (textNode(report.fold.outline, chapter) === null) throw notFound();
  const member = identity.account.id;
  if (!report.may(member, 'readHistory', chapter) || !report.may(member, 'writeText', chapter)) throw forbidden();
  return chapter;
}

function commandOf({ report }: ReportAsk, asked: z.infer<typeof command>): RestoreCommand {
  if (asked.seq > report.head()) throw new HttpError(400, 'no-such-entry', 'The report has no such entry yet.', { head: report.head() });
  if (!('from' in asked) || asked.from === undefined) return withoutFrom(asked);
  const from = parseNodeId(asked.from);
  const { nodes, removed } = report.fold.outline;
  if (from === null || ![...nodes, ...removed].some((node) => node.id === from))
    throw new HttpError(404, 'no-such-chapter', 'The report has and had no such chapter.');
  return { ...asked, from };
}

function withoutFrom(asked: z.infer<typeof command>): RestoreCommand {
  if (asked.what === 'paragraph') return { what: asked.what, block: asked.block, seq: asked.seq };
  return asked.what === 'text' ? { what: asked.what, ids: asked.ids, seq: asked.seq } : asked;
}

function restoreError(failure: RestoreFailure): HttpError {
  switch (failure) {
    case 'restore-moved':
      return new HttpError(409, failure, 'Somebody changed this since it was looked at. Look again before restoring.');
    case 'restore-nothing':
      return new HttpError(409, failure, 'It reads as it did then: there is nothing to restore.');
    case 'restore-no-such-text':
      return new HttpError(404, failure, 'It was not there then.');
  }
}
