import type { ThreadPlace } from '../../../shared/api/threads.ts';
import type { MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import type { Thread } from '../../../shared/threads/thread.ts';

/** A thread with where it hangs now. */
export interface Card {
  readonly thread: Thread;
  readonly place: ThreadPlace;
}

export type Filter = 'open' | 'forMe' | 'mine' | 'chapter' | 'gone' | 'closed';
export const FILTERS: readonly Filter[] = ['open', 'forMe', 'mine', 'chapter', 'gone', 'closed'];

/** Who looks, and where. */
export interface Looker {
  readonly me: MemberId;
  readonly chapter: NodeId | null;
}

export function passes({ thread, place }: Card, filter: Filter, { me, chapter }: Looker): boolean {
  const open = thread.closed === null;
  switch (filter) {
    case 'open':
      return open;
    case 'forMe':
      return open && (thread.assigned?.to === me || thread.comments.some(({ named }) => named.some(({ member }) => member === me)));
    case 'mine':
      return thread.by === me;
    case 'chapter':
      return open && place.node === chapter;
    case 'gone':
      return open && place.state !== 'there';
    case 'closed':
      return !open;
  }
}

/** In the order of the report, what is said of a chapter as such before what is said of its words; of one place in the order of time. */
export function inOrder(cards: readonly Card[], nodes: readonly NodeId[]): readonly Card[] {
  const rank = new Map(nodes.map((node, index) => [node, index]));
  const of = ({ place }: Card): number => rank.get(place.node) ?? nodes.length;
  return [...cards].sort((one, other) => of(one) - of(other) || one.place.order - other.place.order || one.thread.id - other.thread.id);
}

/** Cards of which no more than `most` are drawn, those around the one that is read among them. */
export function windowOf<Item extends { readonly thread: { readonly id: Seq } }>(
  cards: readonly Item[],
  current: Seq | null,
  most: number,
): readonly Item[] {
  const at = cards.findIndex(({ thread }) => thread.id === current);
  const from = at < most ? 0 : Math.min(at - Math.floor(most / 2), Math.max(0, cards.length - most));
  return cards.slice(from, from + most);
}
