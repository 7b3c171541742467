import { useEffect } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type { ChapterId, MemberId } from '../../../shared/ids.ts';
import { parseMemberId } from '../../../shared/ids.ts';

/** Members whose caret stands in a chapter, by what its room's awareness says; oneself left out. */
export function membersWithCaret(states: ReadonlyMap<number, unknown>, self: number): readonly MemberId[] {
  const members = new Set<MemberId>();
  for (const [client, state] of states) {
    if (client === self || typeof state !== 'object' || state === null) continue;
    const { cursor, user } = state as { readonly cursor?: unknown; readonly user?: { readonly id?: unknown } };
    const member = parseMemberId(user?.id);
    if (member !== null && typeof cursor === 'object' && cursor !== null) members.add(member);
  }
  return [...members];
}

/** Tells who writes in this chapter, whenever somebody comes or goes. */
export function useCarets(
  awareness: Awareness,
  chapter: ChapterId,
  tell: (chapter: ChapterId, members: readonly MemberId[]) => void,
): void {
  useEffect(() => {
    let told = '';
    const look = () => {
      const members = membersWithCaret(awareness.getStates(), awareness.clientID);
      if (members.join() === told) return;
      told = members.join();
      tell(chapter, members);
    };
    look();
    awareness.on('change', look);
    return () => {
      awareness.off('change', look);
      tell(chapter, []);
    };
  }, [awareness, chapter, tell]);
}
