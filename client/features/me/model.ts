import { createStore } from 'zustand/vanilla';
import type { MySettings } from '../../../shared/api/accounts.ts';
import type { Me } from '../../../shared/api.ts';
import type { FailureLike } from '../../i18n/failure-words.ts';
import { languageNow, switchLanguage } from '../../i18n/start.ts';
import { chooseTheme, theme } from '../../ui/theme.ts';
import { accounts, api, ask } from '../requests/index.ts';

export type Identity =
  | { readonly state: 'asking' }
  | { readonly state: 'in'; readonly me: Me }
  | { readonly state: 'out' }
  | { readonly state: 'failed'; readonly failure: FailureLike };

/** Who sits before this browser. */
export const identity = createStore<Identity>(() => ({ state: 'asking' }));

export async function askIdentity(): Promise<void> {
  const answer = await ask(api.me());
  if (answer.ok) signedInAs(answer.value);
  else if (answer.error.code === 'signed-out') identity.setState({ state: 'out' }, true);
  else identity.setState({ state: 'failed', failure: answer.error }, true);
}

/** Somebody is signed in, or something of theirs has changed: their language and theme come with them. */
export function signedInAs(me: Me): void {
  identity.setState({ state: 'in', me }, true);
  const { language, theme: look } = me.settings;
  if (language !== null && language !== languageNow()) void switchLanguage(language);
  if (look !== null && look !== theme.getState().choice) chooseTheme(look);
}

/**
 * Changes language or theme at once, here and, for somebody signed in, on every device.
 * @returns why it could not be kept with the account; here it holds all the same
 */
export async function choose(change: Partial<MySettings>): Promise<FailureLike | null> {
  if (change.language !== undefined && change.language !== null) await switchLanguage(change.language);
  if (change.theme !== undefined) chooseTheme(change.theme ?? 'system');
  if (identity.getState().state !== 'in') return null;
  const answer = await ask(accounts.changeSettings(change));
  if (!answer.ok) return answer.error;
  // somebody may have signed out while this was asked
  if (identity.getState().state === 'in') identity.setState({ state: 'in', me: answer.value }, true);
  return null;
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
