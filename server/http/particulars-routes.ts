import { z } from 'zod';
import type { ParticularsClash, ParticularsDone } from '../../shared/api/particulars.ts';
import type { ParticularsRefusal } from '../../shared/particulars/decide.ts';
import { PARTICULAR_FIELDS } from '../../shared/particulars/particulars.ts';
import { particularsOf } from '../core/particulars.ts';
import type { Report } from '../core/report.ts';
import type { Reports } from '../core/reports.ts';
import { forbidden, HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

/** Longer than any value may be: the judge says which are too long. */
const line = z.string().max(2_000);
const value = z.union([line, z.array(line).max(200)]);
const particularsCommand = z.strictObject({
  changes: z
    .array(z.strictObject({ field: z.enum(PARTICULAR_FIELDS), was: value, value }))
    .min(1)
    .max(PARTICULAR_FIELDS.length)
    .refine((changes) => new Set(changes.map(({ field }) => field)).size === changes.length, 'a field is named twice'),
});

/** 发文稿纸: read by all who read, written by those who write the text. */
export function particularsRoutes({ reports }: { readonly reports: Reports }): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports/:report/particulars',
      rule: 'read',
      about: 'The particulars (发文稿纸), each with who set it.',
      gives: 'ParticularsState',
      handle: ({ report }) => ({ json: particularsOf(report) }),
    },
    {
      method: 'post',
      path: '/api/reports/:report/particulars',
      rule: 'writeText',
      about: 'Changes particulars, each field an entry; all or none.',
      body: 'json',
      takes: particularsCommand,
      gives: 'ParticularsDone',
      handle: async ({ report, identity, body }) => {
        const { changes } = parse(particularsCommand, body);
        const done = await reports.commandsOf(report).changeParticulars(identity.account.id, changes);
        if (!done.ok) throw done.error === 'frozen' ? forbidden() : refusalOf(report, done.error);
        const answer: ParticularsDone = { seq: done.value, state: particularsOf(report) };
        return { json: answer };
      },
    },
  ];
}

function refusalOf(report: Report, refusal: ParticularsRefusal): HttpError {
  if (refusal.code === 'particulars-bad') {
    return new HttpError(400, refusal.code, 'Some particulars cannot stand like this.', { faults: refusal.faults });
  }
  const details: ParticularsClash = { fields: refusal.fields, state: particularsOf(report) };
  return new HttpError(409, refusal.code, 'Somebody changed this meanwhile.', details);
}
