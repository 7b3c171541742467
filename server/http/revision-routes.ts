import { z } from 'zod';
import type { RevisionDone, RevisionList } from '../../shared/api/revisions.ts';
import type { RevisionRefusal } from '../../shared/revisions/revision.ts';
import type { Reports } from '../core/reports.ts';
import { HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

const seq = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const name = z.string().max(200);
const note = z.string().max(2_000).default('');

const command = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('name'), upTo: seq.optional(), name, note }),
  z.strictObject({ op: z.literal('rename'), revision: seq, was: name, name, note }),
  z.strictObject({ op: z.literal('withdraw'), revision: seq }),
]);

/** Named points of a report. Naming is for those who write; the names are for those who may read the past that they point to. */
export function revisionRoutes({ reports }: { readonly reports: Reports }): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports/:report/revisions',
      rule: 'readHistory',
      about: 'Named points of the report.',
      gives: 'RevisionList',
      handle: ({ report }) => {
        const list: RevisionList = { head: report.head(), revisions: report.fold.revisions };
        return { json: list };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/revisions',
      rule: 'writeText',
      body: 'json',
      takes: command,
      about: 'Names a point, renames or withdraws a name.',
      gives: 'RevisionDone',
      status: 201,
      handle: async ({ report, identity, body }) => {
        const done = await reports.commandsOf(report).changeRevisions(identity.account.id, parse(command, body));
        if (!done.ok) throw revisionError(done.error);
        const answer: RevisionDone = { seq: done.value };
        return { status: 201, json: answer };
      },
    },
  ];
}

function revisionError(refusal: RevisionRefusal): HttpError {
  switch (refusal.code) {
    case 'revision-bad-name':
      return new HttpError(400, refusal.code, 'A name is one line of 1 to 40 characters, a note at most 400.');
    case 'revision-bad-point':
      return new HttpError(400, refusal.code, 'The report has no such entry to name.');
    case 'revision-name-taken':
      return new HttpError(409, refusal.code, 'Another revision of this report has this name.');
    case 'no-such-revision':
      return new HttpError(404, refusal.code, 'There is no such revision.');
    case 'revision-clash':
      return new HttpError(409, refusal.code, 'Somebody renamed it meanwhile.', { is: refusal.is });
  }
}
