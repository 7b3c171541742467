import { z } from 'zod';
import { MAX_FIND, MAX_REPLACEMENT } from '../../shared/finding/find.ts';
import type { ChapterId, NodeId } from '../../shared/ids.ts';
import { parseNodeId } from '../../shared/ids.ts';
import { sanitizeText } from '../../shared/text/sanitize.ts';
import { previewReplace, type ReplaceFailure } from '../core/replace/replace.ts';
import type { Reports } from '../core/reports.ts';
import { HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

/** A line of the report's text: nothing in it that text may not hold. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => sanitizeText(text) === text && !/[\n\u2028]/.test(text), 'must be one line of plain text');
const node = z.string().refine((value): value is NodeId => parseNodeId(value) !== null, 'is not an id') as z.ZodType<ChapterId>;
const options = z.strictObject({ matchCase: z.boolean(), matchWidth: z.boolean() });
const preview = z.strictObject({ find: line(MAX_FIND).min(1), replacement: line(MAX_REPLACEMENT), options });
const command = preview.extend({ stamp: z.string().max(40) });
const seq = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const undo = z.strictObject({
  texts: z.array(z.strictObject({ chapter: node, seq })).max(2_000),
  lines: z.array(z.strictObject({ node: node.nullable(), was: z.string().max(400), is: z.string().max(400) })).max(2_000),
});

/** Find and replace over the whole report: looked at, done, and taken back, each by one command. */
export function replaceRoutes({ reports }: { readonly reports: Reports }): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/api/reports/:report/replace/preview',
      rule: 'read',
      body: 'json',
      takes: preview,
      about: 'Every place where a text stands, in context. Changes nothing.',
      gives: 'ReplacePreview',
      handle: async ({ report, identity, body }) => ({ json: await previewReplace(report, identity.account.id, parse(preview, body)) }),
    },
    {
      method: 'post',
      path: '/api/reports/:report/replace',
      rule: 'writeText',
      body: 'json',
      takes: command,
      about: 'Replaces the places that the preview showed, all together.',
      gives: 'ReplaceDone',
      status: 201,
      handle: async ({ report, identity, body }) => {
        const done = await reports.commandsOf(report).replace(identity.account.id, parse(command, body));
        if (!done.ok) throw replaceError(done.error);
        return { status: 201, json: done.value };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/replace/undo',
      rule: 'writeText',
      body: 'json',
      takes: undo,
      about: 'Takes a replacement of one’s own back, but for places that somebody has rewritten since.',
      gives: 'ReplaceUndone',
      status: 201,
      handle: async ({ report, identity, body }) => {
        const done = await reports.commandsOf(report).undoReplace(identity.account.id, parse(undo, body));
        if (!done.ok) throw replaceError(done.error);
        return { status: 201, json: done.value };
      },
    },
  ];
}

function replaceError(failure: ReplaceFailure): HttpError {
  return failure === 'replace-moved'
    ? new HttpError(409, failure, 'The text has changed since it was looked at. Look again before replacing.')
    : new HttpError(409, failure, 'There is nothing to do here.');
}
