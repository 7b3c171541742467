import { z } from 'zod';
import type { LifecycleDone } from '../../shared/api/home.ts';
import type { Created } from '../../shared/api.ts';
import { LIFECYCLE_OPS, standingOf } from '../../shared/lifecycle/lifecycle.ts';
import { parseSingleLine } from '../../shared/outline/single-line.ts';
import { copyPlan, copyPreview } from '../core/copy-report.ts';
import { homeOf } from '../core/home.ts';
import type { Ids } from '../core/ports.ts';
import type { Reports } from '../core/reports.ts';
import { forbidden, HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

const lifecycleCommand = z.strictObject({ op: z.enum(LIFECYCLE_OPS) });
/** Longer than any title may be: the judge says which are too long. */
const copyBody = z.strictObject({ title: z.string().max(2_000), masked: z.boolean() });

/** The first screen, and a report's life: copied, archived, thrown away, brought back. */
export function homeRoutes({ reports, ids }: { readonly reports: Reports; readonly ids: Ids }): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/home',
      rule: 'signed-in',
      about: 'The first screen: my reports with their progress, and what waits for me.',
      gives: 'Home',
      handle: async ({ identity }) => ({ json: await homeOf(reports, identity.account.id) }),
    },
    {
      method: 'post',
      path: '/api/reports/:report/lifecycle',
      rule: 'changeLifecycle',
      about: 'Archives a report, takes it out of the archive, throws it into the trash, or brings it back.',
      body: 'json',
      takes: lifecycleCommand,
      gives: 'LifecycleDone',
      handle: async ({ report, identity, body }) => {
        const { op } = parse(lifecycleCommand, body);
        const seq = await reports.commandsOf(report).changeLifecycle(identity.account.id, op);
        const done: LifecycleDone = { seq, standing: standingOf(report.fold.life) };
        return { json: done };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/copy',
      rule: 'read',
      about: 'What a copy of the report would take along.',
      gives: 'CopyPreview',
      handle: async ({ report }) => ({ json: await copyPreview(report) }),
    },
    {
      method: 'post',
      path: '/api/reports/:report/copy',
      rule: 'read',
      about:
        'A new report with the outline and text of this one, as nobody’s writing; on request with its figures masked. Administrators only.',
      body: 'json',
      takes: copyBody,
      status: 201,
      gives: 'Created',
      handle: async ({ report, identity, body }) => {
        if (!identity.account.admin) throw forbidden();
        const asked = parse(copyBody, body);
        const title = parseSingleLine(asked.title);
        if (title === null || title === '') throw new HttpError(400, 'outline-bad-text', 'A title is one line of 1 to 200 characters.');
        const { id, name } = identity.account;
        const owner = { id, name, role: 'owner' } as const;
        const created: Created = { id: await reports.create(await copyPlan(report, { title, masked: asked.masked, owner }, ids)) };
        return { status: 201, json: created };
      },
    },
  ];
}
