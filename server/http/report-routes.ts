import type { Request } from 'express';
import { z } from 'zod';
import type { Created, MemberAdded } from '../../shared/api.ts';
import { parseMemberId, parseReportId } from '../../shared/ids.ts';
import { beginningContent } from '../../shared/lifecycle/beginnings.ts';
import type { OutlineRefusal } from '../../shared/outline/outline.ts';
import { parseSingleLine } from '../../shared/outline/single-line.ts';
import type { Accounts } from '../core/accounts.ts';
import type { MembersRefusal } from '../core/members.ts';
import { newNodeId } from '../core/new-report.ts';
import type { Ids } from '../core/ports.ts';
import { authorAt, chapterText, entryHeaders, stateOf, wholeText } from '../core/report-views.ts';
import type { Reports } from '../core/reports.ts';
import { personName } from './account-errors.ts';
import { forbidden, HttpError, notFound } from './http-error.ts';
import { memberCommand, newReportBody, outlineCommand } from './report-schemas.ts';
import type { ReportAsk, Route } from './route.ts';
import { chapterOf, parse, wholeNumber } from './route.ts';

export interface ReportRouteParts {
  readonly accounts: Accounts;
  readonly reports: Reports;
  readonly ids: Ids;
}

const authorQuery = z.strictObject({ client: wholeNumber(0, 2 ** 32 - 1), clock: wholeNumber(0, 2 ** 31 - 1) });
const entriesQuery = z.strictObject({
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  limit: wholeNumber(1, 1_000).default(200),
});

/** A report and what is in it. */
export function reportRoutes(parts: ReportRouteParts): readonly Route[] {
  return [...houseRoutes(parts), ...readingRoutes(), ...changingRoutes(parts)];
}

function houseRoutes({ reports, ids }: ReportRouteParts): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports',
      rule: 'signed-in',
      gives: 'ReportSummary[]',
      handle: async ({ identity }) => ({ json: await reports.list(identity.account.id) }),
    },
    {
      method: 'post',
      path: '/api/reports',
      rule: 'admin',
      body: 'json',
      takes: newReportBody,
      status: 201,
      gives: 'Created',
      handle: async ({ body, identity }) => {
        const asked = parse(newReportBody, body);
        const title = parseSingleLine(asked.title);
        if (title === null || title === '') throw refusedText();
        const { id: member, name } = identity.account;
        const members = [{ id: member, name, role: 'owner' }] as const;
        const content = beginningContent(title, asked.outline ?? 'plain', () => newNodeId(ids));
        const created: Created = { id: await reports.create({ beginning: 'empty', content, members }) };
        return { status: 201, json: created };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/access',
      // Not guarded by `read`: it tells somebody who lost their right that they did.
      rule: 'signed-in',
      gives: 'Access',
      handle: async ({ request, identity }) => {
        const id = parseReportId(request.params['report']);
        const report = id === null ? null : await reports.open(id);
        const member = identity.account.id;
        if (report === null || !report.fold.members.some((other) => other.id === member)) throw notFound();
        return { json: report.access(member) };
      },
    },
  ];
}

function readingRoutes(): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports/:report',
      rule: 'read',
      gives: 'ReportState',
      handle: async ({ report, identity }) => ({ json: found(await stateOf(report, identity.account.id)) }),
    },
    {
      method: 'get',
      path: '/api/reports/:report/members',
      rule: 'read',
      gives: 'ReportMember[]',
      handle: ({ report }) => ({ json: report.fold.members }),
    },
    {
      method: 'get',
      path: '/api/reports/:report/text',
      rule: 'read',
      gives: 'text',
      handle: async ({ report }) => ({ text: await wholeText(report) }),
    },
    {
      method: 'get',
      path: '/api/reports/:report/chapters/:chapter/text',
      rule: 'read',
      gives: 'text',
      handle: async ({ report, request }) => ({ text: found(await chapterText(report, chapterOf(request))) }),
    },
    {
      method: 'get',
      path: '/api/reports/:report/chapters/:chapter/author',
      rule: 'read',
      query: authorQuery,
      gives: 'AuthorAt',
      handle: async ({ report, request }) => {
        const { client, clock } = parse(authorQuery, queryOf(request));
        return { json: found(await authorAt(report, chapterOf(request), client, clock)) };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/entries',
      rule: 'readHistory',
      query: entriesQuery,
      gives: 'EntryHeader[]',
      handle: async ({ report, request }) => {
        const { after, limit } = parse(entriesQuery, queryOf(request));
        return { json: await entryHeaders(report, after, limit) };
      },
    },
  ];
}

