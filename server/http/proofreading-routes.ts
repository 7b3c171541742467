import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { ProofreadingDone } from '../../shared/api/proofreading.ts';
import { MAX_REASON, MOST_IGNORED } from '../../shared/proofreading/ignored.ts';
import { sanitizeText } from '../../shared/text/sanitize.ts';
import { type ProofOffice, type ProofreadingFailure, proofreadReport } from '../core/proofreading.ts';
import type { Reports } from '../core/reports.ts';
import { forbidden, HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

/** Names one mistake in its words (shared/proofreading/proofread.ts). */
const keys = z.array(z.string().min(1).max(240)).min(1).max(MOST_IGNORED);
/** One line of plain words. */
const reason = z
  .string()
  .max(MAX_REASON)
  .refine((text) => sanitizeText(text) === text && text.trim() !== '', `must be one line of 1 to ${MAX_REASON} characters`);
const command = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('ignore'), keys, reason }),
  z.strictObject({ op: z.literal('recall'), keys }),
]);

/** What the rules say of a report, for all who read it; and what of it is meant as it stands. */
export function proofreadingRoutes({ reports }: { readonly reports: Reports }): readonly Route[] {
  const office = (): ProofOffice => ({ index: reports.terms.index(), breathe: setImmediate });
  return [
    {
      method: 'get',
      path: '/api/reports/:report/proofreading',
      rule: 'read',
      about: 'What the proofreading rules say of the report as it stands: where, why, by which source, and a fix where it is safe.',
      gives: 'Proofreading',
      handle: async ({ report }) => ({ json: await proofreadReport(report, office()) }),
    },
    {
      method: 'post',
      path: '/api/reports/:report/proofreading',
      rule: 'ignoreFinding',
      about: 'Says with a reason that findings are meant as they stand, or takes that back.',
      body: 'json',
      takes: command,
      gives: 'ProofreadingDone',
      status: 201,
      handle: async ({ report, identity, body }) => {
        const done = await reports.commandsOf(report).decideFindings(identity.account.id, parse(command, body), office());
        if (!done.ok) throw proofreadingError(done.error);
        const answer: ProofreadingDone = { seq: done.value };
        return { status: 201, json: answer };
      },
    },
  ];
}

function proofreadingError(failure: ProofreadingFailure): HttpError {
  switch (failure.code) {
    case 'forbidden':
      return forbidden();
    case 'no-such-finding':
      return new HttpError(404, failure.code, 'The text no longer says this: it was changed meanwhile. Look again.');
  }
}
