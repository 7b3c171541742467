import { z } from 'zod';
import { EXPORT_KINDS, type ExportCommand, type ExportKind } from '../../shared/api/export.ts';
import { LONGEST_LINE } from '../../shared/particulars/particulars.ts';
import type { Exports } from '../core/export/exports.ts';
import { forbidden, HttpError } from './http-error.ts';
import type { ReportAsk, Route } from './route.ts';
import { parse } from './route.ts';

const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const line = z
  .string()
  .max(LONGEST_LINE)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u);
const options = z.strictObject({
  letterhead: z.boolean(),
  masthead: line,
  docNumber: line,
  addressees: z.boolean(),
  attachments: z.boolean(),
  signature: z.boolean(),
  sealed: z.boolean(),
  note: z.boolean(),
  imprint: z.boolean(),
});
const command = z.strictObject({
  kind: z.enum(EXPORT_KINDS),
  seq: seq.exactOptional(),
  from: seq.exactOptional(),
  grid: z.enum(['word', 'libreoffice']).exactOptional(),
  options,
});

const TYPES: Readonly<Record<ExportKind, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  marked: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  // Never shown under this house's name: it is saved.
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  preview: 'application/json; charset=utf-8',
};

/** Files of a report: asked for, waited for, fetched. Whoever may read the report may have it as it is; the past is a right of its own. */
export function exportRoutes({ exports }: { readonly exports: Exports }): readonly Route[] {
  const idOf = ({ request }: ReportAsk) => String(request.params['export']);
  return [
    {
      method: 'post',
      path: '/api/reports/:report/exports',
      rule: 'read',
      body: 'json',
      takes: command,
      about: 'Begins to make a file: Word, 花脸稿, PDF, HTML, text, or pages to look at.',
      gives: 'ExportState',
      status: 201,
      handle: ({ report, identity, body }) => {
        const asked: ExportCommand = parse(command, body);
        const member = identity.account.id;
        const to = asked.seq ?? report.head();
        if (to > report.head() || (asked.from ?? 0) > to)
          throw new HttpError(400, 'no-such-entry', 'The report has no such entry yet.', { head: report.head() });
        if (asked.kind === 'marked' && asked.from === undefined)
          throw new HttpError(400, 'bad-request', 'A marked copy needs the earlier point, `from`.');
        const past = asked.kind === 'marked' || to !== report.head();
        if (past && !report.may(member, 'readHistory', null)) throw forbidden();
        const state = exports.start(report, member, asked);
        if (state === null) throw new HttpError(429, 'too-many-exports', 'Wait until your other exports are done, or cancel one.');
        return { status: 201, json: state };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/exports/:export',
      rule: 'read',
      about: 'How far an export is. One’s own only.',
      gives: 'ExportState',
      handle: (ask) => {
        const state = exports.stateOf(ask.report.id, ask.identity.account.id, idOf(ask));
        if (state === null) throw noSuchExport();
        return { json: state };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/exports/:export/file',
      rule: 'read',
      about: 'The file of an export that is done.',
      gives: 'file',
      handle: (ask) => {
        const file = exports.fileOf(ask.report.id, ask.identity.account.id, idOf(ask));
        if (file === null) throw noSuchExport();
        return { file: { content: file.content, type: TYPES[file.kind], name: file.name } };
      },
    },
    {
      method: 'delete',
      path: '/api/reports/:report/exports/:export',
      rule: 'read',
      about: 'Cancels an export, or throws its file away.',
      status: 204,
      handle: (ask) => {
        if (!exports.cancel(ask.report.id, ask.identity.account.id, idOf(ask))) throw noSuchExport();
        return { status: 204 };
      },
    },
  ];
}

const noSuchExport = () => new HttpError(404, 'no-such-export', 'There is no such export any more. Make it again.');
