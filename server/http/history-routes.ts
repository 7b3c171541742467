import type { Request } from 'express';
import { z } from 'zod';
import type { Ids } from '../../shared/api/history.ts';
import { type ChapterId, type MemberId, parseMemberId, parseNodeId, type Seq } from '../../shared/ids.ts';
import { ENTRY_KINDS, type EntryKind } from '../../shared/log/entry.ts';
import {
  changedSince,
  chapterAt,
  chapterBlame,
  historyPage,
  outlineAt,
  reportContributions,
  reportDiff,
  textStory,
} from '../core/history/history-views.ts';
import type { Report } from '../core/report.ts';
import { HttpError } from './http-error.ts';
import type { Reply, ReportAsk, Route } from './route.ts';
import { parse, wholeNumber } from './route.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const seq = wholeNumber(0, MOST);
const time = wholeNumber(0, MOST);
const id = z.string().max(40);
const kinds = Object.keys(ENTRY_KINDS) as [EntryKind, ...EntryKind[]];

const historyQuery = z.strictObject({
  before: wholeNumber(1, MOST).optional(),
  limit: wholeNumber(1, 100).default(30),
  member: id.optional(),
  chapter: id.optional(),
  kind: z
    .string()
    .transform((told) => told.split(','))
    .pipe(z.array(z.enum(kinds)).max(kinds.length))
    .optional(),
  from: time.optional(),
  to: time.optional(),
});
const diffQuery = z.strictObject({ from: seq, to: seq.optional(), chapter: id.optional(), context: z.enum(['0', '1']).default('1') });
const blameQuery = z.strictObject({ seq: seq.optional() });
const contributionsQuery = z.strictObject({ chapter: id.optional() });
const changedQuery = z.strictObject({ since: seq });
const storyQuery = z.union([
  z.strictObject({ block: z.string().regex(/^(\d{1,10}\.\d{1,10})?$/) }),
  z.strictObject({ ids: z.string().regex(/^\d{1,10}\.\d{1,10}\.\d{1,10}(,\d{1,10}\.\d{1,10}\.\d{1,10}){0,199}$/) }),
]);

/**
 * The report's past (docs/API.md). Reading it is a right of its own; nothing here writes. What cannot change any more, because its entries
 * are named, may be kept by the browser; its name tells the report's epoch and the form in which it is told.
 */
export function historyRoutes(): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports/:report/history',
      rule: 'readHistory',
      about: 'Sittings, newest first.',
      gives: 'HistoryPage',
      query: historyQuery,
      handle: async ({ report, request }) => {
        const { before, limit, member, chapter, kind, from, to } = parse(historyQuery, { ...request.query });
        const query = {
          before: before ?? null,
          limit,
          member: member === undefined ? null : memberOf(report, member),
          chapter: chapter === undefined ? null : knownChapter(report, chapter),
          kinds: kind === undefined ? null : new Set(kind),
          from: from ?? null,
          to: to ?? null,
        };
        if (from !== undefined && to !== undefined && from > to) throw badRange();
        return { json: await historyPage(report, query) };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/at/:seq/outline',
      rule: 'readHistory',
      about: 'The outline as it stood after an entry.',
      gives: 'OutlineAt',
      handle: ({ report, request }) => {
        const at = pointOf(report, request);
        return kept(report, outlineAt(report, at), `outline ${at}`);
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/diff',
      rule: 'readHistory',
      about: 'What became of the report, or of one chapter, between two entries.',
      gives: 'ReportDiff',
      query: diffQuery,
      handle: async ({ report, request }) => {
        const { from, to: asked, chapter: named, context } = parse(diffQuery, { ...request.query });
        const to = asked ?? report.head();
        if (from > report.head() || to > report.head()) throw badPoint(report);
        if (from > to) throw badRange();
        const chapter = named === undefined ? null : knownChapter(report, named);
        const diff = await reportDiff(report, { from, to, chapter, context: context === '1' });
        return asked === undefined ? { json: diff } : kept(report, diff, `diff ${from} ${to} ${chapter ?? ''} ${context}`);
      },
    },
    ...chapterRoutes(),
    {
      method: 'get',
      path: '/api/reports/:report/contributions',
      rule: 'readHistory',
      about: 'Characters by writer, of the report or of one chapter.',
      gives: 'Contributions',
      query: contributionsQuery,
      handle: async ({ report, request }) => {
        const { chapter } = parse(contributionsQuery, { ...request.query });
        return { json: await reportContributions(report, chapter === undefined ? null : knownChapter(report, chapter)) };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/changed',
      rule: 'readHistory',
      about: 'Paragraphs that others changed after an entry.',
      gives: 'Changed',
      query: changedQuery,
      handle: async ({ report, request, identity }) => {
        const { since } = parse(changedQuery, { ...request.query });
        if (since > report.head()) throw badPoint(report);
        return { json: await changedSince(report, since, identity.account.id) };
      },
    },
  ];
}

