import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { GateShut, SignaturesMissing, SignMoved, SignOffDone } from '../../shared/api/sign-off.ts';
import { type NodeId, parseNodeId } from '../../shared/ids.ts';
import { OPINIONS } from '../../shared/sign-off/sign-offs.ts';
import { sanitizeText } from '../../shared/text/sanitize.ts';
import type { PasswordAccounts } from '../core/account-passwords.ts';
import type { Clock, HouseKeys } from '../core/ports.ts';
import type { ProofOffice } from '../core/proofreading.ts';
import type { Reports } from '../core/reports.ts';
import type { SignFailure } from '../core/sign-off/commands.ts';
import type { SealFailure } from '../core/sign-off/seal.ts';
import { signOffState } from '../core/sign-off/view.ts';
import { passwordError } from './account-errors.ts';
import { forbidden, HttpError } from './http-error.ts';
import type { Route, SignedInAsk } from './route.ts';
import { parse } from './route.ts';
import { addressOf } from './session-routes.ts';

const node = z.string().refine((value): value is NodeId => parseNodeId(value) !== null, 'is not an id') as z.ZodType<NodeId>;
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'is not a hash');
/** Plain words; line breaks may stand in a reservation. */
const words = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => text.split('\n').every((line) => sanitizeText(line) === line), 'holds characters that cannot be shown');

const signCommand = z.strictObject({
  opinion: z.enum(OPINIONS as [(typeof OPINIONS)[number], ...(typeof OPINIONS)[number][]]),
  text: words(4_000).default(''),
  onBehalf: z
    .strictObject({ name: words(60).min(1), authority: words(200).min(1) })
    .nullable()
    .default(null),
  chapters: z
    .array(z.strictObject({ node, hash }))
    .min(1)
    .max(2_000)
    .refine((chapters) => new Set(chapters.map((chapter) => chapter.node)).size === chapters.length, 'a chapter is named twice'),
  frame: hash.nullable().default(null),
  password: z.string().max(1_024),
});
const sealCommand = z.strictObject({ number: z.string().max(60), report: hash, password: z.string().max(1_024) });
const withdrawCommand = z.strictObject({ seq: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

interface Parts {
  readonly reports: Reports;
  readonly passwords: PasswordAccounts;
  readonly clock: Clock;
  readonly keys: HouseKeys;
}

/** Signatures under exact words: given, taken back, and how each stands against the text as it is now. */
export function signOffRoutes({ reports, passwords, clock, keys }: Parts): readonly Route[] {
  const office = (): ProofOffice => ({ index: reports.terms.index(), breathe: setImmediate });
  async function prove({ identity, request }: SignedInAsk, password: string): Promise<void> {
    const refusal = await passwords.prove(identity.account, password, addressOf(request));
    if (refusal?.code === 'no-password')
      throw new HttpError(409, 'no-password', 'Set a password under your account first: a signature asks for it.');
    if (refusal !== null) throw passwordError(refusal, clock, 403);
  }

  return [
    {
      method: 'get',
      path: '/api/reports/:report/sign-off',
      rule: 'read',
      about: 'What would be signed now, and every signature with how it stands against the text, chapter by chapter.',
      gives: 'SignOffState',
      handle: async ({ report, identity }) => ({ json: await signOffState(report, identity.account.id) }),
    },
    {
      method: 'post',
      path: '/api/reports/:report/sign-off',
      rule: 'sign',
      about: 'Signs the words that were seen, after the signer proved who they are by their password.',
      body: 'json',
      takes: signCommand,
      gives: 'SignOffDone',
      status: 201,
      handle: async (ask) => {
        const { report, identity, body } = ask;
        const { password, ...command } = parse(signCommand, body);
        await prove(ask, password);
        const member = identity.account.id;
        const done = await reports.commandsOf(report).sign(member, command);
        const state = await signOffState(report, member);
        if (!done.ok) throw signError(done.error, (chapters, frame): SignMoved => ({ chapters, frame, state }));
        const answer: SignOffDone = { seq: done.value, state };
        return { status: 201, json: answer };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/seal',
      rule: 'seal',
      about: 'Issues the report: signs the words that were seen, gives it its number and seals it for good.',
      body: 'json',
      takes: sealCommand,
      gives: 'SignOffDone',
      status: 201,
      handle: async (ask) => {
        const { report, identity, body } = ask;
        const { password, ...command } = parse(sealCommand, body);
        await prove(ask, password);
        const done = await reports.commandsOf(report).seal(identity.account.id, command, keys, office());
        if (!done.ok) throw sealError(done.error);
        const answer: SignOffDone = { seq: done.value, state: await signOffState(report, identity.account.id) };
        return { status: 201, json: answer };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:report/sign-off/withdraw',
      rule: 'read',
      about: 'Takes one’s own signature back, on record.',
      body: 'json',
      takes: withdrawCommand,
      gives: 'SignOffDone',
      handle: async ({ report, identity, body }) => {
        const member = identity.account.id;
        const done = await reports.commandsOf(report).withdrawSignature(member, parse(withdrawCommand, body).seq);
        if (!done.ok) throw signError(done.error, () => null);
        const answer: SignOffDone = { seq: done.value, state: await signOffState(report, member) };
        return { json: answer };
      },
    },
  ];
}

function sealError(failure: SealFailure): HttpError {
  switch (failure.code) {
    case 'forbidden':
      return forbidden();
    case 'sealed':
      return new HttpError(409, failure.code, 'The report is sealed already. A correction is a new report that cites it.');
    case 'number-invalid':
      return new HttpError(400, failure.code, 'A number is written like 示例委〔2026〕12号.');
    case 'sign-moved':
      return new HttpError(409, failure.code, 'The text moved since you looked. See what changed, then seal.');
    case 'gate-closed': {
      const details: GateShut = { rows: failure.gate };
      return new HttpError(409, failure.code, 'Something is open that must be settled before the report is sealed.', details);
    }
    case 'signatures-missing': {
      const details: SignaturesMissing = { missing: failure.missing };
      return new HttpError(409, failure.code, 'Not everybody who countersigns has agreed to these words.', details);
    }
  }
}

function signError(failure: SignFailure, details: (chapters: readonly NodeId[], frame: boolean) => unknown): HttpError {
  switch (failure.code) {
    case 'forbidden':
      return forbidden();
    case 'sign-text-missing':
      return new HttpError(400, failure.code, 'Write the reservation or the reason.');
    case 'sign-moved':
      return new HttpError(
        409,
        failure.code,
        'The text moved since you looked. See what changed, then sign.',
        details(failure.chapters, failure.frame),
      );
    case 'sign-amending':
      return new HttpError(
        409,
        failure.code,
        'A chapter is open for amendment. It is signed when it is closed again.',
        details(failure.chapters, false),
      );
    case 'no-such-signature':
      return new HttpError(404, failure.code, 'There is no such signature of yours.');
  }
}
