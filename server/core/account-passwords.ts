import { loginKey, parseLogin, passwordProblem } from '../../shared/access/credentials.ts';
import type { MemberId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { err, ok } from '../../shared/result.ts';
import { TRIES_OF_ADDRESS, TRIES_OF_NAME, type TriesKey, type WrongTries } from './account-tries.ts';
import type { Accounts, Identity, SignedIn } from './accounts.ts';
import type { Account, Clock, Credential, PasswordHash, Passwords, Records } from './ports.ts';

export type TooMany = { readonly code: 'too-many'; readonly retryAt: number };
export type SignInRefusal = { readonly code: 'wrong-password' } | { readonly code: 'suspended' } | TooMany;
export type WantedRefusal = { readonly code: 'bad-login' } | { readonly code: 'bad-password' } | { readonly code: 'login-taken' } | TooMany;

export type ProofRefusal = { readonly code: 'wrong-password' } | { readonly code: 'no-password' } | TooMany;

/** A name and a password somebody wants to sign in with. */
export interface Wanted {
  readonly login: string;
  readonly password: string;
}

export interface SignInTry extends Wanted {
  /** Where the request comes from: tries are counted for it too. */
  readonly address: string;
  readonly device: string;
}

export interface PasswordAccountsParts {
  readonly records: Records;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly tries: WrongTries;
}

/** Hashing waits for a place; when too many wait already, this is how long to stay away. */
const BUSY_MS = 5_000;

/**
 * Signing in by name and password. Promises: an unknown name is answered like a wrong password and takes as long; nothing but a whole,
 * well-formed hash ever fits; a name belongs to one account; a new password ends every other session, token and open link of its account.
 */
export class PasswordAccounts {
  private readonly parts: PasswordAccountsParts;

  constructor(parts: PasswordAccountsParts) {
    this.parts = parts;
  }

  async signIn({ login, password, address, device }: SignInTry): Promise<Result<SignedIn, SignInRefusal>> {
    const { records, accounts, tries } = this.parts;
    const keys = keysOf(login, address);
    const retryAt = tries.begin(keys);
    if (retryAt !== null) return err({ code: 'too-many', retryAt });
    const credential = this.byLogin(login);
    const fits = await this.parts.passwords.fits(hashable(password), credential?.password ?? null);
    if (fits === 'busy') return err(this.busy(keys));
    if (!fits || credential === null) return err({ code: 'wrong-password' });
    tries.takeBack(keys);
    for (const { key } of keys.slice(0, 1)) tries.clear(key);
    return accounts.inTurn(async () => {
      // Meanwhile the password may have been changed or the account suspended.
      if (records.credential(credential.account)?.password !== credential.password) return err({ code: 'wrong-password' });
      const account = records.account(credential.account);
      if (account === null) return err({ code: 'wrong-password' });
      if (account.suspendedAt !== undefined) return err({ code: 'suspended' });
      const { secret, session } = accounts.newBrowserSession(account.id, device);
      await records.putSession(session);
      return ok({ account, secret });
    });
  }

  /**
   * Does somebody who is signed in prove who they are? Tries count like those of signing in.
   * @returns null when they do; `no-password` for an account that only links sign in
   */
  async prove(account: Account, password: string, address: string): Promise<ProofRefusal | null> {
    const credential = this.parts.records.credential(account.id);
    if (credential === null || credential.password === null) return { code: 'no-password' };
    const keys = keysOf(credential.login, address);
    const retryAt = this.parts.tries.begin(keys);
    if (retryAt !== null) return { code: 'too-many', retryAt };
    const fits = await this.parts.passwords.fits(hashable(password), credential.password);
    if (fits === 'busy') return this.busy(keys);
    if (!fits) return { code: 'wrong-password' };
    this.parts.tries.takeBack(keys);
    return null;
  }

  /** Judges and hashes what a new account wants; whether the name is free is asked again when it is stored. */
  async prepare({ login, password }: Wanted): Promise<Result<{ login: string; password: PasswordHash }, WantedRefusal>> {
    const name = parseLogin(login);
    if (name === null) return err({ code: 'bad-login' });
    if (passwordProblem(password) !== null) return err({ code: 'bad-password' });
    if (this.byLogin(name) !== null) return err({ code: 'login-taken' });
    const hash = await this.parts.passwords.hash(hashable(password));
    return hash === 'busy' ? err(this.busy([])) : ok({ login: name, password: hash });
  }

  /** May this account have that name? Asked in turn (`Accounts.inTurn`), just before it is stored. */
  isFree(login: string, account: MemberId | null): boolean {
    const holder = this.byLogin(login);
    return holder === null || holder.account === account;
  }

  /**
   * Sets one's own password. The old one is asked where there is one; somebody who came in by a link chooses the first.
   * @param login a new name to sign in with; needed the first time
   */
  async choose(
    { account, sessionHash }: Identity,
    asked: { readonly old: string | null; readonly login: string | null; readonly password: string; readonly address: string },
  ): Promise<Result<Credential, SignInRefusal | WantedRefusal>> {
    const { records, accounts, tries } = this.parts;
    const known = records.credential(account.id);
    const login = parseLogin(asked.login ?? known?.login ?? '');
    if (login === null) return err({ code: 'bad-login' });
    if (passwordProblem(asked.password) !== null) return err({ code: 'bad-password' });
    const current = known?.password ?? null;
    if (current !== null) {
      const keys = keysOf(known?.login ?? '', asked.address);
      const retryAt = tries.begin(keys);
      if (retryAt !== null) return err({ code: 'too-many', retryAt });
      const fits = await this.parts.passwords.fits(hashable(asked.old ?? ''), current);
      if (fits === 'busy') return err(this.busy(keys));
      if (!fits) return err({ code: 'wrong-password' });
      tries.takeBack(keys);
    }
    if (!this.isFree(login, account.id)) return err({ code: 'login-taken' });
    const password = await this.parts.passwords.hash(hashable(asked.password));
    if (password === 'busy') return err(this.busy([]));
    return accounts.inTurn(async () => {
      if ((records.credential(account.id)?.password ?? null) !== current) return err({ code: 'wrong-password' });
      if (accounts.identifyHash(sessionHash) === null) return err({ code: 'wrong-password' });
      if (!this.isFree(login, account.id)) return err({ code: 'login-taken' });
      const credential: Credential = { account: account.id, login, password };
      const others = accounts.sessionsOf(account.id).filter((session) => session.hash !== sessionHash);
      const links = accounts.endedLinks(account.id);
      await records.change({ credentials: [credential], links, endSessions: others.map((session) => session.hash) });
      return ok(credential);
    });
  }

  /**
   * Takes an account's password and sessions away, and gives a one-time link instead: who opens it chooses a new password.
   * @returns the link's secret, shown this once.
   */
  async reset(account: Account): Promise<string> {
    const { records, accounts, tries } = this.parts;
    await accounts.inTurn(async () => {
      const known = records.credential(account.id);
      const credentials = known === null ? [] : [{ ...known, password: null }];
      const sessions = accounts.sessionsOf(account.id).map((session) => session.hash);
      await records.change({ credentials, links: accounts.endedLinks(account.id), endSessions: sessions });
      if (known !== null) tries.clear(nameKey(known.login).key);
    });
    return accounts.createLink(account.id);
  }

  private byLogin(login: string): Credential | null {
    const key = loginKey(login);
    return this.parts.records.credentials().find((credential) => loginKey(credential.login) === key) ?? null;
  }

  private busy(keys: readonly TriesKey[]): TooMany {
    this.parts.tries.takeBack(keys);
    return { code: 'too-many', retryAt: this.parts.clock.now() + BUSY_MS };
  }
}

function nameKey(login: string): TriesKey {
  // Nothing longer than a name is kept as a key.
  return { key: `n ${loginKey(login.slice(0, 256))}`, most: TRIES_OF_NAME };
}

function keysOf(login: string, address: string): readonly TriesKey[] {
  return [nameKey(login), { key: `a ${address}`, most: TRIES_OF_ADDRESS }];
}

/** One way of writing each character: what is typed on another keyboard fits too. */
function hashable(password: string): string {
  return password.normalize('NFC');
}
