import type { Part } from '../access/stage-table.ts';
import type { NodeId, Seq } from '../ids.ts';
import type { Opinion, SignOffEvent } from './sign-offs.ts';

/** A signature as it is told: without the hashes of every paragraph, which nobody reads. */
export type SignOffNews =
  | {
      readonly op: 'sign';
      readonly part: Part;
      readonly opinion: Opinion;
      readonly text: string;
      readonly onBehalf: { readonly name: string; readonly authority: string } | null;
      readonly chapters: readonly NodeId[];
      /** The whole report was signed. */
      readonly whole: boolean;
    }
  | { readonly op: 'withdraw'; readonly of: Seq };

export function signOffNews(event: SignOffEvent): SignOffNews {
  if (event.op === 'withdraw') return event;
  const { op, part, opinion, text, onBehalf, signed } = event;
  return { op, part, opinion, text, onBehalf, chapters: signed.chapters.map(({ node }) => node), whole: signed.frame !== null };
}