function changingRoutes({ accounts, reports }: ReportRouteParts): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/api/reports/:report/outline',
      rule: 'changeOutline',
      body: 'json',
      takes: outlineCommand,
      gives: 'OutlineDone',
      handle: async ({ report, identity, body }) => {
        const done = await reports.commandsOf(report).changeOutline(identity.account.id, parse(outlineCommand, body));
        if (!done.ok) throw outlineError(done.error);
        await reports.index(report);
        return { json: done.value };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/members',
      rule: 'manageMembers',
      body: 'json',
      takes: memberCommand,
      status: 201,
      gives: 'MemberAdded',
      handle: async (ask) => ({ status: 201, json: await addMember(ask) }),
    },
    {
      method: 'delete',
      path: '/api/reports/:report/members/:member',
      gives: '{seq}',
      // Everybody may leave; only who manages members may take another out.
      rule: 'read',
      handle: async ({ report, identity, request }) => {
        const member = parseMemberId(request.params['member']);
        if (member === null) throw notFound();
        const self = identity.account.id;
        if (member !== self && !report.may(self, 'manageMembers', null)) throw forbidden();
        const done = await reports.commandsOf(report).changeMembers(self, { op: 'leave', member });
        if (!done.ok) throw membersError(done.error);
        await reports.index(report);
        return { json: { seq: done.value } };
      },
    },
  ];

  async function addMember({ request, report, identity, body }: ReportAsk): Promise<MemberAdded> {
    const command = parse(memberCommand, body);
    if ('name' in command && !identity.account.admin) throw forbidden();
    const account = 'name' in command ? await accounts.createAccount(personName(command.name), false) : accounts.find(command.member);
    if (account === null) throw notFound();
    const { id: member, name } = account;
    const done = await reports.commandsOf(report).changeMembers(identity.account.id, { op: 'set', member, name, role: command.role });
    if (!done.ok) throw membersError(done.error);
    await reports.index(report);
    return { member, link: 'name' in command ? `${baseOf(request)}/join/${await accounts.createLink(member)}` : null };
  }
}

/** The address under which this house was asked, for a link that is sent on. */
export function baseOf(request: Request): string {
  return request.get('Origin') ?? `${request.protocol}://${request.get('Host') ?? 'localhost'}`;
}

function queryOf(request: Request): Record<string, unknown> {
  return { ...request.query };
}

function found<Value>(value: Value | null): Value {
  if (value === null) throw notFound();
  return value;
}

function refusedText(): HttpError {
  return new HttpError(400, 'outline-bad-text', 'A title is one line of 1 to 200 characters.');
}

function outlineError(refusal: OutlineRefusal): HttpError {
  switch (refusal.code) {
    case 'outline-clash':
      return new HttpError(409, refusal.code, 'Somebody changed this meanwhile.', { is: refusal.is });
    case 'outline-no-such-node':
      return new HttpError(404, refusal.code, 'This part of the outline is not there.');
    case 'outline-bad-place':
      return new HttpError(409, refusal.code, 'It cannot stand at this place.');
    case 'outline-bad-text':
      return new HttpError(400, refusal.code, 'A heading is one line of 1 to 200 characters.');
    case 'outline-bad-note':
      return new HttpError(400, refusal.code, 'A note has at most 500 characters, and no control characters.');
    case 'outline-no-such-owner':
      return new HttpError(409, refusal.code, 'Only members of the report can be asked for a chapter. Invite them first.');
  }
}

function membersError(refusal: MembersRefusal): HttpError {
  if (refusal.code === 'no-such-member') return notFound();
  return new HttpError(409, 'conflict', 'A report cannot be left without an owner. Make somebody else owner first.');
}
