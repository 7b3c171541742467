import type { MemberId, NodeId, Seq } from '../ids.ts';
import type { Disposition, Threads } from './thread.ts';

/** What somebody said or proposed, and what became of it: a line of the 意见采纳情况表 before it has its number. */
export interface Opinion {
  /** When it was said; lines stand in this order. */
  readonly seq: Seq;
  readonly at: number;
  readonly by: MemberId;
  readonly node: NodeId;
  /** The original words. */
  readonly quote: string;
  readonly words: string;
  /** null = not decided yet. */
  readonly disposition: Disposition | null;
  readonly reason: string;
  /** The changes that answered it, from before the first to the last entry; null where there are none. */
  readonly redline: { readonly from: Seq; readonly to: Seq } | null;
}

export interface OpinionRow extends Opinion {
  readonly number: number;
}

/** Every thread is an opinion, in its beginner's words; those of proposals come beside them. Replies are talk about it and no opinions. */
export function opinionRows(threads: Threads, proposed: readonly Opinion[]): readonly OpinionRow[] {
  const said = threads.flatMap((thread): Opinion[] => {
    const first = thread.comments[0];
    if (thread.withdrawn || first === undefined || first.deleted !== null) return [];
    const edits = thread.links.flatMap(({ answer }) => (answer.by === 'edit' ? [answer] : []));
    return [
      {
        seq: thread.id,
        at: thread.at,
        by: thread.by,
        node: thread.anchor.node,
        quote: thread.anchor.quote,
        words: first.body.text,
        disposition: thread.closed?.disposition ?? null,
        reason: thread.closed?.reason ?? '',
        redline:
          edits.length === 0 ? null : { from: Math.min(...edits.map(({ from }) => from)) - 1, to: Math.max(...edits.map(({ to }) => to)) },
      },
    ];
  });
  return [...said, ...proposed].sort((one, other) => one.seq - other.seq).map((opinion, index) => ({ number: index + 1, ...opinion }));
}
