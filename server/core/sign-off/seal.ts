import type { SealCommand } from '../../../shared/api/sign-off.ts';
import type { MemberId, Seq } from '../../../shared/ids.ts';
import { toHex } from '../../../shared/log/chain.ts';
import { encodeEvent } from '../../../shared/log/codec.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { countersignatures, isIssueNumber, type MissingSignature, type SealEvent, sealStatement } from '../../../shared/sign-off/seal.ts';
import type { GateRow } from '../../../shared/stages/gate.ts';
import type { HouseKeys } from '../ports.ts';
import type { ProofOffice } from '../proofreading.ts';
import type { Report } from '../report.ts';
import { gateOf } from '../stages/gate.ts';
import { signableText } from './text-now.ts';

export type SealFailure =
  | { readonly code: 'forbidden' }
  | { readonly code: 'sealed' }
  | { readonly code: 'number-invalid' }
  | { readonly code: 'sign-moved' }
  | { readonly code: 'gate-closed'; readonly gate: readonly GateRow[] }
  | { readonly code: 'signatures-missing'; readonly missing: readonly MissingSignature[] };

/** What the final revision is called. */
const FINAL_REVISION = '定稿';

/**
 * 签发: the issuer signs the whole report as they saw it, it gets its number, and the house's key signs the head of the log. From then on
 * nothing changes a character. To be called in turn with the report's other commands, after the issuer has proved who they are.
 */
export async function seal(
  report: Report,
  author: MemberId,
  command: SealCommand,
  keys: HouseKeys,
  office: ProofOffice,
): Promise<Result<Seq, SealFailure>> {
  if (report.fold.seal !== null) return err({ code: 'sealed' });
  if (!report.may(author, 'seal', null)) return err({ code: 'forbidden' });
  if (!isIssueNumber(command.number)) return err({ code: 'number-invalid' });
  await report.whenDurable();
  const gate = await gateOf(report, office);
  if (gate.some(({ hard, count }) => hard && count > 0)) return err({ code: 'gate-closed', gate });
  const chapters = report.fold.outline.nodes.map(({ id }) => id);
  const before = report.writesIn(chapters);
  const now = await signableText(report);
  const upTo = report.head();
  const head = await report.chainHead(upTo);
  // No chapter is open for amendment, so nobody may write; whoever still did, did it before that was decided.
  if (report.writesIn(chapters) !== before || now.report !== command.report) return err({ code: 'sign-moved' });
  const { missing, counting } = countersignatures(report.fold.stages, report.fold.signOffs, now);
  if (missing.length > 0) return err({ code: 'signatures-missing', missing });
  if (!report.may(author, 'seal', null)) return err({ code: 'forbidden' });
  const stated = {
    number: command.number,
    signed: { upTo, head, chapters: [...now.chapters.values()], frame: now.frame, report: now.report },
    signatures: counting,
    key: keys.current.id,
  };
  const event: SealEvent = { op: 'seal', ...stated, signature: toHex(keys.sign(sealStatement(report.id, stated))) };
  const drafts = [{ author, kind: 'seal', subject: '', payload: encodeEvent(event) } as const];
  const taken = report.fold.revisions.some(({ name }) => name === FINAL_REVISION);
  const named = encodeEvent({ op: 'name', upTo, name: FINAL_REVISION, note: command.number });
  const revision = taken ? [] : [{ author, kind: 'revision', subject: '', payload: named } as const];
  const [entry] = await report.appendAndWait([...drafts, ...revision], { sealed: true });
  return ok(entry?.seq ?? report.head());
}
