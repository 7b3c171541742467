import { createStore } from 'zustand/vanilla';
import type { Me } from '../../../shared/api.ts';
import type { FailureLike } from '../../i18n/failure-words.ts';
import { api, ask } from '../requests/index.ts';

export type Identity =
  | { readonly state: 'asking' }
  | { readonly state: 'in'; readonly me: Me }
  | { readonly state: 'out' }
  | { readonly state: 'failed'; readonly failure: FailureLike };

/** Who sits before this browser. */
export const identity = createStore<Identity>(() => ({ state: 'asking' }));

export async function askIdentity(): Promise<void> {
  const answer = await ask(api.me());
  if (answer.ok) identity.setState({ state: 'in', me: answer.value }, true);
  else if (answer.error.code === 'signed-out') identity.setState({ state: 'out' }, true);
  else identity.setState({ state: 'failed', failure: answer.error }, true);
}

export function signedInAs(me: Me): void {
  identity.setState({ state: 'in', me }, true);
}

/** The session is over, by the server's word or by the person's. */
export function signedOutNow(): void {
  identity.setState({ state: 'out' }, true);
}

export async function signOut(): Promise<FailureLike | null> {
  const answer = await ask(api.signOut());
  if (!answer.ok && answer.error.code !== 'signed-out') return answer.error;
  signedOutNow();
  return null;
}
