import { setImmediate } from 'node:timers/promises';
import { proofreadReport } from '../core/proofreading.ts';
import type { Reports } from '../core/reports.ts';
import type { Route } from './route.ts';

/** What the rules say of a report: for all who read it. */
export function proofreadingRoutes({ reports }: { readonly reports: Reports }): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports/:report/proofreading',
      rule: 'read',
      about: 'What the proofreading rules say of the report as it stands: where, why, by which source, and a fix where it is safe.',
      gives: 'Proofreading',
      handle: async ({ report }) => ({ json: await proofreadReport(report, reports.terms.index(), setImmediate) }),
    },
  ];
}
