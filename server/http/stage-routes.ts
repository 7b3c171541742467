import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { PARTS, WORK_STAGES } from '../../shared/access/stage-table.ts';
import type { Gate, GateShut, StagesDone, StagesState } from '../../shared/api/sign-off.ts';
import { isDay } from '../../shared/blanks/due.ts';
import { type MemberId, type NodeId, parseMemberId, parseNodeId } from '../../shared/ids.ts';
import { GATE_ITEMS } from '../../shared/stages/gate.ts';
import type { ProofOffice } from '../core/proofreading.ts';
import type { Report } from '../core/report.ts';
import type { Reports } from '../core/reports.ts';
import type { StageFailure } from '../core/stages/commands.ts';
import { gateOf } from '../core/stages/gate.ts';
import { forbidden, HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

const member = z.string().refine((value): value is MemberId => parseMemberId(value) !== null, 'is not an id') as z.ZodType<MemberId>;
const node = z.string().refine((value): value is NodeId => parseNodeId(value) !== null, 'is not an id') as z.ZodType<NodeId>;
const stage = z.enum(WORK_STAGES as [(typeof WORK_STAGES)[number], ...(typeof WORK_STAGES)[number][]]);
const part = z.enum(PARTS as [(typeof PARTS)[number], ...(typeof PARTS)[number][]]);
/** Longer than any reason may be: the judge says which are too long. */
const reason = z.string().max(4_000);
const item = z.enum(Object.keys(GATE_ITEMS) as [keyof typeof GATE_ITEMS, ...(keyof typeof GATE_ITEMS)[]]);

const stageCommand = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('path'), path: z.array(stage).min(2).max(WORK_STAGES.length) }),
  z.strictObject({ op: z.literal('parts'), member, parts: z.array(part).max(PARTS.length), reason: reason.default('') }),
  z.strictObject({ op: z.literal('deadline'), stage, due: z.string().refine(isDay, 'must be a day, YYYY-MM-DD').nullable() }),
  z.strictObject({
    op: z.literal('move'),
    from: stage,
    to: stage,
    reason: reason.default(''),
    overrides: z.array(z.strictObject({ item, reason })).max(20).default([]),
  }),
  z.strictObject({ op: z.literal('amend'), chapter: node, reason }),
  z.strictObject({ op: z.literal('close'), chapter: node }),
  z.strictObject({ op: z.literal('editorial'), keeps: z.boolean() }),
]);

/** 拟稿 → 征求意见 → 修改 → 核稿 → 会签 → 签发: where a report stands, who has which part in it, and what is open before it is signed. */
export function stageRoutes({ reports }: { readonly reports: Reports }): readonly Route[] {
  const office = (): ProofOffice => ({ index: reports.terms.index(), breathe: setImmediate });
  return [
    {
      method: 'get',
      path: '/api/reports/:report/stages',
      rule: 'read',
      about: 'The path, the stage it stands in, who has which part, days, chapters open for amendment, and every move with its reason.',
      gives: 'StagesState',
      handle: ({ report }) => ({ json: stagesOf(report) }),
    },
    {
      method: 'post',
      path: '/api/reports/:report/stages',
      // What is asked for decides which right it needs: judged by the command.
      rule: 'read',
      about: 'Moves the report on or sends it back, names parts, path and days, opens a chapter for amendment and closes it.',
      body: 'json',
      takes: stageCommand,
      gives: 'StagesDone',
      handle: async ({ report, identity, body }) => {
        const done = await reports.commandsOf(report).changeStages(identity.account.id, parse(stageCommand, body), office());
        if (!done.ok) throw stageError(done.error);
        const answer: StagesDone = { seq: done.value, state: stagesOf(report) };
        return { json: answer };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/gate',
      rule: 'read',
      about: 'What is still open before the text is signed, each with its places.',
      gives: 'Gate',
      handle: async ({ report }) => {
        const seq = report.head();
        const gate: Gate = { seq, rows: await gateOf(report, office()) };
        return { json: gate };
      },
    },
  ];
}

function stagesOf(report: Report): StagesState {
  return { seq: report.head(), stages: report.fold.stages };
}

const SENTENCES: Readonly<Record<StageFailure['code'], readonly [400 | 403 | 404 | 409, string]>> = {
  forbidden: [403, 'You may not do this here.'],
  'stage-moved': [409, 'The report stands in another stage by now. Look again.'],
  'stage-unreachable': [409, 'The path does not lead there from here: one step on, or any step back.'],
  'path-invalid': [400, 'A path begins with 拟稿, ends with 签发, keeps the order of the stages and holds the one the report stands in.'],
  'path-fixed': [409, 'From 会签 on the path stands.'],
  'reason-missing': [400, 'Say why.'],
  'reason-too-long': [400, 'A reason has at most 500 characters.'],
  'drafter-issues': [409, 'The drafter cannot be the one who issues.'],
  'signers-missing': [409, 'Name who checks, countersigns or issues before the report comes to them.'],
  'not-a-member': [404, 'Nobody of that id belongs to this report.'],
  'no-such-chapter': [404, 'There is no such chapter.'],
  'not-frozen': [409, 'The text is open: nothing needs to be opened for amendment.'],
  amending: [409, 'Chapters are open for amendment. Close them first.'],
  'due-invalid': [400, 'A day is written YYYY-MM-DD.'],
  'gate-closed': [409, 'Something is open that must be settled before the text is signed.'],
  'gate-unanswered': [409, 'Something is open. Settle it, or pass over it with a reason that goes on record.'],
};

function stageError({ code, gate }: StageFailure): HttpError {
  if (code === 'forbidden') return forbidden();
  const [status, sentence] = SENTENCES[code];
  const details: GateShut | undefined = gate === undefined ? undefined : { rows: gate };
  return new HttpError(status, code, sentence, details);
}
