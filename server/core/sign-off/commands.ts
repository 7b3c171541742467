import type { Part } from '../../../shared/access/stage-table.ts';
import type { SignCommand } from '../../../shared/api/sign-off.ts';
import type { MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import { encodeEvent } from '../../../shared/log/codec.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { SignedChapter } from '../../../shared/sign-off/canonical.ts';
import type { SignOffEvent } from '../../../shared/sign-off/sign-offs.ts';
import { isAmended, partsOf } from '../../../shared/stages/stages.ts';
import type { Report } from '../report.ts';
import { type SignableText, signableText } from './text-now.ts';

export type SignFailure =
  | { readonly code: 'forbidden' }
  /** A reservation or a reason must be written. */
  | { readonly code: 'sign-text-missing' }
  /** What would be signed is not what the signer saw. */
  | { readonly code: 'sign-moved'; readonly chapters: readonly NodeId[]; readonly frame: boolean }
  /** A chapter is open for amendment: it is signed when it is closed again. */
  | { readonly code: 'sign-amending'; readonly chapters: readonly NodeId[] }
  | { readonly code: 'no-such-signature' };

/** How often the text is read again when somebody wrote into it while it was read. */
const TRIES = 5;

/** The part in which somebody signs in a stage. */
const SIGNS_AS: Readonly<Partial<Record<string, readonly Part[]>>> = {
  checking: ['checker'],
  countersigning: ['countersigner'],
  issuing: ['issuer', 'countersigner'],
};

/** @returns null when it is not this member's turn to sign */
export function signingPart(report: Report, member: MemberId): Part | null {
  if (!report.may(member, 'sign', null)) return null;
  const held = partsOf(report.fold.stages, member);
  return SIGNS_AS[report.fold.stage]?.find((part) => held.includes(part)) ?? null;
}

/**
 * Puts a signature under exactly the words that the signer saw. Comments, presence and text of other chapters may move meanwhile; when what
 * is signed is another text than what was seen, nothing is signed (design §5). To be called in turn with the report's other commands, after
 * the signer has proved who they are.
 */
export async function sign(report: Report, author: MemberId, command: SignCommand): Promise<Result<Seq, SignFailure>> {
  if (signingPart(report, author) === null) return err({ code: 'forbidden' });
  const text = command.text.trim();
  if ((command.opinion === 'reserve' || command.opinion === 'disagree') && text === '') return err({ code: 'sign-text-missing' });
  const signed = command.chapters.map(({ node }) => node);
  for (let tried = 0; tried < TRIES; tried += 1) {
    await report.whenDurable();
    const before = report.writesIn(signed);
    const now = await signableText(report);
    const upTo = report.head();
    const head = await report.chainHead(upTo);
    // Somebody wrote into what is signed while it was read: what was read may not be what stands there now.
    if (report.writesIn(signed) !== before) continue;
    const failure = differs(report, now, command);
    if (failure !== null) return err(failure);
    const part = signingPart(report, author);
    if (part === null) return err({ code: 'forbidden' });
    const whole = command.frame !== null;
    const event: SignOffEvent = {
      op: 'sign',
      part,
      opinion: command.opinion,
      text,
      onBehalf: command.onBehalf,
      signed: {
        upTo,
        head,
        chapters: command.chapters
          .map(({ node }) => now.chapters.get(node))
          .filter((chapter): chapter is SignedChapter => chapter !== undefined),
        frame: whole ? now.frame : null,
        report: whole ? now.report : null,
      },
    };
    const [entry] = await report.appendAndWait([{ author, kind: 'signOff', subject: '', payload: encodeEvent(event) }]);
    return ok(entry?.seq ?? report.head());
  }
  return err({ code: 'sign-moved', chapters: signed, frame: false });
}

function differs(report: Report, now: SignableText, { chapters, frame }: SignCommand): SignFailure | null {
  const moved = chapters.filter(({ node, hash }) => now.chapters.get(node)?.hash !== hash).map(({ node }) => node);
  // The whole report is signed: a chapter that came meanwhile was not seen either.
  const unseen = frame === null ? [] : [...now.chapters.keys()].filter((id) => !chapters.some(({ node }) => node === id));
  const frameMoved = frame !== null && frame !== now.frame;
  if (moved.length > 0 || unseen.length > 0 || frameMoved)
    return { code: 'sign-moved', chapters: [...moved, ...unseen], frame: frameMoved };
  const amending = chapters.map(({ node }) => node).filter((node) => isAmended(report.fold.stages, node));
  return amending.length > 0 ? { code: 'sign-amending', chapters: amending } : null;
}

/** Takes one's own signature back: possible until the report is sealed. */
export async function withdraw(report: Report, author: MemberId, of: Seq): Promise<Result<Seq, SignFailure>> {
  const standing = report.fold.signOffs.find((signOff) => signOff.seq === of && signOff.by === author);
  if (standing === undefined) return err({ code: 'no-such-signature' });
  if (standing.withdrawn !== null) return ok(standing.withdrawn.seq);
  if (report.fold.stage === 'sealed' || report.fold.stage === 'archived' || report.fold.stage === 'trashed')
    return err({ code: 'forbidden' });
  const event: SignOffEvent = { op: 'withdraw', of };
  const [entry] = await report.appendAndWait([{ author, kind: 'signOff', subject: '', payload: encodeEvent(event) }]);
  return ok(entry?.seq ?? report.head());
}
