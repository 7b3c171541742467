import { z } from 'zod';
import type { Created, ImportPreview } from '../../shared/api.ts';
import { acceptTree, type TreeRefusal } from '../../shared/importing/corrected.ts';
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

const place = z.number().int().min(0).max(1_000_000_000);
const block = z.strictObject({ kind: z.enum(['paragraph', 'heading3', 'heading4']), text: z.string(), line: place });
const node = z.strictObject({
  kind: z.enum(['part', 'chapter', 'passage']),
  parent: place.nullable(),
  heading: z.string().max(500),
  form: z.enum(['own-line', 'run-in']),
  sourceNumber: z.string().max(500),
  line: place,
  blocks: z.array(block),
});
const tree = z.strictObject({ title: z.string().max(500), nodes: z.array(node) });
const importBody = z.union([
  z.strictObject({ text: z.string(), tree: tree.optional() }),
  z.strictObject({ file: z.base64(), tree: tree.optional() }),
]);

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
      takes: importBody,
      about: 'Creates a report from a source, as recognised or as corrected.',
      status: 201,
      gives: 'Created',
      handle: async ({ body, identity }) => {
        const content = toReport(treeOf(body), () => newNodeId(ids));
        const { id: member, name } = identity.account;
        const id = await reports.create({ beginning: 'import', content, members: [{ id: member, name, role: 'owner' }] });
        const created: Created = { id };
        return { status: 201, json: created };
      },
    },
  ];
}

/** The tree that a person corrected where one came, else the recognised one. @throws HttpError when it is not the whole source. */
function treeOf(body: unknown): Pick<ImportPreview, 'title' | 'nodes'> {
  if (body === undefined || Buffer.isBuffer(body)) return recognise(sourceOf(body));
  const command = parse(importBody, body);
  const source = sourceOf('file' in command ? Buffer.from(command.file, 'base64') : { text: command.text });
  if (command.tree === undefined) return recognise(source);
  const accepted = acceptTree(command.tree, source.text);
  if (accepted.ok) return accepted.value;
  throw treeRefusal(accepted.error);
}

function treeRefusal(refusal: TreeRefusal): HttpError {
  if (refusal.code === 'unsound') return new HttpError(400, 'bad-request', 'This outline has nodes in places where they cannot stand.');
  return new HttpError(422, 'incomplete', 'The corrected outline is not the whole source. Nothing was created.', {
    offset: refusal.offset,
  });
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
