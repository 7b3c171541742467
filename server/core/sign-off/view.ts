import type { SignOffState, SignOffView } from '../../../shared/api/sign-off.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Seal } from '../../../shared/sign-off/seal.ts';
import { type SignOff, standingOn } from '../../../shared/sign-off/sign-offs.ts';
import type { Report } from '../report.ts';
import { signingPart } from './commands.ts';
import { type SignableText, signableText } from './text-now.ts';

/** Every signature and how it stands against the text as it is now. Nothing here writes. */
export async function signOffState(report: Report, member: MemberId): Promise<SignOffState> {
  // Asked before the text is, so that what is told holds at least up to this entry.
  const seq = report.head();
  const now = await signableText(report);
  const { fold } = report;
  return {
    seq,
    stage: fold.stage,
    stages: fold.stages,
    text: { frame: now.frame, report: now.report, chapters: [...now.chapters.values()].map(({ node, hash }) => ({ node, hash })) },
    seal: fold.seal === null ? null : sealView(fold.seal),
    signOffs: fold.signOffs.map((signOff) => viewOf(signOff, now)),
    mine: signingPart(report, member),
  };
}

function sealView({ number, by, at, seq, signed }: Seal): SignOffState['seal'] {
  return { number, by, at, seq, upTo: signed.upTo, head: signed.head };
}

function viewOf(signOff: SignOff, now: SignableText): SignOffView {
  const { seq, by, at, part, opinion, text, onBehalf, signed, withdrawn } = signOff;
  return {
    seq,
    by,
    at,
    part,
    opinion,
    text,
    onBehalf,
    upTo: signed.upTo,
    head: signed.head,
    withdrawn,
    whole: signed.frame !== null,
    frameMoved: signed.frame !== null && signed.frame !== now.frame,
    chapters: signed.chapters.flatMap(({ node }) => {
      const standing = standingOn(signOff, node, now);
      if (standing === null) return [];
      return [{ node, standing: standing.standing, gone: standing.changed.gone.length, added: standing.changed.added.length }];
    }),
  };
}