function chapterRoutes(): readonly Route[] {
  const chapterOf = ({ report, request }: ReportAsk): ChapterId => knownChapter(report, String(request.params['chapter']));
  return [
    {
      method: 'get',
      path: '/api/reports/:report/chapters/:chapter/at/:seq',
      rule: 'readHistory',
      about: 'A chapter as it stood after an entry.',
      gives: 'ChapterAt',
      handle: async (ask) => {
        const chapter = chapterOf(ask);
        const at = pointOf(ask.report, ask.request);
        const state = await chapterAt(ask.report, chapter, at);
        return kept(ask.report, state ?? { chapter, seq: at, credits: [], blocks: [] }, `at ${chapter} ${at}`);
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/chapters/:chapter/blame',
      rule: 'readHistory',
      about: 'Who wrote each piece of a chapter.',
      gives: 'ChapterBlame',
      query: blameQuery,
      handle: async (ask) => {
        const chapter = chapterOf(ask);
        const { seq: asked } = parse(blameQuery, { ...ask.request.query });
        const at = asked ?? ask.report.head();
        if (at > ask.report.head()) throw badPoint(ask.report);
        const blame = (await chapterBlame(ask.report, chapter, at)) ?? { chapter, seq: at, credits: [], blocks: [] };
        return asked === undefined ? { json: blame } : kept(ask.report, blame, `blame ${chapter} ${at}`);
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/chapters/:chapter/story',
      rule: 'readHistory',
      about: 'Every earlier wording of a paragraph or of a stretch of text.',
      gives: 'Story',
      query: storyQuery,
      handle: async (ask) => {
        const chapter = chapterOf(ask);
        const query = parse(storyQuery, { ...ask.request.query });
        const story =
          'block' in query
            ? await textStory(ask.report, chapter, query.block, [])
            : await textStory(ask.report, chapter, null, query.ids.split(',').map(idsOf));
        if (story === null) throw new HttpError(404, 'no-such-text', 'There is no such paragraph or text in this chapter.');
        return { json: story };
      },
    },
  ];
}

function idsOf(told: string): Ids {
  const [client = 0, clock = 0, length = 0] = told.split('.').map(Number);
  return [client, clock, length];
}

/** How answers are told; changes when the same entries would be told otherwise, so that nobody keeps the old telling. */
const TELLING = 2;

/** An answer about named entries. */
function kept(report: Report, json: unknown, name: string): Reply {
  return { json, immutable: `"${report.fold.epoch}.${TELLING}.${name.replaceAll(' ', '.')}"` };
}

function pointOf(report: Report, request: Request): Seq {
  const point = parse(seq, request.params['seq']);
  if (point > report.head()) throw badPoint(report);
  return point;
}

function knownChapter(report: Report, told: string): ChapterId {
  const chapter = parseNodeId(told);
  if (chapter !== null && report.past.isChapter(chapter)) return chapter;
  throw new HttpError(404, 'no-such-chapter', 'The report has and had no such chapter.');
}

function memberOf(report: Report, told: string): MemberId {
  const member = parseMemberId(told);
  if (member !== null && report.fold.members.some((other) => other.id === member)) return member;
  throw new HttpError(404, 'no-such-member', 'The report has and had no such member.');
}

const badPoint = (report: Report) => new HttpError(400, 'no-such-entry', 'The report has no such entry yet.', { head: report.head() });
const badRange = () => new HttpError(400, 'bad-range', 'The first point must not be later than the second.');
