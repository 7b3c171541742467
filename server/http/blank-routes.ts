import { z } from 'zod';
import type { BlanksDone, BlanksState } from '../../shared/api/blanks.ts';
import { MAX_SOURCE } from '../../shared/blanks/blank.ts';
import { isDay } from '../../shared/blanks/due.ts';
import { type MemberId, parseMemberId, parseNodeId } from '../../shared/ids.ts';
import { sanitizeText } from '../../shared/text/sanitize.ts';
import type { BlankFailure } from '../core/blanks/commands.ts';
import { allBlanksOf } from '../core/blanks/view.ts';
import type { Reports } from '../core/reports.ts';
import { forbidden, HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

/** Names the first letter of a mask, or a mask of the title or a heading. */
const blank = z
  .string()
  .max(60)
  .refine((value) => {
    const [chapter, client = '', clock = '', ...rest] = value.split('.');
    const known = parseNodeId(chapter) !== null || (chapter === 'title' && client === 'line');
    return known && /^(\d{1,10}|line)$/.test(client) && /^\d{1,10}$/.test(clock) && rest.length === 0;
  }, 'is not a blank');
const member = z.string().refine((value): value is MemberId => parseMemberId(value) !== null, 'is not an id') as z.ZodType<MemberId>;
/** One line of plain words. */
const note = (least: number) =>
  z
    .string()
    .max(MAX_SOURCE)
    .refine(
      (text) => sanitizeText(text) === text && text.trim().length >= least,
      `must be one line of ${least} to ${MAX_SOURCE} characters`,
    );
const due = z.string().refine(isDay, 'must be a day, YYYY-MM-DD');
/** Longer than any value may be: the judge says which are too long. */
const value = z.string().max(400);
const fillCommand = z.strictObject({ blank, was: z.string().min(1).max(400), value, source: note(0), sure: z.boolean() });
const unfillCommand = z.strictObject({ seq: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const blanksCommand = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('assign'), blanks: z.array(blank).min(1).max(500), to: member.nullable(), due: due.nullable() }),
  z.strictObject({ op: z.literal('dismiss'), blank, reason: note(1) }),
  z.strictObject({ op: z.literal('claim'), blank }),
  z.strictObject({ op: z.literal('source'), blank, source: note(0) }),
]);

/** 待填项: listed, assigned, filled, and said to be none. */
export function blankRoutes({ reports }: { readonly reports: Reports }): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports/:report/blanks',
      rule: 'read',
      about: 'Every masked figure and name with its state, in the order of the text.',
      gives: 'BlanksState',
      handle: async ({ report }) => {
        const blanks = await allBlanksOf(report);
        const state: BlanksState = { seq: report.head(), blanks };
        return { json: state };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/blanks',
      rule: 'manageBlanks',
      about: 'Asks somebody for blanks by a day, says that one is none or is one after all, or where its value comes from.',
      body: 'json',
      takes: blanksCommand,
      gives: 'BlanksDone',
      handle: async ({ report, identity, body }) => {
        const done = await reports.commandsOf(report).manageBlanks(identity.account.id, parse(blanksCommand, body));
        if (!done.ok) throw blankError(done.error);
        const answer: BlanksDone = { seq: done.value };
        return { json: answer };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/blanks/fill',
      // Who may is judged for the one blank: somebody who is asked for it need not be allowed to write.
      rule: 'read',
      about: 'Fills a blank under one’s own name: whoever writes the text, and whoever the blank is assigned to.',
      body: 'json',
      takes: fillCommand,
      gives: 'FillDone',
      status: 201,
      handle: async ({ report, identity, body }) => {
        const done = await reports.commandsOf(report).fillBlank(identity.account.id, parse(fillCommand, body));
        if (!done.ok) throw blankError(done.error);
        return { status: 201, json: done.value };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/blanks/fill/undo',
      rule: 'read',
      about: 'Takes one’s own filling back: the mask stands again.',
      body: 'json',
      takes: unfillCommand,
      gives: 'BlanksDone',
      status: 201,
      handle: async ({ report, identity, body }) => {
        const done = await reports.commandsOf(report).unfillBlank(identity.account.id, parse(unfillCommand, body).seq);
        if (!done.ok) throw blankError(done.error);
        const answer: BlanksDone = { seq: done.value };
        return { status: 201, json: answer };
      },
    },
  ];
}

function blankError(failure: BlankFailure): HttpError {
  switch (failure.code) {
    case 'forbidden':
      return forbidden();
    case 'no-such-blank':
      return new HttpError(404, failure.code, 'There is no such blank: its text was deleted or written anew.');
    case 'no-such-member':
      return new HttpError(404, failure.code, 'Nobody of that id belongs to this report.');
    case 'blank-filled':
      return new HttpError(409, failure.code, 'Something else stands there by now. Look at it before you fill it in.', failure.details);
    case 'blank-bad-value':
      return new HttpError(400, failure.code, 'This value cannot stand in a report.', failure.details);
    case 'blank-doubt':
      return new HttpError(409, failure.code, 'This value looks wrong for its unit. Send it with `sure` if it is right.', failure.details);
    case 'conflict':
      return new HttpError(409, failure.code, 'Somebody is typing in this chapter just now. Try again in a moment.');
    case 'blank-nothing':
      return new HttpError(409, failure.code, 'There is nothing to do here.');
  }
}
