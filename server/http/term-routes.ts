import { z } from 'zod';
import type { TermTableView } from '../../shared/api/proofreading.ts';
import type { TermRefusal } from '../../shared/proofreading/house-terms.ts';
import type { Reports } from '../core/reports.ts';
import { HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

/** Longer than any value may be: the judge says which are too long. */
const line = z.string().max(1_000);
const seen = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const command = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('put'),
    seen: seen.nullable(),
    term: z.strictObject({
      wrong: line,
      right: line,
      unless: z.array(line).max(100),
      severity: z.enum(['error', 'warning', 'hint']),
      reason: line,
      cites: line,
    }),
  }),
  z.strictObject({ op: z.literal('remove'), wrong: line, seen }),
  z.strictObject({ op: z.literal('switch'), wrong: line, on: z.boolean() }),
]);

/** The office's table of fixed terms: read by all, kept by those who keep the house. */
export function termRoutes({ reports }: { readonly reports: Reports }): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/terms',
      rule: 'signed-in',
      about: 'The office’s table of fixed terms for proofreading, and which built-in ones are switched off.',
      gives: 'TermTableView',
      handle: () => ({ json: reports.terms.terms() satisfies TermTableView }),
    },
    {
      method: 'post',
      path: '/api/terms',
      rule: 'admin',
      about: 'Puts, removes or switches one term; `seen` is the `at` of the entry that was looked at.',
      body: 'json',
      takes: command,
      gives: 'TermTableView',
      handle: async ({ identity, body }) => {
        const done = await reports.terms.change(identity.account.id, parse(command, body));
        if (!done.ok) throw termError(done.error);
        return { json: done.value satisfies TermTableView };
      },
    },
  ];
}

function termError(refusal: TermRefusal): HttpError {
  switch (refusal.code) {
    case 'term-bad':
      return new HttpError(400, refusal.code, 'The term cannot stand like this.', { fields: refusal.fields });
    case 'term-clash':
      return new HttpError(409, refusal.code, 'Somebody changed this term meanwhile.', { is: refusal.is });
    case 'terms-full':
      return new HttpError(409, refusal.code, 'The table is full; remove terms that are no longer needed.');
    case 'no-such-term':
      return new HttpError(404, refusal.code, 'There is no such term.');
  }
}
