import { z } from 'zod';
import { ROLES } from '../../shared/access/can.ts';
import { type MemberId, type NodeId, parseMemberId, parseNodeId } from '../../shared/ids.ts';
import { BEGINNING_OUTLINES } from '../../shared/lifecycle/beginnings.ts';

/** What requests about a report may hold; strict: an unknown key is an error, so that a misspelt one is noticed. */

const nodeId = z.string().transform((value, context): NodeId => {
  const id = parseNodeId(value);
  if (id !== null) return id;
  context.addIssue({ code: 'custom', message: 'not an id' });
  return z.NEVER;
});
const memberId = z.string().transform((value, context): MemberId => {
  const id = parseMemberId(value);
  if (id !== null) return id;
  context.addIssue({ code: 'custom', message: 'not an id' });
  return z.NEVER;
});
/** Longer than any heading may be: the judge says which are too long. */
const line = z.string().max(2_000);
const form = z.enum(['own-line', 'run-in']);
const place = { parent: nodeId.nullable(), before: nodeId.nullable() };

export const outlineCommand = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('title'), was: line, title: line }),
  z.strictObject({ op: z.literal('heading'), node: nodeId, was: line, heading: line, form: form.exactOptional() }),
  z.strictObject({ op: z.literal('add'), kind: z.enum(['part', 'chapter', 'passage']), heading: line, ...place }),
  z.strictObject({ op: z.literal('remove'), node: nodeId }),
  z.strictObject({ op: z.literal('restore'), node: nodeId }),
  z.strictObject({ op: z.literal('move'), node: nodeId, ...place }),
  z.strictObject({ op: z.literal('owner'), node: nodeId, was: memberId.nullable(), owner: memberId.nullable() }),
  z.strictObject({ op: z.literal('note'), node: nodeId, was: line, note: line }),
]);

const role = z.enum(ROLES);
export const memberCommand = z.union([z.strictObject({ name: z.string().max(400), role }), z.strictObject({ member: memberId, role })]);

export const newReportBody = z.strictObject({ title: line, outline: z.enum(BEGINNING_OUTLINES).exactOptional() });
