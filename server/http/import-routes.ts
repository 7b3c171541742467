import { z } from 'zod';
import type { Created } from '../../shared/api.ts';
import { acceptText, type DecodeBytes, decodeImport, type ImportRefusal, type ImportText } from '../../shared/importing/decode.ts';
import { recognise } from '../../shared/importing/recognise.ts';
import { toReport } from '../../shared/importing/to-report.ts';
import type { Result } from '../../shared/result.ts';
import { newNodeId } from '../core/new-report.ts';
import type { Ids } from '../core/ports.ts';
import type { Reports } from '../core/reports.ts';
import { HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

const textBody = z.strictObject({ text: z.string() });

export interface ImportParts {
  readonly reports: Reports;
  readonly ids: Ids;
}

/** A file or pasted text: first looked at, then made into a report. */
export function importRoutes({ reports, ids }: ImportParts): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/api/import/preview',
      rule: 'admin',
      body: 'bytes',
      takes: textBody,
      gives: 'ImportPreview',
      handle: ({ body }) => ({ json: recognise(sourceOf(body)) }),
    },
    {
      method: 'post',
      path: '/api/import',
      rule: 'admin',
      body: 'bytes',
      takes: textBody,
      status: 201,
      gives: 'Created',
      handle: async ({ body, identity }) => {
        const content = toReport(recognise(sourceOf(body)), () => newNodeId(ids));
        const { id: member, name } = identity.account;
        const id = await reports.create({ beginning: 'import', content, members: [{ id: member, name, role: 'owner' }] });
        const created: Created = { id };
        return { status: 201, json: created };
      },
    },
  ];
}

/** @throws HttpError saying why nothing can be made of it. */
function sourceOf(body: unknown): ImportText {
  // A request without any body is an empty file.
  const file = body === undefined ? new Uint8Array(0) : Buffer.isBuffer(body) ? body : null;
  const source: Result<ImportText, ImportRefusal> =
    file === null ? acceptText(parse(textBody, body).text) : decodeImport(file, decodeBytes);
  if (source.ok) return source.value;
  throw refusalOf(source.error);
}

const decodeBytes: DecodeBytes = (encoding, bytes) => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

function refusalOf(refusal: ImportRefusal): HttpError {
  switch (refusal.code) {
    case 'empty':
      return new HttpError(422, 'empty', 'There is no text in this.');
    case 'too-big':
      return new HttpError(413, 'too-big', 'Text of up to 10 MB can be imported.', { limit: refusal.limit });
    case 'binary':
      return new HttpError(422, 'binary', 'This is not a text file. Save it as plain text, or copy its text and paste it.', {
        file: refusal.file,
      });
    case 'undecodable':
      return new HttpError(422, 'undecodable', 'The characters of this file cannot be read as UTF-8, UTF-16 or GB18030.');
  }
}
