import { useCallback, useState } from 'react';
import type { MemberId, Seq } from '../../../shared/ids.ts';
import { type Revision, type RevisionEvent, reduceRevisions } from '../../../shared/revisions/revision.ts';

export interface NamedPast {
  readonly revisions: readonly Revision[];
  /** An entry about a name that this page made. */
  done(event: RevisionEvent, seq: Seq): void;
}

/** Names on a page that hears no entries: those of the moment when it was opened, and what was done on it since. */
export function useNamed(told: readonly Revision[], me: MemberId): NamedPast {
  const [changed, setChanged] = useState<{ readonly of: readonly Revision[]; readonly is: readonly Revision[] } | null>(null);
  const revisions = changed !== null && changed.of === told ? changed.is : told;
  const done = useCallback(
    (event: RevisionEvent, seq: Seq) => {
      setChanged((now) => {
        const before = now !== null && now.of === told ? now.is : told;
        return { of: told, is: reduceRevisions(before, event, { seq, at: Date.now(), author: me, kind: 'revision', subject: '' }) };
      });
    },
    [told, me],
  );
  return { revisions, done };
}
