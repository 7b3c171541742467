import type { MemberId } from '../ids.ts';
import type { Thread } from './thread.ts';

/** Why a thread waits for somebody: they were asked for it, named in it, or answered in one of their own. */
export type ThreadWait = 'asked' | 'named' | 'answered';

/** The first reason that holds. null = it does not wait for them: it is closed, or they have had the last word about it. */
export function waitsFor({ by, comments, assigned, closed, withdrawn }: Thread, member: MemberId): ThreadWait | null {
  if (closed !== null || withdrawn) return null;
  if (assigned?.to === member) return 'asked';
  const living = comments.filter(({ deleted }) => deleted === null);
  const spoke = living.findLast((comment) => comment.by === member)?.seq ?? 0;
  const named = living.some((comment) => comment.by !== member && comment.named.some((one) => one.member === member && one.seq > spoke));
  if (named) return 'named';
  return by === member && living.some((comment) => comment.by !== member && comment.seq > spoke) ? 'answered' : null;
}
