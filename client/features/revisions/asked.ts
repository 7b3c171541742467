import { createStore } from 'zustand/vanilla';
import type { Seq } from '../../../shared/ids.ts';
import type { Revision } from '../../../shared/revisions/revision.ts';

/** What somebody wants of a name: give one to a point (null = to the present state), change one, or take one back. */
export type AskedRevision =
  | { readonly what: 'name'; readonly upTo: Seq | null }
  | { readonly what: 'rename' | 'withdraw'; readonly revision: Revision };

export const askedRevision = createStore<{ readonly asked: AskedRevision | null }>(() => ({ asked: null }));

/** From anywhere on the page: opens the dialog for it. Changes nothing by itself. */
export function askRevision(asked: AskedRevision): void {
  askedRevision.setState({ asked });
}
